// Whole code objects beside CPython's compile(): both processes stay, and run over the library in turn, so that what else
// the machine does meets both. CPU time counts, of all threads; ours is bundled as it ships.
import { build } from 'esbuild';
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { SEMI_SPACE_MB } from '../../server/src/node/workers.ts';
import { CACHE } from '../oracle/cache.ts';
import type { Interpreter } from '../oracle/interpreters.ts';
import type { Run, Stroke } from './compileWorker.ts';

const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

const WARM_UP = 2;
const STROKES = 60;

export const WHOLE_CODE_HEAD = [
  'target',
  'ours MB/s',
  'best',
  'CPython MB/s',
  'best',
  'ratio',
  'best',
  'facts',
];

/** A process that answers each line with a line. */
class Worker {
  private readonly answers: AsyncIterator<string, undefined>;

  constructor(private readonly child: ChildProcessWithoutNullStreams) {
    child.stderr.pipe(process.stderr);
    const lines: AsyncIterable<string, undefined> = createInterface({ input: child.stdout });
    this.answers = lines[Symbol.asyncIterator]();
  }

  async ask(line: string): Promise<unknown> {
    this.child.stdin.write(`${line}\n`);
    const answer = await this.answers.next();
    if (answer.done === true) throw new Error('a process of the bench has ended');
    return JSON.parse(answer.value) as unknown;
  }

  /** The most memory that the process has had, in megabytes, where the system tells. */
  get peak(): number {
    const status = `/proc/${this.child.pid}/status`;
    const found = fs.existsSync(status) ? /VmHWM:\s+(\d+)/.exec(fs.readFileSync(status, 'utf8')) : null;
    return found ? Number(found[1]) / 1024 : NaN;
  }

  end(): void {
    this.child.stdin.end();
  }
}

const middleOf = (numbers: readonly number[]): number =>
  [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

/** What was measured for a target: a row of the table, and a line about the rest. */
export interface WholeCode {
  readonly row: string[];
  readonly about: string;
}

/** Compiles files of `bytes` bytes in all by both, `runs` times each. */
export async function wholeCode(
  interpreter: Interpreter,
  files: readonly string[],
  bytes: number,
  runs: number,
): Promise<WholeCode> {
  const { version } = interpreter;
  const folder = path.join(CACHE, 'bench');
  const list = path.join(folder, `files-${version}.txt`);
  const bundle = path.join(folder, 'compileWorker.mjs');
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(list, files.join('\n'));
  await build({
    entryPoints: [here('compileWorker.ts')],
    outfile: bundle,
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    logLevel: 'error',
  });
  const [executable, ...before] = interpreter.command;
  // As threads of the command line have it.
  const memory = `--max-semi-space-size=${SEMI_SPACE_MB}`;
  const ours = new Worker(spawn(process.execPath, [memory, bundle, list, version]));
  const theirs = new Worker(spawn(executable, [...before, here('compile.py'), list, '-']));

  const times = { whole: [] as number[], theirs: [] as number[], facts: [] as number[] };
  let last: Run | undefined;
  for (let i = -WARM_UP; i < runs; i++) {
    last = (await ours.ask('whole')) as Run;
    const compiled = (await theirs.ask('compile')) as number;
    const facts = (await ours.ask('facts')) as Run;
    if (i < 0) continue;
    times.whole.push(last.cpuSeconds);
    times.theirs.push(compiled);
    times.facts.push(facts.cpuSeconds);
  }
  const { peak } = ours;
  const strokes: Stroke[] = [];
  for (let i = 0; i < STROKES; i++) strokes.push((await ours.ask('function')) as Stroke);
  ours.end();
  theirs.end();

  const megabytes = bytes / 1e6;
  const rate = (seconds: number): string => (megabytes / seconds).toFixed(1);
  const best = (list: readonly number[]): number => Math.min(...list);
  const milliseconds = (of: (stroke: Stroke) => number): string =>
    (middleOf(strokes.map(of)) * 1000).toFixed(2);
  return {
    row: [
      version,
      rate(middleOf(times.whole)),
      rate(best(times.whole)),
      rate(middleOf(times.theirs)),
      rate(best(times.theirs)),
      (middleOf(times.theirs) / middleOf(times.whole)).toFixed(2),
      (best(times.theirs) / best(times.whole)).toFixed(2),
      rate(middleOf(times.facts)),
    ],
    about:
      `${version}: ${files.length} files, ${megabytes.toFixed(1)} MB, ` +
      `${perMegabyte(last!.codeObjects, megabytes)} code objects and ${perMegabyte(last!.codeUnits, megabytes)} code ` +
      `units a MB; at most ${peak.toFixed(0)} MB of memory; ` +
      `a stroke in 10,000 lines: facts ${milliseconds(({ factsSeconds }) => factsSeconds)} ms, ` +
      `then the bytecode of one function ${milliseconds(({ bytecodeSeconds }) => bytecodeSeconds)} ms`,
  };
}

const perMegabyte = (count: number, megabytes: number): string => (count / megabytes).toFixed(0);
