// What the server needs of Node.
import os from 'node:os';
import type { Platform } from '../lsp/server.ts';
import { bundledLibraries } from '../resolve/bundled/tables.ts';
import type { Machine } from '../resolve/program/installations.ts';
import { normalize } from '../resolve/program/paths.ts';
import { readBundledTable } from './bundled.ts';
import { nodeFiles } from './files.ts';

export const nodeMachine: Machine = {
  system: process.platform === 'win32' ? 'windows' : process.platform === 'darwin' ? 'mac' : 'posix',
  variable: name => process.env[name],
  home: normalize(os.homedir()),
};

export const nodePlatform: Platform = {
  delay(milliseconds, callback) {
    const timer = setTimeout(callback, milliseconds);
    return () => clearTimeout(timer);
  },
  files: nodeFiles,
  machine: nodeMachine,
  bundled: bundledLibraries(readBundledTable),
};
