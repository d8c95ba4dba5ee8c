// Tests that are decided before anything runs: by the target version, its platform (Linux, as that of the bundled
// answers), by constants, and by flags that imports set or leave alone.
import { BoolOperator, CompareOperator, NodeKind, UnaryOperator } from '../../python/ast/kinds.ts';
import type { Compare, Expression, Statement } from '../../python/ast/nodes.ts';
import { ConstantType, type ConstantValue } from '../../python/constants/values.ts';
import type { SymbolTableEntry } from '../../python/symtable/entry.ts';
import type { Scope, SourceModule, Value } from '../values.ts';
import { at, type Context } from './context.ts';
import { importFails } from './imports.ts';

/** What a test is, if that is known; `entry` is the block that it stands in. */
export function decide(
  context: Context,
  test: Expression,
  module: SourceModule,
  entry: SymbolTableEntry,
): boolean | undefined {
  const { decisions } = context.cache(module);
  const known = decisions.get(test);
  if (known !== undefined) return known ?? undefined;
  decisions.set(test, null); // for tests that depend on themselves
  const decision = decideNow(context, test, { module, entry, offset: test.start, frame: undefined }, 0);
  if (decision !== undefined) decisions.set(test, decision);
  return decision;
}

/** Whether a branch imports what is not there: it is not the one that runs. */
export function importsFail(context: Context, body: readonly Statement[], scope: Scope): boolean {
  return body.some(
    node =>
      (node.kind === NodeKind.Import || node.kind === NodeKind.ImportFrom) &&
      importFails(context, node, scope.module) === true,
  );
}

const MOST_DEPTH = 20;

function decideNow(context: Context, test: Expression, scope: Scope, depth: number): boolean | undefined {
  if (depth > MOST_DEPTH) return undefined;
  switch (test.kind) {
    case NodeKind.Constant:
      return truth(test.value);
    case NodeKind.UnaryOp: {
      if (test.op !== UnaryOperator.Not) return undefined;
      const inner = decideNow(context, test.operand, scope, depth + 1);
      return inner === undefined ? undefined : !inner;
    }
    case NodeKind.BoolOp: {
      const stops = test.op === BoolOperator.Or;
      const parts = test.values.map(value => decideNow(context, value, scope, depth + 1));
      if (parts.includes(stops)) return stops;
      return parts.includes(undefined) ? undefined : !stops;
    }
    case NodeKind.Name:
      if (test.id === '__debug__') return true;
      return flag(context, test.id, scope);
    case NodeKind.Call: {
      const { func, args } = test;
      if (
        func.kind !== NodeKind.Attribute ||
        func.attr !== 'startswith' ||
        !isOf(func.value, 'sys', 'platform')
      )
        return undefined;
      const [prefix] = args;
      return prefix?.kind === NodeKind.Constant && prefix.value.type === ConstantType.Str
        ? PLATFORM.startsWith(prefix.value.value)
        : undefined;
    }
    case NodeKind.Compare:
      return test.ops.length === 1 ? comparison(context, test) : undefined;
    default:
      return undefined;
  }
}

const PLATFORM = 'linux';

function truth(value: ConstantValue): boolean {
  switch (value.type) {
    case ConstantType.None:
      return false;
    case ConstantType.Bool:
      return value.value;
    case ConstantType.Int:
      return value.value !== 0n;
    case ConstantType.Str:
      return value.value !== '';
    default:
      return true;
  }
}

/** Whether an expression is a module's attribute, also where the module is imported as `_sys`. */
const isOf = (node: Expression, module: string, name: string): boolean =>
  node.kind === NodeKind.Attribute &&
  node.attr === name &&
  node.value.kind === NodeKind.Name &&
  (node.value.id === module || node.value.id === `_${module}`);

function comparison(
  context: Context,
  { left, ops: [op], comparators: [right] }: Compare,
): boolean | undefined {
  const text = isOf(left, 'sys', 'platform') ? PLATFORM : isOf(left, 'os', 'name') ? 'posix' : undefined;
  if (text !== undefined) {
    if (right.kind !== NodeKind.Constant || right.value.type !== ConstantType.Str) return undefined;
    if (op === CompareOperator.Eq) return right.value.value === text;
    return op === CompareOperator.NotEq ? right.value.value !== text : undefined;
  }
  const { minor, patch } = context.modules.target;
  let version: readonly number[] = [3, minor, patch];
  let subject = left;
  if (subject.kind === NodeKind.Subscript) {
    const { slice } = subject;
    if (slice.kind === NodeKind.Slice) {
      const length = slice.upper && integer(slice.upper);
      if (slice.lower || slice.step || typeof length !== 'number') return undefined;
      version = version.slice(0, length);
    } else {
      const index = integer(slice);
      if (index === undefined || !isVersion(subject.value)) return undefined;
      const number = integer(right);
      return number === undefined || version[index] === undefined
        ? undefined
        : ordered(op, version[index] - number);
    }
    subject = subject.value;
  } else {
    version = [...version, 0xf0]; // the release level, which comes last
  }
  if (!isVersion(subject) || right.kind !== NodeKind.Tuple) return undefined;
  const numbers = right.elts.map(integer);
  if (numbers.includes(undefined)) return undefined;
  for (let i = 0; i < Math.min(version.length, numbers.length); i++) {
    const difference = version[i] - (numbers[i] ?? 0);
    if (difference !== 0) return ordered(op, difference);
  }
  return ordered(op, version.length - numbers.length);
}

const isVersion = (node: Expression): boolean =>
  isOf(node, 'sys', 'version_info') || (node.kind === NodeKind.Name && node.id === 'version_info');

function integer(node: Expression): number | undefined {
  return node.kind === NodeKind.Constant && node.value.type === ConstantType.Int
    ? Number(node.value.value)
    : undefined;
}

function ordered(op: CompareOperator, difference: number): boolean | undefined {
  switch (op) {
    case CompareOperator.Eq:
      return difference === 0;
    case CompareOperator.NotEq:
      return difference !== 0;
    case CompareOperator.Lt:
      return difference < 0;
    case CompareOperator.LtE:
      return difference <= 0;
    case CompareOperator.Gt:
      return difference > 0;
    case CompareOperator.GtE:
      return difference >= 0;
    default:
      return undefined;
  }
}

/** A name of the module that is bound in several places, of which the target reaches such as are alike. */
function flag(context: Context, name: string, scope: Scope): boolean | undefined {
  const { module } = scope;
  const { top } = module.analysis.symbolTable;
  const bindings = context.index(module, top).bindings.get(name);
  if (!bindings || bindings.length < 2 || context.globalWrites(module, name).length > 0) return undefined;
  const values = context.name(name, at(scope, scope.offset));
  if (values.length === 0) return undefined;
  const truths = new Set(values.map(truthOf));
  const [only] = truths;
  return truths.size === 1 ? only : undefined;
}

/** Whether a value counts as true; undefined if that is not known. */
export function truthOf(value: Value): boolean | undefined {
  switch (value.type) {
    case 'instance':
      if (value.constant) return truth(value.constant);
      return value.class.kind === 'class' && value.class.qualname === 'NoneType' ? false : undefined;
    case 'module':
    case 'function':
    case 'builtin':
    case 'method':
      return true;
    default:
      return undefined;
  }
}
