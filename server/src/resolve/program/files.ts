// The files that modules are found in and read from. Whoever starts CoLens brings them: a file system, a map in
// tests, none in a browser. `FileCache` remembers what has been asked until it is told of a change.
import { baseName, child, parentOf } from './paths.ts';

/** A larger file is not read, in bytes: no program is that large, and what is known of one takes many times as much. */
export const LARGEST_FILE = 10_000_000;

/** Files as `program/` needs them. Paths are those of paths.ts; nothing throws, what cannot be read is not there. */
export interface Files {
  /** Regular files of up to LARGEST_FILE bytes. */
  read(path: string): Uint8Array | undefined;
  /** Symbolic links count as what they lead to. */
  kind(path: string): FileKind | undefined;
  /** The names in a folder, in any order; none if there is no such folder. */
  list(folder: string): readonly string[];
  /** A path without symbolic links; of what is not there, the path itself. */
  real(path: string): string;
  /** Changes when the file does; undefined if there is none. */
  stamp(path: string): string | undefined;
  /** Whether a path counts that is written in the file or folder `from`: not for each workspace. */
  mayName(from: string, path: string): boolean;
}

export type FileKind = 'file' | 'folder';

/** Where there is no file system: in a browser. */
export const NO_FILES: Files = {
  read: () => undefined,
  kind: () => undefined,
  list: () => [],
  real: path => path,
  stamp: () => undefined,
  mayName: () => true,
};

/** Files, and such as only editors have: new ones, those of a workspace that is no file system. */
export class Overlay implements Files {
  /** Folder → names in it, with the folders that they are in. */
  private readonly folders = new Map<string, Map<string, FileKind>>();
  private readonly paths = new Set<string>();

  constructor(private readonly files: Files) {}

  /** Whether there is a file now that was not there before. */
  add(path: string): boolean {
    if (this.paths.has(path) || this.files.kind(path) === 'file') return false;
    this.paths.add(path);
    let kind: FileKind = 'file';
    for (let inner = path; ; kind = 'folder') {
      const folder = parentOf(inner);
      if (folder === inner) return true;
      const names = this.folders.get(folder) ?? new Map<string, FileKind>();
      this.folders.set(folder, names.set(baseName(inner), kind));
      inner = folder;
    }
  }

  /** Whether there is a file less. */
  delete(path: string): boolean {
    if (!this.paths.delete(path)) return false;
    const left = [...this.paths];
    this.paths.clear();
    this.folders.clear();
    for (const each of left) this.add(each);
    return true;
  }

  read(path: string): Uint8Array | undefined {
    return this.files.read(path);
  }

  kind(path: string): FileKind | undefined {
    return this.folders.get(parentOf(path))?.get(baseName(path)) ?? this.files.kind(path);
  }

  list(folder: string): readonly string[] {
    const added = this.folders.get(folder);
    return added ? [...this.files.list(folder), ...added.keys()] : this.files.list(folder);
  }

  real(path: string): string {
    return this.files.real(path);
  }

  stamp(path: string): string | undefined {
    return this.files.stamp(path);
  }

  mayName(from: string, path: string): boolean {
    return this.files.mayName(from, path);
  }
}

interface Folder {
  stamp: string | undefined;
  readonly names: ReadonlySet<string>;
  /** Names of libraries, split at the first dot. */
  readonly libraries: Map<string, readonly string[]>;
}

/** Asks once: for the names in each folder, and for the kind of what is in it. Names are told apart by case. */
export class FileCache implements Files {
  private readonly folders = new Map<string, Folder>();
  private readonly kinds = new Map<string, FileKind | undefined>();

  constructor(private readonly files: Files) {}

  read(path: string): Uint8Array | undefined {
    return this.files.read(path);
  }

  kind(path: string): FileKind | undefined {
    let kind = this.kinds.get(path);
    if (kind === undefined && !this.kinds.has(path)) {
      kind = this.files.kind(path);
      this.kinds.set(path, kind);
    }
    return kind;
  }

  list(folder: string): readonly string[] {
    return [...this.folder(folder).names];
  }

  /** Whether a folder has something of this very name, whatever the file system makes of upper and lower case. */
  has(folder: string, name: string): boolean {
    return this.folder(folder).names.has(name);
  }

  isFile(folder: string, name: string): boolean {
    return this.has(folder, name) && this.kind(child(folder, name)) === 'file';
  }

  /** What follows `stem` in the names of libraries in a folder: `.cpython-313-x86_64-linux-gnu.so`, `.pyd`. */
  librarySuffixes(folder: string, stem: string): readonly string[] {
    return this.folder(folder).libraries.get(stem) ?? [];
  }

  isFolder(folder: string, name: string): boolean {
    return this.has(folder, name) && this.kind(child(folder, name)) === 'folder';
  }

  real(path: string): string {
    return this.files.real(path);
  }

  stamp(path: string): string | undefined {
    return this.files.stamp(path);
  }

  mayName(from: string, path: string): boolean {
    return this.files.mayName(from, path);
  }

  /** Whether anything has come or gone, without being told of it, in a folder that has been looked at. */
  isOutdated(): boolean {
    for (const [path, folder] of this.folders) {
      const stamp = this.files.stamp(path);
      if (stamp === folder.stamp) continue;
      const names = this.files.list(path);
      if (names.length !== folder.names.size || !names.every(name => folder.names.has(name))) return true;
      folder.stamp = stamp; // what is in it has been replaced by its like
    }
    return false;
  }

  /** Forgets everything: something has come or gone. */
  forget(): void {
    this.folders.clear();
    this.kinds.clear();
  }

  private folder(path: string): Folder {
    let folder = this.folders.get(path);
    if (!folder) {
      folder = { stamp: this.files.stamp(path), names: new Set(this.files.list(path)), libraries: new Map() };
      for (const name of folder.names) {
        if (!name.endsWith('.so') && !name.endsWith('.pyd')) continue;
        const dot = name.indexOf('.');
        const stem = name.slice(0, dot);
        folder.libraries.set(stem, [...(folder.libraries.get(stem) ?? []), name.slice(dot)]);
      }
      this.folders.set(path, folder);
    }
    return folder;
  }
}
