// A conversation with an interpreter: questions go in, answers come out, in order, while we do something else.
// An interpreter that a source brings down is started again, and the source counts as one without an answer.
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { REPOSITORY, type Interpreter } from './interpreters.ts';

export const SCRIPTS = path.join(REPOSITORY, 'test', 'oracle', 'python');

/** A twin's answer: the text (or its digest) and the number of items in it. */
export type Answer = readonly [text: string, items: number];
/** By script; undefined if the interpreter did not survive the question. */
export type Answers = Readonly<Record<string, Answer>> | undefined;

interface Question {
  readonly line: string;
  readonly resolve: (answers: Answers) => void;
  readonly reject: (error: Error) => void;
}

/** How long an interpreter may think about one source, in ms. */
const PATIENCE = 120_000;

export class Conversation {
  #process: ChildProcessWithoutNullStreams | undefined;
  #waiting: Question[] = [];
  #asked = 0;
  #answered = 0;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;
  #complaints = '';

  constructor(readonly interpreter: Interpreter) {}

  /**
   * What the scripts say of a source; `full` asks for the texts in place of their digests. `told` is by script what
   * else it is told.
   */
  ask(
    source: Uint8Array,
    scripts: readonly string[],
    full: boolean,
    told: Readonly<Record<string, string>> = {},
  ): Promise<Answers> {
    const id = ++this.#asked;
    const request = { id, source: Buffer.from(source).toString('base64'), twins: scripts, full, told };
    return new Promise((resolve, reject) => {
      const question = { line: `${JSON.stringify(request)}\n`, resolve, reject };
      this.#waiting.push(question);
      this.#child().stdin.write(question.line);
      if (this.#waiting.length === 1) this.#watch();
    });
  }

  /** Ends the interpreter; questions that are still open get no answer. */
  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#process?.stdin.end();
    this.#process = undefined;
  }

  #child(): ChildProcessWithoutNullStreams {
    if (this.#process) return this.#process;
    const [executable, ...before] = this.interpreter.command;
    const child = spawn(executable, [...before, path.join(SCRIPTS, 'ask.py')], {
      env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1', PYTHONIOENCODING: 'utf-8', PYTHONHASHSEED: '0' },
    });
    this.#process = child;
    this.#answered = 0;
    this.#complaints = '';
    child.stdin.on('error', () => {}); // it has ended: 'close' tells
    child.stderr.on('data', chunk => (this.#complaints = (this.#complaints + String(chunk)).slice(-2000)));
    createInterface({ input: child.stdout }).on('line', line => this.#hear(line));
    child.on('error', error => this.#waiting.splice(0).forEach(({ reject }) => reject(error)));
    child.on('close', () => this.#ended(child));
    return child;
  }

  #hear(line: string): void {
    // What pyodide prints of a stack overflow before it ends: 'close' tells which source that was.
    if (!line.startsWith('{"id"')) return;
    const question = this.#waiting.shift();
    this.#answered++;
    question?.resolve((JSON.parse(line) as { answers: Answers }).answers);
    this.#watch();
  }

  #watch(): void {
    clearTimeout(this.#timer);
    if (this.#waiting.length > 0) this.#timer = setTimeout(() => this.#process?.kill('SIGKILL'), PATIENCE);
  }

  #ended(child: ChildProcessWithoutNullStreams): void {
    if (this.#closed || child !== this.#process) return;
    this.#process = undefined;
    const [culprit, ...others] = this.#waiting;
    if (!culprit) return;
    if (
      this.#answered === 0 &&
      this.#complaints.includes('Error') &&
      !/[Rr]ecursion|stack/.test(this.#complaints)
    ) {
      // Not this source's fault: the script does not run at all.
      this.#waiting.splice(0).forEach(({ reject }) => reject(new Error(this.#complaints)));
      return;
    }
    this.#waiting = others;
    culprit.resolve(undefined);
    for (const { line } of others) this.#child().stdin.write(line);
    this.#watch();
  }
}
