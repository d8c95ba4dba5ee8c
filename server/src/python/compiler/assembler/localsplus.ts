// The variables of a frame as code objects have them from 3.11 on: one list of locals, cells and free variables, each
// with its kind. CPython: Python/assemble.c, compute_localsplus_info(); 3.11 Python/compile.c.
import { CodeFlags } from '../../code/flags.ts';
import type { LocalPlus } from '../../code/bytecode.ts';
import { VariableKind } from '../../code/variableKind.ts';
import type { AssemblerDialect } from '../../versions/assemblerDialect.ts';
import type { GeneratedUnit } from '../unit/generatedUnit.ts';

const NOTHING: readonly LocalPlus[] = [];

/** The kind of the parameter at an index of co_varnames; 0 for other locals. */
function parameterKind(
  index: number,
  { argcount, posonlyargcount, kwonlyargcount, flags }: Parameters,
): number {
  if (index < posonlyargcount) return VariableKind.ARG_POS;
  if (index < argcount) return VariableKind.ARG_POS | VariableKind.ARG_KW;
  let rest = index - argcount;
  if (rest < kwonlyargcount) return VariableKind.ARG_KW;
  rest -= kwonlyargcount;
  const hasVarargs = (flags & CodeFlags.VARARGS) !== 0;
  if (hasVarargs && rest === 0) return VariableKind.ARG_VAR | VariableKind.ARG_POS;
  if ((flags & CodeFlags.VARKEYWORDS) !== 0 && rest === (hasVarargs ? 1 : 0)) {
    return VariableKind.ARG_VAR | VariableKind.ARG_KW;
  }
  return 0;
}

type Parameters = Pick<GeneratedUnit, 'argcount' | 'posonlyargcount' | 'kwonlyargcount' | 'flags'>;

/**
 * The variables of a unit in the order in which LOAD_FAST and LOAD_DEREF count them: locals, of them those that are
 * cells; cells that are no locals; free variables. Before 3.11 a cell that is a local stands twice.
 */
export function localsplus(unit: GeneratedUnit, dialect: AssemblerDialect): readonly LocalPlus[] {
  const { varnames, cellvars, freevars, hidden } = unit;
  const count = varnames.size + cellvars.size + freevars.size;
  if (count === 0) return NOTHING;
  const { fastLocals, parameterKinds } = dialect;
  const result: LocalPlus[] = [];
  for (const name of varnames.keys()) {
    let kind: number = VariableKind.LOCAL;
    if (parameterKinds) kind |= parameterKind(result.length, unit);
    if (hidden !== null && hidden.has(name)) kind |= VariableKind.HIDDEN;
    if (fastLocals && cellvars.size > 0 && cellvars.has(name)) kind |= VariableKind.CELL;
    result.push({ name, kind });
  }
  for (const name of cellvars.keys()) {
    if (!fastLocals || !varnames.has(name)) result.push({ name, kind: VariableKind.CELL });
  }
  for (const name of freevars.keys()) result.push({ name, kind: VariableKind.FREE });
  return result;
}
