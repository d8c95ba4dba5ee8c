// `colens show`: one code object for people, the listing that the editor shows.
import { codeObjectView } from '../features/codeObject/view.ts';
import { codeObjectIndex } from '../features/codeObject/codeObjectIndex.ts';
import { ExitCode, UsageError, type Command } from './command.ts';
import { eachAnalysis } from './each.ts';
import {
  kindOf,
  OPTIMIZE_HELP,
  OPTIMIZE_OPTION,
  readOptimize,
  readOptions,
  readTarget,
  splitQualname,
  TARGET_HELP,
  TARGET_OPTION,
} from './options.ts';

export const show: Command = {
  name: 'show',
  summary: 'a code object for people: flags, variables, why they are so, bytecode',
  help: `usage: colens show [--target VERSION] [--optimize N] PATH[:QUALNAME]

Shows the code object of a file, or of what QUALNAME names in it (C.method, f.<locals>.<lambda>; f#2 is
the second f). PATH is a file, a directory
(every .py below it, each under its name) or - (standard input), which is read without a PATH, too.

${TARGET_HELP}
${OPTIMIZE_HELP}`,

  async run(args, io) {
    const { values, positionals } = readOptions(args, { ...TARGET_OPTION, ...OPTIMIZE_OPTION });
    const target = readTarget(values.target);
    if (positionals.length > 1) throw new UsageError('show takes one PATH[:QUALNAME]');
    const [path, qualname] = splitQualname(positionals[0] ?? '-', io);
    const isFolder = kindOf(path, io) === 'folder';
    let shown = 0;
    let found = true;
    const code = await eachAnalysis(
      [path],
      target,
      io,
      ({ errors }) => errors[0],
      async (analysis, { location, name }) => {
        if (isFolder) await io.write(`${shown++ > 0 ? '\n' : ''}${name}:\n`);
        const codeObjects = codeObjectIndex(analysis);
        const code = qualname === undefined ? analysis.code : codeObjects.find(qualname);
        if (code) {
          await io.write(codeObjectView(analysis, code, { filename: name }).text);
          return;
        }
        found = false;
        io.complain(`colens: ${location} has no code object '${qualname}' for ${target.version}`);
        const last = lastName(qualname!);
        const names = codeObjects.all.map(one => codeObjects.key(one)).filter(key => lastName(key) === last);
        if (names.length > 0) io.complain(`perhaps: ${names.slice(0, 10).join(', ')}`);
      },
      readOptimize(values.optimize),
    );
    return found ? code : ExitCode.Input;
  },
};

const lastName = (qualname: string): string =>
  qualname.slice(qualname.lastIndexOf('.') + 1).replace(/#.*/, '');
