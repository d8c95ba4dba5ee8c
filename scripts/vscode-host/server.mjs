// Serves VS Code on a loopback address, with folders of its own for settings and extensions.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Failure } from '../console.mjs';
import { serverProgram } from './install.mjs';

const SETTINGS = {
  'workbench.startupEditor': 'none',
  'editor.minimap.enabled': false,
  'workbench.tips.enabled': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'chat.disableAIFeatures': true,
  'telemetry.telemetryLevel': 'off',
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'git.openRepositoryInParentFolders': 'never',
  'security.workspace.trust.enabled': false,
  // On the web VS Code would save by itself.
  'files.autoSave': 'off',
};

/** How long the server may take to listen. */
const START_LIMIT_MS = 60_000;
/** How long it may take to end before it is killed. */
const END_LIMIT_MS = 4_000;

/**
 * @typedef {object} Home the folders of one VS Code
 * @property {string} data
 * @property {string} extensions
 */

/** Folders for a VS Code that leaves nothing behind: call `remove` at the end. */
export function temporaryHome() {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'colens-vscode-'));
  return {
    data: path.join(folder, 'data'),
    extensions: path.join(folder, 'extensions'),
    folder,
    remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }),
  };
}

/** @param {Home} home @param {string[]} args @param {NodeJS.ProcessEnv} [env] */
function startProgram({ data, extensions }, args, env = {}) {
  const { node, main } = serverProgram();
  const folders = ['--server-data-dir', data, '--user-data-dir', data, '--extensions-dir', extensions];
  /** @type {NodeJS.ProcessEnv} */
  const environment = { ...process.env, EXTENSIONS_GALLERY: '{"serviceUrl":""}', ...env };
  // An enclosing VS Code's, if this runs in its terminal.
  for (const name of ['VSCODE_IPC_HOOK_CLI', 'ELECTRON_RUN_AS_NODE', 'NODE_OPTIONS'])
    delete environment[name];
  return spawn(node, [main, '--accept-server-license-terms', ...folders, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: environment,
    detached: true, // a process group, to end it with the extension hosts and language servers that it starts
  });
}

/** @param {import('node:child_process').ChildProcess} child */
function collectOutput(child) {
  const output = { text: '' };
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', chunk => (output.text += chunk));
  return output;
}

/**
 * Runs one of VS Code's commands that end by themselves, such as --install-extension. Returns what it printed.
 *
 * @param {Home} home @param {string[]} args
 */
export async function runCommand(home, args) {
  const child = startProgram(home, args);
  const output = collectOutput(child);
  const code = await new Promise((resolve, reject) => child.on('error', reject).on('close', resolve));
  if (code !== 0) throw new Failure(`${output.text}\nVS Code ended with ${code}.`);
  return output.text;
}

/**
 * Starts the server on a free port.
 *
 * With `driver`, the workbench takes an extension's folder and its tests from its address, as a desktop does from its
 * arguments; but then it shows no notifications.
 *
 * @param {Home} home
 * @param {{ driver?: boolean, settings?: object, env?: NodeJS.ProcessEnv }} [options]
 */
export async function startServer(home, { driver = false, settings = {}, env } = {}) {
  const settingsFile = path.join(home.data, 'User', 'settings.json');
  mkdirSync(path.dirname(settingsFile), { recursive: true });
  writeFileSync(settingsFile, JSON.stringify({ ...SETTINGS, ...settings }, undefined, 2));

  // Other users of the machine, and any page in the browser, can reach a loopback address: it takes a token.
  const token = randomBytes(16).toString('hex');
  const args = ['--host', '127.0.0.1', '--port', '0', '--connection-token', token];
  args.push('--disable-telemetry', '--disable-workspace-trust');
  if (driver) args.push('--enable-smoke-test-driver');
  const child = startProgram(home, args, env);
  const output = collectOutput(child);
  const ended = new Promise(resolve => child.once('exit', resolve));

  async function stop() {
    const { pid } = child;
    if (pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
    signalGroup(pid, 'SIGTERM');
    const late = setTimeout(() => signalGroup(pid, 'SIGKILL'), END_LIMIT_MS);
    await ended;
    clearTimeout(late);
    signalGroup(pid, 'SIGKILL'); // members of the group that outlived their leader
  }

  const port = await new Promise((resolve, reject) => {
    const late = setTimeout(
      () => reject(new Failure(`VS Code did not start:\n${output.text}`)),
      START_LIMIT_MS,
    );
    child.on('error', reject);
    child.on('exit', code => reject(new Failure(`VS Code ended with ${code}:\n${output.text}`)));
    child.stdout?.on('data', () => {
      const found = /listening on (\d+)/.exec(output.text);
      if (!found) return;
      clearTimeout(late);
      resolve(found[1]);
    });
  }).catch(async error => {
    await stop();
    throw error;
  });
  const origin = `http://127.0.0.1:${port}`;

  return {
    /** Resolves when the server has ended, by itself or by `stop`. */
    ended,
    stop,
    /** @param {Parameters<typeof workbenchQuery>[0]} what */
    address: what => {
      const query = workbenchQuery(what, new URL(origin).host);
      query.set('tkn', token);
      return `${origin}/?${query}`;
    },
  };
}

/** @param {number} pid @param {NodeJS.Signals} signal */
function signalGroup(pid, signal) {
  try {
    process.kill(-pid, signal);
  } catch {
    // none is left
  }
}

/**
 * What the workbench opens; `extensions` and `tests` only with the driver.
 *
 * @param {{ folder?: string, file?: string, extensions?: string[], tests?: string }} what
 * @param {string} host of the address: by another name, files would be others than those of the folder
 */
function workbenchQuery({ folder, file, extensions = [], tests }, host) {
  /** @param {string} local */
  const remote = local => `vscode-remote://${host}${encodeURI(path.resolve(local))}`;
  const payload = extensions.map(local => ['extensionDevelopmentPath', remote(local)]);
  if (tests) payload.push(['extensionTestsPath', remote(tests)]);
  if (file) payload.push(['openFile', remote(file)]);
  const query = new URLSearchParams(folder ? { folder: path.resolve(folder) } : { ew: 'true' });
  if (payload.length > 0) query.set('payload', JSON.stringify(payload));
  return query;
}
