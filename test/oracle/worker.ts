// The process that compares one interpreter: gets a plan from main.ts, sends progress and what it found.
import { compare, type Tally } from './comparison.ts';
import { findInterpreters, type Interpreter } from './interpreters.ts';
import { libraryFolder } from './corpora.ts';
import { corpusSources, SIGNATURES, thinnedOut, twinsFor, type Plan } from './plan.ts';
import { compareSignatures, theirSignatures } from './signatures.ts';

export interface Progress {
  readonly kind: 'progress';
  readonly corpus: string;
  readonly done: number;
  readonly total: number;
  readonly differing: number;
}

/** What came of one corpus. */
export interface Result {
  readonly kind: 'result';
  readonly corpus: string;
  readonly tallies: Record<string, Tally>;
}

export interface Failure {
  readonly kind: 'failure';
  readonly message: string;
}

const PROGRESS_MS = 500;

async function work(interpreter: Interpreter, plan: Plan): Promise<void> {
  const send = (message: Progress | Result | Failure) => process.send!(message);
  const all = await findInterpreters();
  const progressOf = (corpus: string, total: number) => {
    let last = 0;
    return (done: number, differing: number): void => {
      if (Date.now() - last < PROGRESS_MS) return;
      last = Date.now();
      send({ kind: 'progress', corpus, done, total, differing });
    };
  };
  for (const corpus of plan.corpora) {
    const twins = twinsFor(corpus, plan);
    if (twins.length === 0) continue;
    const sources = await corpusSources(corpus, interpreter, all, plan);
    if (sources.length === 0) continue;
    const progress = progressOf(corpus, sources.length);
    const tallies = await compare({ interpreter, sources, twins, drill: plan.drill, progress });
    send({ kind: 'result', corpus, tallies });
  }
  if (plan.twins.includes(SIGNATURES)) {
    const library = await libraryFolder(interpreter, []);
    const records = thinnedOut(await theirSignatures(interpreter), plan);
    const progress = progressOf('stdlib', records.length);
    const tally = compareSignatures({ interpreter, library, records, progress });
    send({ kind: 'result', corpus: 'stdlib', tallies: { [SIGNATURES]: tally } });
  }
}

process.once('message', ({ interpreter, plan }: { interpreter: Interpreter; plan: Plan }) => {
  work(interpreter, plan)
    .catch((error: Error) =>
      process.send!({ kind: 'failure', message: error.stack ?? error.message } satisfies Failure),
    )
    .finally(() => process.disconnect());
});
