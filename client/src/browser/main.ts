// The extension's entry where there are no processes, as on vscode.dev: the server is a web worker.

import { Uri, type ExtensionContext } from 'vscode';
import { LanguageClient } from 'vscode-languageclient/browser';

import { startExtension } from '../extension.ts';

export async function activate(context: ExtensionContext): Promise<void> {
  const script = Uri.joinPath(context.extensionUri, 'dist', 'server.browser.js').toString(true);
  await startExtension(context, options => {
    return new LanguageClient('colens', 'CoLens', async () => new Worker(script), options);
  });
}
