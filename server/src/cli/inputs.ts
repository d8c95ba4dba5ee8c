// The sources that paths on the command line mean, one after the other: files, directories, @lists, `-`.
// Nothing is read before it is its turn, so that a whole library takes no more memory than its largest file. Names of
// files are bytes: those that are no UTF-8 are in the text of a path as lone surrogates, as in CPython (PEP 383).
import fs from 'node:fs';
import path from 'node:path';
import { decodeUtf8, encodeWithEscapes } from '../python/text/utf8.ts';
import type { CommandIO } from './command.ts';
import type { Place, Wanted } from './perFile.ts';

/** A file that has been read. */
export interface Input extends Place {
  readonly bytes: Uint8Array;
}

/** A path that leads nowhere: a complaint for standard error. */
export interface Unreadable {
  readonly location: string;
  readonly problem: string;
}

/** Sources, and not those of packages that are installed below them. */
const SOURCES: Wanted = {
  suffix: '.py',
  skippedFolders: new Set(['__pycache__', 'site-packages', 'dist-packages', 'node_modules', '.git']),
  what: 'Python sources',
};

const LISTS_IN_LISTS = 16;

const PROBLEMS: Readonly<Record<string, string>> = {
  ENOENT: 'no such file or directory',
  ENOTDIR: 'no such file or directory',
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

/** The value, or why the file system has an objection. */
export function attempt<Value>(run: () => Value): { value: Value } | { problem: string } {
  try {
    return { value: run() };
  } catch (error) {
    return { problem: problemOf(error) };
  }
}

/** A path as the file system takes it. */
export const onDisk = (name: string): string | Buffer =>
  /[\udc80-\udcff]/u.test(name) ? Buffer.from(encodeWithEscapes(name)) : name;

/** What a path leads to, links followed. */
const statOf = (location: string): { value: fs.Stats } | { problem: string } =>
  attempt(() => fs.statSync(onDisk(location)));

/** Yields what the paths mean, in order; in a directory sorted by name, its files before its folders. */
export async function* inputs(
  paths: readonly string[],
  io: Pick<CommandIO, 'readInput'>,
): AsyncGenerator<Input | Unreadable> {
  for await (const place of places(paths, io)) yield 'problem' in place ? place : readPlace(place);
}

/** As inputs(), with nothing read yet. */
export async function* places(
  paths: readonly string[],
  io: Pick<CommandIO, 'readInput'>,
  wanted: Wanted = SOURCES,
): AsyncGenerator<Place | Unreadable> {
  for (const given of paths) yield* placesOf(given, io, wanted, []);
}

/** `lists`: the lists that the path stands in, by where they are on the disk. */
async function* placesOf(
  given: string,
  io: Pick<CommandIO, 'readInput'>,
  wanted: Wanted,
  lists: readonly string[],
): AsyncGenerator<Place | Unreadable> {
  if (given === '-') {
    yield { name: '<stdin>', location: '<stdin>', bytes: await io.readInput() };
    return;
  }
  if (given.startsWith('@')) {
    yield* listed(given.slice(1), io, wanted, lists);
    return;
  }
  const stat = statOf(given);
  if ('problem' in stat) yield { location: given, problem: stat.problem };
  else if (stat.value.isDirectory()) {
    let empty = true;
    for (const found of filesBelow(given, wanted)) {
      empty = false;
      yield found;
    }
    if (empty) yield { location: given, problem: `no ${wanted.what} in this directory` };
  } else yield { name: given, location: given };
}

async function* listed(
  list: string,
  io: Pick<CommandIO, 'readInput'>,
  wanted: Wanted,
  lists: readonly string[],
): AsyncGenerator<Place | Unreadable> {
  const real = attempt(() => decodeUtf8(fs.realpathSync.native(onDisk(list), 'buffer')));
  if ('problem' in real) {
    yield { location: list, problem: real.problem };
    return;
  }
  if (lists.includes(real.value)) {
    yield { location: list, problem: 'this list is read already: it names itself' };
    return;
  }
  if (lists.length === LISTS_IN_LISTS) {
    yield { location: list, problem: 'lists in lists, too deep' };
    return;
  }
  const found = read(list, list);
  if ('problem' in found) {
    yield found;
    return;
  }
  const lines = decodeUtf8(found.bytes).split(/\r\n|\n|\r/);
  for (const line of lines) if (line) yield* placesOf(line, io, wanted, [...lists, real.value]);
}

/** Reads a file, if it has not been read. */
export const readPlace = (place: Place): Input | Unreadable =>
  place.bytes ? { ...place, bytes: place.bytes } : read(place.location, place.name);

/** Reads what was named: a file, or a pipe. A device may never end. */
export function read(location: string, name: string): Input | Unreadable {
  const stat = statOf(location);
  if ('problem' in stat) return { location, problem: stat.problem };
  if (stat.value.isDirectory()) return { location, problem: PROBLEMS.EISDIR };
  if (!stat.value.isFile() && !stat.value.isFIFO()) return { location, problem: NO_FILE };
  const bytes = attempt(() => fs.readFileSync(onDisk(location)));
  return 'problem' in bytes ? { location, problem: bytes.problem } : { name, location, bytes: bytes.value };
}

const NO_FILE = 'is not a regular file';

/** Order of Python's sorted(): by code point, which is that of the bytes of UTF-8; JavaScript's own is by UTF-16 code unit. */
const byName = (a: fs.Dirent<Buffer>, b: fs.Dirent<Buffer>): number => Buffer.compare(a.name, b.name);

/** What `os.path.join()` makes of a folder and a name in it. */
export const joined = (folder: string, name: string): string =>
  folder === '' || folder.endsWith('/') || folder.endsWith(path.sep)
    ? folder + name
    : folder + path.sep + name;

/** The files below a directory whose names end in the suffix; anything else with such a name, and folders that cannot be read, are reported. */
function* filesBelow(root: string, { suffix, skippedFolders }: Wanted): Generator<Place | Unreadable> {
  const folders = [root];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    const here = folder;
    const entries = attempt(() =>
      fs.readdirSync(onDisk(here), { withFileTypes: true, encoding: 'buffer' }).sort(byName),
    );
    if ('problem' in entries) {
      yield { location: folder, problem: entries.problem };
      continue;
    }
    const below: string[] = [];
    for (const entry of entries.value) {
      const name = decodeUtf8(entry.name);
      const location = joined(folder, name);
      if (entry.isDirectory()) {
        if (!skippedFolders.has(name)) below.push(location);
      } else if (name.endsWith(suffix)) {
        const stat = statOf(location);
        if ('problem' in stat) yield { location, problem: stat.problem };
        // Links to folders are not followed: they may lead in circles.
        else if (stat.value.isDirectory()) continue;
        else if (!stat.value.isFile()) yield { location, problem: NO_FILE };
        else yield { name: path.relative(root, location).split(path.sep).join('/'), location };
      }
    }
    for (const folder of below.reverse()) folders.push(folder);
  }
}
