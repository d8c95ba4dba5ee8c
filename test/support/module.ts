// A file among others, in a program of its own with an evaluator: what features are asked about.
import { analyze } from '../../server/src/python/index.ts';
import { createEvaluator, type RequestEvaluator } from '../../server/src/resolve/evaluate/evaluator.ts';
import type { SourceModule } from '../../server/src/resolve/values.ts';
import { programOf, type ProgramSetup, type Tree } from './tree.ts';

export interface ModuleInProgram {
  readonly evaluator: RequestEvaluator;
  readonly module: SourceModule;
}

/** The module `/main.py` with a text, taken as it is, beside the other files of a tree. */
export function moduleOf(text: string, setup: ProgramSetup = {}, others: Tree = {}): ModuleInProgram {
  const program = programOf(others, setup);
  return {
    evaluator: createEvaluator(program),
    module: program.open('/main.py', analyze(text, program.target)),
  };
}
