// The picture of the control flow, the tree of code objects, .pyc files.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually, lensOn, listings, open, positionOf, replace, reset } from './support.ts';

/** The titles of the pictures that are open. */
const pictures = (): string[] =>
  vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter(({ input }) => input instanceof vscode.TabInputWebview)
    .map(({ label }) => label);

describe('beside the listing', () => {
  afterEach(reset);

  it('the control flow is a picture of the function around the cursor, which turns to another', async () => {
    const editor = await open('shapes.py');
    await lensOn(editor.document, 5);
    const at = positionOf(editor.document, 'yield corner');
    editor.selection = new vscode.Selection(at, at);
    await vscode.commands.executeCommand('colens.showFlowGraph');
    await eventually('the picture', () => pictures().includes('corners · shapes.py'));
    assert.equal(vscode.window.activeTextEditor?.document, editor.document, 'the source keeps the focus');
    const other = positionOf(editor.document, 'return advance');
    editor.selection = new vscode.Selection(other, other);
    await vscode.commands.executeCommand('cursorRight');
    await eventually('the other picture', () => pictures().includes('counter · shapes.py'));
  });

  it('the control flow of a function that does not compile keeps its name', async () => {
    const editor = await open('shapes.py');
    await lensOn(editor.document, 5);
    await replace(editor.document, 'yield corner', 'yield = corner');
    const at = positionOf(editor.document, 'yield = corner');
    editor.selection = new vscode.Selection(at, at);
    await vscode.commands.executeCommand('colens.showFlowGraph');
    await eventually('the title', () => pictures().includes('corners · shapes.py'));
  });

  it('a .pyc file opens as a text, damaged or not', async () => {
    const folder = vscode.workspace.workspaceFolders![0].uri;
    const file = vscode.Uri.joinPath(folder, 'damaged.pyc');
    await vscode.workspace.fs.writeFile(file, Uint8Array.from([1, 2, 3, 4]));
    await vscode.commands.executeCommand('vscode.open', file);
    const shown = await eventually('the text', () => listings()[0]);
    assert.match(shown.document.getText(), /^# damaged\.pyc: corrupt: /);
  });
});
