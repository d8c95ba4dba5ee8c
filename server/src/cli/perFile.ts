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
  /** What there are none of in a directory without such files. */
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

/** A call of a command, as far as it concerns single files. A worker makes one of its own, of the same arguments. */
export interface Batch {
  /** Without any, standard input is read. */
  readonly paths: readonly string[];
  readonly wanted?: Wanted;
  readonly jobs: number;
  readonly shard: Shard;
  readonly answer: (place: Place) => Answer;
  /** Told at the end how many answers there were of each kind: lines for standard error. */
  readonly summary?: (counts: ReadonlyMap<string, number>) => readonly string[];
}

/** The part of the files whose turn it is: each `of`-th, from `index` on. */
export interface Shard {
  readonly index: number;
  readonly of: number;
}

/** Threads that answer for files. */
export interface Workers {
  readonly answer: (place: Place) => Promise<Answer>;
  readonly end: () => void;
}
