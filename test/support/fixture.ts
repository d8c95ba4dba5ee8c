// Fixtures that read like documentation: a Python text in which `$0` marks the cursor and a line of `^^^` underlines
// part of the line above it.

export interface Fixture {
  /** The text without the marks. */
  readonly text: string;
  /** Where `$0` was, UTF-16 offset; -1 without one. */
  readonly cursor: number;
  /** The underlined parts, in order, as text of the source. */
  readonly underlined: readonly { readonly start: number; readonly end: number }[];
}

/** Reads a fixture; a first empty line and the indentation that all lines share are no part of it. */
export function fixture(marked: string): Fixture {
  const lines = dedent(marked).split('\n');
  let text = '';
  let lineStart = 0;
  const underlined: { start: number; end: number }[] = [];
  let cursor = -1;
  for (const line of lines) {
    if (/^ *\^+ *$/.test(line)) {
      const start = lineStart + line.indexOf('^');
      underlined.push({ start, end: start + line.trim().length });
      continue;
    }
    lineStart = text.length;
    const at = line.indexOf('$0');
    if (at >= 0) cursor = lineStart + at;
    text += `${at >= 0 ? line.slice(0, at) + line.slice(at + 2) : line}\n`;
  }
  return { text: text.slice(0, -1), cursor, underlined };
}

/** A template literal as a text of its own: without the first line break, the shared indentation and the last line. */
export function dedent(text: string): string {
  const lines = text.replace(/^\n/, '').split('\n');
  const indents = lines.filter(line => line.trim() !== '').map(line => line.length - line.trimStart().length);
  const shared = indents.length > 0 ? Math.min(...indents) : 0;
  const dedented = lines.map(line => line.slice(shared));
  if (dedented.at(-1)?.trim() === '') dedented[dedented.length - 1] = '';
  return dedented.join('\n');
}
