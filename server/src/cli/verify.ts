// `colens verify`: whether .pyc files are what their sources compile to. Nothing of them is run.
import fs from 'node:fs';
import path from 'node:path';
import { verify as verdictOf, type Compilation, type Verdict } from '../features/verify/verify.ts';
import { readPyc, type Pyc } from '../python/code/marshal/pyc.ts';
import type { OptimizationLevel } from '../python/index.ts';
import { BATCH_HELP, BATCH_OPTIONS, readBatchOptions, runBatch, unreadable } from './batch.ts';
import { UsageError, type Command } from './command.ts';
import { attempt, onDisk, read, readPlace } from './inputs.ts';
import { readOptions } from './options.ts';
import type { Answer, Batch, Place, Wanted } from './perFile.ts';
import { headerRecord, problemText } from './pycHeader.ts';
import { sourceName } from './pycPath.ts';
import { mtimeOf } from './sourceTime.ts';

const WANTED: Wanted = { suffix: '.pyc', skippedFolders: new Set(), what: '.pyc files' };

const LEVELS: readonly OptimizationLevel[] = [0, 1, 2];

export const verify: Command = {
  name: 'verify',
  summary: 'whether .pyc files are what their sources compile to',
  help: `usage: colens verify [OPTION]... PATH...

Compiles the source of each .pyc file, for the version that wrote it, in every patch level that compiles differently
and at each level of -O, and compares every field of every code object. Nothing in a file is run. A line for
each file says:

  match       the file is what its source compiles to (in the newest patch level for which that is so)
  stale       the header does not fit the source as it is now; an import would compile it again
  differs     the file is not what its source compiles to; the first difference follows
  no source   no source is where PEP 3147 expects it
  corrupt     not a .pyc file of CPython 3.8 to 3.15, or a damaged one
  unknown     the source is too long to be compiled

  --source PATH     the source, or the directory whose sources are laid out as the .pyc files in PATH
  --json            a line of JSON for each file
  -q, --quiet       no lines for files that match
  --strict          exit code 1 unless all match
${BATCH_HELP}

PATH is a file, a directory (every .pyc below it) or @FILE (a list of paths, one a line). Exit code 1 if any differs, is
corrupt or cannot be read.`,

  batch,
  run: (args, io) => runBatch('verify', args, batch(args), io),
};

interface Options {
  readonly source: string | undefined;
  readonly json: boolean;
  readonly quiet: boolean;
  readonly strict: boolean;
}

function batch(args: readonly string[]): Batch {
  const { values, positionals } = readOptions(args, {
    ...BATCH_OPTIONS,
    source: { type: 'string' },
    json: { type: 'boolean' },
    quiet: { type: 'boolean', short: 'q' },
    strict: { type: 'boolean' },
  });
  if (positionals.length === 0) throw new UsageError('no PATH');
  const options: Options = {
    source: values.source,
    json: values.json ?? false,
    quiet: values.quiet ?? false,
    strict: values.strict ?? false,
  };
  return {
    paths: positionals,
    wanted: WANTED,
    ...readBatchOptions(values),
    answer: place => answer(place, options),
    summary: counts => (options.json ? [] : [summaryOf(counts)]),
  };
}

/** What is said of a file. */
interface Report {
  readonly status: Verdict['status'] | 'no source' | 'corrupt';
  readonly reason?: string | undefined;
  readonly as?: Compilation | undefined;
  readonly source?: string | undefined;
  readonly pyc?: Pyc | undefined;
  readonly difference?: object | undefined;
  readonly offset?: number;
}

function answer(place: Place, options: Options): Answer {
  const input = readPlace(place);
  if ('problem' in input) return unreadable(input);
  const report = reportOf(place, input.bytes, options);
  const { status } = report;
  const ok = status === 'match' || (!options.strict && status !== 'differs' && status !== 'corrupt');
  const isShown = !(options.quiet && status === 'match');
  const out = isShown ? (options.json ? jsonOf(place, report) : lineOf(place, report)) : '';
  return { ok, out, complaints: [], kind: status };
}

function reportOf(place: Place, bytes: Uint8Array, options: Options): Report {
  const pyc = readPyc(bytes);
  if ('error' in pyc) return { status: 'corrupt', reason: problemText(pyc.error), offset: pyc.error.offset };
  const { source: file, level } = sourceOf(place, options);
  const source = read(file, file);
  if ('problem' in source)
    return { status: 'no source', reason: `${file}: ${source.problem}`, source: file, pyc };
  const stat = attempt(() => fs.statSync(onDisk(file), { bigint: true }));
  const mtime = 'value' in stat ? mtimeOf(stat.value) : undefined;
  const levels = level === undefined ? LEVELS : [level, ...LEVELS.filter(each => each !== level)];
  return { ...verdictOf(pyc, { bytes: source.bytes, mtime }, levels), source: file, pyc };
}

/** The source of a .pyc file, and the level of -O that its name tells. */
function sourceOf(
  { name, location }: Place,
  { source }: Options,
): { source: string; level?: OptimizationLevel | undefined } {
  const named = sourceName(location);
  if (source === undefined) return named ?? { source: location.replace(/\.[^.]*$/, '.py') };
  if (!(fs.statSync(onDisk(source), { throwIfNoEntry: false })?.isDirectory() ?? false))
    return { ...named, source };
  const below = sourceName(name === location ? path.basename(location) : name);
  return { level: named?.level, source: path.join(source, below?.source ?? path.basename(name)) };
}

const shown = ({ target, optimize }: Compilation): string =>
  `CPython ${target.version}${optimize === 0 ? '' : optimize === 1 ? ' -O' : ' -OO'}`;

function lineOf({ location }: Place, { status, reason, as }: Report): string {
  if (status === 'match') return `${location}: match: ${shown(as!)}\n`;
  const still = status === 'stale' && as ? `; its code is still that of the source: ${shown(as)}` : '';
  return `${location}: ${status}: ${reason}${still}\n`;
}

function jsonOf({ name }: Place, { status, reason, as, source, pyc, difference, offset }: Report): string {
  const record = {
    file: name,
    status,
    source,
    ...(pyc && headerRecord(pyc)),
    as: as && { version: as.target.version, optimize: as.optimize },
    reason,
    difference,
    offset,
  };
  return `${JSON.stringify(record)}\n`;
}

const ORDER = ['match', 'stale', 'differs', 'no source', 'corrupt', 'unknown', 'unreadable'];

function summaryOf(counts: ReadonlyMap<string, number>): string {
  const all = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const parts = ORDER.flatMap(kind => (counts.has(kind) ? [`${counts.get(kind)} ${kind}`] : []));
  return `${all} ${all === 1 ? 'file' : 'files'}: ${parts.join(', ')}`;
}
