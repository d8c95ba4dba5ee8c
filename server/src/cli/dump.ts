// `colens dump`: the code objects of sources in the canonical form, a line of JSON for each file. Keys are sorted,
// text is ASCII, there are no spaces: equal code objects give equal bytes.
import crypto from 'node:crypto';
import {
  asciiJson,
  CODE_FIELDS,
  codeJson,
  factsJson,
  wholeCodeJson,
  type CodeField,
} from '../python/code/dump.ts';
import { nestedCode } from '../python/code/lookup.ts';
import { readPyc } from '../python/code/marshal/pyc.ts';
import { analyzeBytes, type Analysis } from '../python/index.ts';
import { UsageError, type Command } from './command.ts';
import { BATCH_HELP, BATCH_OPTIONS, readBatchOptions, runBatch, unreadable } from './batch.ts';
import { readPlace, type Input } from './inputs.ts';
import { COMPILE_HELP, COMPILE_OPTIONS, PATH_HELP, readCompileOptions, readOptions } from './options.ts';
import type { Answer, Batch, Place } from './perFile.ts';
import { headerRecord, isPycInput } from './pycHeader.ts';
import { errorRecord } from './syntaxError.ts';

export const dump: Command = {
  name: 'dump',
  summary: 'all code objects, whole or some of their fields, as canonical JSON lines',
  help: `usage: colens dump [--target VERSION] [--optimize N] [--positions] [--fields NAME,...] PATH...

Prints a line of JSON for each source: {"code", "file", "sha"}, or {"error", "file", "sha"} if the target's
CPython refuses it. Nested code objects stand among "consts". With --fields, and where code is longer or nested
deeper than can be compiled, bytecode is left out, and nested code objects are under "children", in the order of
co_consts. For a .pyc file it prints {"code", "file", "header", "sha"}, and the header says which version it is for.

${COMPILE_HELP}
  --positions       also the source position of each code unit (3.11 and later)
  --fields NAMES    only these fields of code objects, and "children":${wrapped(CODE_FIELDS)}
${BATCH_HELP}

${PATH_HELP}`,

  batch,
  run: (args, io) => runBatch('dump', args, batch(args), io),
};

function batch(args: readonly string[]): Batch {
  const { values, positionals } = readOptions(args, {
    ...COMPILE_OPTIONS,
    ...BATCH_OPTIONS,
    fields: { type: 'string' },
    positions: { type: 'boolean' },
  });
  const { target, optimize } = readCompileOptions(values);
  const fields = readFields(values.fields);
  const positions = values.positions ?? false;
  const isWhole = values.fields === undefined;
  const codeOf = (analysis: Analysis): string =>
    (isWhole ? whole(analysis, positions) : undefined) ?? codeJson(analysis.code, target, fields);
  const answer = (place: Place): Answer => {
    const input = readPlace(place);
    if ('problem' in input) return unreadable(input);
    const sha = crypto.createHash('sha256').update(input.bytes).digest('hex');
    if (isPycInput(input))
      return pycAnswer(input, sha, values.fields === undefined ? undefined : fields, positions);
    const analysis = analyzeBytes(input.bytes, target, optimize);
    if (isWhole) analysis.generateAll();
    const error = analysis.errors[0];
    const what = error ? `"error":${asciiJson(errorRecord(error, analysis))}` : `"code":${codeOf(analysis)}`;
    return {
      ok: !error,
      out: `{${what},"file":${asciiJson(input.name)},"sha":"${sha}"}\n`,
      complaints: [],
    };
  };
  return { paths: positionals, ...readBatchOptions(values), answer };
}

/** The line for a .pyc file. Its header says which version it is for. */
function pycAnswer(
  { bytes, name }: Input,
  sha: string,
  fields: readonly CodeField[] | undefined,
  positions: boolean,
): Answer {
  const pyc = readPyc(bytes);
  const end = `"sha":"${sha}"}\n`;
  if ('error' in pyc) {
    const { message, offset } = pyc.error;
    const error = asciiJson({ msg: message, offset });
    return { ok: false, out: `{"error":${error},"file":${asciiJson(name)},${end}`, complaints: [] };
  }
  const { code, target } = pyc;
  const json = fields
    ? factsJson(code, target, fields, nestedCode)
    : wholeCodeJson(code, { target, bytecode: one => one, positions });
  const header = JSON.stringify(headerRecord(pyc)).slice(1, -1);
  return { ok: true, out: `{"code":${json},"file":${asciiJson(name)},${header},${end}`, complaints: [] };
}

/** The whole record; undefined if a code object is too long. */
const whole = (analysis: Analysis, positions: boolean): string | undefined =>
  wholeCodeJson(analysis.code, {
    target: analysis.target,
    bytecode: code => analysis.bytecode(code),
    positions,
  });

function readFields(text: string | undefined): readonly CodeField[] {
  if (text === undefined) return CODE_FIELDS;
  const names = text.split(',').filter(Boolean);
  const unknown = names.find(name => !(CODE_FIELDS as readonly string[]).includes(name));
  if (unknown !== undefined)
    throw new UsageError(`no field '${unknown}' (there are: ${CODE_FIELDS.join(', ')})`);
  return CODE_FIELDS.filter(field => names.includes(field));
}

function wrapped(names: readonly string[]): string {
  const lines = [''];
  for (const name of names) {
    const line = `${lines.at(-1)!}${name}, `;
    if (line.length > 70) lines.push(`${name}, `);
    else lines[lines.length - 1] = line;
  }
  return `\n${lines.map(line => `                    ${line.trimEnd()}`).join('\n')}`.replace(/,$/, '');
}
