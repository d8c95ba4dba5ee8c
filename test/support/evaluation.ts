// Fixtures of the evaluator: an underlined expression, and what it can be. They are programs: `runFixtures` runs them
// in CPython, which must meet the same values.
import assert from 'node:assert/strict';
import { isFunction } from '../../server/src/python/ast/parts.ts';
import { NodeKind } from '../../server/src/python/ast/kinds.ts';
import type { Expression } from '../../server/src/python/ast/expressions.ts';
import type { Node } from '../../server/src/python/ast/nodes.ts';
import { childrenOf } from '../../server/src/python/ast/visitor.ts';
import { analyze } from '../../server/src/python/index.ts';
import { fullName } from '../../server/src/resolve/classes/names.ts';
import { createEvaluator } from '../../server/src/resolve/evaluate/evaluator.ts';
import { scopeAt } from '../../server/src/resolve/evaluate/lookup.ts';
import type { Value } from '../../server/src/resolve/values.ts';
import { bundledFor } from './bundled.ts';
import { fixture } from './fixture.ts';
import { askPython, judges } from './python.ts';
import { MemoryFiles, programOf, type Tree } from './tree.ts';

/** What the underlined expressions of a fixture are, one list each: `int`, `class C`, `method C.m`, `module os`. */
type Expected = readonly (readonly string[])[];

interface Program {
  readonly files: Readonly<Record<string, string>>;
  readonly marked: string;
  /** In code points. */
  readonly spans: readonly (readonly [number, number])[];
  readonly expected: Expected;
}

const MAIN = '/main.py';
const programs: Program[] = [];

/** Checks what the underlined expressions of a file are; `others` are files beside it. */
export function check(marked: string, expected: string | Expected, others: Tree = {}): void {
  const lists = typeof expected === 'string' ? [expected.split(' | ')] : expected;
  const { text, underlined } = fixture(marked);
  const program = programOf(new MemoryFiles({ ...others, [MAIN]: text }), { bundled: bundledFor(TARGET) });
  const module = program.open(MAIN, analyze(text, program.target));
  const evaluator = createEvaluator(program);
  const found = underlined.map(({ start, end }) => {
    const node = expressionAt(module.analysis.module, start, end);
    assert.ok(node, `no expression: ${text.slice(start, end)}`);
    return describe(evaluator.evaluate(node, scopeAt(module, start)));
  });
  assert.deepEqual(
    found,
    lists.map(list => [...list].sort()),
  );
  const points = (offset: number): number => [...text.slice(0, offset)].length;
  programs.push({
    files: { ...mapValues(others, other => fixture(other).text), [MAIN]: text },
    marked: MAIN,
    spans: underlined.map(({ start, end }) => [points(start), points(end)]),
    expected: lists,
  });
}

const TARGET = programOf({}).target;

function mapValues(tree: Tree, map: (text: string) => string): Record<string, string> {
  return Object.fromEntries(Object.entries(tree).map(([path, text]) => [path, map(text)]));
}

function expressionAt(root: Node, start: number, end: number): Expression | undefined {
  const stack: Node[] = [root];
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (node.start === start && node.end === end && isExpression(node)) return node;
    stack.push(...childrenOf(node));
  }
  return undefined;
}

function isExpression(node: Node): node is Expression {
  return !isFunction(node) && node.kind >= NodeKind.BoolOp && node.kind <= NodeKind.Slice;
}

/** As values.py describes what it meets. */
export function describe(values: readonly Value[]): string[] {
  return [...new Set(values.map(describeOne))].sort();
}

function describeOne(value: Value): string {
  const name = (named: Value): string => (fullName(named) ?? '?').replace(/^(?:main|builtins)\./, '');
  switch (value.type) {
    case 'module':
      return `module ${value.module.name}`;
    case 'class':
      return `class ${name(value)}`;
    case 'instance':
      return name({ type: 'class', class: value.class });
    case 'method':
      return value.function.type === 'builtin'
        ? describeOne(value.function)
        : `method ${name(value.function)}`;
    default:
      return `${value.type} ${name(value)}`;
  }
}

/** Runs what has been checked so far in a CPython of the target's version, if there is one: it must agree. */
export async function runFixtures(): Promise<void> {
  const judge = (await judges()).find(({ target }) => target.minor === TARGET.minor);
  if (!judge) return;
  const answers = (await askPython(judge.interpreter, 'values.py', programs)) as string[][][];
  assert.deepEqual(
    answers.map((seen, i) => ({ text: programs[i].files[MAIN], seen })),
    programs.map(({ files, expected }) => ({
      text: files[MAIN],
      seen: expected.map(list => [...list].sort()),
    })),
  );
}
