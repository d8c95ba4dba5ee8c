// Options of the command line: node:util's parser, with errors that are the caller's fault, and `--target`.
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { DEFAULT_TARGET, parseTarget, TARGETS, type Target } from '../python/versions/target.ts';
import { UsageError } from './command.ts';

type OptionTable = NonNullable<ParseArgsConfig['options']>;

/** The option that every command has; for the `options` of readOptions(). */
export const TARGET_OPTION = { target: { type: 'string' } } as const satisfies OptionTable;

/** What `--target` takes, for help texts. */
export const TARGET_HELP = `  --target VERSION  the CPython to answer for: ${TARGETS[0].series} to ${TARGETS.at(-1)?.series}, or with a patch level
                    as in ${DEFAULT_TARGET.version}; ${DEFAULT_TARGET.series} if not given`;

/** What PATH may be, for help texts. */
export const PATH_HELP = `PATH is a file, a directory (every .py below it), @FILE (a list of paths, one a line) or - (standard input);
without one, standard input is read.`;

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

/** A number that an option gives, from 0 on; throws UsageError for anything else. */
export function readCount(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d{1,9}$/.test(text)) throw new UsageError(`${option} takes a number, not '${text}'`);
  return Number(text);
}
