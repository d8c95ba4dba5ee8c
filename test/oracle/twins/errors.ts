// Errors: whether a source compiles, and what the exception says if it does not.
import { asciiJson } from '../../../server/src/python/code/dump.ts';
import { errorRecord } from '../../../server/src/cli/syntaxError.ts';
import type { Twin } from './twin.ts';

export const errorsTwin: Twin = {
  name: 'errors',
  script: 'errors',

  ours(analysis) {
    const error = analysis.errors[0];
    return asciiJson(error ? errorRecord(error, analysis) : null);
  },

  compare(ours, theirs) {
    const [a, b] = [ours, theirs].map(text => JSON.parse(text) as Error | null);
    const level = agreement(a, b);
    const side =
      level !== 'verdict' ? '' : a ? ' (refused, accepted by CPython)' : ' (accepted, refused by CPython)';
    return [{ class: `${level}${side}: ${b?.msg ?? a?.msg}`, where: 'the file', ours, theirs }];
  },
};

interface Error {
  readonly type: string;
  readonly msg: string;
  readonly lineno?: number;
  readonly offset?: number;
}

/** How far two verdicts agree, worst first; what is named is the first thing that is not the same. */
export const LEVELS = ['verdict', 'type', 'line', 'message', 'column', 'end'] as const;
export type Level = (typeof LEVELS)[number];

function agreement(ours: Error | null, theirs: Error | null): Level {
  if (!ours || !theirs) return 'verdict';
  if (ours.type !== theirs.type) return 'type';
  if (ours.lineno !== theirs.lineno) return 'line';
  if (ours.msg !== theirs.msg) return 'message';
  return ours.offset === theirs.offset ? 'end' : 'column';
}
