// Options of the command line: node:util's parser, with errors that are the caller's fault, and `--target`.
import { parseArgs, type ParseArgsConfig } from 'node:util';
import type { OptimizationLevel } from '../python/index.ts';
import { DEFAULT_TARGET, parseTarget, TARGETS, type Target } from '../python/versions/target.ts';
import type { FileKind } from '../resolve/program/files.ts';
import { join } from '../resolve/program/paths.ts';
import { type CommandIO, UsageError } from './command.ts';

type OptionTable = NonNullable<ParseArgsConfig['options']>;

/** The option that every command has; for the `options` of readOptions(). */
export const TARGET_OPTION = { target: { type: 'string' } } as const satisfies OptionTable;

/** What `--target` takes, for help texts. */
export const TARGET_HELP = `  --target VERSION  the CPython to answer for: ${TARGETS[0].series} to ${TARGETS.at(-1)?.series}, or with a patch level
                    as in ${DEFAULT_TARGET.version}; ${DEFAULT_TARGET.series} if not given`;

/** What PATH may be, for help texts. */
export const PATH_HELP = `PATH is a file, a directory (every .py below it), @FILE (a list of paths, one a line) or - (standard input);
without one, standard input is read.`;

/** The options of commands that compile: whose answer depends on the level of `-O`, too. */
export const COMPILE_OPTIONS = {
  ...TARGET_OPTION,
  optimize: { type: 'string' },
} as const satisfies OptionTable;

/** What they take, for help texts. */
export const COMPILE_HELP = `${TARGET_HELP}
  --optimize N      0, 1 (python -O: no asserts) or 2 (-OO: no docstrings either); 0 if not given`;

/** The level that `--optimize` means; throws UsageError for what is none. */
export function readOptimize(text: string | undefined): OptimizationLevel {
  switch (text) {
    case undefined:
    case '0':
      return 0;
    case '1':
      return 1;
    case '2':
      return 2;
    default:
      throw new UsageError(`--optimize takes 0, 1 or 2, not '${text}'`);
  }
}

/** Whether a file or a folder is where a path leads, seen from the folder that the call is made in. */
export const kindOf = (path: string, { libraries, folder }: CommandIO): FileKind | undefined =>
  libraries.files.kind(join(folder, path));

/** PATH and QUALNAME; names of files may have colons, those of code objects have none. */
export function splitQualname(argument: string, io: CommandIO): [string, string | undefined] {
  const colon = argument.lastIndexOf(':');
  if (colon <= 0 || kindOf(argument, io) !== undefined) return [argument, undefined];
  return [argument.slice(0, colon), argument.slice(colon + 1) || undefined];
}

interface Config<Options extends OptionTable> {
  args: string[];
  options: Options;
  allowPositionals: true;
  strict: true;
}

/** parseArgs() with positionals, throwing UsageError for what it does not know. */
export function readOptions<Options extends OptionTable>(
  args: readonly string[],
  options: Options,
): ReturnType<typeof parseArgs<Config<Options>>> {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    // Node adds a second sentence about `--`, which explains more than was asked.
    throw new UsageError((error as Error).message.split('. ')[0]);
  }
}

/** The target that `--target` means; throws UsageError for a version that CoLens does not know. */
export function readTarget(text: string | undefined): Target {
  if (text === undefined) return DEFAULT_TARGET;
  const target = parseTarget(text);
  if (target) return target;
  const known = TARGETS.map(({ series }) => series).join(', ');
  throw new UsageError(
    `unknown target '${text}' (known: ${known}, each also with a patch level up to ${TARGETS.map(({ version }) => version).join(', ')})`,
  );
}

/** What COMPILE_OPTIONS mean; throws UsageError. */
export const readCompileOptions = (values: {
  readonly target?: string | undefined;
  readonly optimize?: string | undefined;
}): { target: Target; optimize: OptimizationLevel } => ({
  target: readTarget(values.target),
  optimize: readOptimize(values.optimize),
});

/** A number that an option gives, from 0 on; throws UsageError for anything else. */
export function readCount(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d{1,9}$/.test(text)) throw new UsageError(`${option} takes a number, not '${text}'`);
  return Number(text);
}
