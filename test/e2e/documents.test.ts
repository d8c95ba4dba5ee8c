// Python that is no file in order: untitled, broken, in a notebook.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { hoverAt, lensOn, lenses, open, positionOf, reset } from './support.ts';

describe('documents of all kinds', () => {
  afterEach(reset);

  it('untitled', async () => {
    const content = 'async def ticks(clock):\n    async for tick in clock:\n        yield tick\n';
    const document = await vscode.workspace.openTextDocument({ language: 'python', content });
    await vscode.window.showTextDocument(document);
    assert.equal(await lensOn(document, 1), 'CO_ASYNC_GENERATOR');
  });

  it('broken: the functions around the error keep their lenses and hovers', async () => {
    const { document } = await open('broken.py');
    await lensOn(document, 9);
    const titles = await lenses(document);
    assert.ok(titles.includes('1: CO_VARARGS'), titles.join('\n'));
    assert.ok(titles.includes('9: CO_ASYNC_GENERATOR'), titles.join('\n'));
    assert.match(await hoverAt(document, positionOf(document, 'after')), /CO_ASYNC_GENERATOR/);
  });

  it('of a scheme that another extension serves', async () => {
    const content = 'def numbers(*args):\n    yield from args\n';
    const provider = { provideTextDocumentContent: () => content };
    const registration = vscode.workspace.registerTextDocumentContentProvider('served', provider);
    try {
      const document = await vscode.workspace.openTextDocument(vscode.Uri.parse('served:/numbers.py'));
      await vscode.window.showTextDocument(document);
      assert.equal(await lensOn(document, 1), 'CO_VARARGS | CO_GENERATOR');
    } finally {
      registration.dispose();
    }
  });

  it('a cell of a notebook', async () => {
    const folder = vscode.workspace.workspaceFolders?.[0];
    assert.ok(folder);
    const notebook = await vscode.workspace.openNotebookDocument(
      vscode.Uri.joinPath(folder.uri, 'cells.ipynb'),
    );
    await vscode.window.showNotebookDocument(notebook);
    const { document } = notebook.cellAt(0);
    assert.equal(document.languageId, 'python');
    assert.equal(await lensOn(document, 1), 'CO_GENERATOR');
    assert.match(await hoverAt(document, positionOf(document, 'squares')), /CO_GENERATOR/);
  });
});
