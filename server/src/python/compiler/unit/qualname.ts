// co_qualname. CPython: Python/compile.c, compiler_set_qualname().
import { Scope } from '../../symtable/flags.ts';
import { mangle } from '../../symtable/mangle.ts';
import { ScopeType } from './description.ts';
import type { CompilerUnit } from './unit.ts';

const hasLocals = (type: ScopeType): boolean =>
  type === ScopeType.Function || type === ScopeType.AsyncFunction || type === ScopeType.Lambda;

/**
 * The qualified name of a unit whose parents have theirs. `functionName` is that of the function whose
 * `__annotate__` the unit is, where the version names it.
 */
export function qualnameOf(unit: CompilerUnit, functionName: string | null): string {
  const name = functionName === null ? unit.name : `${functionName}.${unit.name}`;
  let { parent } = unit;
  if (parent === null || parent.parent === null) return name;
  if (parent.type === ScopeType.Annotations) {
    // The scope of type parameters is passed over, but only one such scope is.
    parent = parent.parent;
    if (parent.parent === null) return unit.name;
  }
  const isDefinition =
    unit.type === ScopeType.Function ||
    unit.type === ScopeType.AsyncFunction ||
    unit.type === ScopeType.Class;
  if (isDefinition && parent.scope.scope(mangle(parent.privateName, unit.name)) === Scope.GLOBAL_EXPLICIT) {
    return name;
  }
  return hasLocals(parent.type) ? `${parent.qualname}.<locals>.${name}` : `${parent.qualname}.${name}`;
}
