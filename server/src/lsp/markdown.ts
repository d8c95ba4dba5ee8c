// Rich texts as Markdown and as plain text: the one place where marks are added, and where what comes from a source is
// kept from meaning anything in Markdown. A span stays on its line, shows what is not to be seen (python/text/visible.ts),
// and ends where it ends.
import type { RichText, TextBlock, TextSpan } from '../features/richText.ts';
import { visible } from '../python/text/visible.ts';

/** Blocks as Markdown (CommonMark and the tables of GitHub's). */
export const toMarkdown = (blocks: readonly TextBlock[]): string => blocks.map(blockMarkdown).join('\n\n');

/** Blocks for clients that show no Markdown. */
export const toPlainText = (blocks: readonly TextBlock[]): string => blocks.map(blockText).join('\n\n');

function blockMarkdown(block: TextBlock): string {
  switch (block.type) {
    case 'paragraph':
      return block.lines.map(lineMarkdown).join('  \n');
    case 'list':
      return block.items.map(item => `1. ${lineMarkdown(item)}`).join('\n');
    case 'table':
      return [block.head, block.head.map(() => undefined), ...block.rows].map(rowMarkdown).join('\n');
  }
}

const rowMarkdown = (cells: readonly (RichText | undefined)[]): string =>
  `| ${cells.map(cell => (cell ? merged(cell).map(cellSpan).join('') : ':--')).join(' | ')} |`;

const lineMarkdown = (line: RichText): string => withoutMarker(merged(line).map(spanMarkdown).join(''));

/** The fences of two pieces of code that touch would be taken for one: they are one piece. */
function merged(line: RichText): RichText {
  const spans: TextSpan[] = [];
  for (const span of line) {
    const last = spans.at(-1);
    if (span.text === '') continue;
    if (last && last.kind === span.kind) {
      spans[spans.length - 1] = { kind: last.kind, text: last.text + span.text };
    } else spans.push(span);
  }
  return spans;
}

/** At its beginning a line could be code, an item of a list, or underline the one before it as a heading or table. */
const withoutMarker = (line: string): string =>
  line.trimStart().replace(/^(\d+)([.)])|^([-+=:])/, '$1\\$2$3');

function spanMarkdown(span: TextSpan): string {
  const text = spanText(span);
  switch (span.kind) {
    case 'code':
      return codeSpan(text);
    case 'strong':
      return strong(text);
    case 'text':
      return escaped(text);
  }
}

/** A bar ends a cell even in a code span; behind a backslash it cannot be written in one. */
function cellSpan(span: TextSpan): string {
  if (span.kind === 'code' && span.text.includes('\\|')) return escaped(spanText(span));
  return spanMarkdown(span).replace(/\\?\|/g, '\\|');
}

/** The text of a span on one line. In words, the ends of lines are blanks. */
const spanText = ({ kind, text }: TextSpan): string =>
  visible(kind === 'code' ? text : text.replace(/\s*[\r\n]+\s*|\t/g, ' '));

/** Stars with blanks inside of them mark nothing, and with nothing else draw a line. */
function strong(text: string): string {
  const words = text.trim();
  return words === '' ? text : text.replace(words, () => `**${escaped(words)}**`);
}

/** A code span; it survives backticks and blanks at its ends. */
function codeSpan(line: string): string {
  let fence = '`';
  while (line.includes(fence)) fence += '`';
  const padded = line.startsWith('`') || line.endsWith('`') || (line.startsWith(' ') && line.endsWith(' '));
  return padded ? `${fence} ${line} ${fence}` : fence + line + fence;
}

/** A text of one line as Markdown that shows it. Addresses, too, are no links but text. */
const escaped = (text: string): string =>
  text.replace(/[\\`*_[\]<>|~&$#@]|:(?=\/)|\/(?=\/)|(?<=www)\./gi, '\\$&');

function blockText(block: TextBlock): string {
  const line = (spans: RichText): string => spans.map(spanText).join('');
  switch (block.type) {
    case 'paragraph':
      return block.lines.map(line).join('\n');
    case 'list':
      return block.items.map((item, i) => `${i + 1}. ${line(item)}`).join('\n');
    case 'table':
      return block.rows.map(cells => cells.map(line).join(': ')).join('\n');
  }
}
