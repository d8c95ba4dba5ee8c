// The command as a process of its own: streams, a reader that goes away, the server.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { tsCommand } from '../oracle/interpreters.ts';

const CLI = fileURLToPath(new URL('../../server/src/node/cli.ts', import.meta.url));
const FOLDER = fileURLToPath(new URL('../oracle/python', import.meta.url));

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs the command; `hear` sees what it prints so far and may write to it or stop listening. */
function run(
  args: readonly string[],
  input?: string,
  hear?: (out: string, child: ReturnType<typeof start>) => void,
) {
  const child = start(args);
  let out = '';
  let err = '';
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (err += chunk));
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    out += chunk;
    hear?.(out, child);
  });
  if (input !== undefined) child.stdin.write(input);
  if (!hear) child.stdin.end();
  return new Promise<Ended>(resolve => child.on('close', code => resolve({ code, out, err })));
}

function start(args: readonly string[]) {
  const [executable, ...before] = tsCommand(CLI);
  return spawn(executable, [...before, ...args]);
}

describe('the command as a process', function () {
  this.timeout(60_000);
  this.slow(10_000);

  it('reads standard input, writes standard output, ends with 0', async () => {
    const { code, out, err } = await run(['dump', '--fields', 'name', '-'], 'x = 1\n');
    assert.deepEqual([code, err], [0, '']);
    assert.match(
      out,
      /^\{"code":\{"children":\[\],"name":"<module>"\},"file":"<stdin>","sha":"[0-9a-f]{64}"\}\n$/,
    );
  });

  it('complains on standard error, ends with 1 or 2', async () => {
    const refused = await run(['tokens', 'nowhere.py']);
    assert.deepEqual(refused, { code: 1, out: '', err: 'colens: nowhere.py: no such file or directory\n' });
    const misused = await run(['frobnicate']);
    assert.deepEqual([misused.code, misused.out], [2, '']);
  });

  it('ends in silence when its reader does', async () => {
    const folders = Array.from({ length: 60 }, () => FOLDER);
    const { code, err } = await run(['ast', '-a', ...folders], undefined, (_, { stdout }) =>
      stdout.destroy(),
    );
    assert.deepEqual([code, err], [0, '']);
  });

  it('answers alike, and in the order of the files, in one thread, in several, and in a long batch', async () => {
    const some = [FOLDER, 'nowhere.py', FOLDER];
    const many = [...some, FOLDER, FOLDER, FOLDER];
    const [few, inThreads, long, longInThreads] = await Promise.all([
      run(['dump', ...some]),
      run(['dump', '--jobs', '3', ...some]),
      run(['dump', ...many]),
      run(['dump', '-j', '2', ...many]),
    ]);
    assert.deepEqual(inThreads, few);
    assert.deepEqual(longInThreads, long);
    assert.deepEqual([few.code, few.err], [1, 'colens: nowhere.py: no such file or directory\n']);
    const lines = few.out.split('\n').slice(0, -1);
    const one = lines.slice(0, lines.length / 2);
    assert.ok(one.length > 10);
    assert.deepEqual(lines, [...one, ...one]);
    assert.equal(long.out, `${one.join('\n')}\n`.repeat(5));
  });

  it('serve --stdio speaks the protocol until it is told to exit', async () => {
    const message = (content: object): string => {
      const body = JSON.stringify({ jsonrpc: '2.0', ...content });
      return `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
    };
    const initialize = {
      id: 1,
      method: 'initialize',
      params: { processId: null, rootUri: null, capabilities: {} },
    };
    const { code, out } = await run(['serve', '--stdio'], message(initialize), (heard, { stdin }) => {
      if (heard.includes('"id":1,"result"') && !heard.includes('"id":2')) {
        stdin.write(message({ id: 2, method: 'shutdown' }));
      }
      if (heard.includes('"id":2')) stdin.write(message({ method: 'exit' }));
    });
    assert.equal(code, 0);
    assert.match(out, /"serverInfo":\{"name":"CoLens"/);
  });
});
