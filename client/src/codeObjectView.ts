// "CoLens: Show Code Object": a read-only document beside the source with the listing that the server renders. It
// follows the source as it is edited, and its lines lead back to the source.

import {
  Disposable,
  EventEmitter,
  l10n,
  languages,
  Location,
  Range,
  Uri,
  ViewColumn,
  window,
  workspace,
  type DefinitionProvider,
  type Position,
  type TextDocument,
  type TextDocumentContentProvider,
} from 'vscode';
import { State, type BaseLanguageClient } from 'vscode-languageclient';
import { Utils } from 'vscode-uri';

import {
  codeObjectRequest,
  settingsSection,
  type CodeObjectLink,
  type CodeObjectParams,
  type CodeObjectResult,
  type ShowCodeObjectArguments,
} from '../../server/src/lsp/protocol.ts';
import { isPython } from './clientOptions.ts';

const SCHEME = 'colens';
const LANGUAGE = 'colens-codeobject';
/** How long the source must rest before the listing follows. */
const REFRESH_DELAY_MS = 150;

/** A listing that was shown: which code object of which document, and what the server said last. */
interface Listing {
  readonly uri: Uri;
  readonly source: Uri;
  readonly key: string;
  text: string;
  links: CodeObjectLink[];
}

export class CodeObjectView implements TextDocumentContentProvider, DefinitionProvider, Disposable {
  private readonly listings = new Map<string, Listing>();
  private readonly timers = new Map<string, ReturnType<typeof setTimeout>>();
  private readonly changed = new EventEmitter<Uri>();
  private readonly subscriptions: Disposable;
  readonly onDidChange = this.changed.event;

  constructor(private readonly client: BaseLanguageClient) {
    this.subscriptions = Disposable.from(
      this.changed,
      workspace.registerTextDocumentContentProvider(SCHEME, this),
      languages.registerDefinitionProvider({ scheme: SCHEME }, this),
      workspace.onDidChangeTextDocument(({ document }) => this.refreshLater(document.uri)),
      workspace.onDidCloseTextDocument(document => {
        // A change of language is reported as closing, too.
        if (document.isClosed) this.listings.delete(document.uri.toString());
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

  /** Shows a code object beside its source: the one named, or without a name the one around the cursor. */
  async show(argument?: ShowCodeObjectArguments): Promise<void> {
    const params = argument ? byKey(argument) : atCursor();
    if (!params) {
      void window.showInformationMessage(l10n.t('Put the cursor into a Python document first.'));
      return;
    }
    if (!this.client.isRunning()) await this.client.start();
    const result = await this.request(params);
    if (!result) {
      void window.showInformationMessage(l10n.t('There is no code object here.'));
      return;
    }
    const source = Uri.parse(result.uri);
    const uri = listingUri(source, result.key);
    this.listings.set(uri.toString(), {
      uri,
      source,
      key: result.key,
      text: result.text,
      links: result.links,
    });
    this.changed.fire(uri); // it may be open already
    const document = await languages.setTextDocumentLanguage(await workspace.openTextDocument(uri), LANGUAGE);
    await window.showTextDocument(document, {
      viewColumn: listingColumn(),
      preserveFocus: true,
      preview: true,
    });
  }

  /** The listing's text; for one that was closed and is opened again, asks the server. */
  async provideTextDocumentContent(uri: Uri): Promise<string> {
    const known = this.listings.get(uri.toString());
    if (known) return known.text;
    const { source, key } = JSON.parse(uri.query) as { source: string; key: string };
    const listing: Listing = { uri, source: Uri.parse(source), key, text: '', links: [] };
    this.listings.set(uri.toString(), listing);
    await workspace.openTextDocument(listing.source);
    await this.update(listing);
    return listing.text;
  }

  /** Where the name at a position of the listing leads to in the source. */
  provideDefinition(document: TextDocument, position: Position): Location | undefined {
    const listing = this.listings.get(document.uri.toString());
    const link = listing?.links.find(
      ({ line, startCharacter, endCharacter }) =>
        line === position.line && startCharacter <= position.character && position.character <= endCharacter,
    );
    if (!listing || !link) return undefined;
    const { start, end } = link.target;
    return new Location(listing.source, new Range(start.line, start.character, end.line, end.character));
  }

  private refreshAll(): void {
    for (const { source } of this.listings.values()) this.refreshLater(source);
  }

  /** Refreshes the listings of a document, once it has rested. */
  private refreshLater(source: Uri): void {
    const key = source.toString();
    const listings = [...this.listings.values()].filter(listing => listing.source.toString() === key);
    if (listings.length === 0) return;
    clearTimeout(this.timers.get(key));
    this.timers.set(
      key,
      setTimeout(() => {
        this.timers.delete(key);
        for (const listing of listings) {
          void this.update(listing).then(changed => changed && this.changed.fire(listing.uri));
        }
      }, REFRESH_DELAY_MS),
    );
  }

  /** Asks the server for a listing's text; whether it is another one than before. */
  private async update(listing: Listing): Promise<boolean> {
    const source = listing.source.toString();
    const isOpen = workspace.textDocuments.some(document => document.uri.toString() === source);
    if (!isOpen || !this.client.isRunning()) return false; // what was last true stays
    const before = listing.text;
    const result = await this.request({ textDocument: { uri: source }, qualname: listing.key });
    listing.text =
      result?.text ??
      l10n.t('# {0} has no code object {1} any more.', Utils.basename(listing.source), listing.key);
    listing.links = result?.links ?? [];
    return listing.text !== before;
  }

  private request(params: CodeObjectParams): Promise<CodeObjectResult | null> {
    return this.client.sendRequest<CodeObjectResult | null>(codeObjectRequest, params);
  }
}

function byKey({ uri, key }: ShowCodeObjectArguments): CodeObjectParams {
  return { textDocument: { uri }, qualname: key };
}

function atCursor(): CodeObjectParams | undefined {
  const editor = window.activeTextEditor;
  if (!editor || !isPython(editor.document)) return undefined;
  const { start, end } = editor.selection;
  return { textDocument: { uri: editor.document.uri.toString() }, range: { start, end } };
}

/** The path is the title of the tab; the query says what is shown. */
function listingUri(source: Uri, key: string): Uri {
  const title = `${key.replaceAll('/', '_')} · ${Utils.basename(source)}`;
  const query = JSON.stringify({ source: source.toString(), key });
  return Uri.from({ scheme: SCHEME, path: `/${title}`, query });
}

/** The column that already shows listings, else the one beside the source. */
function listingColumn(): ViewColumn {
  const shown = window.visibleTextEditors.find(({ document }) => document.uri.scheme === SCHEME);
  return shown?.viewColumn ?? ViewColumn.Beside;
}
