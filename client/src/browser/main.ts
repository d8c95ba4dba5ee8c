// The extension's entry where there are no processes, as on vscode.dev: the server is a web worker.

import { Uri, workspace, type ExtensionContext } from 'vscode';
import {
  BrowserMessageReader,
  BrowserMessageWriter,
  LanguageClient,
  type MessageTransports,
} from 'vscode-languageclient/browser';

import type { WorkerStart } from '../../../server/src/lsp/protocol.ts';
import { startExtension } from '../extension.ts';

export async function activate(context: ExtensionContext): Promise<void> {
  const file = (name: string): Uri => Uri.joinPath(context.extensionUri, 'dist', 'vscode', name);
  let worker: Worker | undefined;
  // The transports, as VS Code's own kind of worker is not the `Worker` that the client asks for.
  const startServer = async (): Promise<MessageTransports> => {
    worker?.terminate();
    const start: WorkerStart = { library: new Uint8Array(await workspace.fs.readFile(file('library.gz'))) };
    worker = new Worker(file('server.js').toString(true));
    worker.postMessage(start);
    return { reader: new BrowserMessageReader(worker), writer: new BrowserMessageWriter(worker) };
  };
  context.subscriptions.push({ dispose: () => worker?.terminate() });
  await startExtension(context, options => new LanguageClient('colens', 'CoLens', startServer, options));
}
