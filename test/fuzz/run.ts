// Runs slices of the fuzzer in a thread that is ended when it hangs, and makes what was found small.
import { build } from 'esbuild';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { CACHE } from '../oracle/cache.ts';
import { type Examination, TOO_LONG_MS } from './examine.ts';
import { fuzzInput, libraryCorpus } from './inputs.ts';
import { minimised } from './minimise.ts';
import type { Message, Single, Slice, WorkerData } from './worker.ts';

/** After that long an input hangs: the thread is ended. */
const HANGS_MS = 15_000;
/** When it is made small: there are many tries. */
const HANGS_WHEN_SMALL_MS = 4000;
const LOOK_EVERY_MS = 200;
/** As much stack as the main thread has, which the server runs on. */
const STACK_MB = 1;

/** Of the findings with one signature: how many there were, and the first. */
export interface Found {
  readonly signature: string;
  count: number;
  readonly index: number;
  readonly kind: string;
  readonly version: string;
  readonly bytes: Uint8Array;
  readonly stack: string;
  /** The smallest text that still does it. */
  small?: Uint8Array;
}

export interface Plan {
  readonly library: string;
  readonly seed: number;
  readonly from: number;
  readonly count: number;
  readonly target?: string | undefined;
  readonly minimise: boolean;
}

export interface FuzzOutcome {
  inputs: number;
  throws: number;
  slow: number;
  hangs: number;
  /** Of processor time, of one input. */
  longest: number;
  readonly found: Map<string, Found>;
}

/** An input that makes the thread hang. */
class Hangs extends Error {}

/** A thread that answers orders one at a time. */
class Examiner {
  readonly progress = new SharedArrayBuffer(24);
  private readonly at = new Float64Array(this.progress);
  private worker: Worker | undefined;

  constructor(
    private readonly script: string,
    private readonly library: string,
  ) {}

  /** The input that the thread is at. */
  get index(): number {
    return this.at[0];
  }

  /** How many inputs of the slice have been begun. */
  get inputs(): number {
    return this.at[2];
  }

  /** Gives an order and the messages that follow to `hear`, until it returns true. Throws Hangs. */
  async order(order: Slice | Single, hear: (message: Message) => boolean, hangs = HANGS_MS): Promise<void> {
    this.at.set([order.type === 'slice' ? order.from - 1 : 0, 0, 0]);
    const worker = (this.worker ??= this.start());
    try {
      await new Promise<void>((resolve, reject) => {
        // Processor time, most of which is the thread's: a machine may sleep, or do something else.
        let [input, since] = [-1, 0];
        const watch = setInterval(() => {
          const { user, system } = process.cpuUsage();
          const now = (user + system) / 1000;
          if (this.at[1] === 0 || this.inputs !== input) [input, since] = [this.inputs, now];
          if (now - since <= hangs) return;
          end();
          reject(new Hangs());
        }, LOOK_EVERY_MS);
        const end = (): void => {
          clearInterval(watch);
          worker.off('message', onMessage).off('error', onError);
        };
        const onMessage = (message: Message): void => {
          if (!hear(message)) return;
          end();
          resolve();
        };
        const onError = (error: Error): void => {
          end();
          reject(error);
        };
        worker.on('message', onMessage).on('error', onError);
        worker.postMessage(order);
      });
    } catch (error) {
      await this.stop();
      throw error;
    }
  }

  async stop(): Promise<void> {
    await this.worker?.terminate();
    this.worker = undefined;
  }

  private start(): Worker {
    return new Worker(this.script, {
      workerData: { library: this.library, progress: this.progress } satisfies WorkerData,
      resourceLimits: { stackSizeMb: STACK_MB },
    });
  }
}

/** worker.ts and all that it imports as one script: it starts at once, and as often as something hangs. */
async function bundledWorker(): Promise<string> {
  const outfile = path.join(CACHE, 'fuzz', `worker-${process.pid}.mjs`);
  const source = new URL('./worker.ts', import.meta.url);
  await build({
    entryPoints: [fileURLToPath(source)],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    sourcemap: 'inline',
    // For what looks for files from where its source is; all of that is as deep as the worker.
    define: { 'import.meta.url': JSON.stringify(source.href) },
    logLevel: 'error',
  });
  return outfile;
}

/** Examines inputs `from` … `from + count` of a seed; `told` hears of progress. */
export async function fuzz(
  plan: Plan,
  told: (outcome: FuzzOutcome, index: number) => void,
): Promise<FuzzOutcome> {
  const outcome: FuzzOutcome = { inputs: 0, throws: 0, slow: 0, hangs: 0, longest: 0, found: new Map() };
  const script = await bundledWorker();
  const corpus = libraryCorpus(plan.library);
  const examiner = new Examiner(script, plan.library);
  const { seed, target } = plan;
  const end = plan.from + plan.count;
  const note = (signature: string, first: Omit<Found, 'signature' | 'count'>): void => {
    const known = outcome.found.get(signature);
    if (known) known.count++;
    else outcome.found.set(signature, { signature, count: 1, ...first });
  };
  for (let from = plan.from; from < end;) {
    const to = Math.min(end, from + SLICE);
    try {
      await examiner.order({ type: 'slice', seed, from, to, target }, message => {
        if (message.type === 'examined') {
          const { index, kind, version, bytes, examination } = message;
          const { findings, milliseconds, slowestStep } = examination;
          for (const { signature, stack } of findings)
            note(signature, { index, kind, version, bytes, stack });
          if (findings.length > 0) outcome.throws++;
          if (milliseconds >= TOO_LONG_MS) {
            outcome.slow++;
            note(`${SLOW} ${slowestStep}`, { index, kind, version, bytes, stack: `${milliseconds} ms` });
          }
        }
        if (message.type !== 'done') return false;
        outcome.inputs += message.inputs;
        outcome.longest = Math.max(outcome.longest, message.longest);
        return true;
      });
      from = to;
    } catch (error) {
      const { index } = examiner;
      if (!(error instanceof Hangs) && index < from) throw error; // it has not even begun
      const hangs = error instanceof Hangs;
      if (hangs) outcome.hangs++;
      else outcome.throws++;
      outcome.inputs += examiner.inputs;
      const { kind, bytes, target: t } = fuzzInput(seed, index, corpus);
      const first = { index, kind, version: t.version, bytes, stack: '' };
      note(hangs ? HANGS : `the thread ends: ${String(error)}`, first);
      from = Math.max(from, index) + 1;
    }
    told(outcome, from);
  }
  if (plan.minimise) {
    for (const found of outcome.found.values()) {
      if (found.bytes.length > 0)
        found.small = await minimised(found.bytes, bytes => does(examiner, found, bytes));
    }
  }
  await examiner.stop();
  fs.rmSync(script);
  return outcome;
}

const SLICE = 500;
const SLOW = 'slow:';
const HANGS = 'hangs';

/** Whether an input still does what was found. */
async function does(examiner: Examiner, { signature, version }: Found, bytes: Uint8Array): Promise<boolean> {
  let examination: Examination | undefined;
  try {
    await examiner.order(
      { type: 'single', bytes, target: version },
      message => {
        if (message.type === 'single') ({ examination } = message);
        return message.type === 'single';
      },
      HANGS_WHEN_SMALL_MS,
    );
  } catch (error) {
    if (error instanceof Hangs) return signature === HANGS || signature.startsWith(SLOW);
    throw error;
  }
  if (signature.startsWith(SLOW)) return examination!.milliseconds >= TOO_LONG_MS;
  return examination!.findings.some(finding => finding.signature === signature);
}
