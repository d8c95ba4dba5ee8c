// From nodes to the locations that instructions carry: lines, and columns in UTF-8 bytes. The last answer is kept, as
// most nodes give several instructions in a row. CPython: LOC() in Python/compile.c.
import { UnaryOp, type Attribute } from '../../ast/expressions.ts';
import type { Node } from '../../ast/nodes.ts';
import type { ReportedPlace } from '../../ast/reportedPlace.ts';
import type { LineIndex } from '../../text/lineIndex.ts';
import type { Place } from '../unit/frameBlocks.ts';
import { Location, NO_LOCATION } from '../unit/location.ts';
import { comparisonUnderNot } from '../../ast/invertedComparisons.ts';

type Span = Pick<Node, 'start' | 'end'>;

/** The start of a definition, for what no part of it gives: RESUME, the first lines of a class body. */
export const startOfLine = (lineno: number): Location => new Location(lineno, lineno, 0, 0);

export class Locator {
  private last: Place | null = null;
  private lastLocation = NO_LOCATION;

  constructor(
    readonly lines: LineIndex,
    private readonly reported: ReadonlyMap<object, ReportedPlace>,
    /** `not (a in b)` is a comparison, and is where that is. */
    private readonly invertsComparisons: boolean,
  ) {}

  /** The location of a place. */
  of(place: Place): Location {
    if (place === this.last) return this.lastLocation;
    if (place instanceof Location) return place;
    const location = this.make(this.remaining(place));
    this.last = place;
    this.lastLocation = location;
    return location;
  }

  /** The node that the AST optimiser leaves where `node` was, as far as that is elsewhere. */
  private remaining(node: Span): Span {
    if (!this.invertsComparisons || !(node instanceof UnaryOp)) return node;
    return comparisonUnderNot(node) ?? node;
  }

  private make(place: Span): Location {
    const reported = this.reported.size > 0 ? this.reported.get(place) : undefined;
    if (reported) {
      return new Location(reported.lineno, reported.end_lineno, reported.col_offset, reported.end_col_offset);
    }
    const { lines } = this;
    const { start, end } = place;
    const { starts } = lines;
    const lineno = lines.lineno(start);
    const endLineno = lineno < starts.length && end >= starts[lineno] ? lines.lineno(end) : lineno;
    if (lines.ascii) {
      return new Location(lineno, endLineno, start - starts[lineno - 1], end - starts[endLineno - 1]);
    }
    return new Location(lineno, endLineno, lines.columnIn(lineno, start), lines.columnIn(endLineno, end));
  }

  /** Where CPython places a node, if not at its true place. */
  reportedPlace(node: object): ReportedPlace | undefined {
    return this.reported.get(node);
  }

  /** From where one node begins to where another ends. */
  span(first: Node, last: Node): Location {
    const from = this.of(first);
    const to = this.of(last);
    return new Location(from.lineno, to.endLineno, from.colOffset, to.endColOffset);
  }

  /** The line that CPython gives a node: the true one, or what 3.8 to 3.11 make of nodes in f-strings. */
  lineno(node: Node): number {
    const place = this.remaining(node);
    return (
      (this.reported.size > 0 ? this.reported.get(place) : undefined)?.lineno ??
      this.lines.lineno(place.start)
    );
  }

  private endLineno(node: Node): number {
    return this.reported.size > 0 ? this.of(node).endLineno : this.lines.lineno(node.end);
  }

  /**
   * A location whose start moves to the attribute's name where that stands in another line. `length` is the name's in
   * code points. CPython: update_start_location_to_match_attr().
   */
  fromName(at: Place, attribute: Attribute): Location {
    const location = this.of(at);
    if (location.lineno === this.endLineno(attribute)) return location;
    const { endLineno, endColOffset } = this.of(attribute);
    const length = codePointCount(attribute.attr);
    const fits = length <= endColOffset;
    const colOffset = fits ? endColOffset - length : -1;
    const lastColumn = fits ? location.endColOffset : -1;
    const lastLine = Math.max(endLineno, location.endLineno);
    return new Location(
      endLineno,
      lastLine,
      colOffset,
      lastLine === endLineno ? Math.max(colOffset, lastColumn) : lastColumn,
    );
  }
}

function codePointCount(text: string): number {
  let count = text.length;
  for (let i = 0; i < text.length; i++) if ((text.charCodeAt(i) & 0xfc00) === 0xdc00) count--;
  return count;
}
