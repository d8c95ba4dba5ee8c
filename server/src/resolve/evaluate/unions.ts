// Unions of values: what is equal comes once, and what grows without end is cut. The order is that of likelihood.
import { constantKey } from '../../python/constants/key.ts';
import { className } from '../classes/names.ts';
import type { ClassValue, FunctionValue, InstanceValue, Value, Values } from '../values.ts';

/** Larger unions are cut: their tail helps nobody. */
const MOST_VALUES = 16;
/** At most this many constants of one class are kept apart. */
const MOST_CONSTANTS = 6;
/** Arguments of arguments are compared so deep. */
const MOST_DEPTH = 4;

export const UNKNOWN: Values = [];

/** All that any of the lists has, each value once. */
export function unite(...lists: readonly Values[]): Values {
  const known = lists.filter(list => list.length > 0);
  if (known.length <= 1) return known[0] ?? UNKNOWN;
  const result: Value[] = [];
  for (const list of known) for (const value of list) add(result, value);
  return result;
}

/** The union of what `map` gives for each value. */
export function flatMap(values: Values, map: (value: Value) => Values): Values {
  if (values.length === 1) return map(values[0]);
  return values.length === 0 ? UNKNOWN : unite(...values.map(map));
}

/** Without the values of constants: `1` becomes an int. */
export function widen(values: Values): Values {
  if (!values.some(value => value.type === 'instance' && value.constant)) return values;
  const result: Value[] = [];
  for (const value of values) add(result, value.type === 'instance' ? withoutConstant(value) : value);
  return result;
}

/** The instances and classes of which callers say something, as what is only inferred from them: functions may be any. */
export function inferred(values: Values): Values {
  return values.flatMap((value): Values => {
    if (value.type !== 'instance' && value.type !== 'class') return UNKNOWN;
    if (value.type === 'instance' && SAY_NOTHING.has(className(value.class))) return UNKNOWN;
    return [asInferred(value)];
  });
}

/** All values, as what is only inferred where that can be said of them. */
export const inferredOf = (values: Values): Values =>
  values.map(value => (canBeInferred(value) ? asInferred(value) : value));

type Inferable = InstanceValue | ClassValue | FunctionValue;

const canBeInferred = (value: Value): value is Inferable =>
  value.type === 'instance' || value.type === 'class' || value.type === 'function';

const asInferred = (value: Inferable): Value => (value.isInferred ? value : { ...value, isInferred: true });

const SAY_NOTHING = new Set(['builtins.NoneType', 'builtins.object']);

/** The same values, inferred where that is which they come from. */
export const inferredLike = (source: Value, values: Values): Values =>
  canBeInferred(source) && source.isInferred ? inferredOf(values) : values;

export function withoutConstant(value: InstanceValue): InstanceValue {
  if (!value.constant) return value;
  const { class: cls, args, elements } = value;
  return { type: 'instance', class: cls, ...(args && { args }), ...(elements && { elements }) };
}

function add(result: Value[], value: Value): void {
  if (result.length >= MOST_VALUES || result.some(other => isSame(other, value, 0))) return;
  if (value.type === 'instance' && value.constant) {
    const ofClass = result.filter(other => other.type === 'instance' && other.class === value.class);
    if (ofClass.some(other => other.type === 'instance' && !other.constant && !other.args)) return;
    if (ofClass.length >= MOST_CONSTANTS) {
      const first = result.indexOf(ofClass[0]);
      result[first] = withoutConstant(value);
      for (const other of ofClass.slice(1)) result.splice(result.indexOf(other), 1);
      return;
    }
  }
  result.push(value);
}

/** Whether two values say the same. */
export function isSame(a: Value, b: Value, depth = 0): boolean {
  if (a === b) return true;
  if (a.type !== b.type || depth > MOST_DEPTH) return false;
  switch (a.type) {
    case 'module':
      return b.type === 'module' && a.module === b.module;
    case 'class':
      return (
        b.type === 'class' &&
        a.class === b.class &&
        !a.fields === !b.fields &&
        sameLists(a.args, b.args, depth)
      );
    case 'instance':
      return (
        b.type === 'instance' &&
        a.class === b.class &&
        sameConstants(a, b) &&
        a.attributes?.wrapped === b.attributes?.wrapped &&
        sameLists(a.args, b.args, depth) &&
        sameLists(a.elements, b.elements, depth)
      );
    case 'function':
      return b.type === 'function' && a.node === b.node && a.attributes === b.attributes;
    case 'builtin':
      return b.type === 'builtin' && a.function === b.function;
    case 'method':
      return (
        b.type === 'method' && isSame(a.function, b.function, depth + 1) && isSame(a.self, b.self, depth + 1)
      );
    case 'super':
      return b.type === 'super' && a.class === b.class && isSame(a.self, b.self, depth + 1);
    case 'opaque':
      return b.type === 'opaque' && a.qualname === b.qualname && a.args === b.args;
    default:
      return false;
  }
}

function sameConstants(a: InstanceValue, b: InstanceValue): boolean {
  if (!a.constant || !b.constant) return a.constant === b.constant;
  return a.constant === b.constant || constantKey(a.constant) === constantKey(b.constant);
}

function sameLists(
  a: readonly Values[] | undefined,
  b: readonly Values[] | undefined,
  depth: number,
): boolean {
  if (a === b) return true;
  if (a?.length !== b?.length || !a || !b) return false;
  return a.every((values, i) => sameValues(values, b[i], depth));
}

function sameValues(a: Values, b: Values, depth: number): boolean {
  return a === b || (a.length === b.length && a.every((value, i) => isSame(value, b[i], depth + 1)));
}
