// Constants against every CPython of this machine: what it computes of random expressions and what not, the values to
// the last bit, repr(), the order of frozen sets, and how near the functions of its C library are to ours.
import assert from 'node:assert/strict';
import { NodeKind } from '../../../server/src/python/ast/kinds.ts';
import type { Expression } from '../../../server/src/python/ast/expressions.ts';
import { constantJson } from '../../../server/src/python/code/dump.ts';
import {
  foldBinary,
  foldConstant,
  foldSubscript,
  foldUnary,
} from '../../../server/src/python/constants/folding.ts';
import { frozenSet } from '../../../server/src/python/constants/frozenSet.ts';
import { atan2, cos, exp, hypot, log, pow, sin } from '../../../server/src/python/constants/libm.ts';
import { repr } from '../../../server/src/python/constants/repr.ts';
import { ConstantType, TRUE, type ConstantValue } from '../../../server/src/python/constants/values.ts';
import { analyze } from '../../../server/src/python/index.ts';
import type { FoldingDialect } from '../../../server/src/python/versions/foldingDialect.ts';
import type { Target } from '../../../server/src/python/versions/target.ts';
import { ConstantExpressions } from '../../support/constantExpressions.ts';
import { askPython, judges, type Judge } from '../../support/python.ts';

const EXPRESSIONS = 600;
const SETS = 100;
const CALLS = 600;

interface Answers {
  readonly expressions: readonly (readonly [json: string, repr: string] | null)[];
  /** None where the compiler leaves a long display as it is. */
  readonly sets: readonly (string | null)[];
  readonly calls: readonly string[];
}

/** The expression of a module of one. */
function parse(text: string, target: Target): Expression {
  const [statement] = analyze(`(${text})`, target).module.body;
  assert.ok(statement.kind === NodeKind.Expr, text);
  return statement.value;
}

/** What the flow graph makes of an expression: operators on what is constant, from the inside out. */
function foldOnFlowGraph(e: Expression, rules: FoldingDialect): ConstantValue | undefined {
  const fold = (inner: Expression): ConstantValue | undefined => foldOnFlowGraph(inner, rules);
  const both = (
    a: Expression,
    b: Expression,
    operation: (x: ConstantValue, y: ConstantValue) => ConstantValue | undefined,
  ): ConstantValue | undefined => {
    const [x, y] = [fold(a), fold(b)];
    return x && y && operation(x, y);
  };
  switch (e.kind) {
    case NodeKind.Constant:
      return e.value;
    case NodeKind.Name:
      return e.id === '__debug__' ? TRUE : undefined;
    case NodeKind.UnaryOp: {
      const operand = fold(e.operand);
      return operand && foldUnary(e.op, operand, rules);
    }
    case NodeKind.BinOp:
      return both(e.left, e.right, (x, y) => foldBinary(e.op, x, y, rules));
    case NodeKind.Subscript:
      return both(e.value, e.slice, foldSubscript);
    case NodeKind.Tuple: {
      const items = e.elts.map(fold);
      return items.every(item => item !== undefined) ? { type: ConstantType.Tuple, items } : undefined;
    }
    default:
      return undefined;
  }
}

const fold = (text: string, target: Target): ConstantValue | undefined =>
  target.dialect.compiler.constantFolding === 'ast'
    ? foldConstant(parse(text, target), target.dialect.folding)
    : foldOnFlowGraph(parse(text, target), target.dialect.folding);

const view = new DataView(new ArrayBuffer(8));
const bitsOf = (value: number): string => {
  view.setFloat64(0, value);
  return view.getBigUint64(0).toString(16).padStart(16, '0');
};

const FLOAT = /"([0-9a-f]{16})"/g;

/** Whether two constants differ in nothing but the last bits of floats: no C library rounds all powers correctly. */
function nearlySame(a: string, b: string): boolean {
  const floats = (json: string): bigint[] =>
    [...json.matchAll(FLOAT)].map(([, digits]) => BigInt(`0x${digits}`));
  const [x, y] = [floats(a), floats(b)];
  if (a.replace(FLOAT, '') !== b.replace(FLOAT, '') || x.length !== y.length) return false;
  return x.every((bits, i) => bits - y[i] <= 4n && y[i] - bits <= 4n);
}

describe('constants as CPython has them', function () {
  this.timeout(180_000);
  this.slow(20_000);
  let all: Judge[];
  before(async () => (all = await judges()));

  it(`what ${EXPRESSIONS} expressions, ${SETS} sets and ${CALLS} calls make, in each version`, async function () {
    if (all.length === 0) this.skip();
    for (const { interpreter, target } of all) {
      const random = new ConstantExpressions(target.minor);
      const expressions = Array.from({ length: EXPRESSIONS }, () => random.expression());
      const sets = Array.from({ length: SETS }, () => random.set());
      const calls = Array.from({ length: CALLS }, () => random.call());
      const question = { expressions, sets, calls: calls.map(([name, args]) => [name, args.map(bitsOf)]) };
      const answers = (await askPython(interpreter, 'constants.py', question)) as Answers;
      compareExpressions(expressions, answers, target);
      // In WebAssembly hashes have 32 bits, so that sets have another order, and the C library is another one.
      if (interpreter.kind !== 'native') continue;
      compareSets(sets, answers, target);
      compareCalls(calls, answers, target);
    }
  });
});

function compareExpressions(expressions: readonly string[], answers: Answers, target: Target): void {
  let folded = 0;
  expressions.forEach((text, i) => {
    const value = fold(text, target);
    const expected = answers.expressions[i];
    const where = `${target.version}: ${text}`;
    if (!value || !expected) {
      assert.equal(value && repr(value), expected?.[1], where);
      return;
    }
    folded++;
    const json = constantJson(value, () => '');
    if (text.includes('**') && nearlySame(json, expected[0])) return;
    assert.equal(json, expected[0], where);
    assert.equal(repr(value), expected[1], where);
  });
  assert.ok(folded > expressions.length / 4, `${target.version}: only ${folded} folded`);
}

function compareSets(sets: readonly string[], answers: Answers, target: Target): void {
  assert.ok(answers.sets.filter(answer => answer !== null).length > sets.length / 2);
  sets.forEach((text, i) => {
    if (answers.sets[i] === null) return;
    const e = parse(text, target);
    assert.ok(e.kind === NodeKind.Set);
    const items = e.elts.map(item => foldConstant(item, target.dialect.folding) ?? assert.fail(text));
    assert.equal(
      repr(frozenSet(items, target.dialect.folding)),
      answers.sets[i],
      `${target.version}: ${text}`,
    );
  });
}

function compareCalls(calls: readonly [string, number[]][], answers: Answers, target: Target): void {
  const functions: Readonly<Record<string, (x: number, y: number) => number>> = {
    atan2,
    cos,
    exp,
    hypot,
    log,
    pow,
    sin,
  };
  let different = 0;
  calls.forEach(([name, args], i) => {
    const ours = bitsOf(functions[name](args[0], args[1]));
    if (ours === answers.calls[i]) return;
    different++;
    assert.ok(
      nearlySame(`"${ours}"`, `"${answers.calls[i]}"`),
      `${target.version}: ${name}(${args.join(', ')})`,
    );
  });
  // JavaScript's own functions differ in one of fifteen.
  assert.ok(
    different < calls.length / 100,
    `${target.version}: ${different} of ${calls.length} calls differ`,
  );
}
