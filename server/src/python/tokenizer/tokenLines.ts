// The lines that `python -m tokenize -e` prints, one for each token, from tokens as places in lines.
import { reprString } from '../text/repr.ts';

/** What the tokenize module has found of a source; if it refuses the source, it prints nothing but the error. */
export interface TokenizeModuleResult {
  /** The lines of all tokens. */
  readonly text: string;
  /** What follows the file's name and a colon in the complaint. */
  readonly error?: string;
}

/** A refusal of the tokenize module: line from 1, column as it reports it; neither if it concerns the encoding. */
export interface TokenizeModuleError {
  readonly message: string;
  readonly lineno?: number;
  readonly column?: number;
}

/** Text of a source by its lines, as readline() gives them: only `\n` ends a line. Offsets are UTF-16. */
export class PhysicalLines {
  private readonly starts: number[] = [0];
  /** By line: whether it has characters of two code units, once somebody has asked; 0 not asked, 1 no, 2 yes. */
  private readonly astral: Uint8Array;
  // The last column that was asked for, so that many on one long line are not counted from its start each time.
  private lastLine = -1;
  private lastOffset = 0;
  private lastColumn = 0;

  constructor(readonly text: string) {
    for (let i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) this.starts.push(i + 1);
    if (this.starts.length > 1 && this.starts.at(-1) === text.length) this.starts.pop();
    this.astral = new Uint8Array(this.starts.length);
  }

  get count(): number {
    return this.starts.length;
  }

  start(line: number): number {
    return this.starts[line] ?? this.text.length;
  }

  /** The line from 0 that holds an offset. `near` is a line at or before it, where to begin to look. */
  lineOf(offset: number, near: number): number {
    let line = near;
    while (line + 1 < this.starts.length && this.starts[line + 1] <= offset) line++;
    return line;
  }

  /** Code points between the start of a line from 0 and an offset in or after it. */
  column(line: number, offset: number): number {
    const start = this.start(line);
    if (this.astral[line] === 0) {
      const end = this.start(line + 1);
      this.astral[line] = 1;
      for (let i = start; i < end && this.astral[line] === 1; i++) {
        if ((this.text.charCodeAt(i) & 0xf800) === 0xd800) this.astral[line] = 2;
      }
    }
    if (this.astral[line] !== 2) return offset - start;
    if (this.lastLine !== line || this.lastOffset > offset) {
      this.lastLine = line;
      this.lastOffset = start;
      this.lastColumn = 0;
    }
    for (let i = this.lastOffset; i < offset; i++) {
      const paired =
        (this.text.charCodeAt(i) & 0xfc00) === 0xdc00 && (this.text.charCodeAt(i - 1) & 0xfc00) === 0xd800;
      if (!paired) this.lastColumn++;
    }
    this.lastOffset = offset;
    return this.lastColumn;
  }
}

/** Collects the printed lines of tokens. */
export class TokenLines {
  private readonly lines: string[] = [];

  constructor(private readonly unicode: number) {}

  /** A token: its exact type, its text, and where it begins and ends; lines from 1, columns from 0 in code points. */
  add(type: string, text: string, line: number, column: number, endLine: number, endColumn: number): void {
    const range = `${line},${column}-${endLine},${endColumn}:`;
    this.lines.push(`${range.padEnd(20)}${type.padEnd(15)}${padded(reprString(text, this.unicode))}`);
  }

  /** An exception that the module does not reckon with. */
  unexpected(message: string): TokenizeModuleResult {
    return { text: '', error: ` unexpected error: ${message}` };
  }

  result(error?: TokenizeModuleError): TokenizeModuleResult {
    if (!error) return { text: this.lines.map(line => `${line}\n`).join('') };
    const { message, lineno, column } = error;
    return { text: '', error: `${lineno === undefined ? '' : `${lineno}:${column}:`} error: ${message}` };
  }
}

const WIDTH = 15;

/** Filled up to the column's width, which counts code points. */
function padded(text: string): string {
  return text.length >= 2 * WIDTH ? text : text + ' '.repeat(Math.max(0, WIDTH - Array.from(text).length));
}
