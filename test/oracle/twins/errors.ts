// Errors: whether a source compiles, and what the exception says if it does not.
import { errorRecord } from '../../../server/src/cli/syntaxError.ts';
import type { Twin } from './twin.ts';

export const errorsTwin: Twin = {
  name: 'errors',
  script: 'errors',

  ours(analysis) {
    const error = analysis.errors[0];
    if (!error) return ['null', 1];
    const record = errorRecord(error, analysis);
    return [asciiJson(Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)))), 1];
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

/** JSON as Python's json.dumps() writes it, with everything beyond ASCII escaped. */
const asciiJson = (value: unknown): string =>
  JSON.stringify(value).replace(/[\u007f-\uffff]/g, unit =>
    unit === '\x7f' ? unit : `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
