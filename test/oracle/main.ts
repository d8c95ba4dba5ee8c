// `npm run oracle`: compares every pass with its twin in CPython, interpreter by interpreter, and reports.
import { fork } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { boot } from './boot.ts';
import { findInterpreters, tsCommand, type Interpreter } from './interpreters.ts';
import { HELP, readPlan, type Plan } from './plan.ts';
import { verifyLibraries } from './pycs.ts';
import { details, summary, writeReadme, type Row } from './report.ts';
import type { Failure, Progress, Result } from './worker.ts';

const WORKER = fileURLToPath(new URL('worker.ts', import.meta.url));

async function main(): Promise<number> {
  const interpreters = await findInterpreters();
  const plan = readPlan(process.argv.slice(2), interpreters);
  if (!plan) {
    console.log(HELP);
    return 0;
  }
  if (plan.verify) return verifyLibraries(plan) ? 0 : 1;
  if (plan.boot) return (await boot(plan)) ? 0 : 1;
  const begun = Date.now();
  const progress = new ProgressLine();
  const rows: Row[] = [];
  const failures: string[] = [];
  const queue = [...plan.interpreters];
  const lane = async (): Promise<void> => {
    for (let next = queue.shift(); next; next = queue.shift())
      rows.push(...(await run(next, plan, progress)));
  };
  await Promise.all(Array.from({ length: plan.jobs }, lane));
  progress.clear();
  const order = (row: Row) => plan.interpreters.indexOf(row.interpreter);
  rows.sort((a, b) => order(a) - order(b));
  for (const row of rows) {
    const text = details(row, plan.classes);
    if (text) console.log(`${text}\n`);
  }
  if (plan.optimize > 0) console.log(`compiled at optimisation level ${plan.optimize}\n`);
  console.log(summary(rows));
  const differences = rows.reduce((sum, { tally }) => sum + tally.differences, 0);
  const unanswered = rows.reduce((sum, { tally }) => sum + tally.unanswered, 0);
  console.log(
    `\n${differences.toLocaleString('en-US')} differences` +
      (unanswered > 0 ? `; ${unanswered} questions that CPython itself failed at` : '') +
      `; ${((Date.now() - begun) / 1000).toFixed(0)} s`,
  );
  if (plan.json) {
    fs.mkdirSync(path.dirname(path.resolve(plan.json)), { recursive: true });
    fs.writeFileSync(plan.json, JSON.stringify(rows, undefined, 1));
  }
  if (plan.writeReadme && failures.length === 0 && !writeReadme(rows))
    throw new Error('README.md has no markers for the match rates');
  if (rows.length === 0) failures.push('nothing was compared');
  for (const failure of failures) console.error(`oracle: ${failure}`);
  if (failures.length > 0) return 2;
  return differences > 0 ? 1 : 0;
}

/** Compares one interpreter, in a process of its own. */
function run(interpreter: Interpreter, plan: Plan, progress: ProgressLine): Promise<Row[]> {
  const name = `${interpreter.version} ${interpreter.kind}`;
  const [execPath, ...options] = tsCommand(WORKER);
  // JSON, the default, would lose a plan's Infinity.
  const worker = fork(WORKER, { execPath, execArgv: options.slice(0, -1), serialization: 'advanced' });
  worker.send({ interpreter, plan });
  const rows: Row[] = [];
  return new Promise((resolve, reject) => {
    worker.on('message', (message: Progress | Result | Failure) => {
      if (message.kind === 'failure') reject(new Error(`${name}: ${message.message}`));
      else if (message.kind === 'progress') progress.show(name, message);
      else {
        for (const [twin, tally] of Object.entries(message.tallies)) {
          rows.push({ interpreter, corpus: message.corpus, twin, tally });
        }
      }
    });
    worker.on('error', reject);
    worker.on('exit', code => {
      progress.done(name);
      if (code) reject(new Error(`the comparison with ${name} ended with ${code}`));
      else resolve(rows);
    });
  });
}

/** Where things stand: one line that changes on a terminal, a line now and then elsewhere. */
class ProgressLine {
  readonly #states = new Map<string, string>();
  #last = 0;

  show(name: string, { corpus, done, total, differing }: Progress): void {
    const differ = differing > 0 ? `, ${differing} differ` : '';
    this.#states.set(name, `${name} ${path.basename(corpus)} ${done}/${total}${differ}`);
    const line = [...this.#states.values()].join(' · ');
    if (process.stderr.isTTY) {
      process.stderr.write(`\r\x1b[K${line.slice(0, process.stderr.columns - 1)}`);
    } else if (Date.now() - this.#last > 20_000) {
      this.#last = Date.now();
      process.stderr.write(`${line}\n`);
    }
  }

  done(name: string): void {
    this.#states.delete(name);
  }

  clear(): void {
    if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
  }
}

main().then(
  code => (process.exitCode = code),
  (error: Error) => {
    console.error(`oracle: ${error.message}`);
    process.exitCode = 2;
  },
);
