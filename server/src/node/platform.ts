// What the server needs of Node.
import { rmSync } from 'node:fs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
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
  writeTemporary,
};

/** One folder for a process, which goes with it. */
let folder: Promise<string> | undefined;

/** Of one name there is one file: what is shown again is shown in its place. */
async function writeTemporary(name: string, text: string): Promise<string> {
  folder ??= mkdtemp(path.join(os.tmpdir(), 'colens-')).then(made => {
    process.on('exit', () => rmSync(made, { recursive: true, force: true }));
    return made;
  });
  const file = path.join(await folder, name);
  await writeFile(file, text);
  return pathToFileURL(file).href;
}
