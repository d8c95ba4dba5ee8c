// How much longer passes and features take when a text grows: the exponent of time over size, from the least time of
// several runs at each of four sizes. Time is the processor's, so that a busy machine changes little.
import { parseTarget } from '../../server/src/python/versions/target.ts';
import { STEPS, subjectOf } from '../fuzz/steps.ts';
import { randomNumbers } from '../oracle/mutations.ts';
import type { Shape } from './shapes.ts';

/** The largest exponent that passes. What is linear is measured as up to that much: caches are not endless. */
export const MOST_EXPONENT = 1.3;

const SIZES = 4;
const RUNS = 3;
/** Measured again that often where the exponent is too large: what slows one run down is rarely there in all. */
const AGAIN = 3;
/** Shorter times tell nothing. */
const LEAST_MS = 4;
const OFFSETS = 12;

export interface Measured {
  readonly sizes: readonly number[];
  /** Of everything, milliseconds by size. */
  readonly times: readonly number[];
  /** Of everything; 0 where it takes no time to speak of. */
  readonly exponent: number;
  /** The step with the largest exponent among those that take a good part of the time. */
  readonly step: string;
  readonly stepExponent: number;
}

/** Measures a shape at `n`, 2 `n`, 4 `n` and 8 `n`. */
export function measure(shape: Shape, n: number, version: string): Measured {
  const sizes = Array.from({ length: SIZES }, (_, i) => n << i);
  const texts = sizes.map(size => Buffer.from(shape(size)));
  const steps = Object.keys(STEPS);
  const least = new Map(steps.map(step => [step, sizes.map(() => Infinity)]));
  run(texts[0], version); // compiles what is hot
  for (let again = 0; ; again++) {
    for (let i = 0; i < RUNS; i++) {
      texts.forEach((text, size) => {
        for (const [step, took] of run(text, version)) {
          const times = least.get(step)!;
          times[size] = Math.min(times[size], took);
        }
      });
    }
    const result = judged(sizes, least);
    if (again === AGAIN || Math.max(result.exponent, result.stepExponent) <= MOST_EXPONENT) return result;
  }
}

function judged(sizes: readonly number[], least: ReadonlyMap<string, readonly number[]>): Measured {
  const times = sizes.map((_, i) => [...least.values()].reduce((sum, each) => sum + each[i], 0));
  const total = times[times.length - 1];
  let [step, stepExponent] = ['', 0];
  for (const [name, each] of least) {
    const exponent = each[each.length - 1] > total / 5 ? exponentOf(sizes, each) : 0;
    if (exponent > stepExponent) [step, stepExponent] = [name, exponent];
  }
  return { sizes, times, exponent: exponentOf(sizes, times), step, stepExponent };
}

/** The slope of the line through the logarithms, by least squares, over the times that tell something. */
export function exponentOf(sizes: readonly number[], times: readonly number[]): number {
  const points = sizes.flatMap((size, i) =>
    times[i] >= LEAST_MS ? [[Math.log(size), Math.log(times[i])] as const] : [],
  );
  if (points.length < 2) return 0;
  const mean = (index: 0 | 1): number => points.reduce((sum, point) => sum + point[index], 0) / points.length;
  const [x, y] = [mean(0), mean(1)];
  let [above, below] = [0, 0];
  for (const [px, py] of points) {
    above += (px - x) * (py - y);
    below += (px - x) ** 2;
  }
  return above / below;
}

/** Every step once; the milliseconds of processor time that it took. */
function run(bytes: Uint8Array, version: string): Map<string, number> {
  const times = new Map<string, number>();
  const subject = subjectOf(
    { kind: 'shape', target: parseTarget(version)!, bytes },
    OFFSETS,
    randomNumbers(bytes.length),
  );
  for (const [name, step] of Object.entries(STEPS)) {
    const begun = process.cpuUsage();
    step(subject);
    const { user, system } = process.cpuUsage(begun);
    times.set(name, (user + system) / 1000);
  }
  return times;
}
