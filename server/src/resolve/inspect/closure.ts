// The closure variables of a function by name, with what a module has and what is builtin.
import { closureVars, type ClosureVars } from '../../python/inspect/closureVars.ts';
import { SymbolFlags } from '../../python/symtable/flags.ts';
import { builtinNames } from '../../python/versions/builtins.ts';
import type { Evaluator, FunctionValue, SourceModule } from '../values.ts';

export type ClosureVariables = ClosureVars;

/** What every module has without binding it. */
const MODULE_NAMES = new Set([
  '__builtins__',
  '__cached__',
  '__doc__',
  '__file__',
  '__loader__',
  '__name__',
  '__package__',
  '__spec__',
]);

/** The names that a def or lambda takes from around it; undefined without bytecode. CPython: inspect.getclosurevars() */
export function closureVariables(
  evaluator: Evaluator,
  module: SourceModule,
  node: FunctionValue['node'],
): ClosureVariables | undefined {
  const { analysis } = module;
  const { top } = analysis.symbolTable;
  const builtins = builtinNames(analysis.target);
  return closureVars(analysis, node, {
    isGlobal: name =>
      MODULE_NAMES.has(name) ||
      (top.flags(name) & (SymbolFlags.DEF_BOUND | SymbolFlags.DEF_GLOBAL)) !== 0 ||
      evaluator.moduleMember(module, name).length > 0,
    isBuiltin: name => builtins.has(name),
  });
}
