// The loop that commands with paths share: every source in turn, a complaint for each that cannot be read or that
// the target's CPython would refuse, and the exit code that follows.
import { analyzeBytes, type Analysis, type OptimizationLevel } from '../python/index.ts';
import { visibleLines } from '../python/text/visible.ts';
import type { SourceError } from '../python/text/syntaxError.ts';
import type { Target } from '../python/versions/target.ts';
import { ExitCode, type CommandIO } from './command.ts';
import { inputs, type Input } from './inputs.ts';
import { traceback } from './syntaxError.ts';

/** Does something with a source; what it returns says whether the source was all right. */
type Work = (input: Input) => Promise<boolean>;

/** Runs `work` on every source that the paths mean, one after the other; without paths on standard input. */
export async function eachInput(paths: readonly string[], io: CommandIO, work: Work): Promise<ExitCode> {
  let code = ExitCode.Ok;
  let count = 0;
  for await (const input of inputs(paths.length === 0 ? ['-'] : paths, io)) {
    if (++count > 1) io.progress?.(`${count}: ${visibleLines(input.location)}`);
    if ('problem' in input) io.complain(`colens: ${input.location}: ${input.problem}`);
    else if (await work(input)) continue;
    code = ExitCode.Input;
  }
  if (count > 1) io.progress?.('');
  return code;
}

/**
 * As eachInput(), for commands that print nothing but the traceback of a source with an error. `refusal` gives the
 * error, from those passes that the command's twin runs.
 */
export function eachAnalysis(
  paths: readonly string[],
  target: Target,
  io: CommandIO,
  refusal: (analysis: Analysis) => SourceError | undefined,
  work: (analysis: Analysis, input: Input) => Promise<void>,
  optimize: OptimizationLevel = 0,
): Promise<ExitCode> {
  return eachInput(paths, io, async input => {
    const analysis = analyzeBytes(input.bytes, target, optimize);
    const error = refusal(analysis);
    if (error) io.complain(traceback(error, analysis, input.location));
    else await work(analysis, input);
    return !error;
  });
}
