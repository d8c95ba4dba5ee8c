// `colens tokens`, `ast` and `symtable` print what `python3.13 -m tokenize -e`, `-m ast` and `-m symtable` print.
import assert from 'node:assert/strict';
import { DEFAULT_TARGET } from '../../server/src/python/versions/target.ts';
import { colensIn, colens } from './runCli.ts';

const SOURCE = 'def f(x):\n    return [x for y in "é"]\n';

describe('the twins of CPython’s own command lines', () => {
  const check = async (args: readonly string[], expected: string): Promise<void> => {
    const { code, out, err } = await colensIn({ 's.py': SOURCE }, [...args, '--target', '3.13', 's.py']);
    assert.deepEqual([code, err], [0, '']);
    assert.equal(out, expected.replace(/^\n/, ''));
  };

  it('tokens', async () => {
    // The last column is padded with blanks, which editors would strip here.
    const { out } = await colensIn({ 's.py': SOURCE }, ['tokens', '--target', '3.13', 's.py']);
    assert.equal(
      out.replace(/ +$/gm, ''),
      `0,0-0,0:            ENCODING       'utf-8'
1,0-1,3:            NAME           'def'
1,4-1,5:            NAME           'f'
1,5-1,6:            LPAR           '('
1,6-1,7:            NAME           'x'
1,7-1,8:            RPAR           ')'
1,8-1,9:            COLON          ':'
1,9-1,10:           NEWLINE        '\\n'
2,0-2,4:            INDENT         '    '
2,4-2,10:           NAME           'return'
2,11-2,12:          LSQB           '['
2,12-2,13:          NAME           'x'
2,14-2,17:          NAME           'for'
2,18-2,19:          NAME           'y'
2,20-2,22:          NAME           'in'
2,23-2,26:          STRING         '"é"'
2,26-2,27:          RSQB           ']'
2,27-2,28:          NEWLINE        '\\n'
3,0-3,0:            DEDENT         ''
3,0-3,0:            ENDMARKER      ''
`,
    );
    assert.match(out, /^1,4-1,5: {12}NAME {11}'f' {12}$/m);
  });

  it('tokens of a source that ends in the middle', async () => {
    const { code, out, err } = await colensIn({ 's.py': 'x = (1,\n' }, [
      'tokens',
      '--target',
      '3.11',
      's.py',
    ]);
    assert.deepEqual([code, out], [1, '']);
    assert.equal(err, 's.py:2:0: error: EOF in multi-line statement\n');
  });

  it('ast', () =>
    check(
      ['ast'],
      `
Module(
   body=[
      FunctionDef(
         name='f',
         args=arguments(
            args=[
               arg(arg='x')]),
         body=[
            Return(
               value=ListComp(
                  elt=Name(id='x', ctx=Load()),
                  generators=[
                     comprehension(
                        target=Name(id='y', ctx=Store()),
                        iter=Constant(value='é'),
                        is_async=0)]))])])
`,
    ));

  it('ast -a: positions, columns in UTF-8', async () => {
    const { out } = await colensIn({ 's.py': 'é = 1\n' }, [
      'ast',
      '-a',
      '-i',
      '1',
      '--target',
      '3.13',
      's.py',
    ]);
    assert.equal(
      out,
      `Module(
 body=[
  Assign(
   targets=[
    Name(
     id='é',
     ctx=Store(),
     lineno=1,
     col_offset=0,
     end_lineno=1,
     end_col_offset=2)],
   value=Constant(
    value=1,
    lineno=1,
    col_offset=5,
    end_lineno=1,
    end_col_offset=6),
   lineno=1,
   col_offset=0,
   end_lineno=1,
   end_col_offset=6)])
`,
    );
  });

  it('ast has a tree of what only the symbol table or the compiler refuses', async () => {
    const { code } = await colens(['ast', '-'], { stdin: 'return\nnonlocal x\n' });
    assert.equal(code, 0);
  });

  it('symtable', () =>
    check(
      ['symtable'],
      `
symbol table for module from file 's.py':
    local symbol 'f': def_local

    symbol table for function 'f':
        local symbol 'x': def_param
        local symbol 'y': def_local

`,
    ));
});

describe('colens show', () => {
  const source = 'class C:\n    def m(self):\n        return lambda: self\n\ndef f(): pass\ndef f(): yield\n';
  const show = (argument: string) => colensIn({ 'a.py': source, 'b:c.py': 'x = 1\n' }, ['show', argument]);

  it('shows what is named, by its first line', async () => {
    for (const [argument, head] of [
      ['a.py', '<code object <module>, file "a.py", line 1>'],
      ['a.py:C.m', '<code object m, file "a.py", line 2>'],
      ['a.py:C.m.<locals>.<lambda>', '<code object <lambda>, file "a.py", line 3>'],
      ['b:c.py', '<code object <module>, file "b:c.py", line 1>'],
    ]) {
      const { code, out, err } = await show(argument);
      assert.deepEqual([code, err], [0, '']);
      const [first] = out.split('\n');
      assert.equal(first.replace(/ {2,}/, ' '), `${head} CPython ${DEFAULT_TARGET.version}`);
    }
  });

  it('tells several of one name apart', async () => {
    assert.doesNotMatch((await show('a.py:f')).out, /CO_GENERATOR/);
    assert.match((await show('a.py:f#2')).out, /CO_GENERATOR/);
  });

  it('a name that is not there: exit code 1, and what is like it', async () => {
    const { code, out, err } = await show('a.py:m');
    assert.deepEqual([code, out], [1, '']);
    const { version } = DEFAULT_TARGET;
    assert.equal(err, `colens: a.py has no code object 'm' for ${version}\nperhaps: C.m\n`);
  });
});
