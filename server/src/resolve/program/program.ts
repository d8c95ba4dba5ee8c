// The modules that a program can import: open documents, files along the search path, and what CPython says about
// modules without source. Nothing is read before somebody asks for it, and nothing parsed before somebody looks into
// it. A SourceModule is replaced when anything changes that results about it may depend on, so whatever hangs on the
// object goes with it; the others stay.
import { type Analysis, analyze, analyzeBytes } from '../../python/index.ts';
import type { Target } from '../../python/versions/target.ts';
import type { BundledLibrary } from '../bundled/library.ts';
import type { Module, Modules, NamespacePackage, SourceModule } from '../values.ts';
import { FileCache, type Files, Overlay } from './files.ts';
import { Finder, type Found } from './finder.ts';
import { Importers } from './importers.ts';
import { baseName, below, parentOf } from './paths.ts';
import { readSiteFolders, type SearchPath, type SiteFolders } from './searchPath.ts';

export interface ProgramOptions {
  readonly target: Target;
  readonly files: Files;
  readonly searchPath: SearchPath;
  readonly bundled: BundledLibrary;
  /** How much source is kept analysed, in characters; see `trim`. */
  readonly capacity?: number;
}

/** What is known of a character takes about 20 bytes. */
const CAPACITY = 5_000_000;

/** Modules that every build of CPython has in itself: no file is looked for. CPython: Modules/config.c.in */
const BUILTIN_MODULES: ReadonlySet<string> = new Set(
  (
    '_abc _ast _codecs _collections _functools _imp _io _locale _operator _signal _sre _stat _string _symtable ' +
    '_thread _tracemalloc _warnings _weakref atexit builtins errno faulthandler gc itertools marshal posix pwd ' +
    'sys time'
  ).split(' '),
);

/** Modules that are imported before the user's folders are on sys.path: nothing of the user's hides them. */
const STARTUP_MODULES: ReadonlySet<string> = new Set(
  '_collections_abc _sitebuiltins abc codecs encodings genericpath io os posixpath site stat zipimport'.split(
    ' ',
  ),
);

interface ReadFile {
  /** When it was last asked for. */
  used: number;
  readonly stamp: string | undefined;
  readonly analysis: Analysis;
}

/** Modules that are compiled into CPython under other names than their files'. CPython: Python/frozen.c */
const FROZEN_MODULES: ReadonlyMap<string, string> = new Map([
  ['_frozen_importlib', 'importlib._bootstrap'],
  ['_frozen_importlib_external', 'importlib._bootstrap_external'],
]);

/** The folders that an import looks through, and what has been found there. */
interface Roots {
  readonly folders: readonly string[];
  readonly found: Map<string, Found | undefined>;
}

export class Program implements Modules {
  readonly target: Target;
  readonly bundled: BundledLibrary;
  /** The files, and documents that have none. */
  private readonly overlay: Overlay;
  private readonly files: FileCache;
  private readonly finder: Finder;
  private readonly searchPath: SearchPath;
  private readonly capacity: number;
  /** Of the characters of `read`. */
  private size = 0;
  private clock = 0;
  private siteFolders: SiteFolders | undefined;
  /** By the folder that the importing file brings along; '' if none. */
  private readonly roots = new Map<string, Roots>();
  private readonly opened = new Map<string, Analysis>();
  /** Files as they have been read. */
  private readonly read = new Map<string, ReadFile>();
  private readonly own = new Map<string, SourceModule>();
  private readonly library = new Map<string, SourceModule>();
  private readonly unknown = new Map<string, Module>();
  private readonly importers = new Importers();
  /** By name and folders: one package is one object. */
  private readonly namespaces = new Map<string, NamespacePackage>();

  constructor({ target, files, searchPath, bundled, capacity = CAPACITY }: ProgramOptions) {
    this.target = target;
    this.bundled = bundled;
    this.overlay = new Overlay(files);
    this.files = new FileCache(this.overlay);
    this.finder = new Finder(this.files, target.series);
    this.searchPath = searchPath;
    this.capacity = capacity;
  }

