// Docstrings as code objects keep them. CPython: Python/compile.c, _PyCompile_CleanDoc().
import { NodeKind } from '../../ast/kinds.ts';
import type { Node, Statement } from '../../ast/nodes.ts';
import { strOfCodePoints } from '../../constants/literals.ts';
import { ConstantType, type StrConstant } from '../../constants/values.ts';
import { Op } from '../../versions/opcodes/op.generated.ts';
import { MESSAGES } from '../messages.ts';
import { ScopeType } from '../unit/description.ts';
import { Location } from '../unit/location.ts';
import type { CodeGenerator } from './generator.ts';

const TAB_SIZE = 8;

/** The docstring of a body, if it begins with one. CPython: _PyAST_GetDocString(). */
export function docstringOf(body: readonly Statement[]): StrConstant | undefined {
  const first = body.length > 0 ? body[0] : undefined;
  if (first?.kind !== NodeKind.Expr || first.value.kind !== NodeKind.Constant) return undefined;
  return first.value.value.type === ConstantType.Str ? first.value.value : undefined;
}

/**
 * The statement that a body begins with once `-OO` has taken its docstring out of the tree, which it does from 3.14 on.
 * CPython: astfold_body().
 */
export function firstInTree({ dialect, optimize }: CodeGenerator, body: readonly Statement[]): Statement {
  const isStripped = optimize >= 2 && dialect.stripsDocstringsFromTree && body.length > 1;
  return isStripped && docstringOf(body) ? body[1] : body[0];
}

/**
 * The docstring `at` without the indentation that its lines share, as `inspect.cleandoc()` takes it away, but blank
 * lines stay; as it is before 3.13. CPython cleans it in UTF-8, which lone surrogates do not have: that refuses the file.
 */
export function cleanDoc(g: CodeGenerator, docstring: StrConstant, at: Node): StrConstant {
  if (!g.dialect.cleansDocstrings) return docstring;
  const { codePoints } = docstring;
  if (codePoints) {
    const { start, end } = at;
    if (g.learns)
      g.errors.push({ type: 'UnicodeEncodeError', msg: unencodable(codePoints), start, end, position: {} });
    return docstring;
  }
  if (!g.records) return docstring;
  const expanded = expandTabs(docstring.value);
  const value = withoutMargin(expanded.slice(blanksFrom(expanded, 0)), marginOf(expanded));
  return { ...docstring, value };
}

/** How many blanks all lines but the first begin with; lines of blanks alone do not count. */
function marginOf(text: string): number {
  let margin = Infinity;
  for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', end + 1)) {
    const indentation = blanksFrom(text, end + 1);
    const after = end + 1 + indentation;
    if (after < text.length && text.charCodeAt(after) !== 0x0a) margin = Math.min(margin, indentation);
  }
  return margin === Infinity ? 0 : margin;
}

function blanksFrom(text: string, start: number): number {
  let at = start;
  while (text.charCodeAt(at) === 0x20) at++;
  return at - start;
}

/** What finds a margin of so many blanks, or fewer in lines that have no more. */
const margins = new Map<number, RegExp>();

function withoutMargin(text: string, margin: number): string {
  if (margin === 0) return text;
  let found = margins.get(margin);
  if (!found) margins.set(margin, (found = new RegExp(`\n {1,${margin}}`, 'g')));
  return text.replace(found, '\n');
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

const isSurrogate = (point: number): boolean => (point & ~0x7ff) === 0xd800;

/** What the codec says of the first lone surrogates of a text; they are counted after `str.expandtabs()`. */
function unencodable(codePoints: readonly number[]): string {
  const at = codePoints.findIndex(isSurrogate);
  let last = at;
  while (last + 1 < codePoints.length && isSurrogate(codePoints[last + 1])) last++;
  const before = Array.from(expandTabs(strOfCodePoints(codePoints.slice(0, at)).value)).length;
  return MESSAGES.unencodable(codePoints[at], before, before + last - at);
}

const PASS_LENGTH = 'pass'.length;

const isFunction = ({ unit: { type } }: CodeGenerator): boolean =>
  type === ScopeType.Function || type === ScopeType.AsyncFunction;

/**
 * The statements of a body, without the docstring if it has one that is no statement. A body that `-OO` leaves empty
 * gets a `pass`, from 3.14 on, where the docstring began. CPython: stmt_seq_remove_item().
 */
export function visitWithoutDocstring(
  g: CodeGenerator,
  body: readonly Statement[],
  hasDocstring: boolean,
): void {
  const { dialect, optimize } = g;
  const isStripped = hasDocstring && optimize >= 2;
  if (isStripped && g.records && body.length === 1 && dialect.stripsDocstringsFromTree) {
    const { lineno, colOffset } = g.locator.of(body[0]);
    g.emit.op(Op.NOP, 0, new Location(lineno, lineno, colOffset, colOffset + PASS_LENGTH));
  }
  const isVisited = g.records && isFunction(g) && dialect.visitsDocstrings;
  const isStatement = isVisited || (isStripped && dialect.strippedDocstringsKeepLines);
  for (let i = hasDocstring && !isStatement ? 1 : 0; i < body.length; i++) g.statement(body[i]);
}
