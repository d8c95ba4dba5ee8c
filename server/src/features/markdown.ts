// Pieces of Markdown, safe for any text of a program: code spans and tables.

/** A code span; it survives backticks, and blanks at its ends. */
export function code(text: string): string {
  if (!text.includes('`')) return `\`${text}\``;
  let fence = '``';
  while (text.includes(fence)) fence += '`';
  return `${fence} ${text} ${fence}`;
}

/** A table with a line for each row; cells are Markdown. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  // A bar ends a cell even in a code span.
  const line = (cells: readonly string[]): string =>
    `| ${cells.map(cell => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => ':--')), ...rows.map(line)].join('\n');
}

/** Source text on one line, cut off where it gets long. */
export function excerpt(text: string, most = 48): string {
  const flat = text.replace(/\s*[\r\n]+\s*/g, ' ');
  if (flat.length <= most) return flat;
  const cut = flat.slice(0, most - 1);
  // Half of a surrogate pair is no character.
  return `${/[\ud800-\udbff]$/.test(cut) ? cut.slice(0, -1) : cut}…`;
}
