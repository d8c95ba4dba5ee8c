// Errors: whether a source compiles, and what the exception says if it does not.
import { asciiJson } from '../../../server/src/python/code/dump.ts';
import { errorRecord } from '../../../server/src/cli/syntaxError.ts';
import type { DifferenceClass } from '../comparison.ts';
import type { Twin } from './twin.ts';

const ACCEPTED = 'accepted, refused by CPython';
const REFUSED = 'refused, accepted by CPython';

/** What the class begins with of a source at which a pass of ours throws. */
const THROWN = 'thrown';

/** In which way two verdicts differ, worst first: the first thing that is not the same. */
type Level =
  typeof THROWN | typeof ACCEPTED | typeof REFUSED | 'type' | 'line' | 'message' | 'column' | 'end';

export const errorsTwin: Twin = {
  name: 'errors',
  script: 'errors',
  always: true,

  ours(analysis) {
    const error = analysis.errors[0];
    return asciiJson(error ? errorRecord(error, analysis) : null);
  },

  compare(ours, theirs) {
    const [a, b] = [ours, theirs].map(text => JSON.parse(text) as Exception | null);
    return [{ class: `${levelOf(a, b)}: ${b?.msg ?? a?.msg}`, where: 'the file', ours, theirs }];
  },
};

interface Exception {
  readonly type: string;
  readonly msg: string;
  readonly lineno?: number;
  readonly offset?: number;
}

function levelOf(ours: Exception | null, theirs: Exception | null): Level {
  if (!ours) return ACCEPTED;
  if (!theirs) return REFUSED;
  if (ours.type !== theirs.type) return 'type';
  if (ours.lineno !== theirs.lineno) return 'line';
  if (ours.msg !== theirs.msg) return 'message';
  return ours.offset === theirs.offset ? 'end' : 'column';
}

/** In how many sources both sides agree. */
export interface Agreement {
  readonly verdict: number;
  /** Sources that both refuse; the other counts are of these. */
  readonly refused: number;
  readonly typeAndLine: number;
  /** Type, line and words. */
  readonly message: number;
  readonly everything: number;
}

/** Reads what compare() counted: all sources, those that CPython refuses, and the classes of differences. */
export function agreement(
  files: number,
  refused: number,
  classes: Readonly<Record<string, DifferenceClass>>,
): Agreement {
  const counts = new Map<string, number>();
  for (const [name, { count }] of Object.entries(classes)) {
    const level = name.slice(0, name.indexOf(':'));
    counts.set(level, (counts.get(level) ?? 0) + count);
  }
  const differing = (...levels: Level[]): number =>
    levels.reduce((sum, level) => sum + (counts.get(level) ?? 0), 0);
  const both = refused - differing(ACCEPTED, THROWN);
  const typeAndLine = both - differing('type', 'line');
  const message = typeAndLine - differing('message');
  return {
    verdict: files - differing(ACCEPTED, REFUSED, THROWN),
    refused: both,
    typeAndLine,
    message,
    everything: message - differing('column', 'end'),
  };
}
