// Finds a desktop VS Code that can open a window with an extension under development.
import { existsSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { cache } from './console.mjs';

/**
 * @typedef {object} Desktop
 * @property {string} name for people
 * @property {string} command
 * @property {string[]} options that this machine asks for
 */

const COMMANDS = [
  { name: 'VS Code', command: 'code' },
  { name: 'VS Code Insiders', command: 'code-insiders' },
  { name: 'VSCodium', command: 'codium' },
];

/** @returns {Desktop | undefined} the first on the PATH that works here */
export function findDesktop() {
  const { platform, env } = process;
  if (platform === 'linux' && !env.DISPLAY && !env.WAYLAND_DISPLAY) return undefined; // no screen
  for (const { name, command } of COMMANDS) {
    const file = onPath(platform === 'win32' ? `${command}.cmd` : command);
    // In the terminal of a remote VS Code, `code` only sends files to its window.
    if (!file || realpathSync(file).includes('remote-cli')) continue;
    // As root it wants to be asked explicitly.
    const asRoot = platform === 'linux' && process.getuid?.() === 0;
    const options = asRoot ? ['--no-sandbox', `--user-data-dir=${path.join(cache, 'vscode-root')}`] : [];
    return { name, command, options };
  }
  return undefined;
}

/** @param {string} name */
function onPath(name) {
  const folders = (process.env.PATH ?? '').split(path.delimiter);
  return folders.map(folder => path.join(folder, name)).find(existsSync);
}
