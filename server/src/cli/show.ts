// `colens show`: one code object for people, the listing that the editor shows.
import { codeObjectView } from '../features/codeObject/view.ts';
import { codeObjectIndex } from '../features/codeObject/codeObjectIndex.ts';
import { fileView, findInFile } from '../features/codeObject/fileView.ts';
import { readPyc } from '../python/code/marshal/pyc.ts';
import { ExitCode, UsageError, type Command, type CommandIO } from './command.ts';
import { eachAnalysis } from './each.ts';
import { read } from './inputs.ts';
import {
  COMPILE_HELP,
  COMPILE_OPTIONS,
  kindOf,
  readCompileOptions,
  readOptions,
  splitQualname,
} from './options.ts';
import { headerText, problemText } from './pycHeader.ts';

export const show: Command = {
  name: 'show',
  summary: 'a code object for people: flags, variables, why they are so, bytecode',
  help: `usage: colens show [--target VERSION] [--optimize N] PATH[:QUALNAME]

Shows the code object of a file, or of what QUALNAME names in it (C.method, f.<locals>.<lambda>; f#2 is
the second f). PATH is a file, a directory (every .py below it, each under its name), a .pyc file, whose
header says which version it is for, or - (standard input), which is also read without a PATH.

${COMPILE_HELP}`,

  async run(args, io) {
    const { values, positionals } = readOptions(args, COMPILE_OPTIONS);
    const { target, optimize } = readCompileOptions(values);
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
      optimize,
    );
    return found ? code : ExitCode.Input;
  },
};

/** Shows a code object of a .pyc file. Its header says which version it is for. */
async function showFile(path: string, qualname: string | undefined, io: CommandIO): Promise<ExitCode> {
  const input = read(path, path);
  const refuse = (text: string): ExitCode => {
    io.complain(`colens: ${path}${text}`);
    return ExitCode.Input;
  };
  if ('problem' in input) return refuse(`: ${input.problem}`);
  const pyc = readPyc(input.bytes);
  if ('error' in pyc) return refuse(`: ${problemText(pyc.error)}`);
  const named = findInFile(pyc, qualname ?? pyc.code.name);
  if (!named) return refuse(` has no code object '${qualname}'`);
  await io.write(fileView(named, pyc, headerText(pyc)));
  return ExitCode.Ok;
}

const lastName = (qualname: string): string =>
  qualname.slice(qualname.lastIndexOf('.') + 1).replace(/#.*/, '');
