// Docstrings in sections: Google's (`Args:` and indented `name (type): text`), NumPy's (underlined `Parameters` and
// `name : type` above indented text), and the lists of CPython's own library (`Keyword arguments:`, `name -- text`).
import { type AddParameter, indentationOf, textOf } from './lines.ts';

const HEAD =
  /^\s*(?:(?:other|keyword|keyword[- ]only|optional|positional|required)\s+)*(?:args|arguments|params|parameters|kwargs)\s*:?\s*$/i;
const UNDERLINE = /^\s*-{3,}\s*$|^\s*={3,}\s*$/;

const NAME = String.raw`\\?\*{0,2}(?:\\\*)*[^\W\d]\w*`;
const NAMES = `${NAME}(?:\\s*,\\s*${NAME})*`;
/** `x`, `x, y`, `x : int, optional`, `x: int` */
const NUMPY_ITEM = new RegExp(`^(${NAMES})(?:\\s*:\\s*(.*))?$`, 'u');
/** `x: text`, `x (int, optional): text`, `- x -- text` */
const ITEM = new RegExp(
  `^(?:[-*+]\\s+)?(${NAMES})\\s*(?:\\((.*?)\\)\\s*)?(?::(?!:)|\\s--?(?=\\s|$))\\s*(.*)$`,
  'u',
);

/** Reads the parameters of every section that is about parameters. */
export function sectionParameters(lines: readonly string[], add: AddParameter): void {
  for (let i = 0; i + 1 < lines.length; i++) {
    if (!HEAD.test(lines[i])) continue;
    const margin = indentationOf(lines[i]);
    if (UNDERLINE.test(lines[i + 1])) i = numpySection(lines, i + 2, margin, add) - 1;
    else if (lines[i].trimEnd().endsWith(':')) i = indentedSection(lines, i + 1, margin, add) - 1;
  }
}

/**
 * What the section about what is returned says that it is: the one item of NumPy's (`x : int`, or the type alone), what
 * stands before the colon of Google's.
 */
export function returnedSection(lines: readonly string[]): string | undefined {
  const head = lines.findIndex(line => /^\s*Returns?\s*:?\s*$/.test(line));
  if (head < 0 || head + 1 >= lines.length) return undefined;
  if (!UNDERLINE.test(lines[head + 1]))
    return /^\s+([\w.`~\[\]]+):\s/.exec(lines[head].trimEnd().endsWith(':') ? lines[head + 1] : '')?.[1];
  const margin = indentationOf(lines[head]);
  const items: string[] = [];
  for (let i = head + 2; i < lines.length && !UNDERLINE.test(lines[i + 1] ?? ''); i++)
    if (indentationOf(lines[i]) === margin) items.push(lines[i].trim());
  if (items.length !== 1) return undefined;
  return /^\w+\s+:\s*(.*)$/.exec(items[0])?.[1] ?? items[0];
}

/** Items at the head's own margin, what is said of them further in; ends before the next underlined head. */
function numpySection(lines: readonly string[], first: number, margin: number, add: AddParameter): number {
  let i = first;
  while (i < lines.length) {
    if (UNDERLINE.test(lines[i + 1] ?? '')) break;
    if (indentationOf(lines[i]) === Infinity) {
      i++;
      continue;
    }
    if (indentationOf(lines[i]) < margin) break;
    const end = itemEnd(lines, i);
    const item = NUMPY_ITEM.exec(lines[i].trim());
    if (item) add(item[1], item[2]?.trim() || undefined, textOf(lines.slice(i + 1, end)));
    i = end;
  }
  return i;
}

/** Items further in than the head, with what is said of them behind a colon or dashes; ends with the indentation. */
function indentedSection(lines: readonly string[], first: number, margin: number, add: AddParameter): number {
  let i = first;
  let own: number | undefined;
  while (i < lines.length) {
    const column = indentationOf(lines[i]);
    if (column === Infinity) {
      i++;
      continue;
    }
    // CPython's library does not always indent its lists.
    if (column < margin || (column === margin && !/\s--\s/.test(lines[i]))) break;
    own ??= column;
    if (column < own) break;
    const end = itemEnd(lines, i);
    const item = ITEM.exec(lines[i].trim());
    if (item) add(item[1], item[2]?.trim() || undefined, textOf([item[3], ...lines.slice(i + 1, end)]));
    i = end;
  }
  return i;
}

/** Where the lines end that are indented further than a line. */
function itemEnd(lines: readonly string[], item: number): number {
  const column = indentationOf(lines[item]);
  let end = item + 1;
  while (end < lines.length && indentationOf(lines[end]) > column) end++;
  return end;
}
