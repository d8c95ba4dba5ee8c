// Commands that answer for each file by itself: several files at a time in worker threads (`--jobs`), or only a part of
// the files (`--shard`). The output is in the order of the files, however many threads there are.
import { visibleLines } from '../python/text/visible.ts';
import { ExitCode, UsageError, type CommandIO } from './command.ts';
import { places, type Unreadable } from './inputs.ts';
import { readCount } from './options.ts';
import type { Answer, Batch, Place, Shard, Workers } from './perFile.ts';

/** The options of such commands; for the `options` of readOptions(). */
export const BATCH_OPTIONS = { jobs: { type: 'string', short: 'j' }, shard: { type: 'string' } } as const;

export const BATCH_HELP = `  -j, --jobs N      work on N files at a time, in threads; 0 for one thread per processor; 1 if not given
  --shard I/N       take only the I-th of N parts of the files, to spread them over machines`;

/** What the options mean; throws UsageError. */
export function readBatchOptions(values: {
  readonly jobs?: string | undefined;
  readonly shard?: string | undefined;
}): Pick<Batch, 'jobs' | 'shard'> {
  const jobs = readCount('--jobs', values.jobs) ?? 1;
  if (jobs > MOST_JOBS) throw new UsageError(`--jobs takes a number up to ${MOST_JOBS}`);
  const parts = /^(\d{1,6})\/(\d{1,6})$/.exec(values.shard ?? '1/1');
  const [index, of] = parts ? [Number(parts[1]), Number(parts[2])] : [0, 0];
  if (index < 1 || index > of)
    throw new UsageError(`--shard takes I/N with 1 <= I <= N, not '${values.shard}'`);
  return { jobs, shard: { index: index - 1, of } };
}

const MOST_JOBS = 256;

/** How many files for each thread may be waiting at once. */
const AHEAD = 8;

/** Without `--jobs`, a batch of more files than this goes on in a thread: threads have memory for long work. */
const FEW = 40;

/** Runs a batch. `name` and `args` are the command line from which each worker makes its own batch. */
export async function runBatch(
  name: string,
  args: readonly string[],
  batch: Batch,
  io: CommandIO,
): Promise<ExitCode> {
  let workers = batch.jobs === 1 ? undefined : io.workers?.(batch.jobs, name, args);
  const counts = new Map<string, number>();
  let code = ExitCode.Ok;
  let count = 0;
  let asked = 0;
  const waiting: { readonly location: string; readonly answer: Promise<Answer> }[] = [];
  const next = async (): Promise<void> => {
    const { location, answer } = waiting.shift()!;
    const { ok, out, complaints, kind } = await answer;
    if (++count > 1) io.progress?.(`${count}: ${visibleLines(location)}`);
    if (kind !== undefined) counts.set(kind, (counts.get(kind) ?? 0) + 1);
    if (!ok) code = ExitCode.Input;
    for (const line of complaints) io.complain(line);
    if (out !== '') await io.write(out);
  };
  try {
    for await (const place of shardOf(places(pathsOf(batch), io, batch.wanted), batch.shard)) {
      if (++asked > FEW) workers ??= io.workers?.(1, name, args);
      const answer = answerTo(place, batch, workers);
      // next() awaits it and gets the error; until then it must not count as unhandled.
      answer.catch(() => undefined);
      waiting.push({ location: place.location, answer });
      if (waiting.length >= (workers ? AHEAD * Math.max(batch.jobs, 2) : 1)) await next();
    }
    while (waiting.length > 0) await next();
  } finally {
    workers?.end();
  }
  if (count > 1) io.progress?.('');
  for (const line of batch.summary?.(counts) ?? []) io.complain(line);
  return code;
}

const pathsOf = ({ paths }: Batch): readonly string[] => (paths.length === 0 ? ['-'] : paths);

async function* shardOf<Item>(items: AsyncIterable<Item>, { index, of }: Shard): AsyncGenerator<Item> {
  let at = 0;
  for await (const item of items) if (at++ % of === index) yield item;
}

function answerTo(place: Place | Unreadable, batch: Batch, workers: Workers | undefined): Promise<Answer> {
  if ('problem' in place) return Promise.resolve(unreadable(place));
  return workers ? workers.answer(place) : Promise.resolve().then(() => batch.answer(place));
}

/** The answer to a path that leads nowhere. */
export const unreadable = ({ location, problem }: Unreadable): Answer => ({
  ok: false,
  out: '',
  complaints: [`colens: ${location}: ${problem}`],
  kind: 'unreadable',
});
