// Trees of files in memory, so that a test reads like a little folder, and programs made of them.
import type { BundledLibrary } from '../../server/src/resolve/bundled/library.ts';
import { NO_BUNDLED } from '../../server/src/resolve/bundled/none.ts';
import type { Files } from '../../server/src/resolve/program/files.ts';
import { below, parentOf } from '../../server/src/resolve/program/paths.ts';
import { Program } from '../../server/src/resolve/program/program.ts';
import { NO_SEARCH_PATH, type SearchPath } from '../../server/src/resolve/program/searchPath.ts';
import { parseTarget } from '../../server/src/python/versions/target.ts';
import { dedent } from './fixture.ts';

/** Path → text of the file, dedented; a path that ends in `/` is an empty folder. */
export type Tree = Readonly<Record<string, string>>;

/** Files in memory. What has been asked for is in `log`: `read /a.py`, `list /`. */
export class MemoryFiles implements Files {
  readonly log: string[] = [];
  private readonly texts = new Map<string, string>();
  private readonly folders = new Set<string>(['/']);
  private readonly links = new Map<string, string>();

  constructor(tree: Tree) {
    for (const [path, text] of Object.entries(tree)) this.set(path, text);
  }

  set(path: string, text: string): void {
    let folder = path.endsWith('/') ? path.slice(0, -1) : parentOf(path);
    for (; !this.folders.has(folder); folder = parentOf(folder)) this.folders.add(folder);
    if (!path.endsWith('/')) this.texts.set(path, dedent(text));
  }

  delete(path: string): void {
    this.texts.delete(path);
  }

  /** Makes `path` a symbolic link to a file or folder; `real` knows it, the tree has a copy. */
  link(path: string, to: string): void {
    for (const [name, text] of [...this.texts]) {
      if (name === to) this.set(path, text);
      const rest = below(to, name);
      if (rest !== undefined) this.set(`${path}/${rest}`, text);
    }
    this.links.set(path, to);
  }

  read(path: string): Uint8Array | undefined {
    this.log.push(`read ${path}`);
    const text = this.texts.get(path);
    return text === undefined ? undefined : new TextEncoder().encode(text);
  }

  kind(path: string): 'file' | 'folder' | undefined {
    return this.texts.has(path) ? 'file' : this.folders.has(path) ? 'folder' : undefined;
  }

  list(folder: string): readonly string[] {
    this.log.push(`list ${folder}`);
    return this.names(folder);
  }

  private names(folder: string): string[] {
    const names = new Set<string>();
    for (const path of [...this.texts.keys(), ...this.folders]) {
      const rest = path === folder ? undefined : below(folder, path);
      if (rest !== undefined && rest !== '') names.add(rest.split('/', 1)[0]);
    }
    return [...names];
  }

  real(path: string): string {
    for (const [link, to] of this.links) {
      if (path === link) return to;
      const rest = below(link, path);
      if (rest !== undefined) return `${to}/${rest}`;
    }
    return path;
  }

  mayName(): boolean {
    return true;
  }

  stamp(path: string): string | undefined {
    return this.texts.get(path) ?? this.names(path).join();
  }
}

export interface ProgramSetup extends Partial<SearchPath> {
  /** `3.13` if not said. */
  readonly target?: string;
  readonly bundled?: BundledLibrary;
  readonly capacity?: number;
}

/** A program of a tree of files; its own folder is `/` if none is named. */
export function programOf(
  tree: Tree | Files,
  { target = '3.13', bundled = NO_BUNDLED, capacity, ...searchPath }: ProgramSetup = {},
): Program {
  const files = isFiles(tree) ? tree : new MemoryFiles(tree);
  return new Program({
    target: parseTarget(target)!,
    files,
    searchPath: { ...NO_SEARCH_PATH, own: ['/'], ...searchPath },
    bundled,
    capacity,
  });
}

function isFiles(tree: Tree | Files): tree is Files {
  return typeof tree.list === 'function';
}
