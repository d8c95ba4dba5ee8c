// The `colens` command: finds the subcommand and runs it. What a process is (arguments, streams, signals) is the
// business of node/cli.ts, so that tests run whole calls in-process.
import manifest from '../../../package.json' with { type: 'json' };
import { visibleLines } from '../python/text/visible.ts';
import { ast } from './ast.ts';
import { coloured } from './colours.ts';
import { compile } from './compile.ts';
import { ExitCode, OutputClosed, UsageError, type Command, type CommandIO } from './command.ts';
import { dis } from './dis.ts';
import { dump } from './dump.ts';
import { inspect } from './inspect.ts';
import { lines } from './lines.ts';
import { nearest } from './nearMiss.ts';
import type { Batch } from './perFile.ts';
import { serve } from './serve.ts';
import { show } from './show.ts';
import { signature } from './signature.ts';
import { symtable } from './symtable.ts';
import { tokens } from './tokens.ts';
import { verify } from './verify.ts';

const COMMANDS: readonly Command[] = [
  dis,
  lines,
  dump,
  show,
  compile,
  verify,
  tokens,
  ast,
  symtable,
  signature,
  inspect,
  serve,
];

const HELP = `usage: colens COMMAND [OPTION]... [PATH]...

What CPython's compiler makes of Python source, for any version from 3.8 on, without Python.

${COMMANDS.map(({ name, summary }) => `  ${name.padEnd(10)}${summary}`).join('\n')}

Examples:
  colens show shapes.py:Circle.area        the code object of a method
  colens dis --target 3.14 shapes.py       what python -m dis prints
  colens dump --target 3.8 src             a line of JSON for each file below src
  echo 'x = 1' | colens ast                what python -m ast prints
  colens signature json:dumps              a signature as inspect.signature() gives it

colens COMMAND --help tells more of a command. Exit codes: 0, 1 if the input is at fault (a syntax
error, a file that cannot be read), 2 if the command line is.`;

/** Runs a call, `args` being what follows the program's name; returns the exit code and never throws. */
export async function main(args: readonly string[], streams: CommandIO): Promise<number> {
  const [name, ...rest] = commandFirst(args);
  const io = harmless(streams, name !== 'dump' && name !== 'serve');
  try {
    if (name === undefined) throw new UsageError('no command');
    if (name === '--help' || name === '-h' || name === 'help') return await print(HELP, io);
    if (name === '--version' || name === '-V') return await print(`colens ${manifest.version}`, io);
    const command = COMMANDS.find(command => command.name === name);
    if (!command) throw new UsageError(noCommand(name));
    const end = rest.indexOf('--');
    const options = end < 0 ? rest : rest.slice(0, end);
    if (options.includes('--help') || options.includes('-h')) return await print(command.help, io);
    return await command.run(rest, io);
  } catch (error) {
    if (error instanceof OutputClosed) return ExitCode.Ok;
    if (!(error instanceof UsageError)) throw error;
    const known = COMMANDS.some(command => command.name === name);
    io.complain(`colens${known ? ` ${name}` : ''}: ${error.message}`);
    io.complain(`see colens ${known ? `${name} ` : ''}--help`);
    return ExitCode.Usage;
  }
}

/** What answers for single files as the call of a command does, in a worker that the call has started. */
export function answersOf({ command, args }: { command: string; args: readonly string[] }): Batch['answer'] {
  return COMMANDS.find(({ name }) => name === command)!.batch!(args).answer;
}

/** `--target VERSION` may stand before the command. */
function commandFirst(args: readonly string[]): readonly string[] {
  const [first, second, third, ...rest] = args;
  if (first === '--target' && third !== undefined) return [third, first, second, ...rest];
  if (first?.startsWith('--target=') && second !== undefined) return [second, first, ...args.slice(2)];
  return args;
}

function noCommand(name: string): string {
  const meant = nearest(
    name,
    COMMANDS.map(command => command.name),
  );
  return `no command '${name}'${meant === undefined ? '' : `; did you mean '${meant}'?`}`;
}

/**
 * What goes to a terminal tells it nothing but text, whatever a file holds: complaints, which are for people, and
 * output that is not piped to something that wants it as it is.
 */
function harmless(io: CommandIO, forPeople: boolean): CommandIO {
  const colour = io.coloured && forPeople ? coloured : (text: string) => text;
  return {
    ...io,
    complain: line => io.complain(visibleLines(line)),
    ...(io.outputIsTerminal && { write: text => io.write(colour(visibleLines(text))) }),
  };
}

async function print(text: string, io: CommandIO): Promise<ExitCode> {
  await io.write(`${text}\n`);
  return ExitCode.Ok;
}
