// `colens show`: one code object for people, the listing that the editor shows.
import { codeObjectView } from '../features/codeObject/view.ts';
import { codeObjectIndex } from '../features/codeObject/codeObjectIndex.ts';
import { codeOfFile, fileView } from '../features/codeObject/fileView.ts';
import { readPyc } from '../python/code/marshal/pyc.ts';
import { ExitCode, UsageError, type Command, type CommandIO } from './command.ts';
import { eachAnalysis } from './each.ts';
import { read } from './inputs.ts';
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
import { headerText } from './pycHeader.ts';

export const show: Command = {
  name: 'show',
  summary: 'a code object for people: flags, variables, why they are so, bytecode',
  help: `usage: colens show [--target VERSION] [--optimize N] PATH[:QUALNAME]

Shows the code object of a file, or of what QUALNAME names in it (C.method, f.<locals>.<lambda>; f#2 is
the second f). PATH is a file, a directory
(every .py below it, each under its name), a .pyc file, whose header tells the version, or - (standard input), which is
read without a PATH, too.

${TARGET_HELP}
${OPTIMIZE_HELP}`,

  async run(args, io) {
    const { values, positionals } = readOptions(args, { ...TARGET_OPTION, ...OPTIMIZE_OPTION });
    const target = readTarget(values.target);
    if (positionals.length > 1) throw new UsageError('show takes one PATH[:QUALNAME]');
    const [path, qualname] = splitQualname(positionals[0] ?? '-', io);
    if (path.endsWith('.pyc')) return showFile(path, qualname, io);
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

/** A code object of a .pyc file, which is of the version that its header tells. */
async function showFile(path: string, qualname: string | undefined, io: CommandIO): Promise<ExitCode> {
  const input = read(path, path);
  const pyc = 'problem' in input ? undefined : readPyc(input.bytes);
  if ('problem' in input || !pyc || 'error' in pyc) {
    const problem = 'problem' in input ? input.problem : pyc && 'error' in pyc ? pyc.error.message : '';
    io.complain(`colens: ${path}: ${problem}`);
    return ExitCode.Input;
  }
  for (const named of codeOfFile(pyc)) {
    if (qualname !== undefined && named.qualname !== qualname) continue;
    await io.write(fileView(named, pyc, headerText(pyc)));
    return ExitCode.Ok;
  }
  io.complain(`colens: ${path} has no code object '${qualname}'`);
  return ExitCode.Input;
}

const lastName = (qualname: string): string =>
  qualname.slice(qualname.lastIndexOf('.') + 1).replace(/#.*/, '');
