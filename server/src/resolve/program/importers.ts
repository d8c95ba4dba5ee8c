// Who has looked a module up: what may depend on it, and on what depends on it in turn.

export class Importers {
  /** Path → paths of the modules that have asked for it; `everybody` where it is not known which have. */
  private readonly direct = new Map<string, Set<string>>();
  private readonly everybody = new Set<string>();

  /** Says that a module has been found, by an import in another one if that is known. */
  add(path: string, from: string | undefined): void {
    if (from === undefined) {
      this.everybody.add(path);
      return;
    }
    const known = this.direct.get(path);
    if (known) known.add(from);
    else this.direct.set(path, new Set([from]));
  }

  /** The paths of a module and of all that may depend on it; undefined if that may be anything. */
  of(path: string): ReadonlySet<string> | undefined {
    const found = new Set([path]);
    // A set that grows is gone through to its end.
    for (const each of found) {
      if (this.everybody.has(each)) return undefined;
      for (const from of this.direct.get(each) ?? []) found.add(from);
    }
    return found;
  }

  clear(): void {
    this.direct.clear();
    this.everybody.clear();
  }
}
