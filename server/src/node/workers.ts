// Worker threads for commands with --jobs. Each runs the program's own script, which finds that it runs in a thread and
// answers for the files that it is sent.
import os from 'node:os';
import { parentPort, Worker, workerData } from 'node:worker_threads';
import type { Answer, Place, Workers } from '../cli/perFile.ts';

/** The command line that a thread works for. */
export interface Call {
  readonly command: string;
  readonly args: readonly string[];
}

/**
 * Megabytes of each of the halves between which short-lived objects move. A compiler makes and drops many at a time, and
 * with the 16 of Node's default it spends a sixth of its time on moving those of one file.
 */
export const SEMI_SPACE_MB = 64;

/** V8 gives the halves this part of the young generation. */
const YOUNG_GENERATION = 3 * SEMI_SPACE_MB;

interface Question {
  readonly id: number;
  readonly place: Place;
}

interface Reply {
  readonly id: number;
  readonly answer: Answer;
}

/** Starts `count` threads, or if that is 0 one for each processor. `script` is the program's own. */
export function startWorkers(script: URL, count: number, call: Call): Workers {
  const threads = Array.from(
    { length: count === 0 ? os.availableParallelism() : count },
    () => new Thread(script, call),
  );
  return {
    answer: place => threads.reduce((a, b) => (b.load < a.load ? b : a)).answer(place),
    end: () => threads.forEach(thread => thread.end()),
  };
}

class Thread {
  private readonly worker: Worker;
  private readonly waiting = new Map<
    number,
    { resolve: (answer: Answer) => void; reject: (error: Error) => void }
  >();
  private next = 0;
  private failure: Error | undefined;

  constructor(script: URL, call: Call) {
    this.worker = new Worker(script, {
      workerData: call,
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_GENERATION },
    });
    this.worker.on('message', ({ id, answer }: Reply) => {
      this.waiting.get(id)!.resolve(answer);
      this.waiting.delete(id);
    });
    this.worker.on('error', (error: Error) => {
      this.failure = error;
      for (const { reject } of this.waiting.values()) reject(error);
    });
  }

  /** How many answers are still to come. */
  get load(): number {
    return this.waiting.size;
  }

  answer(place: Place): Promise<Answer> {
    if (this.failure) return Promise.reject(this.failure);
    return new Promise((resolve, reject) => {
      const id = this.next++;
      this.waiting.set(id, { resolve, reject });
      this.worker.postMessage({ id, place } satisfies Question);
    });
  }

  end(): void {
    void this.worker.terminate();
  }
}

/** Runs in a thread, and answers until the thread is ended. `answersOf` makes the answering function from a command line. */
export function answerInThread(answersOf: (call: Call) => (place: Place) => Answer): void {
  const answer = answersOf(workerData as Call);
  parentPort!.on('message', ({ id, place }: Question) => {
    parentPort!.postMessage({ id, answer: answer(place) } satisfies Reply);
  });
}
