// Docstrings as code objects keep them. CPython: Python/compile.c, _PyCompile_CleanDoc().
import type { StrConstant } from '../../constants/values.ts';
import type { CodeGenerator } from './generator.ts';

const TAB_SIZE = 8;

/**
 * A docstring without the indentation that its lines share, as `inspect.cleandoc()` takes it away, but blank lines stay;
 * as it is before 3.13.
 */
export function cleanDoc({ records, dialect }: CodeGenerator, docstring: StrConstant): StrConstant {
  // Lone surrogates do not encode, and the compiler gives up on them: there is no clean form.
  if (!records || !dialect.cleansDocstrings || docstring.codePoints) return docstring;
  const expanded = expandTabs(docstring.value);
  let margin = Infinity;
  const lines = expanded.split('\n');
  for (let i = 1; i < lines.length; i++) {
    const line = lines[i];
    const indentation = indentationOf(line);
    if (indentation < line.length) margin = Math.min(margin, indentation);
  }
  if (margin === Infinity) margin = 0;
  lines[0] = lines[0].slice(indentationOf(lines[0]));
  for (let i = 1; i < lines.length; i++) {
    lines[i] = lines[i].slice(Math.min(margin, indentationOf(lines[i])));
  }
  return { ...docstring, value: lines.join('\n') };
}

function indentationOf(line: string): number {
  let length = 0;
  while (line.charCodeAt(length) === 0x20) length++;
  return length;
}

/** `str.expandtabs()`. Columns are code points, and begin again after `\n` and `\r`. */
function expandTabs(text: string): string {
  if (!text.includes('\t')) return text;
  let result = '';
  let column = 0;
  for (const char of text) {
    if (char === '\t') {
      const width = TAB_SIZE - (column % TAB_SIZE);
      result += ' '.repeat(width);
      column += width;
      continue;
    }
    result += char;
    column = char === '\n' || char === '\r' ? 0 : column + 1;
  }
  return result;
}
