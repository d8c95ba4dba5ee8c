// Opens a program, for the server and the command line alike: along the search path that the wishes come to, with what
// CPython says of modules without source, and an evaluator for its expressions.
import type { Target } from '../python/versions/target.ts';
import type { BundledLibrary } from './bundled/library.ts';
import { NO_BUNDLED } from './bundled/none.ts';
import { createEvaluator, type RequestEvaluator } from './evaluate/evaluator.ts';
import { FileCache, type Files } from './program/files.ts';
import type { Machine } from './program/installations.ts';
import { discoverSearchPath, type SearchPathWishes } from './program/interpreter.ts';
import { Program } from './program/program.ts';
import { NO_SEARCH_PATH } from './program/searchPath.ts';

/** What a program needs of the platform. */
export interface Libraries {
  readonly files: Files;
  /** Undefined where no Python can be installed: in a browser. */
  readonly machine: Machine | undefined;
  /** What CPython says about its modules; loaded when first asked for. */
  readonly bundled: (target: Target) => Promise<BundledLibrary>;
}

/** A program, and what evaluates its expressions; the evaluator's caches hang on the program's modules. */
export interface OpenedProgram {
  readonly program: Program;
  readonly evaluator: RequestEvaluator;
}

/** `complain` is told if the bundled answers cannot be read: a defect, but no reason to answer nothing. */
export async function openProgram(
  { files, machine, bundled }: Libraries,
  wishes: SearchPathWishes,
  target: Target,
  complain: (error: unknown) => void,
): Promise<OpenedProgram> {
  const program = new Program({
    target,
    files,
    searchPath: machine
      ? discoverSearchPath(wishes, target, new FileCache(files), machine)
      : { ...NO_SEARCH_PATH, own: wishes.workspaceFolders },
    bundled: await bundled(target).catch((error: unknown) => {
      complain(error);
      return NO_BUNDLED;
    }),
  });
  return { program, evaluator: createEvaluator(program) };
}
