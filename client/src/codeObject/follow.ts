// The listing follows the source, and the source the listing: where the cursor is in one, the other shows what belongs
// to it, to the column. A listing that is not locked turns to the code object around the cursor. Only what a person
// does is followed: what is selected by a program has no kind.

import {
  commands,
  Disposable,
  OverviewRulerLane,
  Position,
  Range,
  TextEditorRevealType,
  ThemeColor,
  window,
  workspace,
  type Selection,
  type TextEditor,
  type TextEditorSelectionChangeEvent,
  type Uri,
} from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';

import {
  codeObjectKeyRequest,
  settingsSection,
  type CodeObjectKey,
  type CodeObjectParams,
  type Range as ProtocolRange,
} from '../../../server/src/lsp/protocol.ts';
import { isPython } from '../clientOptions.ts';
import { sourceAt, toRange } from './listingLanguage.ts';
import type { Listing, Listings } from './listings.ts';
import type { Rendered } from './rendered.ts';
import { isListing } from './listingUri.ts';

/** How long the cursor must rest. */
const FOLLOW_DELAY_MS = 100;

/** Whether listings stay at their code object, for the commands in package.json. */
const LOCKED_CONTEXT = 'colens.listingLocked';

export class Follow implements Disposable {
  private isLocked = false;
  private timer: ReturnType<typeof setTimeout> | undefined;
  /** What the cursor means, and what is on the same line. */
  private readonly exact = window.createTextEditorDecorationType({
    isWholeLine: true,
    backgroundColor: new ThemeColor('editor.findMatchHighlightBackground'),
    borderStyle: 'solid',
    borderWidth: '0 0 0 3px',
    borderColor: new ThemeColor('focusBorder'),
    overviewRulerColor: new ThemeColor('editorOverviewRuler.findMatchForeground'),
    overviewRulerLane: OverviewRulerLane.Center,
  });
  private readonly near = window.createTextEditorDecorationType({
    isWholeLine: true,
    backgroundColor: new ThemeColor('editor.rangeHighlightBackground'),
  });
  private readonly inSource = window.createTextEditorDecorationType({
    backgroundColor: new ThemeColor('editor.findMatchHighlightBackground'),
    borderStyle: 'solid',
    borderWidth: '1px',
    borderColor: new ThemeColor('focusBorder'),
    overviewRulerColor: new ThemeColor('editorOverviewRuler.findMatchForeground'),
    overviewRulerLane: OverviewRulerLane.Center,
  });
  private readonly stale = window.createTextEditorDecorationType({ isWholeLine: true, opacity: '0.6' });
  private readonly subscriptions: Disposable;

  /** `turnTo` shows the listing of another code object in the place of one that is open. */
  constructor(
    private readonly client: BaseLanguageClient,
    private readonly listings: Listings,
    private readonly turnTo: (params: CodeObjectParams) => Promise<void>,
  ) {
    this.subscriptions = Disposable.from(
      this.exact,
      this.near,
      this.inSource,
      this.stale,
      window.onDidChangeTextEditorSelection(event => this.selectionChanged(event)),
      window.onDidChangeVisibleTextEditors(() => this.refresh()),
      listings.onDidUpdate(() => this.refresh()),
      commands.registerCommand('colens.lockListing', () => this.lock(true)),
      commands.registerCommand('colens.unlockListing', () => this.lock(false)),
    );
    void this.lock(false);
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.subscriptions.dispose();
  }

  private async lock(isLocked: boolean): Promise<void> {
    this.isLocked = isLocked;
    await commands.executeCommand('setContext', LOCKED_CONTEXT, isLocked);
  }

