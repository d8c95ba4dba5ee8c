// What CPython computes of constant expressions before it generates code: the values are those that
// `ast.parse(text, mode='eval', optimize=1)` of CPython 3.13 puts in their place, null where it leaves them.
import assert from 'node:assert/strict';
import { NodeKind } from '../../../server/src/python/ast/kinds.ts';
import { foldConstant, isTrue } from '../../../server/src/python/constants/folding.ts';
import { constantKey, equalityKey } from '../../../server/src/python/constants/key.ts';
import { repr } from '../../../server/src/python/constants/repr.ts';
import { ConstantType, type ConstantValue } from '../../../server/src/python/constants/values.ts';
import { analyze } from '../../../server/src/python/index.ts';
import { parseTarget } from '../../../server/src/python/versions/target.ts';

const FOLDED: readonly (readonly [expression: string, value: string | null])[] = [
  ['1+1', '2'],
  ['7//2', '3'],
  ['-7//2', '-4'],
  ['7//-2', '-4'],
  ['-7%3', '2'],
  ['7%-3', '-2'],
  ['2**10', '1024'],
  ['2**-1', '0.5'],
  ['0**-1', null],
  ['2**127', null],
  ['2**128', null],
  ['3**80', null],
  ['3**81', null],
  ['1<<100', '1267650600228229401496703205376'],
  ['1<<127', '170141183460469231731687303715884105728'],
  ['1<<128', null],
  ['0<<1000', '0'],
  ['-5>>1', '-3'],
  ['5>>200', '0'],
  ['1/3', '0.3333333333333333'],
  ['10/4', '2.5'],
  ['2**100/3', null],
  ['1//0', null],
  ['1%0', null],
  ['1/0', null],
  ['~5', '-6'],
  ['~True', '-2'],
  ['-True', '-1'],
  ['+True', '1'],
  ['not 5', 'False'],
  ['not ()', 'True'],
  ['-0.0', '-0.0'],
  ['-(-0.0)', '0.0'],
  ['0.1+0.2', '0.30000000000000004'],
  ['7.5%2', '1.5'],
  ['-7.5%2', '0.5'],
  ['7.5//2', '3.0'],
  ['-7.5//2', '-4.0'],
  ['1e308*10', 'inf'],
  ['2.0**0.5', '1.4142135623730951'],
  ['(-8)**0.5', '(1.7319121124709868e-16+2.8284271247461903j)'],
  ['0.0**-1', null],
  ['1.5+2', '3.5'],
  ['1j*1j', '(-1+0j)'],
  ['2j**2j', '(0.007927894711475971+0.04248048042515222j)'],
  ['1e400**2j', null],
  ['1e200**(-200+0j)', '-0j'],
  ['(1e308+1e308j)**2', '(nan+nanj)'],
  ['()*99999999999999999999', null],
  ['""*9223372036854775807', "''"],
  ['""*9223372036854775808', null],
  ['1j+1', '(1+1j)'],
  ['(1+2j)/(3-4j)', '(-0.2+0.4j)'],
  ['True&False', 'False'],
  ['True', 'True'],
  ['5', '5'],
  ['6^3', '5'],
  ['True^True', 'False'],
  ['1.5&1', null],
  ['"a"+"b"', "'ab'"],
  ['b"a"+b"b"', "b'ab'"],
  ['"a"+b"b"', null],
  ['"ab"*3', "'ababab'"],
  ['3*"ab"', "'ababab'"],
  ['"ab"*0', "''"],
  ['"ab"*-1', null],
  ['"a"*4096', 'str of 4096'],
  ['"a"*4097', null],
  ['b"xy"*2', "b'xyxy'"],
  ['(1,2)+(3,)', '(1, 2, 3)'],
  ['(1,2)*2', '(1, 2, 1, 2)'],
  ['(1,)*256', 'tuple of 256'],
  ['(1,)*257', null],
  ['((1,)*20,)*60', null],
  ['(1,2)[0]', '1'],
  ['(1,2)[-1]', '2'],
  ['(1,2)[2]', null],
  ['"abc"[1]', "'b'"],
  ['b"abc"[1]', '98'],
  ['"abc"[True]', "'b'"],
  ['(1,"a",None,...)', "(1, 'a', None, Ellipsis)"],
  ['(1,x)', null],
  ['"%s" % 1', null],
  ['[1][0]', null],
  ['2**63*2', '18446744073709551616'],
  ['10**38', null],
  ['10**39', null],
  ['-2**2', '-4'],
  ['(0.0,-0.0)', '(0.0, -0.0)'],
  ['"é"*2', "'éé'"],
  ['("a"*3)*2', "'aaaaaa'"],
  ['1_000*1_000', '1000000'],
  ['99999999999999999999*99999999999', '9999999999899999999900000000001'],
  ['1 if 1 else 2', null],
  ['1 and 2', null],
  ['"a" "b" "c"', "'abc'"],
  ['0x1F & 0b101', '5'],
  ['3@4', null],
  ['1<2', null],
  ['()[0:1]', null],
  ['(2**100)%7', null],
  ['(-2**100)//7', null],
  ['9007199254740993/1', '9007199254740992.0'],
  ['2**53+1.0', '9007199254740992.0'],
  ['1e16+1', '1e+16'],
  ['-1**2', '-1'],
  ['5 .real', null],
  ['6|3', '7'],
  ['True|False', 'True'],
];

