// The server as a web worker: messages come and go through the worker's own port.
import { BrowserMessageReader, BrowserMessageWriter, createConnection } from 'vscode-languageserver/browser';
import { type Platform, startServer } from '../lsp/server.ts';
import { bundledLibraries } from '../resolve/bundled/tables.ts';
import { readBundledTable } from './bundled.ts';
import { NO_FILES } from '../resolve/program/files.ts';

const browserPlatform: Platform = {
  delay(milliseconds, callback) {
    const timer = setTimeout(callback, milliseconds);
    return () => clearTimeout(timer);
  },
  files: NO_FILES,
  machine: undefined,
  bundled: bundledLibraries(readBundledTable),
};

const scope = globalThis as unknown as DedicatedWorkerGlobalScope;
const connection = createConnection(new BrowserMessageReader(scope), new BrowserMessageWriter(scope));
startServer(connection, browserPlatform);
