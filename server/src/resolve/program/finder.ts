// Finds the file that a module's name leads to, as importlib's path finder does: along the search path, in each
// folder a regular package before an extension module before a source file, and what has no `__init__` anywhere
// together makes a namespace package (PEP 420). Stubs stand in where there is no source.
import type { FileCache } from './files.ts';
import { child } from './paths.ts';

/** What a name leads to. */
export type Found =
  /** A source, or a stub where there is no source. */
  | { readonly type: 'source'; readonly path: string; readonly isPackage: boolean }
  /** A module in machine code or bytecode that has no stub. */
  | { readonly type: 'binary'; readonly path: string; readonly isPackage: boolean }
  | { readonly type: 'namespace'; readonly folders: readonly string[] };

/** CPython: Lib/importlib/_bootstrap_external.py, FileFinder, PathFinder */
export class Finder {
  /** Suffixes of extension modules that the target's interpreter loads, on any platform. */
  private readonly extension: RegExp;

  /** `series`: the target's, `3.13`. */
  constructor(
    private readonly files: FileCache,
    series: string,
  ) {
    const digits = series.replace('.', '');
    this.extension = new RegExp(
      `^(?:\\.cpython-${digits}t?-[\\w-]+|\\.abi3|)\\.so$|^(?:\\.cp${digits}t?-[\\w-]+|)\\.pyd$`,
    );
  }

  /** The module `name`, a name without dots, in the first of some folders that has it. */
  find(folders: Iterable<string>, name: string): Found | undefined {
    const portions: string[] = [];
    for (const folder of folders) {
      const found = this.findIn(folder, name);
      if (found) return found;
      if (this.files.isFolder(folder, name)) portions.push(child(folder, name));
    }
    return portions.length > 0 ? { type: 'namespace', folders: portions } : undefined;
  }

  /** A package or module in one folder. CPython: FileFinder.find_spec() */
  findIn(folder: string, name: string): Found | undefined {
    const { files } = this;
    if (files.isFolder(folder, name)) {
      const found = this.findFile(child(folder, name), '__init__', true);
      if (found) return found;
    }
    return this.findFile(folder, name, false);
  }

  /** The stub that lies beside a source, or in a stub package of the same folder. */
  stubBeside(path: string): string | undefined {
    const stub = path.replace(/\.py$/, '.pyi');
    if (stub === path) return undefined;
    const at = stub.lastIndexOf('/');
    return this.files.isFile(stub.slice(0, at), stub.slice(at + 1)) ? stub : undefined;
  }

  private findFile(folder: string, stem: string, isPackage: boolean): Found | undefined {
    const { files } = this;
    const stub = (): Found | undefined =>
      files.isFile(folder, `${stem}.pyi`)
        ? { type: 'source', path: child(folder, `${stem}.pyi`), isPackage }
        : undefined;
    const binary = this.extensionModule(folder, stem);
    if (binary !== undefined) return stub() ?? { type: 'binary', path: binary, isPackage };
    if (files.isFile(folder, `${stem}.py`))
      return { type: 'source', path: child(folder, `${stem}.py`), isPackage };
    if (files.isFile(folder, `${stem}.pyc`)) {
      return stub() ?? { type: 'binary', path: child(folder, `${stem}.pyc`), isPackage };
    }
    return stub();
  }

  private extensionModule(folder: string, stem: string): string | undefined {
    const suffix = this.files.librarySuffixes(folder, stem).find(text => this.extension.test(text));
    return suffix === undefined ? undefined : child(folder, stem + suffix);
  }
}
