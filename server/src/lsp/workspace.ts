// The program that the open documents belong to: made of the workspace's folders, the settings and the target, made
// anew when one of them changes, told of what happens to documents and files in between.
import type { Analysis } from '../python/index.ts';
import { DEFAULT_TARGET, type Target } from '../python/versions/target.ts';
import type { BundledLibrary } from '../resolve/bundled/library.ts';
import { NO_BUNDLED } from '../resolve/bundled/none.ts';
import { ConfinedFiles } from '../resolve/program/confined.ts';
import { FileCache, type Files } from '../resolve/program/files.ts';
import type { Machine } from '../resolve/program/installations.ts';
import { discoverSearchPath, type SearchPathWishes } from '../resolve/program/interpreter.ts';
import { Program } from '../resolve/program/program.ts';
import { NO_SEARCH_PATH } from '../resolve/program/searchPath.ts';
import { createEvaluator, type RequestEvaluator } from '../resolve/evaluate/evaluator.ts';
import type { SourceModule } from '../resolve/values.ts';
import { toPath } from './paths.ts';

/** What modules need of the machine that the server runs on. */
export interface Libraries {
  readonly files: Files;
  /** Undefined where no Python can be installed: in a browser. */
  readonly machine: Machine | undefined;
  /** What CPython says about its modules; loaded when first asked for. */
  bundled(target: Target): Promise<BundledLibrary>;
}

/** The texts of open documents. */
interface OpenDocuments {
  uris(): readonly string[];
  analysis(uri: string, target: Target): Analysis | undefined;
  adopt(uri: string, analysis: Analysis): void;
}

/** A module, and what evaluates its expressions in its program. */
export interface Evaluated {
  readonly module: SourceModule;
  readonly evaluator: RequestEvaluator;
}

/** The evaluator's caches hang on the program's modules, and so last as long as they do. */
interface Loaded {
  readonly program: Program;
  readonly evaluator: RequestEvaluator;
}

/** The program as it is now, with all that has been said of documents. */
export class Workspace {
  private target: Target = DEFAULT_TARGET;
  private wishes: SearchPathWishes = { workspaceFolders: [], pythonPaths: [], searchPaths: [] };
  private trusted = true;
  private loaded: Promise<Loaded> | undefined;
  /** Open documents of which the program has not heard yet, or not in their present version. */
  private readonly changed = new Set<string>();
  private readonly closed = new Set<string>();

  constructor(
    private readonly libraries: Libraries,
    private readonly documents: OpenDocuments,
    private readonly complain: (error: unknown) => void,
  ) {}

  /** `trusted`: whether files of the workspace may lead out of it. */
  configure(target: Target, wishes: SearchPathWishes, trusted: boolean): void {
    const isSame = target === this.target && trusted === this.trusted;
    if (isSame && JSON.stringify(wishes) === JSON.stringify(this.wishes)) return;
    this.target = target;
    this.trusted = trusted;
    this.wishes = wishes;
    this.renew();
  }

  documentChanged(uri: string): void {
    this.closed.delete(uri);
    this.changed.add(uri);
  }

  documentClosed(uri: string): void {
    this.changed.delete(uri);
    this.closed.add(uri);
  }

  /** Files have been changed, have come or gone. */
  async filesChanged(uris: readonly string[]): Promise<void> {
    // What decides where the library is: everything is looked for again.
    if (uris.some(uri => /\/(?:pyvenv\.cfg|\.python-version|[^/]*\.pth)$/.test(uri))) this.renew();
    else (await this.loaded)?.program.filesChanged(uris.map(toPath));
  }

  /** Looks for changes of files itself, for clients that do not tell, and in folders that they do not watch. */
  async refresh(): Promise<void> {
    (await this.loaded)?.program.refresh();
  }

  /** The module of an open document, in the program as it is now; undefined if it is not open. */
  async module(uri: string): Promise<Evaluated | undefined> {
    const { target } = this;
    const { program, evaluator } = await (this.loaded ??= this.load());
    for (const each of this.closed) program.close(toPath(each));
    for (const each of this.changed) this.open(program, each);
    this.closed.clear();
    this.changed.clear();
    program.trim();
    if (target !== this.target) return this.module(uri);
    const module = this.open(program, uri);
    return module && { module, evaluator };
  }

  private open(program: Program, uri: string): SourceModule | undefined {
    const analysis = this.documents.analysis(uri, this.target);
    if (!analysis) return undefined;
    const module = program.open(toPath(uri), analysis);
    // Others may have looked into the file before.
    if (module.analysis !== analysis) this.documents.adopt(uri, module.analysis);
    return module;
  }

  private renew(): void {
    this.loaded = undefined;
    this.closed.clear();
    for (const uri of this.documents.uris()) this.changed.add(uri);
  }

  private async load(): Promise<Loaded> {
    const { target, wishes } = this;
    const { machine } = this.libraries;
    const files = this.trusted
      ? this.libraries.files
      : new ConfinedFiles(this.libraries.files, wishes.workspaceFolders);
    const program = new Program({
      target,
      files,
      searchPath: machine
        ? discoverSearchPath(wishes, target, new FileCache(files), machine)
        : { ...NO_SEARCH_PATH, own: wishes.workspaceFolders },
      bundled: await this.bundled(target),
    });
    return { program, evaluator: createEvaluator(program) };
  }
  /** A table that cannot be read is a defect, but no reason to answer nothing. */
  private async bundled(target: Target): Promise<BundledLibrary> {
    try {
      return await this.libraries.bundled(target);
    } catch (error) {
      this.complain(error);
      return NO_BUNDLED;
    }
  }
}
