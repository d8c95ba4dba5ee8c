// One input through all steps: what was thrown, and how long it took.
import { randomNumbers } from '../oracle/mutations.ts';
import type { FuzzInput } from './inputs.ts';
import { STEPS, type Subject, subjectOf } from './steps.ts';

/** Something that must not be. */
export interface Finding {
  readonly step: string;
  /** The same for findings with the same cause, as far as one can tell. */
  readonly signature: string;
  readonly stack: string;
}

export interface Examination {
  readonly findings: readonly Finding[];
  /** Of processor time. */
  readonly milliseconds: number;
  readonly slowestStep: string;
}

/** An input that takes longer is looked at again: the machine may have been busy. */
export const TOO_LONG_MS = 1000;

const OFFSETS = 6;
/** Small texts are asked about everywhere, so that what was found at some offset is found again in a part of it. */
const OFFSETS_OF_SMALL = 200;

/** Steps that take long are run on one input in so many: more inputs find more than more steps. */
const ONE_IN: Readonly<Record<string, number>> = {
  typing: 8,
  show: 4,
  inspect: 4,
  'bytecode with -OO': 3,
  'signature help': 3,
  hover: 3,
  'call diagnostics': 3,
  'ast dump': 2,
  'pass texts': 4,
  'flow graph': 4,
  pyc: 2,
  stack: 2,
  lines: 2,
};

/** Runs the steps, every one if `everywhere`; they go on after one that threw. */
export function examine(input: FuzzInput, everywhere = false): Examination {
  const findings: Finding[] = [];
  const begun = process.cpuUsage();
  let slowest = { step: '', took: -1 };
  const attempt = <Result>(step: string, run: () => Result): Result | undefined => {
    const before = performance.now();
    try {
      return run();
    } catch (error) {
      findings.push(findingOf(step, error));
      return undefined;
    } finally {
      const took = performance.now() - before;
      if (took > slowest.took) slowest = { step, took };
    }
  };
  const random = randomNumbers(input.bytes.length);
  const subject = attempt<Subject>('decode', () =>
    subjectOf(input, everywhere ? OFFSETS_OF_SMALL : OFFSETS, random),
  );
  if (subject) {
    for (const [name, step] of Object.entries(STEPS))
      if (everywhere || random(ONE_IN[name] ?? 1) === 0) attempt(name, () => step(subject));
  }
  const { user, system } = process.cpuUsage(begun);
  return { findings, milliseconds: (user + system) / 1000, slowestStep: slowest.step };
}

/** The error and where it was thrown; a stack that overflowed, where it went round and round. */
function findingOf(step: string, thrown: unknown): Finding {
  const { name, message, stack = '' } = thrown instanceof Error ? thrown : new Error(String(thrown));
  const frames = stack
    .split('\n')
    .filter(line => line.includes('/server/src/'))
    .map(line => /at (?:new )?(\S+) .*?\/server\/src\/(\S+?):/.exec(line)?.slice(1).join(' ') ?? line.trim());
  const place = message.includes('call stack') ? [...new Set(frames)].sort().slice(0, 1) : frames.slice(0, 2);
  const words = message.replace(/\d+/g, 'N').split('\n', 1)[0].slice(0, 100);
  return { step, signature: [step, name, words, ...place].join(' · '), stack };
}
