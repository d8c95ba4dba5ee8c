// Asks a script of this folder: JSON on standard input, and on standard output a line of JSON for each answer.
import { execFileSync } from 'node:child_process';
import os from 'node:os';
import path from 'node:path';
import type { Interpreter } from '../oracle/interpreters.ts';

export function askLines(interpreter: Interpreter, script: string, question: unknown): unknown[] {
  const [executable, ...before] = interpreter.command;
  const output = execFileSync(executable, [...before, path.join(import.meta.dirname, script)], {
    input: JSON.stringify(question),
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    // What imported packages write goes where it is thrown away.
    cwd: os.tmpdir(),
    env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1', PYTHONIOENCODING: 'utf-8', PYTHONHASHSEED: '0' },
  });
  return output
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line) as unknown);
}
