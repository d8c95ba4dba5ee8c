// Text by lines, as inspect gets it from linecache, and what Python's str does about white space.
// CPython: Lib/linecache.py, updatecache(); Objects/unicodeobject.c, expandtabs(), lstrip().

/** What str.isspace() takes for white space. */
const SPACE = '[\\t-\\r\\x1c- \\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]';
const LEADING = new RegExp(`^${SPACE}+`);
const TRAILING = new RegExp(`${SPACE}+$`);

/** The lines of a source, each with a `\n` at its end, whatever it had in the file. */
export function sourceLines(text: string): string[] {
  const lines = text.split(/\r\n|\r|\n/);
  if (lines.at(-1) === '') lines.pop();
  return lines.map(line => `${line}\n`);
}

/** `text.expandtabs()`: blanks up to the next multiple of eight code points. */
export function expandTabs(text: string): string {
  if (!text.includes('\t')) return text;
  let column = 0;
  let result = '';
  for (const character of text) {
    if (character === '\t') {
      const blanks = 8 - (column % 8);
      result += ' '.repeat(blanks);
      column += blanks;
      continue;
    }
    column = character === '\n' || character === '\r' ? 0 : column + 1;
    result += character;
  }
  return result;
}

/** `text.lstrip()`, or `text.lstrip(' ')` */
export const leftStripped = (text: string, anySpace: boolean): string =>
  text.replace(anySpace ? LEADING : /^ +/, '');

/** `text.strip()` */
export const stripped = (text: string): string => text.replace(LEADING, '').replace(TRAILING, '');

/** How far a line is indented, in columns; white space of any kind counts. CPython: inspect.indentsize(). */
export function indentSize(line: string): number {
  const expanded = expandTabs(line);
  return expanded.length - leftStripped(expanded, true).length;
}
