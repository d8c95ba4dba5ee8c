// The sources that are compared: standard libraries of the machine's own interpreters, snippets from CPython's
// tests, generated programs, mutated files. All are read or made at test time, and none is kept in the repository.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { CACHE, digest } from './cache.ts';
import { SCRIPTS } from './conversation.ts';
import { seriesOf, type Interpreter } from './interpreters.ts';

/** Something to compile. */
export interface Source {
  readonly name: string;
  readonly read: () => Uint8Array;
}

const SKIPPED = new Set(['__pycache__', 'site-packages', 'dist-packages']);

/** Every .py file below a folder, sorted, in the order of a walk from the top. */
export function folderSources(root: string): Source[] {
  const found: Source[] = [];
  const visit = (folder: string): void => {
    const entries = fs
      .readdirSync(folder, { withFileTypes: true })
      .sort((a, b) => (a.name < b.name ? -1 : 1));
    for (const entry of entries) {
      const file = path.join(folder, entry.name);
      if (entry.isFile() && entry.name.endsWith('.py')) {
        found.push({
          name: path.relative(root, file).split(path.sep).join('/'),
          read: () => fs.readFileSync(file),
        });
      }
    }
    for (const entry of entries) {
      if (entry.isDirectory() && !SKIPPED.has(entry.name)) visit(path.join(folder, entry.name));
    }
  };
  visit(root);
  return found;
}

/** A line of JSON that a script of ours prints for a source. */
interface Line {
  readonly name: string;
  readonly source: string;
}

/** Runs a script of ours and gives what it prints, line by line. */
async function* runScript(
  interpreter: Interpreter,
  script: string,
  args: readonly string[],
): AsyncGenerator<Line> {
  const [executable, ...before] = interpreter.command;
  const mounts = interpreter.kind === 'pyodide' ? args.flatMap(folder => ['--mount', folder]) : [];
  const child = spawn(executable, [...before, ...mounts, path.join(SCRIPTS, script), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, PYTHONIOENCODING: 'utf-8' },
  });
  const ended = new Promise<number | null>(resolve => child.on('close', resolve));
  for await (const line of createInterface({ input: child.stdout })) yield JSON.parse(line) as Line;
  const code = await ended;
  if (code !== 0) throw new Error(`${script} ended with ${code} in CPython ${interpreter.version}`);
}

/**
 * The folder of the interpreter's own standard library. That of an interpreter in WebAssembly is an archive
 * without tests: another of the same series will do better, or else it is unpacked once.
 */
export async function libraryFolder(interpreter: Interpreter, all: readonly Interpreter[]): Promise<string> {
  const sameSeries = all.filter(other => seriesOf(other) === seriesOf(interpreter) && hasTests(other));
  const folder = interpreter.stdlib ?? sameSeries.at(-1)?.stdlib;
  if (folder) return folder;
  const unpacked = path.join(CACHE, 'libraries', interpreter.version);
  if (fs.existsSync(unpacked)) return unpacked;
  const partial = `${unpacked}.${process.pid}`;
  for await (const { name, source } of runScript(interpreter, 'stdlib.py', [])) {
    const file = path.join(partial, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, Buffer.from(source, 'base64'));
  }
  if (fs.existsSync(unpacked)) fs.rmSync(partial, { recursive: true });
  else fs.renameSync(partial, unpacked);
  return unpacked;
}

const hasTests = ({ stdlib }: Interpreter): boolean =>
  stdlib !== undefined && fs.existsSync(path.join(stdlib, 'test', 'test_grammar.py'));

/** The folders of CPython's own tests, as this machine has them: the interpreter's, and the newest there is. */
export function testFolders(interpreter: Interpreter, all: readonly Interpreter[]): string[] {
  const own = all.filter(other => seriesOf(other) === seriesOf(interpreter) && hasTests(other)).at(-1);
  const newest = all.filter(hasTests).at(-1);
  return [...new Set([own, newest].filter(found => found !== undefined))].map(({ stdlib }) =>
    path.join(stdlib!, 'test'),
  );
}

/** Snippets in CPython's tests that the interpreter compiles or refuses with a SyntaxError; empty without tests. */
export async function snippets(interpreter: Interpreter, all: readonly Interpreter[]): Promise<Source[]> {
  const folders = testFolders(interpreter, all);
  if (folders.length === 0) return [];
  const script = fs.readFileSync(path.join(SCRIPTS, 'snippets.py'), 'utf8');
  const key = digest([script, ...folders].join('\0'));
  const file = path.join(CACHE, 'snippets', `${interpreter.version}-${key}.jsonl`);
  if (!fs.existsSync(file)) {
    const lines: string[] = [];
    for await (const line of runScript(interpreter, 'snippets.py', folders)) lines.push(JSON.stringify(line));
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, `${lines.join('\n')}\n`);
  }
  return fs
    .readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line) as Line)
    .map(({ name, source }) => ({ name, read: () => Buffer.from(source, 'base64') }));
}
