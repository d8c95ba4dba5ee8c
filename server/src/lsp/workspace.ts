// The program that the open documents belong to: made of the workspace's folders, the settings and the target, made
// anew when one of them changes, told of what happens to documents and files in between.
import type { Analysis } from '../python/index.ts';
import type { Target } from '../python/versions/target.ts';
import type { RequestEvaluator } from '../resolve/evaluate/evaluator.ts';
import { type Libraries, openProgram, type OpenedProgram } from '../resolve/openProgram.ts';
import { ConfinedFiles } from '../resolve/program/confined.ts';
import { FileCache, type Files, NO_FILES } from '../resolve/program/files.ts';
import type { SearchPathWishes } from '../resolve/program/interpreter.ts';
import type { Program } from '../resolve/program/program.ts';
import { AUTO, chooseTarget, type TargetChoice } from '../resolve/program/targetChoice.ts';
import type { SourceModule } from '../resolve/values.ts';
import { toPath } from './paths.ts';

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

/** The program as it is now, with all that has been said of documents. */
export class Workspace {
  private setting = AUTO;
  private wishes: SearchPathWishes = { workspaceFolders: [], pythonPaths: [], searchPaths: [] };
  private choice = chooseTarget(AUTO, this.wishes, new FileCache(NO_FILES), undefined);
  private trusted = true;
  private loaded: Promise<OpenedProgram> | undefined;
  /** Open documents of which the program has not heard yet, or not in their present version. */
  private readonly changed = new Set<string>();
  private readonly closed = new Set<string>();

  constructor(
    private readonly libraries: Libraries,
    private readonly documents: OpenDocuments,
    private readonly complain: (error: unknown) => void,
    private readonly targetChanged: (choice: TargetChoice, isOther: boolean) => void,
  ) {}

  /** Which target answers, and why. */
  get target(): TargetChoice {
    return this.choice;
  }

  /** `setting`: which target is asked for; `trusted`: whether files of the workspace may lead out of it. */
  configure(setting: string, wishes: SearchPathWishes, trusted: boolean): void {
    const isSame = trusted === this.trusted && JSON.stringify(wishes) === JSON.stringify(this.wishes);
    this.setting = setting;
    this.trusted = trusted;
    this.wishes = wishes;
    if (!this.choose() && !isSame) this.renew();
  }

  /** Looks again which target it is; whether it is another one. */
  private choose(): boolean {
    const { target, from, problem } = this.choice;
    this.choice = chooseTarget(
      this.setting,
      this.wishes,
      new FileCache(this.files()),
      this.libraries.machine,
    );
    const isOther = this.choice.target !== target;
    if (isOther) this.renew();
    if (isOther || this.choice.from !== from || this.choice.problem !== problem)
      this.targetChanged(this.choice, isOther);
    return isOther;
  }

  private files(): Files {
    const { files } = this.libraries;
    return this.trusted ? files : new ConfinedFiles(files, this.wishes.workspaceFolders);
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
    // What decides on the target, and on where the library is: everything is looked for again.
    if (uris.some(uri => /\/(?:pyproject\.toml|pyvenv\.cfg|\.python-version)$/.test(uri))) this.choose();
    if (uris.some(uri => /\/(?:pyvenv\.cfg|\.python-version|[^/]*\.pth)$/.test(uri))) this.renew();
    else (await this.loaded)?.program.filesChanged(uris.map(toPath));
  }

  /** Looks for changes of files itself, for clients that do not tell, and in folders that they do not watch. */
  async refresh(): Promise<void> {
    this.choose();
    (await this.loaded)?.program.refresh();
  }

  /** The module of an open document, in the program as it is now; undefined if it is not open. */
  async module(uri: string): Promise<Evaluated | undefined> {
    const { target } = this.choice;
    const { program, evaluator } = await (this.loaded ??= this.load());
    for (const each of this.closed) program.close(toPath(each));
    for (const each of this.changed) this.open(program, each);
    this.closed.clear();
    this.changed.clear();
    program.trim();
    if (target !== this.choice.target) return this.module(uri);
    const module = this.open(program, uri);
    return module && { module, evaluator };
  }

  private open(program: Program, uri: string): SourceModule | undefined {
    const analysis = this.documents.analysis(uri, this.choice.target);
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

  private load(): Promise<OpenedProgram> {
    const libraries = { ...this.libraries, files: this.files() };
    return openProgram(libraries, this.wishes, this.choice.target, this.complain);
  }
}
