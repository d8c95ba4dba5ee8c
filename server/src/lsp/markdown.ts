// Rich texts as Markdown and as plain text: the one place where marks are added, and where what comes from a source is
// kept from meaning anything in Markdown.
import type { RichText, TextBlock, TextSpan } from '../features/richText.ts';

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
  `| ${cells.map(cell => (cell ? cell.map(cellSpan).join('') : ':--')).join(' | ')} |`;

const lineMarkdown = (line: RichText): string => withoutMarker(line.map(spanMarkdown).join(''));

/** At its beginning a line could be an item of a list, or underline the one before it as a heading. */
const withoutMarker = (line: string): string => line.replace(/^(\d+)([.)])|^([-+=])/gm, '$1\\$2$3');

function spanMarkdown({ kind, text }: TextSpan): string {
  switch (kind) {
    case 'code':
      return codeSpan(text);
    case 'strong':
      return `**${escaped(text)}**`;
    case 'text':
      return escaped(text);
  }
}

/** A bar ends a cell even in a code span; behind a backslash it cannot be written in one. */
function cellSpan(span: TextSpan): string {
  if (span.kind === 'code' && span.text.includes('\\|')) return escaped(flat(span.text));
  return spanMarkdown({ ...span, text: flat(span.text) }).replace(/\\?\|/g, '\\|');
}

/** A code span; it survives backticks, blanks at its ends and line breaks. */
function codeSpan(text: string): string {
  const line = flat(text);
  if (line === '') return '';
  let fence = '`';
  while (line.includes(fence)) fence += '`';
  const padded = line.startsWith('`') || line.endsWith('`') || (line.startsWith(' ') && line.endsWith(' '));
  return padded ? `${fence} ${line} ${fence}` : fence + line + fence;
}

const flat = (text: string): string => text.replace(/\s*[\r\n]+\s*/g, ' ');

/** A text as Markdown that shows it; line breaks are blanks. */
function escaped(text: string): string {
  return text.replace(/[ \t]*\n[ \t]*/g, '\n').replace(/[\\`*_[\]<>|~&$#]/g, '\\$&');
}

function blockText(block: TextBlock): string {
  const line = (spans: RichText): string => spans.map(({ text }) => text).join('');
  switch (block.type) {
    case 'paragraph':
      return block.lines.map(line).join('\n');
    case 'list':
      return block.items.map((item, i) => `${i + 1}. ${line(item)}`).join('\n');
    case 'table':
      return block.rows.map(cells => cells.map(line).join(': ')).join('\n');
  }
}
