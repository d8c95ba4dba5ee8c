// `colens dis`: the listing that `python -m dis` of the target prints, with addresses as 0x0, or the same as data.
import { codeObjectIndex } from '../features/codeObject/codeObjectIndex.ts';
import { findInFile } from '../features/codeObject/fileView.ts';
import type { WholeCode } from '../python/code/bytecode.ts';
import type { CodeFacts } from '../python/code/codeObject.ts';
import { asciiJson } from '../python/code/dump.ts';
import { readPyc } from '../python/code/marshal/pyc.ts';
import { listing, type ListingOptions } from '../python/dis/listing.ts';
import { codeRecord } from '../python/dis/records.ts';
import { analyzeBytes } from '../python/index.ts';
import type { DisOption } from '../python/versions/disDialect.ts';
import type { Target } from '../python/versions/target.ts';
import { UsageError, type Command } from './command.ts';
import { eachInput } from './each.ts';
import type { Input } from './inputs.ts';
import { COMPILE_HELP, COMPILE_OPTIONS, readCompileOptions, readOptions, splitQualname } from './options.ts';
import { isPycInput, problemText } from './pycHeader.ts';
import { traceback } from './syntaxError.ts';

const SHOWN = [
  ['show-caches', 'caches'],
  ['show-offsets', 'offsets'],
  ['show-positions', 'positions'],
  ['specialized', 'specialized'],
] as const;

/** The file that a code object comes from, and what it is shown for. */
interface Shown {
  readonly input: Input;
  readonly target: Target;
  readonly qualname: string | undefined;
}

export const dis: Command = {
  name: 'dis',
  summary: 'bytecode, as python -m dis prints it',
  help: `usage: colens dis [--target VERSION] [--optimize N] [-C] [-O] [-P] [-S] [--json] [PATH[:QUALNAME]]

Prints the instructions of the code object of a file, or of what QUALNAME names in it, and of those nested in it.
PATH is a file, a directory or - (standard input), which is also read without a PATH. The header of a .pyc file says
which version it is for.

${COMPILE_HELP}
  -C, --show-caches     inline caches, too (3.11 and later)
  -O, --show-offsets    offsets, too (3.13 and later; before, they are always there)
  -P, --show-positions  lines and columns in the place of lines (3.14 and later)
  -S, --specialized     the code that the interpreter starts with, before it specializes any (3.11 and later)
  --json                a line of JSON for each file: the attributes of each dis.Instruction, and what is on the
                        stack before and after it`,

  async run(args, io) {
    const { values, positionals } = readOptions(args, {
      ...COMPILE_OPTIONS,
      'show-caches': { type: 'boolean', short: 'C' },
      'show-offsets': { type: 'boolean', short: 'O' },
      'show-positions': { type: 'boolean', short: 'P' },
      specialized: { type: 'boolean', short: 'S' },
      json: { type: 'boolean' },
    });
    const { target, optimize } = readCompileOptions(values);
    if (positionals.length > 1) throw new UsageError('dis takes one PATH[:QUALNAME]');
    const show = new Set(SHOWN.flatMap(([option, shown]) => (values[option] ? [shown] : [])));
    if (values.target !== undefined) refuseUnknown(show, target);
    const [path, qualname] = splitQualname(positionals[0] ?? '-', io);

    /** Prints a code object; false, with a complaint, if there is none. */
    async function print<Code extends CodeFacts>(
      code: Code | undefined,
      options: ListingOptions<Code>,
      shown: Shown,
    ): Promise<boolean> {
      const { location, name } = shown.input;
      const text =
        code && (values.json ? jsonLine(code, options, name, shown.target) : listing(code, options));
      if (text !== undefined) {
        await io.write(text);
        return true;
      }
      io.complain(
        code
          ? `colens: ${location}: too long, or nested too deep`
          : `colens: ${location} has no code object '${qualname}' for ${shown.target.version}`,
      );
      return false;
    }

    return eachInput([path], io, async input => {
      if (isPycInput(input)) {
        const pyc = readPyc(input.bytes);
        if ('error' in pyc) {
          io.complain(`colens: ${input.location}: ${problemText(pyc.error)}`);
          return false;
        }
        const of = values.target !== undefined && target.minor === pyc.target.minor ? target : pyc.target;
        if (values.target !== undefined && of !== target) {
          io.complain(`colens: ${input.location} is a file of ${pyc.target.series}, not of ${target.series}`);
          return false;
        }
        refuseUnknown(show, of);
        const code = qualname === undefined ? pyc.code : findInFile(pyc, qualname)?.code;
        const options = { dialect: of.dialect, bytecode: (one: WholeCode) => one, show };
        return print(code, { ...options, filename: pyc.code.filename }, { input, target: of, qualname });
      }
      refuseUnknown(show, target);
      const analysis = analyzeBytes(input.bytes, target, optimize);
      if (analysis.errors.length > 0) {
        io.complain(traceback(analysis.errors[0], analysis, input.location));
        return false;
      }
      const code = qualname === undefined ? analysis.code : codeObjectIndex(analysis).find(qualname);
      const bytecode = analysis.bytecode.bind(analysis);
      const options = { dialect: target.dialect, bytecode, filename: input.name, show };
      return print(code, options, { input, target, qualname });
    });
  },
};

/** Complains of options that the version's `dis` lacks. */
function refuseUnknown(show: ReadonlySet<DisOption>, { dialect, series }: Target): void {
  for (const [option, shown] of SHOWN)
    if (show.has(shown) && !dialect.dis.options.includes(shown))
      throw new UsageError(`the dis of ${series} has no --${option}`);
}

function jsonLine<Code extends CodeFacts>(
  code: Code,
  options: ListingOptions<Code>,
  file: string,
  { version }: Target,
): string | undefined {
  const record = codeRecord(code, options);
  return record && `${asciiJson({ file, target: version, code: record })}\n`;
}
