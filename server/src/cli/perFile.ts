// The shapes of commands that answer for each file by itself, and of the threads that do it for them.

/** A file that is to be read. */
export interface Place {
  /** The path as it was given, or relative to the directory that was given, with slashes; `<stdin>` for `-`. */
  readonly name: string;
  /** Where it is, for messages: below a directory as os.path.join() has it. */
  readonly location: string;
  /** What standard input holds, which can be read only once. */
  readonly bytes?: Uint8Array;
}

/** Which files of a directory are meant. */
export interface Wanted {
  readonly suffix: string;
  readonly skippedFolders: ReadonlySet<string>;
  /** The name of such files, for the complaint about a directory that has none. */
  readonly what: string;
}

/** What a command has to say of one file. */
export interface Answer {
  /** Whether the file is all right. */
  readonly ok: boolean;
  /** For standard output. */
  readonly out: string;
  /** Lines for standard error. */
  readonly complaints: readonly string[];
  /** What the summary counts. */
  readonly kind?: string;
}

/** A command line, as far as it concerns single files. Each worker makes its own from the same arguments. */
export interface Batch {
  /** Without any, standard input is read. */
  readonly paths: readonly string[];
  readonly wanted?: Wanted;
  readonly jobs: number;
  readonly shard: Shard;
  readonly answer: (place: Place) => Answer;
  /** Makes lines for standard error at the end, from the number of answers of each kind. */
  readonly summary?: (counts: ReadonlyMap<string, number>) => readonly string[];
}

/** The part of the files to work on: every `of`-th, beginning with number `index`. */
export interface Shard {
  readonly index: number;
  readonly of: number;
}

/** Threads that answer for files. */
export interface Workers {
  readonly answer: (place: Place) => Promise<Answer>;
  readonly end: () => void;
}
