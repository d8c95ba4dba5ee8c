// The extension's entry on the desktop and on remote machines: the server is a process of its own.

import type { ExtensionContext } from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';

import { startExtension } from '../extension.ts';

export async function activate(context: ExtensionContext): Promise<void> {
  const module = context.asAbsolutePath('dist/vscode/server.js');
  await startExtension(context, options => {
    return new LanguageClient('colens', 'CoLens', { module, transport: TransportKind.ipc }, options);
  });
}
