// Results that are computed once. A computation that meets itself gets nothing, and so do those that need it: their
// results hold for the request alone, so that what is kept does not depend on where somebody began to ask.
import type { Values } from '../values.ts';
import { UNKNOWN } from './unions.ts';

export interface Entry {
  /** While it is being computed: how deep; then -1. */
  depth: number;
  /** The request whose result it is; 0 for good. */
  request: number;
  /** For a result that holds for its request alone: the outermost computation that it has met again. */
  lowest: number;
  /** What of a call it depends on. */
  reads: Reads;
  values: Values;
}

/** What a function's results depend on: bits. */
export enum Reads {
  None = 0,
  Parameters = 1,
  Self = 2,
}

export type Memo<Key> = Map<Key, Entry>;

/** How many computations a request may take, and how deep they may go into each other. */
export interface Budget {
  readonly steps: number;
  readonly depth: number;
}

export const DEFAULT_BUDGET: Budget = { steps: 1500, depth: 60 };

/** Counts what a request uses up, and keeps results. */
export class Memory {
  private request = 1;
  private steps = 0;
  private depth = 0;
  /** The outermost computation that the current one has met again; -1 if the budget was used up. */
  private lowest = Infinity;
  private isOpen = false;
  private reads = Reads.None;

  constructor(private readonly budget: Budget) {}

  get mayGoOn(): boolean {
    return this.steps < this.budget.steps && this.depth < this.budget.depth;
  }

  /** Runs a request with a budget of its own; inside of another one it shares that one's. */
  open<T>(run: () => T): T {
    if (this.isOpen) return run();
    this.isOpen = true;
    this.request++;
    this.steps = 0;
    this.depth = 0;
    this.lowest = Infinity;
    try {
      return run();
    } finally {
      this.isOpen = false;
    }
  }

  /** From 1: of the request that runs, or of the last one. */
  get requestNumber(): number {
    return this.request;
  }

  get stepsTaken(): number {
    return this.steps;
  }

  /** Says what the current computation depends on. */
  read(what: Reads): void {
    this.reads |= what;
  }

  /** `isolated`: what it depends on does not matter to the caller. */
  compute<Key>(memo: Memo<Key>, key: Key, isolated: boolean, compute: () => Values): Values {
    if (!this.isOpen) return this.open(() => this.compute(memo, key, isolated, compute));
    const reads = this.reads;
    this.reads = Reads.None;
    const values = this.computeOnce(memo, key, compute);
    this.reads = isolated ? reads : reads | this.reads;
    return values;
  }

  private computeOnce<Key>(memo: Memo<Key>, key: Key, compute: () => Values): Values {
    const known = memo.get(key);
    if (known) {
      if (known.depth >= 0) {
        this.lowest = Math.min(this.lowest, known.depth);
        return UNKNOWN;
      }
      if (known.request === 0 || known.request === this.request) this.reads = known.reads;
      if (known.request === 0) return known.values;
      if (known.request === this.request) {
        this.lowest = Math.min(this.lowest, known.lowest);
        return known.values;
      }
    }
    if (!this.mayGoOn) {
      this.lowest = -1;
      return UNKNOWN;
    }
    this.steps++;
    const depth = this.depth++;
    const around = this.lowest;
    this.lowest = Infinity;
    const entry: Entry = { depth, request: 0, lowest: Infinity, reads: Reads.None, values: UNKNOWN };
    memo.set(key, entry);
    try {
      entry.values = compute();
    } finally {
      entry.depth = -1;
      entry.reads = this.reads;
      this.depth = depth;
      if (this.lowest < depth) {
        entry.request = this.request;
        entry.lowest = this.lowest;
        this.lowest = Math.min(this.lowest, around);
      } else this.lowest = around;
    }
    return entry.values;
  }
}
