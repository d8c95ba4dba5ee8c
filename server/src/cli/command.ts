// The shape of a subcommand and of what it may touch: everything a command reads or writes comes in through
// `CommandIO`, so that tests run commands in-process and the platform's main is a few lines.

import type { Libraries } from '../resolve/openProgram.ts';
import type { Batch, Workers } from './perFile.ts';

/** What the process ends with. */
export enum ExitCode {
  Ok = 0,
  /** The input is at fault: a syntax error, a file that cannot be read, a name that is not there. */
  Input = 1,
  /** The call is at fault: an unknown option, a missing argument. */
  Usage = 2,
}

/** A command's streams, and what only the platform can do. */
export interface CommandIO {
  /** Everything on standard input; asked for by the path `-`. */
  readonly readInput: () => Promise<Uint8Array>;
  /**
   * Writes to standard output, in UTF-8 with lone surrogates as "surrogatepass" has them; resolves when more may
   * be written. Rejects with OutputClosed when nobody reads any more.
   */
  readonly write: (text: string) => Promise<void>;
  /** Whether a terminal shows what is written, and would obey escape sequences. */
  readonly outputIsTerminal?: boolean;
  /** Whether what is written to the terminal may be coloured. */
  readonly coloured?: boolean;
  /** Shows how far a long command is, on a terminal's standard error; an empty line takes it away. */
  readonly progress?: (line: string) => void;
  /** Writes a line to standard error. */
  readonly complain: (line: string) => void;
  /** The folder that the call is made in, as in resolve/program/paths.ts. */
  readonly folder: string;
  readonly libraries: Libraries;
  /** Starts so many threads, or one a processor if it is 0, that answer for files as a call of a command does. */
  readonly workers?: (count: number, command: string, args: readonly string[]) => Workers;
  /** Runs the language server on standard input and output until the client ends it. Absent where there is none. */
  readonly serve?: () => Promise<void>;
}

/** A subcommand: `colens NAME ARGUMENT...`. */
export interface Command {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** The text of `colens NAME --help`, without the final newline. */
  readonly help: string;
  /** Throws UsageError and OutputClosed, nothing else. */
  readonly run: (args: readonly string[], io: CommandIO) => Promise<ExitCode>;
  /** Of commands that answer for each file by itself: what a worker makes of a call. Throws UsageError. */
  readonly batch?: (args: readonly string[]) => Batch;
}

/** The call is at fault: printed with a hint at `--help`, exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Whoever read the output has gone (`colens dump … | head`): the command stops without a word. */
export class OutputClosed extends Error {
  override readonly name = 'OutputClosed';
}