/** Its AST optimiser folds all of these; what later versions fold, they fold on the flow graph. */
const TARGET = parseTarget('3.13')!;

function fold(expression: string): ConstantValue | undefined {
  const [statement] = analyze(`(${expression})`, TARGET).module.body;
  assert.ok(statement.kind === NodeKind.Expr);
  return foldConstant(statement.value, TARGET.dialect.folding);
}

/** `repr(value)`, or of a long one its type and length. */
function shown(value: ConstantValue | undefined): string | null {
  if (!value) return null;
  const text = repr(value);
  if (text.length < 120) return text;
  if (value.type === ConstantType.Tuple) return `tuple of ${value.items.length}`;
  return value.type === ConstantType.Str ? `str of ${value.value.length}` : text;
}

const value = (expression: string): ConstantValue => fold(expression) ?? assert.fail(expression);

describe('constant folding', () => {
  for (const [expression, expected] of FOLDED) {
    it(expression, () => assert.equal(shown(fold(expression)), expected));
  }

  it('of long chains takes no stack', () => {
    assert.equal(shown(fold(`1${' + 1'.repeat(20_000)}`)), '20001');
  });
});

describe('constants', () => {
  it('are true or false as bool() has it', () => {
    const falsy = ['0', '0.0', '-0.0', '0j', "''", "b''", '()', 'None', 'False'];
    for (const text of falsy) assert.equal(isTrue(value(text)), false, text);
    for (const text of ['1', '-1', '0.1', '1j', "'0'", "b'0'", '(0,)', 'True', '...']) {
      assert.equal(isTrue(value(text)), true, text);
    }
  });

  it('are one constant if type and value are equal, and the sign of zero', () => {
    const apart = [
      '0',
      '0.0',
      '-0.0',
      'False',
      '0j',
      "'0'",
      "b'0'",
      'None',
      '(0,)',
      '(0.0,)',
      '((0,),)',
      '...',
    ];
    assert.equal(new Set(apart.map(text => constantKey(value(text)))).size, apart.length);
    assert.equal(constantKey(value('(1, "a")')), constantKey(value('(2 - 1, "a" * 1)')));
  });

  it('are one key of a dict if == says so', () => {
    for (const text of ['1', '1.0', 'True', '1+0j'])
      assert.equal(equalityKey(value(text)), equalityKey(value('1')));
    assert.equal(equalityKey(value('-0.0')), equalityKey(value('0')));
    assert.notEqual(equalityKey(value('"1"')), equalityKey(value('1')));
    assert.notEqual(equalityKey(value('b"a"')), equalityKey(value('"a"')));
  });
});