  private selectionChanged({ textEditor, kind }: TextEditorSelectionChangeEvent): void {
    if (kind === undefined) return;
    if (isListing(textEditor.document)) {
      this.showInSource(textEditor);
    } else if (isPython(textEditor.document)) {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => void this.showInListings(textEditor), FOLLOW_DELAY_MS);
    }
  }

  /** Marks in the source what the line of the listing with the cursor was made of. */
  private showInSource({ document, selection }: TextEditor): void {
    const found = sourceAt(this.listings, document.uri, selection.active);
    for (const editor of window.visibleTextEditors) {
      if (isListing(editor.document)) continue;
      const isSource = found && editor.document.uri.toString() === found.uri.toString();
      editor.setDecorations(this.inSource, isSource ? [found.range] : []);
      if (isSource) editor.revealRange(found.range, TextEditorRevealType.InCenterIfOutsideViewport);
    }
  }

  private async showInListings(source: TextEditor): Promise<void> {
    const editors = window.visibleTextEditors.filter(({ document }) => isListing(document));
    if (editors.length === 0) return;
    source.setDecorations(this.inSource, []);
    await this.turn(source, editors);
    this.refresh(source);
  }

  /** Turns the listing that is not locked to the code object around the cursor. */
  private async turn({ document, selection }: TextEditor, editors: readonly TextEditor[]): Promise<void> {
    const isOn = workspace.getConfiguration(settingsSection).get<boolean>('listing.follow') ?? true;
    if (this.isLocked || !isOn || !this.client.isRunning()) return;
    const shown = editors
      .map(editor => this.listings.get(editor.document.uri))
      .filter(listing => listing !== undefined)
      .filter(({ subject }) => subject.pass === undefined);
    // A comparison stays at what is compared.
    if (!shown.some(({ subject }) => subject.target === undefined) || shown.some(isCompared)) return;
    const uri = document.uri.toString();
    const { start, end } = selection;
    const params = { textDocument: { uri }, range: { start, end } };
    const key = await this.client.sendRequest<CodeObjectKey | null>(codeObjectKeyRequest, params);
    if (!key) return;
    if (shown.some(({ subject }) => subject.source.toString() === uri && subject.key === key.key)) return;
    await this.turnTo({ textDocument: { uri }, qualname: key.key });
  }

  /** Brings into view what belongs to the cursor of the source in a document that has been opened, or what comes before it. */
  revealPlace(listing: Listing): void {
    const editorOf = (uri: Uri): TextEditor | undefined =>
      window.visibleTextEditors.find(({ document }) => document.uri.toString() === uri.toString());
    const editor = editorOf(listing.uri);
    const source = editorOf(listing.subject.source);
    if (!editor || !source) return;
    const { exact } = instructionsOf(listing, source.selection);
    const line = exact.at(0) ?? lastBefore(listing, source.selection.start);
    if (line === undefined || line >= editor.document.lineCount) return;
    this.mark(editor, listing, source.selection, false);
    editor.revealRange(editor.document.lineAt(line).range, TextEditorRevealType.InCenterIfOutsideViewport);
  }

  /** Marks in all listings what belongs to the cursor of their sources, and which of them are stale. */
  private refresh(revealed?: TextEditor): void {
    for (const editor of window.visibleTextEditors) {
      if (!isListing(editor.document)) continue;
      const listing = this.listings.get(editor.document.uri);
      if (!listing) continue;
      const uri = listing.subject.source.toString();
      const source = window.visibleTextEditors.find(({ document }) => document.uri.toString() === uri);
      this.mark(editor, listing, source?.selection, source !== undefined && source === revealed);
    }
  }

  private mark(
    editor: TextEditor,
    listing: Listing,
    selection: Selection | undefined,
    reveal: boolean,
  ): void {
    const { document } = editor;
    const rows = (lines: readonly number[]): Range[] =>
      lines.filter(line => line < document.lineCount).map(line => document.lineAt(line).range);
    const found = selection ? instructionsOf(listing, selection) : { exact: [], near: [] };
    editor.setDecorations(this.exact, rows(found.exact));
    editor.setDecorations(this.near, rows(found.near));
    editor.setDecorations(
      this.stale,
      listing.isStale ? [new Range(new Position(1, 0), new Position(document.lineCount, 0))] : [],
    );
    const [first] = [...rows(found.exact), ...rows(found.near)];
    if (reveal && first) editor.revealRange(first, TextEditorRevealType.InCenterIfOutsideViewport);
  }
}

const isCompared = ({ subject }: Listing): boolean => subject.forComparison === true;

/** The lines of a listing that were made of what is selected, and others that were made of the same lines. */
export function instructionsOf(
  { rendered }: Listing,
  selection: Range,
): { readonly exact: number[]; readonly near: number[] } {
  if (!rendered) return { exact: [], near: [] };
  const { places, areNested, code } = rendered;
  const found = places.filter(({ source }) => toRange(source).intersection(selection));
  const meant = areNested ? innermost(found) : found;
  const exact = [...new Set(meant.map(({ line }) => line))];
  const near = code
    ? places.filter(place => !found.includes(place) && isOnLinesOf(place.source, selection))
    : [];
  return { exact, near: near.map(({ line }) => line) };
}

/** The line that was made of what begins last before a position. */
function lastBefore({ rendered }: Listing, position: Position): number | undefined {
  let last: { readonly line: number; readonly start: Position } | undefined;
  for (const { line, source } of rendered?.places ?? []) {
    const { start } = toRange(source);
    if (start.isBeforeOrEqual(position) && (!last || start.isAfter(last.start))) last = { line, start };
  }
  return last?.line;
}

type Places = Rendered['places'];

/** Those that have no smaller one inside. Places stand in the order of the tree: parents before their children. */
function innermost(found: Places): Places {
  const kept: boolean[] = [];
  for (let i = found.length - 1; i >= 0; i--) {
    const own = toRange(found[i].source);
    const next = i + 1 < found.length ? toRange(found[i + 1].source) : undefined;
    kept[i] = !next || !own.contains(next) || (own.isEqual(next) && kept[i + 1]);
  }
  return found.filter((_, i) => kept[i]);
}

const isOnLinesOf = ({ start }: ProtocolRange, selection: Range): boolean =>
  start.line >= selection.start.line && start.line <= selection.end.line;
