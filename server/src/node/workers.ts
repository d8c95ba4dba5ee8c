// Threads that answer for files as a call of a command does: the program's own script again, which sees that it runs in
// a thread.
import os from 'node:os';
import { parentPort, Worker, workerData } from 'node:worker_threads';
import type { Answer, Place, Workers } from '../cli/perFile.ts';

/** A call whose files a thread answers for. */
export interface Call {
  readonly command: string;
  readonly args: readonly string[];
}

interface Question {
  readonly id: number;
  readonly place: Place;
}

interface Reply {
  readonly id: number;
  readonly answer: Answer;
}

/** Starts threads; `script` is that of the program, 0 threads are one for each processor. */
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
    this.worker = new Worker(script, { workerData: call });
    this.worker.on('message', ({ id, answer }: Reply) => {
      this.waiting.get(id)!.resolve(answer);
      this.waiting.delete(id);
    });
    this.worker.on('error', (error: Error) => {
      this.failure = error;
      for (const { reject } of this.waiting.values()) reject(error);
    });
  }

  /** How many answers are being waited for. */
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

/** In a thread: answers until it is ended. `answersOf` makes of a call what answers. */
export function answerInThread(answersOf: (call: Call) => (place: Place) => Answer): void {
  const answer = answersOf(workerData as Call);
  parentPort!.on('message', ({ id, place }: Question) => {
    parentPort!.postMessage({ id, answer: answer(place) } satisfies Reply);
  });
}
