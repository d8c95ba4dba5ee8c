// The thread that examines inputs. It writes down which input it is at and since when, so that the thread that started it
// sees it hang, and sends what it found.
import { parentPort, workerData } from 'node:worker_threads';
import { examine, type Examination, TOO_LONG_MS } from './examine.ts';
import { type FuzzInput, fuzzInput, libraryCorpus } from './inputs.ts';
import { parseTarget } from '../../server/src/python/versions/target.ts';

export interface Slice {
  readonly type: 'slice';
  readonly seed: number;
  readonly from: number;
  readonly to: number;
  /** Only inputs for this target, by its version. */
  readonly target: string | undefined;
}

/** An input to look at by itself. */
export interface Single {
  readonly type: 'single';
  readonly bytes: Uint8Array;
  readonly target: string;
}

export interface WorkerData {
  readonly library: string;
  /** Doubles: index of the input; since when it is looked at, milliseconds since the epoch, 0 if none is; inputs so far. */
  readonly progress: SharedArrayBuffer;
}

export type Message =
  | {
      readonly type: 'examined';
      readonly index: number;
      readonly kind: string;
      readonly bytes: Uint8Array;
      /** Of the target. */
      readonly version: string;
      readonly examination: Examination;
    }
  /** `longest`: milliseconds of processor time of an input. */
  | { readonly type: 'done'; readonly inputs: number; readonly longest: number }
  | { readonly type: 'single'; readonly examination: Examination };

process.setSourceMapsEnabled(true);
const { library, progress } = workerData as WorkerData;
const at = new Float64Array(progress);

const corpus = libraryCorpus(library);

function examineTwice(input: FuzzInput): Examination {
  const first = examine(input);
  if (first.milliseconds < TOO_LONG_MS) return first;
  const second = examine(input);
  return second.milliseconds < first.milliseconds ? second : first;
}

function slice({ seed, from, to, target }: Slice): void {
  let inputs = 0;
  let longest = 0;
  for (let index = from; index < to; index++) {
    const input = fuzzInput(seed, index, corpus);
    if (target !== undefined && input.target.series !== target && input.target.version !== target) continue;
    at[0] = index;
    at[1] = Date.now();
    at[2] = ++inputs;
    const examination = examineTwice(input);
    longest = Math.max(longest, examination.milliseconds);
    if (examination.findings.length === 0 && examination.milliseconds < TOO_LONG_MS) continue;
    const { kind, bytes } = input;
    const { version } = input.target;
    parentPort!.postMessage({ type: 'examined', index, kind, bytes, version, examination } satisfies Message);
  }
  at[1] = 0;
  parentPort!.postMessage({ type: 'done', inputs, longest } satisfies Message);
}

parentPort!.on('message', (order: Slice | Single) => {
  if (order.type === 'slice') return slice(order);
  at[1] = Date.now();
  const input = { kind: 'single', target: parseTarget(order.target)!, bytes: order.bytes };
  parentPort!.postMessage({ type: 'single', examination: examine(input, true) } satisfies Message);
  at[1] = 0;
});
