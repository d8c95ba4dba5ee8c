// `colens dump`: the canonical form. Expected facts and errors are what CPython 3.13 and 3.8 give.
import assert from 'node:assert/strict';
import { CODE_FIELDS } from '../../server/src/python/code/dump.ts';
import { colens, colensIn } from './runCli.ts';

const METHOD = 'class C:\n    def m(self, *args, k=1):\n        yield lambda: self\n';

describe('colens dump', () => {
  it('one line of sorted JSON without spaces, for facts children in place of constants', async () => {
    const facts = ['dump', '--fields', CODE_FIELDS.join(), '--target', '3.13', 'm.py'];
    const { code, out, err } = await colensIn({ 'm.py': METHOD }, facts);
    assert.deepEqual([code, err], [0, '']);
    const lambda =
      '{"argcount":0,"cellvars":[],"children":[],"firstlineno":3,"flags":19,"freevars":["self"],"kwonlyargcount":0,' +
      '"name":"<lambda>","nlocals":0,"posonlyargcount":0,"qualname":"C.m.<locals>.<lambda>","varnames":[]}';
    const method =
      `{"argcount":1,"cellvars":["self"],"children":[${lambda}],"firstlineno":2,"flags":39,"freevars":[],` +
      '"kwonlyargcount":1,"name":"m","nlocals":3,"posonlyargcount":0,"qualname":"C.m","varnames":["self","k","args"]}';
    const nothing = '"kwonlyargcount":0';
    const body =
      `{"argcount":0,"cellvars":[],"children":[${method}],"firstlineno":1,"flags":0,"freevars":[],${nothing},` +
      '"name":"C","nlocals":0,"posonlyargcount":0,"qualname":"C","varnames":[]}';
    const module =
      `{"argcount":0,"cellvars":[],"children":[${body}],"firstlineno":1,"flags":0,"freevars":[],${nothing},` +
      '"name":"<module>","nlocals":0,"posonlyargcount":0,"qualname":"<module>","varnames":[]}';
    const sha = '9f1cc0be0e0e2d1b0b6bb2d4d4f3f5a4';
    assert.equal(
      out.replace(/"sha":"[0-9a-f]{64}"/, `"sha":"${sha}"`),
      `{"code":${module},"file":"m.py","sha":"${sha}"}\n`,
    );
  });

  it('whole code objects, constants, instructions and tables, and places with --positions', async () => {
    // As CPython 3.13.18 compiles it.
    const args = ['dump', '--target', '3.13', '--positions', 'm.py'];
    const { out } = await colensIn({ 'm.py': 'x = 1\n' }, args);
    const { code } = JSON.parse(out) as { code: Record<string, unknown> };
    assert.equal(code.code, '95005300720067 01'.replace(' ', ''));
    assert.deepEqual(code.consts, [['i', '1'], ['None']]);
    assert.deepEqual(code.names, ['x']);
    assert.equal(code.stacksize, 1);
    assert.equal(code.linetable, 'f003010101d804058101');
    assert.deepEqual((code.positions as unknown[])[1], [1, 1, 4, 5]);
  });

  it('before 3.11 code objects have no qualified name', async () => {
    const { out } = await colens(['dump', '--target', '3.8', '-'], { stdin: METHOD });
    assert.doesNotMatch(out, /"qualname"/);
    assert.match(out, /"file":"<stdin>"/);
  });

  it('sha is the SHA-256 of the bytes', async () => {
    const { out } = await colens(['dump', '--fields', 'name', '-'], { stdin: '' });
    assert.match(out, /"sha":"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"/);
  });

  it('--fields keeps those and the children', async () => {
    const { out } = await colens(['dump', '--fields', 'flags,varnames', '-'], { stdin: 'def f(a): pass\n' });
    const code = '{"children":[{"children":[],"flags":3,"varnames":["a"]}],"flags":0,"varnames":[]}';
    assert.ok(out.startsWith(`{"code":${code},"file":`), out);
  });

  it('names beyond ASCII are escaped', async () => {
    const { out } = await colens(['dump', '--fields', 'varnames', '-'], {
      stdin: 'def f(é, \u{20000}): pass\n',
    });
    assert.match(out, /"varnames":\["\\u00e9","\\ud840\\udc00"\]/);
  });

  it('a file that does not compile has the exception, and the others go on', async () => {
    const files = { 'a.py': 'def f():\n    if x\n        pass\n', 'b.py': 'x = 1\n' };
    const { code, out, err } = await colensIn(files, [
      'dump',
      '--target',
      '3.13',
      '--fields',
      'name',
      'a.py',
      'b.py',
    ]);
    assert.deepEqual([code, err], [1, '']);
    const [first, second] = out.split('\n');
    const error =
      '{"end_lineno":2,"end_offset":10,"lineno":2,"msg":"expected \':\'","offset":9,"type":"SyntaxError"}';
    assert.ok(first.startsWith(`{"error":${error},"file":"a.py","sha":"`), first);
    assert.ok(second.startsWith('{"code":{"children":[],"name":"<module>"},"file":"b.py"'), second);
  });

  it('up to 3.9 exceptions have no ends', async () => {
    const { out } = await colens(['dump', '--target', '3.8', '-'], { stdin: 'return 1\n' });
    const error = '{"lineno":1,"msg":"\'return\' outside function","offset":1,"type":"SyntaxError"}';
    assert.ok(out.startsWith(`{"error":${error},"file":"<stdin>"`), out);
  });
});