  /** Whether a standard library was found. */
  get hasLibrary(): boolean {
    return this.searchPath.standard.length > 0;
  }

  // ---- Documents ---------------------------------------------------------------------------------------------

  /**
   * The module of a document, whose text counts from now on instead of the file's; also of one without a file. Where
   * the text is what it was before, the module has the analysis that it had.
   */
  open(path: string, analysis: Analysis): SourceModule {
    const before = this.opened.get(path);
    const known = before ?? this.read.get(path)?.analysis;
    const isSame = known?.text === analysis.text;
    this.opened.set(path, isSame ? known : analysis);
    if (!before && isSource(path) && this.overlay.add(path)) this.filesChanged([]);
    else if (!isSame) this.textChanged(path);
    return this.sourceModule(path);
  }

  /** The file's text counts again. */
  close(path: string): void {
    if (!this.opened.delete(path)) return;
    this.forget(path);
    if (this.overlay.delete(path)) this.filesChanged([]);
    else this.textChanged(path);
  }

  /** Files have been changed, have come or gone. */
  filesChanged(paths: readonly string[]): void {
    for (const path of paths) this.forget(path);
    this.files.forget();
    this.siteFolders = undefined;
    this.roots.clear();
    this.namespaces.clear();
    this.replaceAll();
  }

  /** Looks whether files have changed that have been read or looked for, where nobody tells. */
  refresh(): void {
    const changed = [...this.read].flatMap(([path, { stamp }]) =>
      this.files.stamp(path) === stamp ? [] : [path],
    );
    if (changed.length > 0 || this.files.isOutdated()) this.filesChanged(changed);
  }

  /**
   * Forgets what has not been asked for the longest, once there is too much; to be called between requests. All
   * modules are replaced, as their results hold on to those of others.
   */
  trim(): void {
    if (this.size <= this.capacity) return;
    const oldestFirst = [...this.read].sort(([, a], [, b]) => a.used - b.used);
    for (const [path] of oldestFirst) {
      if (this.size <= this.capacity / 2) break;
      this.forget(path);
    }
    this.replaceAll();
  }

  private replaceAll(): void {
    this.own.clear();
    this.library.clear();
    this.importers.clear();
  }

  private forget(path: string): void {
    this.size -= this.read.get(path)?.analysis.text.length ?? 0;
    this.read.delete(path);
  }

  /** Replaces the modules whose results may depend on a text: what imports it, and what imports that. */
  private textChanged(path: string): void {
    const outdated = this.importers.of(path);
    for (const modules of [this.own, this.library]) {
      if (!outdated) modules.clear();
      else for (const each of outdated) modules.delete(each);
    }
  }

  // ---- Names -------------------------------------------------------------------------------------------------

  module(name: string, from?: SourceModule): Module | undefined {
    const found = this.findModule(name, from);
    if (found?.kind === 'source') this.importers.add(found.path, from?.path);
    return found;
  }

  private findModule(name: string, from: SourceModule | undefined): Module | undefined {
    const top = name.split('.', 1)[0];
    if (BUILTIN_MODULES.has(top)) return this.bundled.module(name) ?? this.unknownModule(name);
    const frozen = FROZEN_MODULES.get(name);
    if (frozen !== undefined) return this.findModule(frozen, from);
    // What libraries import is taken for theirs: so their results depend on nothing that the user edits.
    const isLibrary = STARTUP_MODULES.has(top) || (from !== undefined && this.isLibrary(from.path));
    const roots = this.rootsFor(from, isLibrary);
    const found = this.find(name, roots);
    if (found && found.type !== 'binary') return this.moduleOf(name, found);
    const stub = this.find(`${top}-stubs${name.slice(top.length)}`, roots);
    return stub?.type === 'source'
      ? this.moduleOf(name, stub)
      : (this.bundled.module(name) ?? (found && this.unknownModule(name)));
  }

  submodule(parent: Module, name: string): Module | undefined {
    const found = this.findSubmodule(parent, name);
    if (found?.kind === 'source') {
      this.importers.add(found.path, parent.kind === 'source' ? parent.path : undefined);
    }
    return found;
  }

