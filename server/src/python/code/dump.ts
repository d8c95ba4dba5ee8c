// The canonical dump of code objects as JSON text: sorted keys, ASCII, no spaces, so that equal code objects give
// equal bytes. Fields that need code generation are not there; nested code objects are under "children".
import type { Target } from '../versions/target.ts';
import type { CodeObject } from './codeObject.ts';

/** The fields of a code object's record but "children", sorted. */
export const CODE_FIELDS = [
  'argcount',
  'cellvars',
  'firstlineno',
  'flags',
  'freevars',
  'kwonlyargcount',
  'name',
  'nlocals',
  'posonlyargcount',
  'qualname',
  'varnames',
] as const;

export type CodeField = (typeof CODE_FIELDS)[number];

const NON_ASCII = /[^ -~]/;

const escaped = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** A value as JSON text of ASCII characters alone, keys sorted. */
export function asciiJson(value: unknown): string {
  const sorted =
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value;
  const json = JSON.stringify(sorted);
  return NON_ASCII.test(json) ? json.replace(/[^ -~]/g, escaped) : json;
}

/**
 * A code object, and those nested in it, as JSON text.
 *
 * @param fields those to show, a sorted selection of CODE_FIELDS; co_qualname only where the target has it
 */
export function codeJson(
  code: CodeObject,
  target: Target,
  fields: readonly CodeField[] = CODE_FIELDS,
): string {
  const { hasQualnameAttribute } = target.dialect.compiler;
  const shown = fields.filter(field => field !== 'qualname' || hasQualnameAttribute);
  const before = shown.filter(field => field < 'children');
  const after = shown.filter(field => field > 'children');
  const record = (c: CodeObject): string => {
    const member = (field: CodeField): string => `"${field}":${asciiJson(c[field])}`;
    const children = `"children":[${c.children.map(record).join(',')}]`;
    return `{${[...before.map(member), children, ...after.map(member)].join(',')}}`;
  };
  return record(code);
}
