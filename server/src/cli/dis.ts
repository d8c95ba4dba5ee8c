// `colens dis`: the listing that `python -m dis` of the target prints, with addresses as 0x0.
import { codeObjectIndex } from '../features/codeObject/codeObjectIndex.ts';
import { listing } from '../python/dis/listing.ts';
import { ExitCode, UsageError, type Command } from './command.ts';
import { eachAnalysis } from './each.ts';
import {
  OPTIMIZE_HELP,
  OPTIMIZE_OPTION,
  readOptimize,
  readOptions,
  readTarget,
  splitQualname,
  TARGET_HELP,
  TARGET_OPTION,
} from './options.ts';

const SHOWN = [
  ['show-caches', 'caches'],
  ['show-offsets', 'offsets'],
  ['show-positions', 'positions'],
  ['specialized', 'specialized'],
] as const;

export const dis: Command = {
  name: 'dis',
  summary: 'bytecode, as python -m dis prints it',
  help: `usage: colens dis [--target VERSION] [--optimize N] [-C] [-O] [-P] [-S] [PATH[:QUALNAME]]

Prints the instructions of the code object of a file, or of what QUALNAME names in it, and of those nested in it.
PATH is a file, a directory or - (standard input), which is read without a PATH, too.

${TARGET_HELP}
${OPTIMIZE_HELP}
  -C, --show-caches     inline caches, too (3.11 and later)
  -O, --show-offsets    offsets, too (3.13 and later; before, they are always there)
  -P, --show-positions  lines and columns in the place of lines (3.14 and later)
  -S, --specialized     as the interpreter has it before the code first runs (3.11 and later)`,

  async run(args, io) {
    const { values, positionals } = readOptions(args, {
      ...TARGET_OPTION,
      ...OPTIMIZE_OPTION,
      'show-caches': { type: 'boolean', short: 'C' },
      'show-offsets': { type: 'boolean', short: 'O' },
      'show-positions': { type: 'boolean', short: 'P' },
      specialized: { type: 'boolean', short: 'S' },
    });
    const target = readTarget(values.target);
    const optimize = readOptimize(values.optimize);
    if (positionals.length > 1) throw new UsageError('dis takes one PATH[:QUALNAME]');
    const show = new Set(SHOWN.flatMap(([option, shown]) => (values[option] ? [shown] : [])));
    for (const [option, shown] of SHOWN) {
      if (!show.has(shown) || target.dialect.dis.options.includes(shown)) continue;
      throw new UsageError(`the dis of ${target.series} has no --${option}`);
    }
    if (!target.dialect.flowgraph.hasCodeGenerator) {
      throw new UsageError(`the bytecode of ${target.series} is not known yet`);
    }
    const [path, qualname] = splitQualname(positionals[0] ?? '-', io);
    let whole = true;
    const code = await eachAnalysis(
      [path],
      target,
      io,
      ({ errors }) => errors[0],
      async (analysis, { location, name }) => {
        const found = qualname === undefined ? analysis.code : codeObjectIndex(analysis).find(qualname);
        const text =
          found &&
          listing(found, {
            dialect: target.dialect,
            bytecode: one => analysis.bytecode(one),
            filename: name,
            show,
          });
        if (text !== undefined) {
          await io.write(text);
          return;
        }
        whole = false;
        io.complain(
          found
            ? `colens: ${location}: too long, or nested too deep`
            : `colens: ${location} has no code object '${qualname}' for ${target.version}`,
        );
      },
      optimize,
    );
    return whole ? code : ExitCode.Input;
  },
};
