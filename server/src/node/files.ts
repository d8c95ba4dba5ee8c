// The file system of Node as `resolve/program` takes it: synchronous, with `/` in paths, and nothing that throws.
import fs from 'node:fs';
import { type Files, LARGEST_FILE } from '../resolve/program/files.ts';
import { normalize } from '../resolve/program/paths.ts';

/** The value, or undefined where the file system has an objection: no such file, no permission, a loop of links. */
function attempt<Result>(run: () => Result): Result | undefined {
  try {
    return run();
  } catch {
    return undefined;
  }
}

export const nodeFiles: Files = {
  // What is no regular file may never end.
  read: path =>
    attempt(() => {
      const stat = fs.statSync(path);
      return stat.isFile() && stat.size <= LARGEST_FILE ? fs.readFileSync(path) : undefined;
    }),

  kind(path) {
    const stat = attempt(() => fs.statSync(path, { throwIfNoEntry: false }));
    return stat?.isFile() ? 'file' : stat?.isDirectory() ? 'folder' : undefined;
  },

  list: folder => attempt(() => fs.readdirSync(folder)) ?? [],

  real: path => normalize(attempt(() => fs.realpathSync.native(path)) ?? path),

  stamp(path) {
    const stat = attempt(() => fs.statSync(path, { throwIfNoEntry: false }));
    return stat && `${stat.mtimeMs} ${stat.size}`;
  },

  mayName: () => true,
};
