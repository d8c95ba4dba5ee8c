// What the editor shows of a Python file: lenses, hovers, signature help, and the settings that turn them off.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually, hoverAt, lenses, lensOn, open, positionOf, replace, reset, set } from './support.ts';

describe('in the editor', () => {
  afterEach(reset);

  it('is activated by a Python file', async () => {
    await open('shapes.py');
    const extension = vscode.extensions.getExtension('colens.colens');
    assert.ok(extension);
    await eventually('activation', () => extension.isActive);
  });

  it('shows the notable flags, cells and free variables in lenses', async () => {
    const { document } = await open('shapes.py');
    await lensOn(document, 5);
    assert.deepEqual(await lenses(document), [
      '5: CO_VARARGS | CO_GENERATOR',
      '10: cell: count',
      '13: free: count',
    ]);
  });

  it('follows an edit', async () => {
    const { document } = await open('shapes.py');
    await lensOn(document, 5);
    await replace(document, 'def corners', 'async def corners');
    await eventually('the changed lens', async () =>
      (await lenses(document)).includes('5: CO_VARARGS | CO_ASYNC_GENERATOR'),
    );
  });

  it('shows all flags if asked for', async () => {
    const { document } = await open('shapes.py');
    await lensOn(document, 5);
    await set('codeLens.showAllFlags', true);
    await eventually('all flags', async () =>
      (await lenses(document)).includes('1: CO_OPTIMIZED | CO_NEWLOCALS'),
    );
  });

  it('shows no lenses once they are toggled off', async () => {
    const { document } = await open('shapes.py');
    await lensOn(document, 5);
    await vscode.commands.executeCommand('colens.toggleCodeLenses');
    await eventually('no lenses', async () => (await lenses(document)).length === 0);
    await vscode.commands.executeCommand('colens.toggleCodeLenses');
    await lensOn(document, 5);
  });

  it('says in a hover why a variable is a cell, and free', async () => {
    const { document } = await open('shapes.py');
    await lensOn(document, 5);
    assert.match(await hoverAt(document, positionOf(document, 'count = 0')), /cell/);
    assert.match(await hoverAt(document, positionOf(document, 'count += 1')), /free/);
  });

  it('shows the facts of a code object in a hover, with a link to all of it', async () => {
    const { document } = await open('shapes.py');
    await lensOn(document, 5);
    const hover = await hoverAt(document, positionOf(document, 'corners'));
    assert.match(hover, /CO_GENERATOR/);
    assert.match(hover, /command:colens\.showCodeObject/);
  });

  it('shows in a hover which parameter gets which argument', async () => {
    const { document } = await open('shapes.py');
    await lensOn(document, 5);
    await replace(document, 'return "shape"', 'return area(2, scale=3)');
    const hover = await hoverAt(document, positionOf(document, 'area(2'));
    assert.match(hover, /\| `width` \| `2` \|\n\| `scale` \| `scale=3` \|/);
  });

  it('names parameters in inlay hints, and reports calls that cannot bind, if asked to', async () => {
    const { document } = await open('shapes.py');
    await lensOn(document, 5);
    await replace(document, 'return "shape"', 'return area(2), area()');
    assert.deepEqual(await inlayHints(document), []);
    await set('inlayHints.parameterNames', true);
    await eventually('a hint', async () => (await inlayHints(document)).includes('width='));
    await set('callDiagnostics', true);
    const [warning] = await eventually('a diagnostic', () => {
      const found = vscode.languages.getDiagnostics(document.uri);
      return found.length > 0 ? found : undefined;
    });
    assert.equal(warning.message, "TypeError: area() missing 1 required positional argument: 'width'");
  });

  it('shows no hover if they are off', async () => {
    const { document } = await open('shapes.py');
    await lensOn(document, 5);
    await set('hover.enabled', false);
    await eventually(
      'no hover',
      async () => (await hoverAt(document, positionOf(document, 'corners'))) === '',
    );
  });

  it('helps with the signature of a callable of the same file', async () => {
    const { document } = await open('shapes.py');
    await lensOn(document, 5);
    await replace(document, 'class Shape', 'area(1, scale=\n\nclass Shape');
    const position = positionOf(document, 'area(1, scale=').translate(0, 'area(1, scale='.length);
    const help = await eventually('signature help', () => signatureHelp(document, position));
    assert.equal(help.signatures[0].label, 'area(width, height=1, *, scale=1)');
    assert.equal(help.signatures[0].activeParameter ?? help.activeParameter, 2);
  });

  it('asks for signatures of Python only', async () => {
    await open('shapes.py');
    const document = await vscode.workspace.openTextDocument({ language: 'plaintext', content: 'area(1, ' });
    await vscode.window.showTextDocument(document);
    assert.equal(await signatureHelp(document, new vscode.Position(0, 8)), undefined);
  });

  it('reports what CPython would refuse, in its words, unless that is off', async () => {
    const { document } = await open('shapes.py');
    await lensOn(document, 5);
    await replace(document, 'class Shape', 'return 1\n\nclass Shape');
    const [error] = await eventually('a diagnostic', () => {
      const found = vscode.languages.getDiagnostics(document.uri);
      return found.length > 0 ? found : undefined;
    });
    assert.match(error.message, /'return' outside function/);
    assert.equal(error.range.start.line, 20);
    await set('diagnostics', 'off');
    await eventually('no diagnostic', () => vscode.languages.getDiagnostics(document.uri).length === 0);
  });

  it('goes on after the server is restarted', async () => {
    const { document } = await open('shapes.py');
    await lensOn(document, 5);
    await vscode.commands.executeCommand('colens.restartServer');
    assert.equal(await lensOn(document, 5), 'CO_VARARGS | CO_GENERATOR');
  });
});

async function inlayHints(document: vscode.TextDocument): Promise<string[]> {
  const hints = await vscode.commands.executeCommand<vscode.InlayHint[]>(
    'vscode.executeInlayHintProvider',
    document.uri,
    new vscode.Range(0, 0, document.lineCount, 0),
  );
  return hints.map(({ label }) =>
    typeof label === 'string' ? label : label.map(({ value }) => value).join(''),
  );
}

async function signatureHelp(document: vscode.TextDocument, position: vscode.Position) {
  return vscode.commands.executeCommand<vscode.SignatureHelp | undefined>(
    'vscode.executeSignatureHelpProvider',
    document.uri,
    position,
  );
}
