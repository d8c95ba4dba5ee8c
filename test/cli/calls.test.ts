// The frame of the command line: help, version, usage errors and their exit codes.
import assert from 'node:assert/strict';
import { OutputClosed } from '../../server/src/cli/command.ts';
import { colens, colensIn } from './runCli.ts';

const COMMANDS = [
  'dump',
  'show',
  'compile',
  'verify',
  'dis',
  'lines',
  'tokens',
  'ast',
  'symtable',
  'signature',
  'inspect',
  'serve',
];

describe('colens', () => {
  it('--help lists the commands', async () => {
    const { code, out } = await colens(['--help']);
    assert.equal(code, 0);
    for (const name of COMMANDS) assert.match(out, new RegExp(`^  ${name} `, 'm'));
  });

  it('COMMAND --help shows how to call it', async () => {
    for (const name of COMMANDS) {
      const { code, out, err } = await colens([name, '--help']);
      assert.deepEqual([code, err], [0, '']);
      assert.ok(out.startsWith(`usage: colens ${name} `), out);
      const widest = Math.max(...out.split('\n').map(line => line.length));
      assert.ok(widest <= 120, `${name}: ${widest} columns`);
    }
  });

  it('--version names a version', async () => {
    assert.match((await colens(['--version'])).out, /^colens \d+\.\d+\.\d+\n$/);
  });

  const usage = async (args: readonly string[], message: string): Promise<void> => {
    const { code, out, err } = await colens(args);
    assert.deepEqual([code, out], [2, '']);
    assert.ok(err.startsWith(message), err);
    assert.match(err, /^see colens .*--help$/m);
  };

  it('no command, an unknown command: exit code 2', async () => {
    await usage([], 'colens: no command');
    await usage(['assemble'], "colens: no command 'assemble'");
  });

  it('an unknown option, a missing path: exit code 2', async () => {
    await usage(['dump', '--frobnicate', 'a.py'], "colens dump: Unknown option '--frobnicate'");
    await usage(['dump', '--target'], "colens dump: Option '--target <value>' argument missing");
    await usage(['ast', '-i', 'wide', 'a.py'], "colens ast: --indent takes a number, not 'wide'");
    await usage(['show', 'a.py', 'b.py'], 'colens show: show takes one PATH[:QUALNAME]');
    await usage(['dump', '--fields', 'names,size', 'a.py'], "colens dump: no field 'names'");
  });

  it('a target that there is not: exit code 2, and which there are', async () => {
    await usage(['dump', '--target', '3.7', 'a.py'], "colens dump: unknown target '3.7' (known: 3.8, 3.9, ");
    await usage(['dump', '--target', 'python3', 'a.py'], "colens dump: unknown target 'python3'");
  });

  it('no paths: standard input', async () => {
    const given = { stdin: 'x = 1\n' };
    for (const name of ['ast', 'tokens', 'symtable', 'dump', 'show'])
      assert.deepEqual(await colens([name], given), await colens([name, '-'], given), name);
  });

  it('--target before the command', async () => {
    const given = { stdin: 'x = 1\n' };
    const expected = await colens(['show', '--target', '3.8', '-'], given);
    assert.match(expected.out, /CPython 3\.8\./);
    assert.deepEqual(await colens(['--target', '3.8', 'show', '-'], given), expected);
    assert.deepEqual(await colens(['--target=3.8', 'show', '-'], given), expected);
  });

  it('a command that is nearly one', async () => {
    assert.match((await colens(['shwo'])).err, /no command 'shwo'; did you mean 'show'\?/);
  });

  it('a target that is not known', async () => {
    for (const target of ['2.7', '3.13.99']) {
      const { code, err } = await colens(['show', '--target', target], { stdin: '' });
      assert.equal(code, 2);
      assert.match(err, /unknown target '[\d.]+' \(known: 3\.8, 3\.9/);
    }
  });

  it('colours for a terminal alone', async () => {
    const given = { stdin: 'def f(): yield\n', outputIsTerminal: true };
    assert.match((await colens(['show'], { ...given, coloured: true })).out, /\x1b\[33mCO_GENERATOR\x1b\[0m/);
    assert.doesNotMatch((await colens(['show'], given)).out, /\x1b/);
    assert.doesNotMatch((await colens(['dump'], { ...given, coloured: true })).out, /\x1b/);
  });

  it('serve --stdio hands over to the server', async () => {
    let served = false;
    const serve = (): Promise<void> => {
      served = true;
      return Promise.resolve();
    };
    assert.equal((await colens(['serve', '--stdio'], { serve })).code, 0);
    assert.equal((await colens(['serve'], { serve })).code, 0);
    assert.ok(served);
  });

  it('stops without a word when nobody reads its output', async () => {
    const files = { 'a.py': 'x = 1\n', 'b.py': 'y = 2\n' };
    const written: string[] = [];
    const write = (text: string): Promise<void> => {
      written.push(text);
      return Promise.reject(new OutputClosed());
    };
    const { code, err } = await colens(['dump', '-', '-'], { write, stdin: files['a.py'] });
    assert.deepEqual([code, err, written.length], [0, '', 1]);
  });

  it('a source after -- may begin with a dash', async () => {
    const { code, out } = await colensIn({ '-x.py': 'x = 1\n' }, ['dump', '--fields', 'name', '--', '-x.py']);
    assert.equal(code, 0);
    assert.match(out, /"file":"-x.py"/);
  });
});
