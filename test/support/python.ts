// Asks CPython questions in tests: a script of test/support/python gets JSON on standard input and answers in JSON.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { parseTarget, type Target, TARGETS } from '../../server/src/python/versions/target.ts';
import { findInterpreters, type Interpreter } from '../oracle/interpreters.ts';

const SCRIPTS = path.join(import.meta.dirname, 'python');

let found: Promise<Interpreter[]> | undefined;

/** An interpreter, and the target that it is the judge of: its own version. */
export interface Judge {
  readonly interpreter: Interpreter;
  readonly target: Target;
}

/** Every CPython of this machine that is a final release. */
export async function allJudges(): Promise<Judge[]> {
  const interpreters = await (found ??= findInterpreters());
  return interpreters.flatMap(interpreter => {
    const target = /^[\d.]+$/.test(interpreter.version) ? parseTarget(interpreter.version) : undefined;
    return target ? [{ interpreter, target }] : [];
  });
}

/** One for each minor version: the newest patch level, natives before others, which start slowly. */
export async function judges(): Promise<Judge[]> {
  const all = await allJudges();
  const natives = all.filter(({ interpreter }) => interpreter.kind === 'native');
  return TARGETS.flatMap(({ minor }) => {
    const of = (some: readonly Judge[]): Judge | undefined =>
      some.filter(({ target }) => target.minor === minor).at(-1);
    return of(natives) ?? of(all) ?? [];
  });
}

/** What a script of test/support/python answers to a question; both are JSON. */
export async function askPython(
  interpreter: Interpreter,
  script: string,
  question: unknown,
): Promise<unknown> {
  const [executable, ...before] = interpreter.command;
  const child = spawn(executable, [...before, path.join(SCRIPTS, script)], {
    env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1', PYTHONIOENCODING: 'utf-8', PYTHONHASHSEED: '0' },
  });
  let out = '';
  let complaints = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (out += chunk));
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (complaints += chunk));
  child.stdin.on('error', () => {});
  child.stdin.end(JSON.stringify(question));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  if (code !== 0) throw new Error(`${interpreter.version} ${script}: exit code ${code}\n${complaints}`);
  return JSON.parse(out);
}
