// The process that compares one interpreter: gets a plan from main.ts, sends progress and what it found.
import { compare, type Tally } from './comparison.ts';
import { findInterpreters, type Interpreter } from './interpreters.ts';
import { corpusSources, twinsFor, type Plan } from './plan.ts';

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
  for (const corpus of plan.corpora) {
    const sources = await corpusSources(corpus, interpreter, all, plan);
    if (sources.length === 0) continue;
    let last = 0;
    const tallies = await compare({
      interpreter,
      sources,
      twins: twinsFor(corpus, plan),
      drill: plan.drill,
      progress(done, differing) {
        if (Date.now() - last < PROGRESS_MS) return;
        last = Date.now();
        send({ kind: 'progress', corpus, done, total: sources.length, differing });
      },
    });
    send({ kind: 'result', corpus, tallies });
  }
}

process.once('message', ({ interpreter, plan }: { interpreter: Interpreter; plan: Plan }) => {
  work(interpreter, plan)
    .catch((error: Error) =>
      process.send!({ kind: 'failure', message: error.stack ?? error.message } satisfies Failure),
    )
    .finally(() => process.disconnect());
});