  private findSubmodule(parent: Module, name: string): Module | undefined {
    const full = `${parent.name}.${name}`;
    switch (parent.kind) {
      case 'module':
        return this.bundled.module(full);
      case 'namespace': {
        const found = this.finder.find(parent.folders, name);
        return found && this.moduleOf(full, found);
      }
      case 'source': {
        if (!parent.isPackage) return undefined;
        const found = this.finder.find([parentOf(parent.path)], name);
        if (found && found.type !== 'binary') return this.moduleOf(full, found);
        return this.findModule(full, parent);
      }
    }
  }

  absoluteName(from: SourceModule, module: string | null, level: number): string | undefined {
    if (level === 0) return module ?? undefined;
    const dropped = from.isPackage ? level - 1 : level;
    const parts = [from.name, this.longName(from.path)]
      .map(name => name.split('.'))
      .find(({ length }) => length > dropped);
    if (!parts) return undefined;
    const base = parts.slice(0, parts.length - dropped).join('.');
    return module ? `${base}.${module}` : base;
  }

  /** The stub that describes a module which also has a source: beside it, or in a `-stubs` package. */
  stub(module: SourceModule): SourceModule | undefined {
    const found = this.findStub(module);
    if (found) this.importers.add(found.path, module.path);
    return found;
  }

  private findStub(module: SourceModule): SourceModule | undefined {
    if (module.isStub) return undefined;
    const beside = this.finder.stubBeside(module.path);
    if (beside !== undefined) return this.sourceModule(beside);
    const top = module.name.split('.', 1)[0];
    const found = this.find(
      `${top}-stubs${module.name.slice(top.length)}`,
      this.rootsFor(module, this.isLibrary(module.path)),
    );
    return found?.type === 'source' ? this.sourceModule(found.path) : undefined;
  }

  private find(name: string, roots: Roots): Found | undefined {
    let found = roots.found.get(name);
    if (found !== undefined || roots.found.has(name)) return found;
    const dot = name.lastIndexOf('.');
    if (dot < 0) found = this.finder.find(roots.folders, name);
    else {
      const parent = this.find(name.slice(0, dot), roots);
      const folders = parent ? foldersOf(parent) : [];
      found = this.finder.find(folders, name.slice(dot + 1));
    }
    found ??= this.mapped(name);
    roots.found.set(name, found);
    return found;
  }

  private mapped(name: string): Found | undefined {
    const place = this.site.mapped.get(name);
    return place === undefined ? undefined : this.finder.findIn(parentOf(place), baseName(place));
  }

  private moduleOf(name: string, found: Found): Module | undefined {
    switch (found.type) {
      case 'source':
        return this.sourceModule(found.path);
      case 'namespace':
        return this.namespacePackage(name, found.folders);
      case 'binary':
        return this.bundled.module(name) ?? this.unknownModule(name);
    }
  }

  /** A module that is there, and of which nothing is known. */
  private unknownModule(name: string): Module {
    let module = this.unknown.get(name);
    if (!module) {
      module = { kind: 'module', name, member: () => undefined, names: () => [] };
      this.unknown.set(name, module);
    }
    return module;
  }

  private namespacePackage(name: string, folders: readonly string[]): NamespacePackage {
    const key = [name, ...folders].join('\n');
    let found = this.namespaces.get(key);
    if (!found) {
      found = { kind: 'namespace', name, folders };
      this.namespaces.set(key, found);
    }
    return found;
  }

  // ---- Search path -------------------------------------------------------------------------------------------

  private get site(): SiteFolders {
    return (this.siteFolders ??= readSiteFolders(this.searchPath.site, this.files, this.target));
  }

  private rootsFor(from: SourceModule | undefined, libraryOnly: boolean): Roots {
    const script = from && !libraryOnly ? this.topFolder(from.path) : '';
    const key = libraryOnly ? ' library' : script;
    let roots = this.roots.get(key);
    if (!roots) {
      const { own, standard } = this.searchPath;
      const folders = [...(libraryOnly ? [] : [...own, script]), ...standard, ...this.site.folders];
      roots = { folders: [...new Set(folders)].filter(folder => folder !== ''), found: new Map() };
      this.roots.set(key, roots);
    }
    return roots;
  }

