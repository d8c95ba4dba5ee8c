// The server as a web worker: messages come and go through the worker's own port. The first one is no message of the
// protocol, but brings what is a file elsewhere.
import { BrowserMessageReader, BrowserMessageWriter, createConnection } from 'vscode-languageserver/browser';
import type { WorkerStart } from '../lsp/protocol.ts';
import { type Platform, startServer } from '../lsp/server.ts';
import { bundledLibraries } from '../resolve/bundled/tables.ts';
import { decompressTable } from './bundled.ts';
import { NO_FILES } from '../resolve/program/files.ts';

const scope = globalThis as unknown as DedicatedWorkerGlobalScope;

scope.addEventListener(
  'message',
  ({ data }: MessageEvent<WorkerStart>) => {
    const platform: Platform = {
      delay(milliseconds, callback) {
        const timer = setTimeout(callback, milliseconds);
        return () => clearTimeout(timer);
      },
      files: NO_FILES,
      machine: undefined,
      bundled: bundledLibraries(() => decompressTable(data.library)),
    };
    // Other messages may be on their way: the reader is there before the next one is handed out.
    startServer(createConnection(new BrowserMessageReader(scope), new BrowserMessageWriter(scope)), platform);
  },
  { once: true },
);
