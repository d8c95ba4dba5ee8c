// Documentation: what __doc__ of a def or class is, cleandoc(), and getdoc() with what it inherits.
// CPython: Lib/inspect.py, cleandoc(), getdoc(), _finddoc(); Python/compile.c, _PyCompile_CleanDoc().
import { NodeKind } from '../ast/kinds.ts';
import type { Statement } from '../ast/nodes.ts';
import { ConstantType } from '../constants/values.ts';
import type { InspectDialect } from '../versions/inspectDialect.ts';
import { expandTabs, leftStripped } from './lines.ts';

/** The string literal that a body begins with, as it is written: before the compiler does anything to it. */
export function rawDocstring(body: readonly Statement[]): string | undefined {
  const first = body.at(0);
  if (first?.kind !== NodeKind.Expr || first.value.kind !== NodeKind.Constant) return undefined;
  const { value } = first.value;
  return value.type === ConstantType.Str ? value.value : undefined;
}

/** `__doc__` of a module, def or class with this body; undefined for None. */
export function docstring(body: readonly Statement[], dialect: InspectDialect): string | undefined {
  const doc = rawDocstring(body);
  return doc !== undefined && dialect.compilerCleansDoc ? compiledDoc(doc) : doc;
}

/** What the compiler keeps of a docstring: without the indentation, blank lines as they are. */
function compiledDoc(doc: string): string {
  const [first, ...others] = expandTabs(doc).split('\n');
  const margin = leastIndentation(others, false);
  return [first.replace(/^ +/, ''), ...others.map(line => withoutMargin(line, margin))].join('\n');
}

/** A line without the margin; of blank lines what is longer than the margin stays. */
const withoutMargin = (line: string, margin: number): string =>
  line.slice(Math.min(margin, line.length - line.replace(/^ +/, '').length));

/** How far the lines are indented that are not blank; 0 if all are. */
function leastIndentation(lines: readonly string[], anySpace: boolean): number {
  let margin = Infinity;
  for (const line of lines) {
    const content = leftStripped(line, anySpace);
    if (content !== '') margin = Math.min(margin, line.length - content.length);
  }
  return margin === Infinity ? 0 : margin;
}

/** A docstring without indentation, tabs, and blank lines at its ends. CPython: inspect.cleandoc(). */
export function cleandoc(doc: string, { cleandocStripsAnySpace }: InspectDialect): string {
  const [first, ...others] = expandTabs(doc).split('\n');
  const margin = leastIndentation(others, cleandocStripsAnySpace);
  const lines = [leftStripped(first, cleandocStripsAnySpace), ...others.map(line => line.slice(margin))];
  const isText = (line: string): boolean => line !== '';
  return lines.slice(Math.max(0, lines.findIndex(isText)), lines.findLastIndex(isText) + 1).join('\n');
}

// ---- getdoc() ------------------------------------------------------------------------------------------------

/** What an object's documentation may be inherited through; `Cls` and `Member` stand for themselves, compared by ===. */
export type Documented<Cls, Member> =
  | { readonly type: 'class'; readonly cls: Cls }
  /** A bound method: of an instance its class, of a classmethod the class that it is bound to. */
  | { readonly type: 'method'; readonly cls: Cls; readonly name: string }
  /**
   * A function, property, cached property or descriptor of a class: `cls` is the class of its qualified name, where
   * it must be found under its name to inherit anything. `slotDoc` is what a dict of `__slots__` says of a member.
   */
  | {
      readonly type: 'function' | 'property' | 'cachedProperty' | 'descriptor';
      readonly cls: Cls | undefined;
      readonly name: string;
      readonly member: Member;
      readonly slotDoc?: string | undefined;
    }
  | { readonly type: 'other' };

/** What getdoc() asks of classes. A documentation is null for None, undefined where there is no such attribute. */
export interface DocLookup<Cls, Member> {
  mro(cls: Cls): readonly Cls[];
  isObject(cls: Cls): boolean;
  /** `cls.__doc__`, never an inherited one. */
  classDoc(cls: Cls): string | null | undefined;
  /** `getattr(cls, name)` */
  member(cls: Cls, name: string): Member | undefined;
  /** `member.__doc__` */
  memberDoc(member: Member): string | null | undefined;
}

/**
 * What inspect.getdoc() answers: an object's own documentation or what it inherits, cleaned.
 *
 * @param own `object.__doc__`: null for None
 */
export function getdoc<Cls, Member>(
  own: string | null,
  documented: Documented<Cls, Member>,
  lookup: DocLookup<Cls, Member>,
  dialect: InspectDialect,
): string | undefined {
  const doc = own ?? inheritedDoc(documented, lookup, dialect);
  return doc === undefined ? undefined : cleandoc(doc, dialect);
}

/** CPython: _finddoc() */
function inheritedDoc<Cls, Member>(
  documented: Documented<Cls, Member>,
  lookup: DocLookup<Cls, Member>,
  dialect: InspectDialect,
): string | undefined {
  if (documented.type === 'other') return undefined;
  const { cls } = documented;
  if (documented.type === 'class') {
    return firstDoc(lookup.mro(documented.cls), base =>
      lookup.isObject(base) ? undefined : lookup.classDoc(base),
    );
  }
  if (documented.type !== 'method') {
    const { type, name, member, slotDoc } = documented;
    if (type === 'cachedProperty' && !dialect.cachedPropertyDoc) return undefined;
    if (cls === undefined || lookup.member(cls, name) !== member) return undefined;
    if (slotDoc !== undefined) return slotDoc;
  }
  return cls && memberDoc(cls, documented.name, lookup);
}

/** The documentation that a name has in the first class of the MRO where it has one. */
function memberDoc<Cls, Member>(cls: Cls, name: string, lookup: DocLookup<Cls, Member>): string | undefined {
  return firstDoc(lookup.mro(cls), base => {
    const member = lookup.member(base, name);
    return member === undefined ? undefined : lookup.memberDoc(member);
  });
}

function firstDoc<Cls>(
  mro: readonly Cls[],
  docOf: (base: Cls) => string | null | undefined,
): string | undefined {
  for (const base of mro) {
    const doc = docOf(base);
    if (doc !== undefined && doc !== null) return doc;
  }
  return undefined;
}
