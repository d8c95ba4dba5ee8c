// What the scripts say while they work: a line when a step begins, its time when it ends, and what it printed only
// if it failed. Runs child processes so that none outlives the script.
import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
/** Whatever the scripts install or write for themselves; git ignores it. */
export const cache = path.join(root, '.cache');

/** An end that the user should read about, without a stack trace. */
export class Failure extends Error {
  /** @param {string} message @param {number | string} [code] what the program ended with that brought it about */
  constructor(message, code) {
    super(message);
    this.code = code;
  }
}

/** How many lines a program that failed is quoted with. */
const TAIL = 80;

/** @param {number} since milliseconds, as of performance.now() */
export function seconds(since) {
  return `${((performance.now() - since) / 1000).toFixed(1)} s`;
}

/**
 * Runs a step and says how long it took.
 *
 * @template T
 * @param {string} title
 * @param {() => Promise<T>} work
 */
export async function step(title, work) {
  const since = performance.now();
  const live = process.stdout.isTTY;
  process.stdout.write(live ? `  … ${title}` : `  … ${title}\n`);
  let mark = '✗';
  try {
    const result = await work();
    mark = '✓';
    return result;
  } finally {
    process.stdout.write(`${live ? '\r\x1b[K' : ''}  ${mark} ${title} (${seconds(since)})\n`);
  }
}

/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set();

/**
 * Runs a program to its end. Its output goes to a log in .cache/logs, and into the error if it fails.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, log?: string }} [options]
 */
export async function run(command, args, { cwd = root, env = process.env, log = command } = {}) {
  const logFile = path.join(cache, 'logs', `${path.basename(log)}.log`);
  mkdirSync(path.dirname(logFile), { recursive: true });
  const output = openSync(logFile, 'w');
  const windows = process.platform === 'win32';
  const child = spawn(command, args, {
    cwd,
    env,
    shell: windows && command !== process.execPath, // npm and code are .cmd files there
    detached: !windows, // a process group, to end all that it starts with it
    stdio: ['ignore', output, output],
  });
  running.add(child);
  const code = await new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (exit, signal) => resolve(signal ?? exit));
  }).finally(() => {
    running.delete(child);
    closeSync(output);
  });
  if (code === 0) return;
  const said = readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-TAIL).join('\n');
  throw new Failure(`\n${said}\n'${[command, ...args].join(' ')}' ended with ${code}.`, code);
}

/** @param {string[]} args */
export function npm(args, options = {}) {
  return run('npm', args, { log: `npm-${args[0]}`, ...options });
}

/** Tools that npm has installed, such as `tsc`. @param {string} tool @param {string[]} args */
export function tool(tool, args, options = {}) {
  return run(path.join(root, 'node_modules', '.bin', tool), args, options);
}

/** @type {(() => unknown)[]} */
const cleanups = [];

/** Has something done at the script's end, also if that comes by a signal; the last comes first. @param {() => unknown} cleanup */
export function atEnd(cleanup) {
  cleanups.push(cleanup);
}

/** @param {import('node:child_process').ChildProcess} child */
function endGroup(child) {
  try {
    if (process.platform !== 'win32' && child.pid) process.kill(-child.pid);
    else child.kill();
  } catch {
    // it has just ended
  }
}

/**
 * Runs a script's main function, cleans up after it, and ends the process: with what `main` returns, with 1 and words
 * if it fails, and on a signal with process.exitCode, if it has been set, or else 130.
 *
 * @param {() => Promise<number | void>} main
 * @returns {Promise<never>}
 */
export async function script(main) {
  /** @type {Promise<void>} */
  const stopped = new Promise(resolve => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => resolve());
  });
  let code = 1;
  try {
    code = await Promise.race([
      main().then(result => result ?? 0),
      stopped.then(() => Number(process.exitCode ?? 130)),
    ]);
  } catch (error) {
    console.error(error instanceof Failure ? `\n${error.message}` : error);
  }
  for (const child of running) endGroup(child);
  for (const cleanup of cleanups.reverse()) await cleanup();
  process.exit(code);
}
