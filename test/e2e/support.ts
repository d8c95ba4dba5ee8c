// What the end-to-end tests share: opening documents, asking VS Code for what its editor would show, and waiting for
// what comes by itself.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';

/** How long something may take that comes by itself, such as the answer to an edit. */
const PATIENCE_MS = 10_000;

/** Opens a file of the workspace in the first column. */
export async function open(name: string): Promise<vscode.TextEditor> {
  const folder = vscode.workspace.workspaceFolders?.[0];
  assert.ok(folder, 'the suite runs in a workspace');
  const document = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder.uri, name));
  return vscode.window.showTextDocument(document, vscode.ViewColumn.One);
}

/** Calls `get` until it gives something; fails with `what` if it never does. */
export async function eventually<T>(what: string, get: () => T | Promise<T>): Promise<NonNullable<T>> {
  const end = Date.now() + PATIENCE_MS;
  do {
    const found = await get();
    if (found) return found;
    await new Promise(resolve => setTimeout(resolve, 50));
  } while (Date.now() < end);
  assert.fail(`${what}: not within ${PATIENCE_MS / 1000} s`);
}

/** The lenses that VS Code shows in a document, as `line: title`, lines from 1. */
export async function lenses(document: vscode.TextDocument): Promise<string[]> {
  const found = await vscode.commands.executeCommand<vscode.CodeLens[]>(
    'vscode.executeCodeLensProvider',
    document.uri,
    100,
  );
  return found.map(({ range, command }) => `${range.start.line + 1}: ${command?.title ?? ''}`);
}

/** Waits until a document has a lens on a line (from 1), and returns its title. */
export function lensOn(document: vscode.TextDocument, line: number): Promise<string> {
  const prefix = `${line}: `;
  return eventually(`a lens on line ${line} of ${document.uri.path}`, async () =>
    (await lenses(document)).find(lens => lens.startsWith(prefix))?.slice(prefix.length),
  );
}

/** Where `text` first is in a document. */
export function positionOf(document: vscode.TextDocument, text: string): vscode.Position {
  const offset = document.getText().indexOf(text);
  assert.notEqual(offset, -1, `'${text}' is in the document`);
  return document.positionAt(offset);
}

/** What the hovers at a position say, in Markdown. */
export async function hoverAt(document: vscode.TextDocument, position: vscode.Position): Promise<string> {
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
    'vscode.executeHoverProvider',
    document.uri,
    position,
  );
  const contents = hovers.flatMap(hover => hover.contents as vscode.MarkdownString[]);
  return contents.map(content => content.value).join('\n');
}

/** Replaces text in a document; it is not saved. */
export async function replace(document: vscode.TextDocument, before: string, after: string): Promise<void> {
  const start = positionOf(document, before);
  const edit = new vscode.WorkspaceEdit();
  const end = document.positionAt(document.offsetAt(start) + before.length);
  edit.replace(document.uri, new vscode.Range(start, end), after);
  assert.ok(await vscode.workspace.applyEdit(edit));
}

/** Sets `colens.<name>` for the user, undefined being the default. */
export async function set(name: string, value: unknown): Promise<void> {
  await vscode.workspace.getConfiguration('colens').update(name, value, vscode.ConfigurationTarget.Global);
}

/** The editors that show listings of code objects. */
export function listings(): vscode.TextEditor[] {
  return vscode.window.visibleTextEditors.filter(({ document }) => document.uri.scheme === 'colens');
}

/** Leaves nothing open and no setting changed. */
export async function reset(): Promise<void> {
  for (const name of [
    'target',
    'codeLens.enabled',
    'codeLens.showAllFlags',
    'hover.enabled',
    'callDiagnostics',
    'inlayHints.parameterNames',
    'signatureHelp',
  ]) {
    await set(name, undefined);
  }
  while (vscode.window.activeTextEditor?.document.isDirty) {
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  }
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}
