// A SourceError as CPython tells it: the attributes of the exception, and the last lines of its traceback with
// the line and carets under it.
import type { Analysis } from '../python/index.ts';
import { exceptionLine, type ReportedPosition, type SourceError } from '../python/text/syntaxError.ts';

/** `lineno`, `offset`, … of the exception, as far as it has them: from 1, in code points. */
export function reportedPosition(error: SourceError, analysis: Analysis): ReportedPosition {
  const position = error.position ?? positionOf(error, analysis);
  const { lineno, offset, end_lineno, end_offset } = error.inBytes ? inBytes(position, analysis) : position;
  return analysis.target.dialect.compiler.errorEnds
    ? { lineno, offset, end_lineno, end_offset }
    : { lineno, offset };
}

function positionOf({ start, end }: SourceError, analysis: Analysis): ReportedPosition {
  const lineno = analysis.lines.lineno(start);
  const offset = codePointColumn(analysis, lineno, start);
  // The end of a line is a token of its own, even where the file ends without one.
  const { newlineHasWidth } = analysis.target.dialect.grammar;
  if (newlineHasWidth && offset > 1 && end <= start + 1 && isLineEnd(analysis.text, start)) {
    return { lineno, offset, end_lineno: lineno, end_offset: offset + 1 };
  }
  const end_lineno = analysis.lines.lineno(end);
  return { lineno, offset, end_lineno, end_offset: codePointColumn(analysis, end_lineno, end) };
}

/** The same place with columns in bytes. What is behind the end of a line is as many bytes as characters. */
function inBytes(position: ReportedPosition, { text, lines }: Analysis): ReportedPosition {
  if (lines.ascii) return position;
  const bytes = (lineno?: number, column?: number): number | undefined => {
    if (lineno === undefined || column === undefined || column <= 1) return column;
    let at = lines.starts[lineno - 1];
    const end = lines.starts.at(lineno) ?? text.length;
    let before = 0;
    for (let left = column - 1; left > 0; left--) {
      const character = at < end ? text.codePointAt(at)! : 0;
      before += character < 0x80 ? 1 : character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;
      at += character < 0x10000 ? 1 : 2;
    }
    return before + 1;
  };
  const { lineno, offset, end_lineno, end_offset } = position;
  return { lineno, offset: bytes(lineno, offset), end_lineno, end_offset: bytes(end_lineno, end_offset) };
}

const isLineEnd = (text: string, offset: number): boolean =>
  offset === text.length || text[offset] === '\n' || text[offset] === '\r';

/** Code points from a line's start to an offset, from 1. */
function codePointColumn({ text, lines }: Analysis, lineno: number, offset: number): number {
  const start = lines.starts[lineno - 1];
  if (lines.ascii) return offset - start + 1;
  let column = 1;
  for (let i = start; i < offset; i += text.codePointAt(i)! > 0xffff ? 2 : 1) column++;
  return column;
}

/** The exception in the canonical dump: type, msg, and the attributes that are there. */
export function errorRecord(error: SourceError, analysis: Analysis): Record<string, string | number> {
  const { type, msg } = error;
  return { type, msg, ...reportedPosition(error, analysis) };
}

/**
 * What CPython prints when it refuses a file: file and line, the line itself, carets, type and message; without
 * a final newline. CPython: Lib/traceback.py, TracebackException._format_syntax_error().
 */
export function traceback(error: SourceError, analysis: Analysis, filename: string): string {
  const { lineno, offset, end_lineno, end_offset } = reportedPosition(error, analysis);
  const last = exceptionLine(error);
  if (lineno === undefined) return last;
  const head = `  File "${filename}", line ${lineno}`;
  const line = lineOf(analysis, lineno);
  if (line === undefined) return `${head}\n${last}`;
  const shown = line.trimStart();
  const indentation = line.length - shown.length;
  const units = [...shown];
  const result = [head, `    ${shown}`];
  const start = (offset ?? 0) - 1 - indentation;
  if (start >= 0) {
    const from = Math.min(start, units.length);
    const end = end_lineno === lineno ? (end_offset ?? 0) - 1 - indentation : units.length;
    const count = end_lineno === undefined ? 1 : Math.max(1, Math.min(end, units.length) - from);
    // Tabs stay tabs, so that the carets stand where the line has them.
    const before = units.slice(0, from).map(unit => (unit.trim() === '' ? unit : ' '));
    result.push(`    ${before.join('')}${'^'.repeat(count)}`);
  }
  return [...result, last].join('\n');
}

/** A line's text without its end; undefined where there is no such line. */
function lineOf({ text, lines }: Analysis, lineno: number): string | undefined {
  if (lineno < 1 || lineno > lines.starts.length) return undefined;
  const end = lineno < lines.starts.length ? lines.starts[lineno] : text.length;
  return text.slice(lines.starts[lineno - 1], end).replace(/[\r\n]+$/, '');
}
