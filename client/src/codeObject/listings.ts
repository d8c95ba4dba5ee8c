// The listings of code objects and the texts of passes that are open: a read-only file system, so that they survive a
// reload of the window, whose files the server renders. They follow their sources as these are edited. While a source does not compile, its listings
// keep what was last right and say so.

import {
  Disposable,
  EventEmitter,
  FileChangeType,
  FileSystemError,
  FileType,
  l10n,
  workspace,
  type FileChangeEvent,
  type FileStat,
  type FileSystemProvider,
  Uri,
  type TextDocumentChangeEvent,
} from 'vscode';
import { State, type BaseLanguageClient } from 'vscode-languageclient';
import { Utils } from 'vscode-uri';

import {
  codeObjectRequest,
  instructionRequest,
  passTextRequest,
  settingsSection,
  type CodeObjectParams,
  type CodeObjectResult,
  type InstructionParams,
  type InstructionResult,
  type Pass,
  type PassTextResult,
} from '../../../server/src/lsp/protocol.ts';
import { askAboutPyc } from '../pyc.ts';
import { ofCodeObject, ofPass, ofPyc, type Rendered } from './rendered.ts';
import { listingUri, SCHEME, subjectOf, type ListingSubject } from './listingUri.ts';

/** How long the source must rest before a listing follows. */
const REFRESH_DELAY_MS = 150;

/** A listing that is open. */
export interface Listing {
  readonly uri: Uri;
  readonly subject: ListingSubject;
  /** What the server said when the source last compiled. */
  rendered: Rendered | undefined;
  text: string;
  /** Whether `text` is of an older source than the document's. */
  isStale: boolean;
  version: number;
}

/** How VS Code reads listings, and what is known of those that are open. */
export class Listings implements FileSystemProvider, Disposable {
  private readonly known = new Map<string, Listing>();
  private readonly timers = new Map<string, ReturnType<typeof setTimeout>>();
  private readonly files = new EventEmitter<FileChangeEvent[]>();
  private readonly updated = new EventEmitter<Listing>();
  private readonly subscriptions: Disposable;
  readonly onDidChangeFile = this.files.event;
  /** Fires when a listing has another text. */
  readonly onDidUpdate = this.updated.event;

  constructor(private readonly client: BaseLanguageClient) {
    this.subscriptions = Disposable.from(
      this.files,
      this.updated,
      workspace.registerFileSystemProvider(SCHEME, this, { isCaseSensitive: true, isReadonly: true }),
      workspace.onDidChangeTextDocument(event => this.sourceChanged(event)),
      workspace.onDidCloseTextDocument(document => {
        // A change of language is reported as closing, too.
        if (document.isClosed) this.known.delete(document.uri.toString());
      }),
      workspace.onDidChangeConfiguration(event => {
        if (event.affectsConfiguration(settingsSection)) this.refreshAll();
      }),
      client.onDidChangeState(({ newState }) => {
        if (newState === State.Running) this.refreshAll();
      }),
    );
  }

  dispose(): void {
    for (const timer of this.timers.values()) clearTimeout(timer);
    this.subscriptions.dispose();
  }

  /** The listing at an address, if it is open. */
  get(uri: Uri): Listing | undefined {
    return this.known.get(uri.toString());
  }

  /** Asks the server for a code object, and keeps its listing; undefined if there is none. */
  async open(
    params: CodeObjectParams,
    subject: Pick<ListingSubject, 'target' | 'forComparison'> = {},
  ): Promise<Listing | undefined> {
    const result = await this.codeObject({ ...params, ...subject });
    if (!result) return undefined;
    const listing = this.keep({ ...subject, source: Uri.parse(result.uri), key: result.key });
    if (this.show(listing, ofCodeObject(result))) this.changed(listing);
    return listing;
  }

  /** Asks the server for the text of a pass, and keeps it. */
  async openPass(source: Uri, pass: Pass | 'pyc'): Promise<Listing> {
    const listing = this.keep({ source, key: '', pass });
    if (await this.update(listing)) this.changed(listing);
    return listing;
  }

  private keep(subject: ListingSubject): Listing {
    const uri = listingUri(subject);
    const known = this.known.get(uri.toString());
    if (known) return known;
    const listing: Listing = { uri, subject, rendered: undefined, text: '', isStale: false, version: 0 };
    this.known.set(uri.toString(), listing);
    return listing;
  }

  // ---- Files -------------------------------------------------------------------------------------------------

  async readFile(uri: Uri): Promise<Uint8Array> {
    const { text } = await this.read(uri);
    return new TextEncoder().encode(text);
  }

  async stat(uri: Uri): Promise<FileStat> {
    const { text, version } = await this.read(uri);
    return { type: FileType.File, ctime: 0, mtime: version, size: new TextEncoder().encode(text).length };
  }

