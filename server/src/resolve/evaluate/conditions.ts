// Tests that are decided before anything runs: by the target version, its platform (Linux, as that of the bundled
// answers), by constants, and by flags that imports set or leave alone.
import { BoolOperator, CompareOperator, NodeKind, UnaryOperator } from '../../python/ast/kinds.ts';
import type { Compare, Expression } from '../../python/ast/expressions.ts';
import type { Statement } from '../../python/ast/nodes.ts';
import { isTrue } from '../../python/constants/arithmetic.ts';
import { ConstantType, type ConstantValue } from '../../python/constants/values.ts';
import type { SymbolTableEntry } from '../../python/symtable/entry.ts';
import type { EvaluationScope, SourceModule, Value } from '../values.ts';
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
export function importsFail(context: Context, body: readonly Statement[], scope: EvaluationScope): boolean {
  return body.some(
    node =>
      (node.kind === NodeKind.Import || node.kind === NodeKind.ImportFrom) &&
      importFails(context, node, scope.module) === true,
  );
}

const MOST_DEPTH = 20;

/** Where a test is decided; `locals` are what a function has assigned that is being followed. */
interface Place extends EvaluationScope {
  readonly locals?: ReadonlyMap<string, ConstantValue>;
}

function decideNow(context: Context, test: Expression, scope: Place, depth: number): boolean | undefined {
  if (depth > MOST_DEPTH) return undefined;
  switch (test.kind) {
    case NodeKind.Constant:
      return isTrue(test.value);
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
    case NodeKind.Compare: {
      if (test.ops.length !== 1) return undefined;
      return comparison(context, test) ?? constantComparison(context, test, scope, depth);
    }
    default:
      return undefined;
  }
}

/** What never stands in a CPython's `sys.version` on Linux: other compilers, other implementations. */
const NEVER_IN_VERSION = ['MSC v.', 'PyPy'];

const isForeign = (text: ConstantValue | undefined): boolean =>
  text?.type === ConstantType.Str && NEVER_IN_VERSION.some(foreign => text.value.startsWith(foreign));

/** Numbers that are written down, found in `sys.version`, or returned by a function of the module. */
function constantComparison(
  context: Context,
  { left, ops: [op], comparators: [right] }: Compare,
  scope: Place,
  depth: number,
): boolean | undefined {
  if (op === CompareOperator.In || op === CompareOperator.NotIn)
    return isOf(right, 'sys', 'version') && isForeign(constantOf(context, left, scope, depth + 1))
      ? op === CompareOperator.NotIn
      : undefined;
  const a = numberOf(constantOf(context, left, scope, depth + 1));
  const b = a === undefined ? undefined : numberOf(constantOf(context, right, scope, depth + 1));
  return a === undefined || b === undefined ? undefined : ordered(op, a - b);
}

function numberOf(value: ConstantValue | undefined): number | undefined {
  switch (value?.type) {
    case ConstantType.Int:
      return Number(value.value);
    case ConstantType.Float:
      return value.value;
    default:
      return undefined;
  }
}

/** The constant that an expression certainly is. */
function constantOf(
  context: Context,
  node: Expression,
  scope: Place,
  depth: number,
): ConstantValue | undefined {
  if (depth > MOST_DEPTH) return undefined;
  switch (node.kind) {
    case NodeKind.Constant:
      return node.value;
    case NodeKind.UnaryOp: {
      const number =
        node.op === UnaryOperator.USub ? constantOf(context, node.operand, scope, depth + 1) : undefined;
      return number?.type === ConstantType.Int ? { ...number, value: -number.value } : undefined;
    }
    case NodeKind.Name:
      return scope.locals?.get(node.id);
    case NodeKind.Call: {
      const { func, args, keywords } = node;
      if (keywords.length > 0) return undefined;
      if (func.kind === NodeKind.Name && args.length === 0)
        return constantResult(context, func.id, scope, depth + 1);
      return func.kind === NodeKind.Attribute &&
        func.attr === 'find' &&
        args.length === 1 &&
        isOf(func.value, 'sys', 'version') &&
        isForeign(constantOf(context, args[0], scope, depth + 1))
        ? { type: ConstantType.Int, value: -1n }
        : undefined;
    }
    default:
      return undefined;
  }
}

/** What a function of the module's top returns, if it comes there by assignments and tests that are decided. */
function constantResult(
  context: Context,
  name: string,
  { module }: EvaluationScope,
  depth: number,
): ConstantValue | undefined {
  const { symbolTable } = module.analysis;
  const [only, other] = context.index(module, symbolTable.top).bindings.get(name) ?? [];
  if (only?.type !== 'function' || other || only.node.kind !== NodeKind.FunctionDef) return undefined;
  const { node: called } = only;
  const { constantResults } = context.cache(module);
  const known = constantResults.get(called);
  if (known !== undefined) return known ?? undefined;
  constantResults.set(called, null); // for functions that call themselves
  const entry = symbolTable.block(called);
  if (!entry || entry.generator || called.decorator_list.length > 0) return undefined;
  const locals = new Map<string, ConstantValue>();
  const place: Place = { module, entry, offset: called.end, frame: undefined, locals };
  // The constant that is returned; null where the statements run through.
  const run = (body: readonly Statement[], level: number): ConstantValue | null | undefined => {
    for (const node of body) {
      switch (node.kind) {
        case NodeKind.Expr:
        case NodeKind.Pass:
          break;
        case NodeKind.Return:
          return node.value ? constantOf(context, node.value, place, level) : undefined;
        case NodeKind.Assign: {
          const [target, another] = node.targets;
          if (target.kind !== NodeKind.Name || another) return undefined;
          const value = constantOf(context, node.value, place, level);
          if (value) locals.set(target.id, value);
          else locals.delete(target.id);
          break;
        }
        case NodeKind.If: {
          const holds = level > MOST_DEPTH ? undefined : decideNow(context, node.test, place, level);
          if (holds === undefined) return undefined;
          const result = run(holds ? node.body : node.orelse, level + 1);
          if (result !== null) return result;
          break;
        }
        default:
          return undefined;
      }
    }
    return null;
  };
  const result = run(called.body, depth) ?? undefined;
  if (result) constantResults.set(called, result);
  return result;
}

const PLATFORM = 'linux';

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
function flag(context: Context, name: string, scope: EvaluationScope): boolean | undefined {
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
      if (value.constant) return isTrue(value.constant);
      if (value.elements && value.class.kind === 'class' && value.class.qualname === 'tuple')
        return value.elements.length > 0;
      return value.class.kind === 'class' && value.class.qualname === 'NoneType' ? false : undefined;
    case 'module':
    case 'function':
    case 'builtin':
    case 'method':
      return true;
    case 'class':
      // A metaclass of another kind may have a __bool__() or __len__().
      return value.class.kind === 'class' && value.class.type === 'builtins.type' ? true : undefined;
    default:
      return undefined;
  }
}
