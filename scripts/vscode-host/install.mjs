// Installs a VS Code that is served to a browser, from npm and without a compiler: code-server holds VS Code's
// server, and where this Node is too old for it, a newer one comes along. It lives in .cache, apart from the
// project's own packages, and only its first use pays for it.
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { cache, Failure, npm } from '../console.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const home = path.join(cache, 'vscode-host');
const stamp = path.join(home, 'installed');
/** The oldest Node that VS Code's server runs on. */
const SERVER_NODE = 24;
const ownNodeWillDo = Number.parseInt(process.versions.node) >= SERVER_NODE;

/** The lock file and the platform: installed is what has been installed for both. */
function wanted() {
  const lock = readFileSync(path.join(here, 'package-lock.json'));
  return `${createHash('sha256').update(lock).digest('hex')} ${process.platform}-${process.arch}`;
}

export function isHostInstalled() {
  return (
    existsSync(stamp) &&
    readFileSync(stamp, 'utf8') === wanted() &&
    (ownNodeWillDo || bundledNode() !== undefined)
  );
}

/** Installs the host. Of the install scripts none is run; two small modules that they would compile are replaced. */
export async function installHost() {
  if (process.platform === 'win32') {
    throw new Failure('On Windows CoLens opens in the desktop VS Code: install it, with `code` on the PATH.');
  }
  rmSync(home, { recursive: true, force: true });
  mkdirSync(home, { recursive: true });
  for (const file of ['package.json', 'package-lock.json'])
    cpSync(path.join(here, file), path.join(home, file));
  const options = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  await npm(['ci', ...options, ...(ownNodeWillDo ? ['--omit=optional'] : [])], {
    cwd: home,
    log: 'vscode-host',
  });
  // Its own lock file lacks a package: `npm ci` would refuse it.
  await npm(['install', ...options, '--omit=dev', '--omit=optional'], {
    cwd: serverFolder(),
    log: 'vscode-host-server',
  });
  if (!ownNodeWillDo && !bundledNode()) {
    throw new Failure(
      `VS Code's server needs Node ${SERVER_NODE}, this is Node ${process.versions.node}, and npm has no package of ` +
        `Node ${SERVER_NODE} for ${process.platform}-${process.arch}. Run this with Node ${SERVER_NODE}, or install ` +
        'the desktop VS Code, with `code` on the PATH.',
    );
  }
  for (const name of ['spdlog', 'native-watchdog']) {
    cpSync(
      path.join(here, 'replacements', `${name}.cjs`),
      path.join(serverFolder(), 'node_modules', '@vscode', name, 'index.js'),
    );
  }
  writeFileSync(stamp, wanted());
}

/** VS Code's own folder; what is in it is served as `static/…`. */
export function serverFolder() {
  return path.join(home, 'node_modules', 'code-server', 'lib', 'vscode');
}

function bundledNode() {
  const file = path.join(home, 'node_modules', `node-${process.platform}-${process.arch}`, 'bin', 'node');
  return existsSync(file) ? file : undefined;
}

/** The program that serves VS Code, and its first argument. */
export function serverProgram() {
  const main = path.join(serverFolder(), 'out', 'server-main.js');
  return { node: ownNodeWillDo ? process.execPath : (bundledNode() ?? process.execPath), main };
}
