// What is known of a name, in words: where it lives, why there, and which other blocks use it.
import type { Arg } from '../../python/ast/expressions.ts';
import { NodeKind } from '../../python/ast/kinds.ts';
import type { CodeObject } from '../../python/code/codeObject.ts';
import { CodeFlags } from '../../python/code/flags.ts';
import type { Analysis } from '../../python/index.ts';
import type { SymbolTableEntry } from '../../python/symtable/entry.ts';
import { mangledIn } from '../../python/symtable/mangle.ts';
import { BlockType, Scope, SymbolFlags } from '../../python/symtable/flags.ts';
import { builtinNames } from '../../python/versions/builtins.ts';
import { codeObjectIndex } from './codeObjectIndex.ts';
import { code, joined, rich, type RichText, strong, text } from '../richText.ts';
import { isFunction } from '../../python/ast/parts.ts';
import { declarationOf, firstBinding, startOf } from '../../python/locate/bindings.ts';
import { capturersOf, ownerOf, skippedClasses, slotsOf } from '../../python/locate/names.ts';
import type { Occurrence } from '../../python/locate/occurrence.ts';

/** At most so many functions are named one by one. */
const NAMED = 4;

/** A sentence or two about a name where it stands, a line each: what it is and its slots, then why. */
export function nameLines(analysis: Analysis, occurrence: Occurrence): RichText[] {
  const { name, spelled, entry } = occurrence;
  if (occurrence.unevaluated) return unevaluatedLines(occurrence);
  const lines = [headLine(analysis, occurrence), ...whyLines(analysis, occurrence)];
  if (name !== spelled) lines.push(rich`Private to its class: ${code(spelled)} is compiled as ${code(name)}`);
  if (name === 'super' && entry.scope('__class__') === Scope.FREE) {
    const object = codeObjectIndex(analysis).ofScope(entry);
    if (object)
      lines.push(
        rich`Its call makes ${code('__class__')} a free variable of ${code(object.qualname)}${slots(object, '__class__')}`,
      );
  }
  return lines;
}

function unevaluatedLines({ spelled, unevaluated }: Occurrence): RichText[] {
  return [
    rich`${code(spelled)}: ${strong('in an annotation that no code evaluates')}`,
    unevaluated === 'string'
      ? rich`${code('from __future__ import annotations')} keeps annotations as strings`
      : text('Annotations of local variables are not evaluated'),
  ];
}

/** Where a name lives, as a noun: `free variable`. */
function headLine(analysis: Analysis, { name, spelled, entry, node }: Occurrence): RichText {
  const object = codeObjectIndex(analysis).ofScope(entry);
  const what = (kind: string): RichText => rich`${code(spelled)}: ${strong(kind)}`;
  const of = object
    ? rich` of ${code(object.qualname)}${slots(object, name)}`
    : rich` of ${code(entry.name)}`;
  const flags = entry.flags(name);
  switch (entry.scope(name)) {
    case Scope.FREE:
      return rich`${what('free variable')}${of}`;
    case Scope.CELL:
      if ((flags & SymbolFlags.DEF_PARAM) !== 0) return rich`${what('parameter and cell variable')}${of}`;
      return rich`${what('cell variable')}${of}`;
    case Scope.LOCAL:
      if (entry.inlined && object) return rich`${what('local variable')}${of}`;
      if (entry.type === BlockType.Module) return what('global, bound by this module');
      if (entry.type === BlockType.Class)
        return rich`${what('name in the namespace of class')} ${code(entry.name)}`;
      if ((flags & SymbolFlags.DEF_TYPE_PARAM) !== 0) return rich`${what('type parameter')}${of}`;
      if ((flags & SymbolFlags.DEF_PARAM) !== 0) return rich`${what(parameterKind(entry, name))}${of}`;
      return rich`${what('local variable')}${of}`;
    case Scope.GLOBAL_EXPLICIT:
      return what('global, declared');
    case Scope.GLOBAL_IMPLICIT:
      return what(globalKind(analysis, name));
    default:
      if (node.kind === NodeKind.Global) return what('global, declared');
      return what('name that no code looks up');
  }
}

function whyLines(analysis: Analysis, { name, entry, node }: Occurrence): RichText[] {
  const result: RichText[] = [];
  const scope = entry.scope(name);
  const isDeclared = (entry.flags(name) & (SymbolFlags.DEF_GLOBAL | SymbolFlags.DEF_NONLOCAL)) !== 0;
  const declared = isDeclared ? declarationOf(analysis, entry, name) : undefined;
  if (declared !== undefined) {
    const statement = scope === Scope.FREE ? 'nonlocal' : 'global';
    result.push(rich`${code(`${statement} ${name}`)} on line ${line(analysis, declared)}`);
  }
  if (scope === Scope.FREE) result.push(freeReason(analysis, name, entry));
  if (scope === Scope.CELL) result.push(cellReason(analysis, name, entry));
  if (scope === Scope.LOCAL && entry.inlined) {
    result.push(text('The comprehension is inlined (PEP 709): it has no code object of its own'));
  }
  if (scope === Scope.LOCAL && entry.type === BlockType.Class) {
    result.push(text('Functions in the class do not see it: they look past class namespaces'));
  }
  if (scope === Scope.GLOBAL_IMPLICIT || scope === Scope.GLOBAL_EXPLICIT) {
    result.push(...globalReasons(analysis, name));
  }
  if (scope === Scope.FREE || scope === Scope.GLOBAL_IMPLICIT) {
    for (const skipped of skippedClasses(name, entry)) {
      const bound = firstBinding(analysis, skipped, name);
      const where = bound === undefined ? '' : `, on line ${line(analysis, bound)}`;
      result.push(rich`Class ${code(skipped.name)} binds it too${where}, but its namespace is skipped`);
    }
  }
  if (scope === Scope.LOCAL || scope === Scope.CELL) {
    const bound = firstBinding(analysis, entry, name);
    if (
      bound !== undefined &&
      bound !== startOf(node, analysis.text) &&
      (entry.flags(name) & SymbolFlags.DEF_PARAM) === 0
    ) {
      result.push(rich`First bound on line ${line(analysis, bound)}`);
    }
  }
  return result;
}

