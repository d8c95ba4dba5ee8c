// What CPython takes a character for, by the version of Unicode that it has. A host's own \p{…} and normalize()
// follow the host's version, which is why the tables are ours.
import { PRINTABLE, UNICODE_VERSIONS, WORD, XID_CONTINUE, XID_START } from './unicode.generated.ts';

/** A property of characters, in each version of Unicode that a target has. */
class Property {
  /** By version: the code points where the property begins to hold and ends to, in turn. */
  private readonly boundaries: (readonly number[])[] = [];

  constructor(private readonly changes: readonly string[]) {}

  has(codePoint: number, version: number): boolean {
    const boundaries = this.boundariesOf(version);
    let low = 0;
    let high = boundaries.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (boundaries[middle] <= codePoint) low = middle + 1;
      else high = middle;
    }
    return (low & 1) === 1;
  }

  /** Each version's table says where it differs from the one before: such a point comes in or goes out. */
  private boundariesOf(version: number): readonly number[] {
    const known = this.boundaries[version] as readonly number[] | undefined;
    if (known) return known;
    const points = new Set<number>();
    for (const change of this.changes.slice(0, version + 1)) {
      let point = 0;
      for (const step of change ? change.split(' ') : []) {
        point += parseInt(step, 36);
        if (!points.delete(point)) points.add(point);
      }
    }
    const boundaries = [...points].sort((a, b) => a - b);
    this.boundaries[version] = boundaries;
    return boundaries;
  }
}

const xidStart = new Property(XID_START);
const xidContinue = new Property(XID_CONTINUE);
const word = new Property(WORD);
const printable = new Property(PRINTABLE);

/** What a version of Unicode is called in the functions here: its place among the targets' versions. */
export function unicodeVersion(name: string): number {
  return UNICODE_VERSIONS.indexOf(name);
}

/** Whether an identifier can begin with a character. */
export const isIdentifierStart = (codePoint: number, version: number): boolean =>
  xidStart.has(codePoint, version);

/** Whether an identifier can go on with a character. */
export const isIdentifierPart = (codePoint: number, version: number): boolean =>
  xidContinue.has(codePoint, version);

/** Whether `\w` of CPython's re module matches a character. */
export const isWordCharacter = (codePoint: number, version: number): boolean => word.has(codePoint, version);

/** CPython's `str.isprintable()` of a character. */
export const isPrintable = (codePoint: number, version: number): boolean => printable.has(codePoint, version);