  /** The folder that holds the outermost package of a file: sys.path[0] of a script. */
  private topFolder(path: string): string {
    let folder = parentOf(path);
    while (this.isPackageFolder(folder) && parentOf(folder) !== folder) folder = parentOf(folder);
    return folder;
  }

  private isPackageFolder(folder: string): boolean {
    return this.files.isFile(folder, '__init__.py') || this.files.isFile(folder, '__init__.pyi');
  }

  private isLibrary(path: string): boolean {
    return this.libraryRoot(path) !== undefined;
  }

  private libraryRoot(path: string): string | undefined {
    return innermost([...this.searchPath.standard, ...this.searchPath.site], path);
  }

  // ---- Modules -----------------------------------------------------------------------------------------------

  private sourceModule(path: string): SourceModule {
    const modules = this.isLibrary(path) ? this.library : this.own;
    let module = modules.get(path);
    const file = this.read.get(path);
    if (file) file.used = ++this.clock;
    if (!module) {
      module = new FileModule(path, this.nameOf(path), () => this.analysis(path));
      modules.set(path, module);
    }
    return module;
  }

  private analysis(path: string): Analysis {
    const opened = this.opened.get(path);
    if (opened) return opened;
    let file = this.read.get(path);
    if (!file) {
      const stamp = this.files.stamp(path);
      const bytes = this.files.read(path);
      const analysis = bytes ? analyzeBytes(bytes, this.target) : analyze('', this.target);
      file = { stamp, analysis, used: 0 };
      this.read.set(path, file);
      this.size += analysis.text.length;
    }
    file.used = ++this.clock;
    return file.analysis;
  }

  /** `__name__` of a file: from the folder of the library that it is in, else from its outermost regular package. */
  private nameOf(path: string): string {
    return nameFrom(this.libraryRoot(path) ?? this.topFolder(path), path);
  }

  /** With the namespace packages that it may be in: from the innermost folder of the search path. */
  private longName(path: string): string {
    return nameFrom(
      innermost([...this.searchPath.own, ...this.site.folders], path) ?? this.topFolder(path),
      path,
    );
  }
}

const isSource = (path: string): boolean => /\.pyi?$/.test(path);

/** What does not end like a module cannot be imported, and so runs as a script. */
function nameFrom(root: string, path: string): string {
  if (!isSource(path)) return '__main__';
  const stem = path.replace(/\.pyi?$/, '');
  const parts = (below(root, stem) ?? baseName(stem)).split('/');
  if (parts[parts.length - 1] === '__init__' && parts.length > 1) parts.pop();
  if (parts[0].endsWith('-stubs')) parts[0] = parts[0].slice(0, -'-stubs'.length);
  return parts.join('.');
}

class FileModule implements SourceModule {
  readonly kind = 'source';
  readonly isPackage: boolean;
  readonly isStub: boolean;
  #analysis: Analysis | undefined;

  constructor(
    readonly path: string,
    readonly name: string,
    private readonly analyzed: () => Analysis,
  ) {
    this.isPackage = /(?:^|\/)__init__\.pyi?$/.test(path);
    this.isStub = path.endsWith('.pyi');
  }

  get analysis(): Analysis {
    return (this.#analysis ??= this.analyzed());
  }
}

/** CPython's `__path__` of a package; a module has none. */
function foldersOf(found: Found): readonly string[] {
  if (found.type === 'namespace') return found.folders;
  return found.isPackage ? [parentOf(found.path)] : [];
}

/** The longest of some folders that a path is below. */
function innermost(folders: readonly string[], path: string): string | undefined {
  let result: string | undefined;
  for (const folder of folders) {
    if (below(folder, path) !== undefined && folder.length > (result?.length ?? -1)) result = folder;
  }
  return result;
}
