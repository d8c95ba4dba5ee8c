// "CoLens: Show Tokens", "Show Abstract Syntax Tree", "Show Symbol Table".
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually, lensOn, listings, open, positionOf, replace, reset } from './support.ts';

describe('the results of passes as documents', () => {
  afterEach(reset);

  const show = async (command: string): Promise<vscode.TextEditor> => {
    const editor = await open('shapes.py');
    await lensOn(editor.document, 5);
    await vscode.commands.executeCommand(command);
    return eventually('the document', () => listings()[0]);
  };

  it('tokens, as python -m tokenize prints them', async () => {
    const { document } = await show('colens.showTokens');
    assert.equal(document.languageId, 'colens-pass');
    assert.match(document.getText(), /^0,0-0,0: +ENCODING +'utf-8' *\n1,0-1,\d+: /);
    assert.match(document.getText(), / NAME +'yield' /);
  });

  it('the tree, which follows edits, and keeps what was last right', async () => {
    const { document } = await show('colens.showAst');
    assert.match(document.getText(), /^Module\(\n/);
    const source = vscode.window.visibleTextEditors.find(each =>
      each.document.fileName.endsWith('shapes.py'),
    );
    assert.ok(source);
    await replace(source.document, 'return "shape"', 'return area');
    await eventually('the edit', () => document.getText().includes("value=Name(id='area'"));
    await replace(source.document, 'return area', 'return = area');
    await eventually('the notice', () => document.getText().startsWith('# line '));
    assert.match(document.getText(), /value=Name\(id='area'/);
    const symbols = await vscode.commands.executeCommand<vscode.DocumentSymbol[]>(
      'vscode.executeDocumentSymbolProvider',
      document.uri,
    );
    assert.ok(symbols.some(({ name }) => name === 'counter'));
  });

  for (const command of ['colens.showTokens', 'colens.showAst', 'colens.showSymbolTable'])
    it(`${command} opens where the cursor is`, async () => {
      const editor = await open('shapes.py');
      await lensOn(editor.document, 5);
      await replace(
        editor.document,
        'return "shape"',
        `return "shape"\n${'x = [1, 2, 3]\n'.repeat(60)}last = 1`,
      );
      const at = positionOf(editor.document, 'last = 1');
      editor.selection = new vscode.Selection(at, at);
      await vscode.commands.executeCommand(command);
      const shown = await eventually('the document', () => listings()[0]);
      const name = command === 'colens.showSymbolTable' ? "symbol 'last'" : "'last'";
      const line = positionOf(shown.document, name).line;
      await eventually('the line', () =>
        shown.visibleRanges.some(range => range.start.line <= line && line <= range.end.line),
      );
    });

  it('the symbol table, whose names lead to where they are bound', async () => {
    const { document } = await show('colens.showSymbolTable');
    const at = positionOf(document, "cell symbol 'count'");
    const [found] = await vscode.commands.executeCommand<vscode.Location[]>(
      'vscode.executeDefinitionProvider',
      document.uri,
      at,
    );
    const source = await vscode.workspace.openTextDocument(found.uri);
    assert.equal(source.getText(found.range), 'count');
    assert.equal(found.range.start.line, positionOf(source, 'count = 0').line);
  });
});
