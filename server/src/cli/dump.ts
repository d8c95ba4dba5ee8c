// `colens dump`: the code objects of sources in the canonical form, a line of JSON for each file. Keys are sorted,
// text is ASCII, there are no spaces: equal code objects give equal bytes.
import crypto from 'node:crypto';
import { asciiJson, CODE_FIELDS, codeJson, type CodeField } from '../python/code/dump.ts';
import { analyzeBytes } from '../python/index.ts';
import { UsageError, type Command } from './command.ts';
import { eachInput } from './each.ts';
import { PATH_HELP, readOptions, readTarget, TARGET_HELP, TARGET_OPTION } from './options.ts';
import { errorRecord } from './syntaxError.ts';

export const dump: Command = {
  name: 'dump',
  summary: 'the facts of all code objects, as canonical JSON lines',
  help: `usage: colens dump [--target VERSION] [--fields NAME,...] PATH...

Prints a line of JSON for each source: {"code", "file", "sha"}, or {"error", "file", "sha"} if the target's
CPython refuses it. Nested code objects are under "children", in the order in which co_consts has them.

${TARGET_HELP}
  --fields NAMES    only these fields of code objects, and children: ${wrapped(CODE_FIELDS)}

${PATH_HELP}`,

  run(args, io) {
    const { values, positionals } = readOptions(args, { ...TARGET_OPTION, fields: { type: 'string' } });
    const target = readTarget(values.target);
    const fields = readFields(values.fields);
    return eachInput(positionals, io, async ({ bytes, name }) => {
      const analysis = analyzeBytes(bytes, target);
      const error = analysis.errors[0];
      const sha = crypto.createHash('sha256').update(bytes).digest('hex');
      const what = error
        ? `"error":${asciiJson(errorRecord(error, analysis))}`
        : `"code":${codeJson(analysis.code, target, fields)}`;
      await io.write(`{${what},"file":${asciiJson(name)},"sha":"${sha}"}\n`);
      return !error;
    });
  },
};

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
