// Which constants reachable code loads, without loading any: what facts of 3.10 and 3.11 need to know which unused
// code objects the optimiser cuts off. CPython 3.11: Python/compile.c, trim_unused_consts().

/** The constants of a unit, by key, in the order in which the code generator adds them. */
export class ReachableConstants {
  private readonly indices = new Map<string, number>();
  private readonly foldedTuples = new Set<string>();
  private lastUsed = 0;

  /** Adds a constant unless it is there; `used` if a reachable instruction loads it. Returns its index. */
  add(key: string, used: boolean): number {
    let index = this.indices.get(key);
    if (index === undefined) this.indices.set(key, (index = this.indices.size));
    if (used) this.use(index);
    return index;
  }

  /** A reachable instruction loads the constant. */
  use(index: number): void {
    if (index > this.lastUsed) this.lastUsed = index;
  }

  /** A tuple that the optimiser makes of constants after code generation, where reachable code builds it. */
  addFoldedTuple(key: string): void {
    this.foldedTuples.add(key);
  }

  /** Whether it stays when the unused constants at the end are cut off. */
  keeps(index: number): boolean {
    for (const key of this.foldedTuples) {
      const folded = this.indices.get(key);
      // A new constant comes after all others.
      if (folded === undefined) return true;
      this.use(folded);
    }
    return index <= this.lastUsed;
  }
}