/** Why a name is a free variable: whose cell it is. */
export function freeReason(analysis: Analysis, name: string, entry: SymbolTableEntry): RichText {
  const owner = ownerOf(name, entry);
  if (!owner) return text('Cell of a block around it');
  const object = codeObjectIndex(analysis).ofScope(owner);
  const whose = code(object?.qualname ?? owner.name);
  if (owner.type === BlockType.Class) {
    return rich`The cell that class ${whose} keeps for it${object ? cellSlot(object, name) : []}`;
  }
  const bound = firstBinding(analysis, owner, name);
  const where = bound === undefined ? '' : `, bound on line ${line(analysis, bound)}`;
  return rich`Cell of ${whose}${object ? cellSlot(object, name) : []}${where}`;
}

/** Why a name is a cell variable: what captures it. */
export function cellReason(analysis: Analysis, name: string, entry: SymbolTableEntry): RichText {
  const capturers = capturersOf(name, entry);
  if (capturers.length === 0) return text('Captured by a block inside');
  const codeObjects = codeObjectIndex(analysis);
  const named = capturers.slice(0, NAMED).map(capturer => {
    const object = codeObjects.ofScope(capturer);
    return rich`${code(object?.qualname ?? capturer.name)} (line ${line(analysis, capturer.node.start)})`;
  });
  const more = capturers.length > NAMED ? ` and ${capturers.length - NAMED} more` : '';
  return rich`Captured by ${joined(named)}${more}`;
}

function globalKind(analysis: Analysis, name: string): string {
  if (boundByModule(analysis, name)) return 'global';
  if (builtinNames(analysis.target).has(name)) return 'builtin, looked up as a global first';
  return 'global that this file does not bind';
}

function globalReasons(analysis: Analysis, name: string): RichText[] {
  const { top } = analysis.symbolTable;
  const bound = boundByModule(analysis, name) ? firstBinding(analysis, top, name) : undefined;
  return bound === undefined ? [] : [rich`Bound by the module on line ${line(analysis, bound)}`];
}

/** By the module itself, or by a function that declares it global. */
function boundByModule({ symbolTable: { top } }: Analysis, name: string): boolean {
  return (top.flags(name) & (SymbolFlags.DEF_BOUND | SymbolFlags.DEF_GLOBAL)) !== 0;
}

/** What kind of parameter a name, as compiled, is. */
export function parameterKind(entry: SymbolTableEntry, name: string): string {
  const { node } = entry;
  if (!isFunction(node) && node.kind !== NodeKind.Lambda) return 'parameter';
  const { posonlyargs, vararg, kwonlyargs, kwarg } = node.args;
  const isIt = (arg: Arg | null): boolean => arg !== null && mangledIn(entry, arg.arg) === name;
  if (posonlyargs.some(isIt)) return 'positional-only parameter';
  if (kwonlyargs.some(isIt)) return 'keyword-only parameter';
  if (isIt(vararg)) return 'variadic positional parameter';
  if (isIt(kwarg)) return 'variadic keyword parameter';
  return 'parameter';
}

/** ` · freevars[1]` for every slot, or nothing. */
export function slots(object: CodeObject, name: string): RichText {
  return slotsOf(object, name).flatMap(({ array, index }) => rich` · ${code(`${array}[${index}]`)}`);
}

function cellSlot({ cellvars }: CodeObject, name: string): RichText {
  const index = cellvars.indexOf(name);
  return index < 0 ? [] : rich` · ${code(`cellvars[${index}]`)}`;
}

/** `2 parameters · 3 locals · 1 cell · 0 free`, as far as there are any. */
export function counts({
  argcount,
  kwonlyargcount,
  flags,
  nlocals,
  cellvars,
  freevars,
}: CodeObject): string[] {
  const args =
    argcount +
    kwonlyargcount +
    ((flags & CodeFlags.VARARGS) !== 0 ? 1 : 0) +
    ((flags & CodeFlags.VARKEYWORDS) !== 0 ? 1 : 0);
  const result: string[] = [];
  if ((flags & CodeFlags.OPTIMIZED) !== 0) result.push(plural(args, 'parameter', 'parameters'));
  if ((flags & CodeFlags.OPTIMIZED) !== 0 || nlocals > 0) result.push(plural(nlocals, 'local', 'locals'));
  result.push(plural(cellvars.length, 'cell', 'cells'), `${freevars.length} free`);
  return result;
}

export const plural = (count: number, one: string, many: string): string =>
  `${count} ${count === 1 ? one : many}`;

export const line = (analysis: Analysis, offset: number): number => analysis.lines.lineno(offset);
