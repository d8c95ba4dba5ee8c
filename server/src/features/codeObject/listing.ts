// Lays out the text of a listing: lines, tables with columns, and beside them where parts of its lines lead to in the
// source, what it can be folded into, and which line is which instruction.
import { visible } from '../../python/text/visible.ts';
import type { Span } from '../../python/locate/path.ts';

/** The listing, and where in the source parts of its lines lead to. */
export interface CodeObjectListing {
  readonly text: string;
  /** In ascending order of lines. */
  readonly links: readonly ListingLink[];
  /** In ascending order of lines; those of kind `line` stand inside the section `instructions`. */
  readonly sections: readonly ListingSection[];
  /** In ascending order of lines. */
  readonly instructions: readonly ListedInstruction[];
}

export interface ListingLink {
  /** Line of the listing, from 0, and columns in it. */
  readonly line: number;
  readonly startCharacter: number;
  readonly endCharacter: number;
  /** UTF-16 offsets in the source. */
  readonly source: Span;
}

/** Lines of the listing that belong together: a table with its head line, or what one line of the source became. */
export interface ListingSection {
  readonly title: string;
  readonly kind: 'section' | 'line';
  /** From 0, both inclusive. */
  readonly startLine: number;
  endLine: number;
}

/** A line of the listing with an instruction. */
export interface ListedInstruction {
  /** From 0. */
  readonly line: number;
  /** Byte in co_code. */
  readonly offset: number;
  /** The source that it comes from, where the tables of the code object tell it: a line of it before 3.11. */
  readonly source: Span | undefined;
}

/** A line of a table: its cells, and where the cell with the name leads to. */
export interface Row {
  readonly cells: readonly string[];
  readonly link?: { readonly cell: number; readonly source: Span } | undefined;
}

/** How wide the columns of tables are that are laid beside each other: what the rows of one have moves none of another. */
const FIXED_WIDTH = 24;
const FIXED_NUMBER_WIDTH = 3;

/** The column in which the values of fields stand. */
const VALUE_COLUMN = 20;
export const INDENT = '    ';

/** A listing in the making. */
export class Listing {
  private readonly lines: string[] = [];
  private readonly links: ListingLink[] = [];
  private readonly sections: ListingSection[] = [];
  private readonly instructions: ListedInstruction[] = [];

  /** With `fixed`, columns are as wide as in every other listing, and a cell that is wider moves its own row only. */
  constructor(private readonly fixed = false) {}

  /** A line, which as a whole leads to `source`. */
  row(line: string, source?: Span): void {
    const text = visible(line);
    if (source) this.link(0, text.length, source);
    this.lines.push(text);
  }

  /** A line in which only a part leads to `source`. */
  partlyLinked(before: string, linked: string, after: string, source: Span | undefined): void {
    const start = visible(before).length;
    if (source) this.link(start, start + visible(linked).length, source);
    this.row(before + linked + after);
  }

  private link(startCharacter: number, endCharacter: number, source: Span): void {
    this.links.push({ line: this.lines.length, startCharacter, endCharacter, source });
  }

  field(name: string, value: string): void {
    this.row(name.padEnd(VALUE_COLUMN) + value);
  }

  /** A field whose value is a table; it can be folded. */
  tuple(name: string, rows: readonly Row[]): void {
    const end = this.begin(name, 'section');
    this.row(name);
    this.table(rows);
    end();
  }

  /** A table with a head line, after an empty one; nothing without rows. */
  section(name: string, rows: readonly Row[]): void {
    if (rows.length === 0) return;
    this.row('');
    this.tuple(name, rows);
  }

  /** What is added until the function returned is called can be folded. */
  begin(title: string, kind: ListingSection['kind']): () => void {
    const section = { title: visible(title), kind, startLine: this.lines.length, endLine: this.lines.length };
    this.sections.push(section);
    return () => (section.endLine = this.lines.length - 1);
  }

  instruction(text: string, offset: number, source: Span | undefined): void {
    this.instructions.push({ line: this.lines.length, offset, source });
    this.row(text);
  }

  /** The number of a row among so many. */
  number(value: number, among: number): string {
    const width = this.fixed ? FIXED_NUMBER_WIDTH : String(Math.max(0, among - 1)).length;
    return String(value).padStart(width);
  }

  /** Indented rows; all cells of a column but the last begin at the same place. */
  table(table: readonly Row[]): void {
    const rows = table.map(({ cells }) => cells.map(visible));
    const widths = this.fixed ? [] : widthsOf(rows);
    rows.forEach((cells, at) => {
      const { link } = table[at];
      let text = INDENT;
      cells.forEach((cell, i) => {
        if (link?.cell === i)
          this.link(
            text.length + (cell.length - cell.trimStart().length),
            text.length + cell.length,
            link.source,
          );
        const width = widths.at(i) ?? (/^ *\d+$/.test(cell) ? FIXED_NUMBER_WIDTH : FIXED_WIDTH);
        text += i + 1 < cells.length ? `${cell.padEnd(width)}  ` : cell;
      });
      this.lines.push(text.trimEnd());
    });
  }

  finish(): CodeObjectListing {
    const { lines, links, sections, instructions } = this;
    return { text: lines.join('\n') + '\n', links, sections, instructions };
  }
}

function widthsOf(rows: readonly (readonly string[])[]): number[] {
  const widths: number[] = [];
  for (const cells of rows) {
    // What a row ends with takes no room from the columns of others.
    for (let i = 0; i + 1 < cells.length; i++) widths[i] = Math.max(widths[i] ?? 0, cells[i].length);
  }
  return widths;
}
