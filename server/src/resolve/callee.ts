// What a parenthesis calls: the expression that ends right before it, found among the tokens, so that text around it
// may be as broken as it likes while somebody types. Any expression will do that can be called without parentheses
// around it, CPython's `primary`.
import { NodeKind } from '../python/ast/kinds.ts';
import type { Call, Expression } from '../python/ast/expressions.ts';
import { analyze, type Analysis } from '../python/index.ts';
import { TokenKind, type Tokens } from '../python/tokenizer/tokens.ts';
import type { Target } from '../python/versions/target.ts';
import { type Span, pathTo } from '../python/locate/path.ts';

/** How many tokens a callee is followed back: nobody writes longer ones by hand. */
const MOST_TOKENS = 20_000;

/** Longer texts are not parsed again at every stroke. */
const MOST_TEXT = 100_000;

export const OPENING: ReadonlySet<TokenKind> = new Set([TokenKind.LPAR, TokenKind.LSQB, TokenKind.LBRACE]);
export const CLOSING: ReadonlySet<TokenKind> = new Set([TokenKind.RPAR, TokenKind.RSQB, TokenKind.RBRACE]);

/** Tokens that a primary can end with, brackets aside. */
const ATOM_ENDS: ReadonlySet<TokenKind> = new Set([
  TokenKind.NAME,
  TokenKind.NUMBER,
  TokenKind.STRING,
  TokenKind.FSTRING_END,
  TokenKind.TSTRING_END,
  TokenKind.ELLIPSIS,
  TokenKind.NONE,
  TokenKind.TRUE,
  TokenKind.FALSE,
]);

const endsPrimary = (kind: TokenKind | undefined): boolean =>
  kind !== undefined && (ATOM_ENDS.has(kind) || CLOSING.has(kind));

/**
 * Index of the token that the callee before a parenthesis begins with; undefined where the parenthesis calls nothing:
 * it groups, makes a tuple, or belongs to a def or class.
 */
export function calleeBefore({ kinds }: Tokens, parenthesis: number): number | undefined {
  let i = parenthesis - 1;
  if (!endsPrimary(kinds[i])) return undefined;
  for (;;) {
    const start = atomStart(kinds, i);
    if (start === undefined || parenthesis - start > MOST_TOKENS) return undefined;
    const before = kinds[start - 1] as TokenKind | undefined;
    if (CLOSING.has(kinds[i]) && kinds[i] !== TokenKind.RBRACE && endsPrimary(before)) {
      i = start - 1; // arguments or a subscript: what they belong to
    } else if (before === TokenKind.DOT && endsPrimary(kinds[start - 2])) {
      i = start - 2;
    } else {
      return before === TokenKind.DEF || before === TokenKind.CLASS ? undefined : start;
    }
  }
}

/** Where a bracket was opened, a string or several side by side begin; other tokens are on their own. */
function atomStart(kinds: Uint8Array, end: number): number | undefined {
  let start = end;
  for (;;) {
    const kind = kinds[start] as TokenKind;
    let first = start;
    if (CLOSING.has(kind)) return matching(kinds, start, OPENING, CLOSING);
    if (kind === TokenKind.FSTRING_END || kind === TokenKind.TSTRING_END) {
      const begin = matching(kinds, start, STRING_STARTS, STRING_ENDS);
      if (begin === undefined) return undefined;
      first = begin;
    } else if (kind !== TokenKind.STRING) return start;
    if (!STRING_ENDS.has(kinds[first - 1]) && kinds[first - 1] !== TokenKind.STRING) return first;
    start = first - 1;
  }
}

const STRING_STARTS: ReadonlySet<TokenKind> = new Set([TokenKind.FSTRING_START, TokenKind.TSTRING_START]);
const STRING_ENDS: ReadonlySet<TokenKind> = new Set([TokenKind.FSTRING_END, TokenKind.TSTRING_END]);

/** Where that was opened which a token closes. */
function matching(
  kinds: Uint8Array,
  end: number,
  opening: ReadonlySet<TokenKind>,
  closing: ReadonlySet<TokenKind>,
): number | undefined {
  let depth = 0;
  for (let i = end; i >= 0 && end - i < MOST_TOKENS; i--) {
    if (closing.has(kinds[i])) depth++;
    else if (opening.has(kinds[i]) && --depth === 0) return i;
  }
  return undefined;
}

/**
 * The callee that stands at a place, to be evaluated in the block there: the tree's node if the tree has the call,
 * else the text parsed on its own (its offsets are not the file's). Undefined if the text is no expression.
 */
export function calleeExpression(analysis: Analysis, { start, end }: Span): Expression | undefined {
  const { text, target } = analysis;
  for (const { node } of pathTo(analysis, start)) {
    if (node.kind === NodeKind.Call && isCallee(node, start, end, text)) return node.func;
  }
  return parseExpression(text.slice(start, end), target);
}

/** A text as an expression, with offsets of its own; undefined if it is none. In parentheses it may span lines. */
export function parseExpression(text: string, target: Target): Expression | undefined {
  if (text.length > MOST_TEXT) return undefined;
  const { module, errors } = analyze(`(${text})`, target).parsed;
  const [statement] = module.body;
  if (errors.length > 0 || module.body.length !== 1 || statement.kind !== NodeKind.Expr) return undefined;
  return statement.value;
}

/** Whether a call's callee is all that stands between two offsets, parentheses around it aside. */
const isCallee = ({ func }: Call, start: number, end: number, text: string): boolean =>
  start <= func.start &&
  func.end <= end &&
  /^[\s(]*$/.test(text.slice(start, func.start)) &&
  /^[\s)]*$/.test(text.slice(func.end, end));
