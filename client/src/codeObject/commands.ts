// The commands around listings: show a code object, go from a listing to its source, parent or nested code objects, and
// compare versions.

import { commands, Disposable, l10n, Uri, ViewColumn, window, workspace, type TextEditor } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { Utils } from 'vscode-uri';

import {
  codeObjectKeyRequest,
  showCodeObjectCommand,
  targetsRequest,
  type CodeObjectKey,
  type CodeObjectParams,
  type ShowCodeObjectArguments,
  type TargetsResult,
} from '../../../server/src/lsp/protocol.ts';
import { isPython } from '../clientOptions.ts';
import { providePycFiles } from '../pyc.ts';
import { provideFlowGraphs } from '../flowGraph/flowGraphs.ts';
import { Follow } from './follow.ts';
import { provideListingLanguage, sourceAt } from './listingLanguage.ts';
import { Listings, type Listing } from './listings.ts';
import { isListing } from './listingUri.ts';

const PASS_COMMANDS = [
  ['colens.showTokens', 'tokens'],
  ['colens.showAst', 'ast'],
  ['colens.showSymbolTable', 'symtable'],
] as const;

/** Registers listings, what the editor knows of them, and their commands. */
export function provideCodeObjects(client: BaseLanguageClient, extensionUri: Uri): Disposable {
  const listings = new Listings(client);
  const show = async (params: CodeObjectParams): Promise<void> => {
    const listing = await listings.open(params);
    if (listing) await reveal(listing);
    else void window.showInformationMessage(l10n.t('There is no code object here.'));
  };
  const shown = (): Listing | undefined => {
    const editor = window.activeTextEditor;
    return editor && listings.get(editor.document.uri);
  };
  const follow = new Follow(client, listings, show);
  return Disposable.from(
    listings,
    provideListingLanguage(listings),
    follow,
    provideFlowGraphs(client, extensionUri, () => {
      const listing = shown();
      return listing && listing.subject.pass === undefined ? other(listing, listing.subject.key) : atCursor();
    }),
    commands.registerCommand(showCodeObjectCommand, async (argument?: ShowCodeObjectArguments) => {
      const params = argument ? byKey(argument) : atCursor();
      if (params) await show(params);
      else void noPython();
    }),
    commands.registerCommand('colens.goToSource', () => goToSource(listings)),
    commands.registerCommand('colens.showParent', async () => {
      const listing = shown();
      const parent = listing?.rendered?.code?.parent;
      if (listing && parent) await show(other(listing, parent));
    }),
    commands.registerCommand('colens.showNested', async () => {
      const listing = shown();
      const children = listing?.rendered?.code?.children ?? [];
      const key =
        children.length > 1
          ? await window.showQuickPick(children, { title: l10n.t('CoLens: Show Nested Code Object') })
          : children[0];
      if (listing && key !== undefined) await show(other(listing, key));
    }),
    ...PASS_COMMANDS.map(([command, pass]) =>
      commands.registerCommand(command, async () => {
        const editor = window.activeTextEditor;
        const python = editor && isPython(editor.document) ? editor.document.uri : undefined;
        const source = shown()?.subject.source ?? python;
        if (!source) {
          void noPython();
          return;
        }
        const listing = await listings.openPass(source, pass);
        await reveal(listing);
        follow.revealPlace(listing);
      }),
    ),
    providePycFiles(client, async uri => {
      const { uri: text } = await listings.openPass(uri, 'pyc');
      const document = await workspace.openTextDocument(text);
      await window.showTextDocument(document, { preview: true });
    }),
    commands.registerCommand('colens.compareTargets', () => compareTargets(client, listings, shown())),
  );
}

async function noPython(): Promise<void> {
  const sample = l10n.t('Open a Sample');
  const words = l10n.t('Put the cursor into a Python document first.');
  if ((await window.showInformationMessage(words, sample)) === sample)
    await commands.executeCommand('colens.openSample');
}

/** Shows a listing in the column that has one, else beside the source. */
async function reveal({ uri }: Listing): Promise<void> {
  const column = window.visibleTextEditors.find(({ document }) => isListing(document))?.viewColumn;
  const document = await workspace.openTextDocument(uri);
  await window.showTextDocument(document, {
    viewColumn: column ?? ViewColumn.Beside,
    preserveFocus: !window.activeTextEditor || !isListing(window.activeTextEditor.document),
    preview: true,
  });
  // The walkthrough waits for it.
  await commands.executeCommand('setContext', 'colens.listingShown', true);
}

const byKey = ({ uri, key }: ShowCodeObjectArguments): CodeObjectParams => ({
  textDocument: { uri },
  qualname: key,
});

const other = ({ subject }: Listing, key: string): CodeObjectParams =>
  byKey({ uri: subject.source.toString(), key });

function atCursor(): CodeObjectParams | undefined {
  const editor = window.activeTextEditor;
  if (!editor || !isPython(editor.document)) return undefined;
  const { start, end } = editor.selection;
  return { textDocument: { uri: editor.document.uri.toString() }, range: { start, end } };
}

/** Puts the cursor at the source of a listing's line, in the group that shows the source. */
async function goToSource(listings: Listings): Promise<void> {
  const editor = window.activeTextEditor;
  const found = editor && sourceAt(listings, editor.document.uri, editor.selection.active);
  if (!found) return;
  const source = window.visibleTextEditors.find(
    ({ document }: TextEditor) => document.uri.toString() === found.uri.toString(),
  );
  await window.showTextDocument(found.uri, {
    viewColumn: source?.viewColumn ?? ViewColumn.One,
    selection: found.range,
  });
}

/** Shows a code object as two versions compile it, in VS Code's own comparison. */
async function compareTargets(
  client: BaseLanguageClient,
  listings: Listings,
  shown: Listing | undefined,
): Promise<void> {
  const params = shown ? other(shown, shown.subject.key) : atCursor();
  if (!params) {
    void noPython();
    return;
  }
  if (!client.isRunning()) await client.start();
  const here = await client.sendRequest<CodeObjectKey | null>(codeObjectKeyRequest, params);
  if (!here) {
    void window.showInformationMessage(l10n.t('There is no code object here.'));
    return;
  }
  const { targets } = await client.sendRequest<TargetsResult>(targetsRequest);
  const picked = await window.showQuickPick(
    targets
      .filter(({ version }) => version !== here.target)
      .map(({ series, version }) => ({ label: `CPython ${series}`, description: version, version }))
      .reverse(),
    { title: l10n.t('CoLens: Compare {0} in CPython {1} with', here.key, here.target) },
  );
  if (!picked) return;
  const { uri } = params.textDocument;
  const byVersion = (target: string): Promise<Listing | undefined> =>
    listings.open({ textDocument: { uri }, qualname: here.key }, { target, forComparison: true });
  const [left, right] = await Promise.all([byVersion(picked.version), byVersion(here.target)]);
  if (!left || !right) {
    void window.showInformationMessage(l10n.t('There is no code object of that name in both versions.'));
    return;
  }
  const title = `${here.key} · ${Utils.basename(Uri.parse(uri))}: ${picked.version} ↔ ${here.target}`;
  await commands.executeCommand('vscode.diff', left.uri, right.uri, title);
}
