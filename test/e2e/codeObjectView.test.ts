// "CoLens: Show Code Object".
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually, lensOn, listings, open, positionOf, replace, reset, set } from './support.ts';

describe('the code object beside its source', () => {
  afterEach(reset);

  it('is that around the cursor, read-only, in a language of its own, beside the source', async () => {
    const editor = await open('shapes.py');
    await lensOn(editor.document, 5);
    await showAt(editor, 'yield corner');

    const listing = await shown();
    assert.match(listing.document.getText(), /\bcorners\b/);
    assert.match(listing.document.getText(), /CO_GENERATOR/);
    assert.equal(listing.document.languageId, 'colens-codeobject');
    assert.notEqual(listing.viewColumn, editor.viewColumn);
    assert.equal(vscode.window.activeTextEditor?.document, editor.document, 'the source keeps the focus');
    const text = listing.document.getText();
    await vscode.window.showTextDocument(listing.document, listing.viewColumn);
    await vscode.commands.executeCommand('type', { text: 'x' });
    assert.equal(listing.document.getText(), text);
  });

  it('is that of the lens that was clicked', async () => {
    const { document } = await open('shapes.py');
    await lensOn(document, 13);
    const found = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      'vscode.executeCodeLensProvider',
      document.uri,
      100,
    );
    const command = found.find(({ range }) => range.start.line === 12)?.command;
    assert.ok(command);
    await vscode.commands.executeCommand(command.command, ...((command.arguments ?? []) as unknown[]));
    assert.match((await shown()).document.getText(), /counter\.<locals>\.advance/);
  });

  it('follows the source', async () => {
    const editor = await open('shapes.py');
    await lensOn(editor.document, 5);
    await showAt(editor, 'yield corner');
    const listing = await shown();
    await replace(editor.document, 'yield corner', 'print(corner)');
    await eventually('the refreshed listing', () => !listing.document.getText().includes('CO_GENERATOR'));
    await replace(editor.document, 'def corners', 'def edges');
    await eventually('that it is gone', () => listing.document.getText().includes('no code object corners'));
    await replace(editor.document, 'def edges', 'async def corners');
    await eventually('that it is back', () => listing.document.getText().includes('CO_COROUTINE'));
  });

  it('keeps what was last right while the source does not compile', async () => {
    const editor = await open('shapes.py');
    await lensOn(editor.document, 5);
    await showAt(editor, 'yield corner');
    const listing = await shown();
    const before = listing.document.getText();
    await replace(editor.document, 'yield corner', 'yield = corner');
    await eventually('the notice', () => listing.document.getText().startsWith('# line '));
    const [, ...rest] = before.split('\n');
    assert.deepEqual(listing.document.getText().split('\n').slice(1), rest);
    await replace(editor.document, 'yield = corner', 'yield corner');
    await eventually('that it is as before', () => listing.document.getText() === before);
  });

  it('turns to the code object around the cursor, unless it is locked', async () => {
    const editor = await open('shapes.py');
    await lensOn(editor.document, 5);
    await showAt(editor, 'yield corner');
    await shown();
    const title = (): string => listings()[0]?.document.getText().split('\n')[0] ?? '';
    /** As a key does: what a program selects is not followed. */
    const moveTo = async (text: string): Promise<void> => {
      await vscode.window.showTextDocument(editor.document, editor.viewColumn);
      const position = positionOf(editor.document, text);
      editor.selection = new vscode.Selection(position, position);
      await vscode.commands.executeCommand('cursorRight');
    };
    await moveTo('return advance');
    await eventually('the other listing', () => title().includes('code object counter,'));
    assert.equal(listings().length, 1);
    await vscode.commands.executeCommand('colens.lockListing');
    await moveTo('yield corner');
    await new Promise(resolve => setTimeout(resolve, 500));
    assert.match(title(), /code object counter,/);
    await vscode.commands.executeCommand('colens.unlockListing');
    await moveTo('return advance');
    await moveTo('yield corner');
    await eventually('the listing of before', () => title().includes('code object corners,'));
  });

  it('goes to the source, the enclosing and the nested code object', async () => {
    const editor = await open('shapes.py');
    await lensOn(editor.document, 5);
    await showAt(editor, 'return advance');
    const listing = await shown();
    const { document } = listing;
    await vscode.window.showTextDocument(document, listing.viewColumn);
    const position = positionOf(document, 'RETURN_VALUE');
    vscode.window.activeTextEditor!.selection = new vscode.Selection(position, position);
    await vscode.commands.executeCommand('colens.goToSource');
    await eventually('the source', () => vscode.window.activeTextEditor?.document === editor.document);
    assert.equal(vscode.window.activeTextEditor?.viewColumn, editor.viewColumn);
    assert.equal(editor.document.getText(vscode.window.activeTextEditor!.selection), 'return advance');

    const title = (): string => vscode.window.activeTextEditor?.document.getText().split('\n')[0] ?? '';
    await vscode.window.showTextDocument(document, listing.viewColumn);
    await vscode.commands.executeCommand('colens.showNested');
    await eventually('the nested one', () => title().includes('code object advance,'));
    await vscode.commands.executeCommand('colens.showParent');
    await eventually('the enclosing one', () => title().includes('code object counter,'));
  });

  it('can be folded, and has an outline', async () => {
    const editor = await open('shapes.py');
    await lensOn(editor.document, 5);
    await showAt(editor, 'yield corner');
    const { document } = await shown();
    const symbols = await vscode.commands.executeCommand<vscode.DocumentSymbol[]>(
      'vscode.executeDocumentSymbolProvider',
      document.uri,
    );
    assert.deepEqual(
      symbols.slice(0, 2).map(({ name }) => name),
      ['instructions', 'exception table'],
    );
    const ranges = await vscode.commands.executeCommand<vscode.FoldingRange[]>(
      'vscode.executeFoldingRangeProvider',
      document.uri,
    );
    for (const { name, range, children } of symbols) {
      assert.ok(
        ranges.some(({ start, end }) => start === range.start.line && end === range.end.line),
        name,
      );
      for (const child of children) assert.ok(range.contains(child.range), child.name);
    }
  });

  it('follows the target version', async () => {
    await set('target', '3.13');
    const editor = await open('shapes.py');
    await lensOn(editor.document, 5);
    await showAt(editor, 'return "shape"');
    const listing = await shown();
    assert.doesNotMatch(listing.document.getText(), /CO_METHOD/);
    await set('target', '3.14');
    await eventually('CO_METHOD', () => listing.document.getText().includes('CO_METHOD'));
  });

  it('leads back to the source', async () => {
    const editor = await open('shapes.py');
    await lensOn(editor.document, 5);
    await showAt(editor, 'return advance');
    const { document } = await shown();
    const locations = await vscode.commands.executeCommand<vscode.Location[]>(
      'vscode.executeDefinitionProvider',
      document.uri,
      positionOf(document, 'advance'),
    );
    assert.equal(locations.length, 1);
    assert.equal(locations[0].uri.toString(), editor.document.uri.toString());
    assert.equal(locations[0].range.start.line, 12);
  });

  it('says so where there is no Python', async () => {
    const document = await vscode.workspace.openTextDocument({ language: 'plaintext', content: 'text' });
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('colens.showCodeObject');
    assert.deepEqual(listings(), []);
  });
});

/** Puts the cursor where `text` is and runs the command. */
async function showAt(editor: vscode.TextEditor, text: string): Promise<void> {
  const position = positionOf(editor.document, text);
  editor.selection = new vscode.Selection(position, position);
  await vscode.commands.executeCommand('colens.showCodeObject');
}

function shown(): Promise<vscode.TextEditor> {
  return eventually('a listing', () => listings()[0]);
}
