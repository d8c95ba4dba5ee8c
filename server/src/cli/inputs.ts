// The sources that paths on the command line mean, one after the other: files, directories, @lists, `-`.
// Nothing is read before it is its turn, so that a whole library takes no more memory than its largest file.
import fs from 'node:fs';
import path from 'node:path';
import type { CommandIO } from './command.ts';

/** A source to be read. */
export interface Input {
  /** The path as it was given, or relative to the directory that was given, with slashes; `<stdin>` for `-`. */
  readonly name: string;
  /** Where it is, for messages. */
  readonly location: string;
  readonly bytes: Uint8Array;
}

/** A path that leads nowhere: a complaint for standard error. */
export interface Unreadable {
  readonly location: string;
  readonly problem: string;
}

const SKIPPED_FOLDERS = new Set(['__pycache__', 'site-packages', 'dist-packages', 'node_modules', '.git']);
const LISTS_IN_LISTS = 16;

const PROBLEMS: Readonly<Record<string, string>> = {
  ENOENT: 'no such file or directory',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EISDIR: 'is a directory',
  ELOOP: 'too many levels of symbolic links',
  ENAMETOOLONG: 'the name is too long',
  ERR_FS_FILE_TOO_LARGE: 'the file is too large',
};

function problemOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return (code && PROBLEMS[code]) || message;
}

/** Yields what the paths mean, in order; in a directory sorted by name, its files before its folders. */
export async function* inputs(
  paths: readonly string[],
  io: Pick<CommandIO, 'readInput'>,
): AsyncGenerator<Input | Unreadable> {
  for (const given of paths) yield* inputsOf(given, io, 0);
}

async function* inputsOf(
  given: string,
  io: Pick<CommandIO, 'readInput'>,
  depth: number,
): AsyncGenerator<Input | Unreadable> {
  if (given === '-') {
    yield { name: '<stdin>', location: '<stdin>', bytes: await io.readInput() };
  } else if (given.startsWith('@')) {
    yield* listed(given.slice(1), io, depth);
  } else if (fs.statSync(given, { throwIfNoEntry: false })?.isDirectory()) {
    let empty = true;
    for (const file of sourcesBelow(given)) {
      empty = false;
      yield file.problem === undefined ? read(file.location, file.name) : file;
    }
    if (empty) yield { location: given, problem: 'no Python sources in this directory' };
  } else {
    yield read(given, given);
  }
}

async function* listed(
  list: string,
  io: Pick<CommandIO, 'readInput'>,
  depth: number,
): AsyncGenerator<Input | Unreadable> {
  if (depth === LISTS_IN_LISTS) {
    yield { location: list, problem: 'lists in lists, too deep' };
    return;
  }
  let lines: string[];
  try {
    lines = fs.readFileSync(list, 'utf8').split(/\r\n|\n|\r/);
  } catch (error) {
    yield { location: list, problem: problemOf(error) };
    return;
  }
  for (const line of lines) if (line) yield* inputsOf(line, io, depth + 1);
}

function read(location: string, name: string): Input | Unreadable {
  try {
    return { name, location, bytes: fs.readFileSync(location) };
  } catch (error) {
    return { location, problem: problemOf(error) };
  }
}

interface Found {
  readonly name: string;
  readonly location: string;
  readonly problem?: undefined;
}

/** Order of Python's sorted(): by code point, where JavaScript's own is by UTF-16 code unit. */
const byCodePoint = (a: fs.Dirent, b: fs.Dirent): number =>
  Buffer.compare(Buffer.from(a.name), Buffer.from(b.name));

function* sourcesBelow(root: string): Generator<Found | Unreadable> {
  const folders = [root];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    let entries: fs.Dirent[];
    try {
      entries = fs.readdirSync(folder, { withFileTypes: true }).sort(byCodePoint);
    } catch (error) {
      yield { location: folder, problem: problemOf(error) };
      continue;
    }
    const below: string[] = [];
    for (const entry of entries) {
      const location = path.join(folder, entry.name);
      if (entry.isDirectory()) {
        if (!SKIPPED_FOLDERS.has(entry.name)) below.push(location);
      } else if (entry.name.endsWith('.py') && !isFolderLink(entry, location)) {
        yield { name: path.relative(root, location).split(path.sep).join('/'), location };
      }
    }
    folders.push(...below.reverse());
  }
}

/** Links to folders are not followed: they may lead in circles. */
const isFolderLink = (entry: fs.Dirent, location: string): boolean =>
  entry.isSymbolicLink() && fs.statSync(location, { throwIfNoEntry: false })?.isDirectory() === true;