  /** A listing; one that is not open, as after a reload of the window, is asked for. */
  private async read(uri: Uri): Promise<Listing> {
    const known = this.get(uri);
    if (known) return known;
    const subject = subjectOf(uri);
    if (!subject) throw FileSystemError.FileNotFound(uri);
    if (subject.pass !== 'pyc') await workspace.openTextDocument(subject.source);
    const listing = this.keep(subject);
    await this.update(listing);
    return listing;
  }

  watch(): Disposable {
    return new Disposable(() => undefined); // everything is reported anyway
  }

  readDirectory(): [] {
    return [];
  }

  createDirectory(uri: Uri): never {
    throw FileSystemError.NoPermissions(uri);
  }

  writeFile(uri: Uri): never {
    throw FileSystemError.NoPermissions(uri);
  }

  delete(uri: Uri): never {
    throw FileSystemError.NoPermissions(uri);
  }

  rename(uri: Uri): never {
    throw FileSystemError.NoPermissions(uri);
  }

  // ---- Keeping up --------------------------------------------------------------------------------------------

  private sourceChanged({ document, contentChanges }: TextDocumentChangeEvent): void {
    if (contentChanges.length > 0 && document.uri.scheme !== SCHEME) this.refreshLater(document.uri);
  }

  private refreshAll(): void {
    for (const { subject } of this.known.values()) this.refreshLater(subject.source);
  }

  /** Refreshes the listings of a document, once it has rested. */
  private refreshLater(source: Uri): void {
    const key = source.toString();
    const of = (): Listing[] =>
      [...this.known.values()].filter(({ subject }) => subject.source.toString() === key);
    if (of().length === 0) return;
    clearTimeout(this.timers.get(key));
    this.timers.set(
      key,
      setTimeout(() => {
        this.timers.delete(key);
        for (const listing of of())
          void this.update(listing).then(isNew => {
            if (isNew) this.changed(listing);
          });
      }, REFRESH_DELAY_MS),
    );
  }

  private changed(listing: Listing): void {
    this.files.fire([{ type: FileChangeType.Changed, uri: listing.uri }]);
    this.updated.fire(listing);
  }

  /** Asks the server for a listing's text; whether it is another one than before. */
  private async update(listing: Listing): Promise<boolean> {
    const { source } = listing.subject;
    const isOpen = workspace.textDocuments.some(document => document.uri.toString() === source.toString());
    if (!isOpen && listing.subject.pass !== 'pyc') return false; // what was last true stays
    return this.show(listing, await this.request(listing.subject));
  }

  /** Takes over what the server said; whether the text is another one than before. */
  private show(listing: Listing, rendered: Rendered | undefined): boolean {
    const { text: before, subject } = listing;
    const good = listing.rendered;
    const error = rendered?.error;
    const why = error
      ? l10n.t('line {0}: {1}', error.line, error.message)
      : l10n.t('{0} has no code object {1} any more', Utils.basename(subject.source), subject.key);
    if (rendered && !(error && (good ?? subject.pass))) {
      listing.rendered = rendered;
      listing.text = rendered.text;
      listing.isStale = false;
    } else if (good) {
      listing.text = `# ${why} · ${l10n.t('what is below is from before')}\n${afterFirstLine(good.text)}`;
      listing.isStale = true;
    } else {
      listing.text = `# ${why}\n`;
    }
    if (listing.text === before) return false;
    listing.version++;
    return true;
  }

  private async request({
    source,
    key,
    pass,
    target,
    forComparison,
  }: ListingSubject): Promise<Rendered | undefined> {
    if (pass === 'pyc') return ofPyc(await askAboutPyc(this.client, source));
    const textDocument = { uri: source.toString() };
    if (pass !== undefined) {
      await this.begin();
      const params = { textDocument, pass, target };
      const result = await this.client.sendRequest<PassTextResult | null>(passTextRequest, params);
      return result ? ofPass(result) : undefined;
    }
    const result = await this.codeObject({ textDocument, qualname: key, target, forComparison });
    return result ? ofCodeObject(result) : undefined;
  }

  /** What there is to say of an instruction of a listing. */
  async instruction(
    { source, key, target }: ListingSubject,
    offset: number,
  ): Promise<InstructionResult | null> {
    await this.begin();
    const textDocument = { uri: source.toString() };
    const params: InstructionParams = { textDocument, qualname: key, offset, ...(target && { target }) };
    return this.client.sendRequest<InstructionResult | null>(instructionRequest, params);
  }

  private async codeObject(params: CodeObjectParams): Promise<CodeObjectResult | null> {
    await this.begin();
    return this.client.sendRequest<CodeObjectResult | null>(codeObjectRequest, params);
  }

  private async begin(): Promise<void> {
    if (!this.client.isRunning()) await this.client.start();
  }
}

/** The notice stands in the place of the first line, so that all others stay where they are. */
const afterFirstLine = (text: string): string => text.slice(text.indexOf('\n') + 1);
