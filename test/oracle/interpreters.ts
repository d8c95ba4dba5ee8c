// Which CPythons there are on this machine: native ones (folders in COLENS_PYTHONS, pyenv, PATH) and CPython in
// WebAssembly, from npm's pyodide under any alias in node_modules.
import { execFile } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

/** A CPython that can be asked. */
export interface Interpreter {
  readonly kind: 'native' | 'pyodide';
  /** `3.13.2`, `3.15.0rc1` */
  readonly version: string;
  /** What to start, with which arguments before the script's path. */
  readonly command: readonly [string, ...string[]];
  /** The folder of its standard library, if that is one of this machine. */
  readonly stdlib?: string;
}

const run = promisify(execFile);

export const REPOSITORY = fileURLToPath(new URL('../../', import.meta.url));
const TSX = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;

/** How to run a TypeScript file of ours in a process of its own. */
export const tsCommand = (file: string): [string, ...string[]] => [process.execPath, '--import', TSX, file];

const PROBE = `
import os, platform, sys, sysconfig
print(platform.python_implementation())
print('%d.%d.%d' % sys.version_info[:3] + {'final': ''}.get(sys.version_info[3], sys.version.split()[0][-3:]))
print(os.path.realpath(sys.executable))
print(sysconfig.get_path('stdlib'))`;

/** Every interpreter, oldest first, natives before others of the same version; each installation once. */
export async function findInterpreters(): Promise<Interpreter[]> {
  const natives = await Promise.all(candidates().map(probe));
  const seen = new Set<string>();
  const found = [...natives, ...pyodides()].filter(candidate => {
    if (!candidate || seen.has(candidate.place) || release(candidate.interpreter)[1] < 8) return false;
    seen.add(candidate.place);
    return true;
  });
  return found.map(candidate => candidate!.interpreter).sort(byRelease);
}

interface Candidate {
  readonly place: string;
  readonly interpreter: Interpreter;
}

function entries(folder: string): string[] {
  try {
    return fs.readdirSync(folder);
  } catch {
    return [];
  }
}

function candidates(): string[] {
  const folders = [process.env.COLENS_PYTHONS, process.env.PATH].join(path.delimiter).split(path.delimiter);
  const named = folders
    .filter(Boolean)
    .flatMap(folder => entries(folder).map(name => path.join(folder, name)))
    .filter(file => /^python3\.\d+(?:\.exe)?$/.test(path.basename(file)));
  const pyenv = process.env.PYENV_ROOT ?? path.join(os.homedir(), '.pyenv');
  const versions = path.join(pyenv, 'versions');
  // pyenv's shims lead to its versions, and take many times as long to start.
  return [
    ...named.filter(file => path.dirname(file) !== path.join(pyenv, 'shims')),
    ...entries(versions).map(name => path.join(versions, name, 'bin', 'python')),
  ];
}

async function probe(executable: string): Promise<Candidate | undefined> {
  try {
    const { stdout } = await run(executable, ['-c', PROBE], { timeout: 120_000 });
    const [implementation, version, place, stdlib] = stdout.trim().split(/\r?\n/);
    if (implementation !== 'CPython') return undefined;
    return { place, interpreter: { kind: 'native', version, command: [executable], stdlib } };
  } catch {
    return undefined; // a shim with nothing behind it, a broken installation
  }
}

function pyodides(): Candidate[] {
  const folder = path.join(REPOSITORY, 'node_modules');
  const host = fileURLToPath(new URL('pyodideHost.ts', import.meta.url));
  return entries(folder)
    .filter(name => name.startsWith('pyodide'))
    .map(name => path.join(folder, name))
    .filter(place => fs.existsSync(path.join(place, 'pyodide-lock.json')))
    .map(place => {
      const { info } = JSON.parse(fs.readFileSync(path.join(place, 'pyodide-lock.json'), 'utf8')) as {
        info: { python: string };
      };
      const command = [...tsCommand(host), place] as [string, ...string[]];
      return { place, interpreter: { kind: 'pyodide', version: info.python, command } };
    });
}

/** `3.15.0rc1` → [3, 15, 0, 'rc1' sorts before a final release]. */
function release({ version }: Interpreter): [number, number, number, number] {
  const [, major, minor, patch, stage] = /^(\d+)\.(\d+)\.(\d+)(.*)$/.exec(version)!;
  return [Number(major), Number(minor), Number(patch), stage === '' ? 1 : 0];
}

function byRelease(a: Interpreter, b: Interpreter): number {
  const [x, y] = [release(a), release(b)];
  const at = x.findIndex((part, index) => part !== y[index]);
  return at < 0 ? a.kind.localeCompare(b.kind) : x[at] - y[at];
}

/** `3.13` or `3.13.2`, with `native:` or `pyodide:` before it if only that kind will do: what fits, oldest first. */
export function matching(interpreters: readonly Interpreter[], wanted: string): Interpreter[] {
  const [, kind, version] = /^(?:(native|pyodide):)?(.*)$/.exec(wanted)!;
  return interpreters.filter(
    interpreter =>
      (kind === undefined || interpreter.kind === kind) &&
      (interpreter.version === version || interpreter.version.startsWith(`${version}.`)),
  );
}

/** The series of an interpreter: `3.13`. */
export const seriesOf = ({ version }: Interpreter): string => version.split('.', 2).join('.');
