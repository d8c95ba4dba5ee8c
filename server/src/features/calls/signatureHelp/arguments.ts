// The call that an offset is in, and its arguments, read from the tokens and not from the tree: a call still being
// typed, unclosed, with any text after it, is as good as a finished one.
import { analyze, type Analysis } from '../../../python/index.ts';
import { tokenize } from '../../../python/tokenizer/tokenize.ts';
import { SoftKeyword, TokenKind, type Tokens } from '../../../python/tokenizer/tokens.ts';
import { TARGETS } from '../../../python/versions/target.ts';
import { calleeBefore, CLOSING, OPENING } from '../../../resolve/callee.ts';
import type { Span } from '../../../python/locate/path.ts';

/** An argument as written: `a`, `*a`, `name=a`, `**a`; `empty` where nothing is written yet. */
export interface Argument {
  readonly type: 'empty' | 'positional' | 'star' | 'keyword' | 'doubleStar';
  /** The keyword, or the name that a positional argument consists of alone. */
  readonly name: string | undefined;
  /** The argument's text, a keyword included. */
  readonly start: number;
  readonly end: number;
}

/** A call or the head of a class, and the argument that the cursor is at. */
export interface CallAt {
  /** What is called; of a class statement its name. */
  readonly callee: Span;
  readonly isClass: boolean;
  /** Behind the parenthesis. */
  readonly open: number;
  /** Whether all brackets around the cursor are closed further on. */
  readonly isClosed: boolean;
  /** Those up to the cursor; all, if the brackets around it are closed. */
  readonly arguments: readonly Argument[];
  /** Index of the argument that the cursor is at. */
  readonly current: number;
}

/** How far a call's parentheses are looked for: nobody writes longer argument lists by hand. */
const MOST_TOKENS = 20_000;

/** Tokens that end a statement or begin one, and so never stand among the arguments of a call. */
const BOUNDARIES: ReadonlySet<TokenKind> = new Set([
  TokenKind.NEWLINE,
  TokenKind.INDENT,
  TokenKind.DEDENT,
  TokenKind.SEMI,
  TokenKind.ENDMARKER,
  TokenKind.ASSERT,
  TokenKind.BREAK,
  TokenKind.CLASS,
  TokenKind.CONTINUE,
  TokenKind.DEF,
  TokenKind.DEL,
  TokenKind.EXCEPT,
  TokenKind.FINALLY,
  TokenKind.GLOBAL,
  TokenKind.IMPORT,
  TokenKind.NONLOCAL,
  TokenKind.PASS,
  TokenKind.RAISE,
  TokenKind.RETURN,
  TokenKind.TRY,
  TokenKind.WHILE,
  TokenKind.WITH,
]);

/** The innermost call whose parentheses an offset is in; undefined if there is none. */
export function callAt(analysis: Analysis, offset: number): CallAt | undefined {
  const word = keywordBefore(analysis, offset);
  if (!word) return callAmong(tokensAround(analysis, offset), analysis.text, offset);
  // `f(def` may become `f(default=`: for now it is a name like any other.
  const spelled = analysis.text.slice(word.start, word.end);
  const name = '_'.repeat(spelled.length);
  const text = analysis.text.slice(0, word.start) + name + analysis.text.slice(word.end);
  const call = callAmong(tokensAround(analyze(text, analysis.target), offset), text, offset);
  const named = call?.arguments.map(argument =>
    argument.name === name ? { ...argument, name: spelled } : argument,
  );
  return call && { ...call, arguments: named ?? [] };
}

/** A keyword that ends at an offset and begins or ends statements. */
function keywordBefore({ tokenized: { tokens } }: Analysis, offset: number): Span | undefined {
  const i = lastBefore(tokens, offset);
  if (i < 0 || tokens.ends[i] !== offset || tokens.starts[i] === offset) return undefined;
  const isWord = BOUNDARIES.has(tokens.kinds[i]) && tokens.kinds[i] >= TokenKind.FALSE;
  return isWord ? { start: tokens.starts[i], end: tokens.ends[i] } : undefined;
}

function callAmong(tokens: Tokens, text: string, offset: number): CallAt | undefined {
  const { kinds, starts, ends } = tokens;
  const last = lastBefore(tokens, offset);
  for (let i = openBefore(kinds, last); i >= 0; i = openBefore(kinds, i - 1)) {
    if (kinds[i] !== TokenKind.LPAR) continue; // only groups: part of an argument further out
    const isClass = classHead(kinds, i);
    const first = isClass ? isClass.name : calleeBefore(tokens, i);
    if (first === undefined) {
      if (isDefinition(kinds, i)) return undefined;
      continue;
    }
    const begin = statementStart(kinds, i);
    if (isPattern(tokens, begin, i)) return undefined;
    const closed = isClosed(kinds, begin, last + 1);
    const callee = { start: starts[first], end: ends[isClass ? first : i - 1] };
    return {
      callee,
      isClass: isClass !== undefined,
      open: ends[i],
      isClosed: closed,
      ...readArguments(text, tokens, i + 1, offset, closed),
    };
  }
  return undefined;
}

// ---- Tokens ------------------------------------------------------------------------------------------------------

/** The tokens; before PEP 701 f-strings are opaque, so within one those of the newest version are taken. */
function tokensAround({ text, tokenized }: Analysis, offset: number): Tokens {
  const { tokens } = tokenized;
  const i = lastBefore(tokens, offset);
  const inString = i >= 0 && tokens.kinds[i] === TokenKind.STRING && offset < tokens.ends[i];
  if (!inString || !/^[rRbBuU]*[fF]/.test(text.slice(tokens.starts[i], tokens.starts[i] + 3))) return tokens;
  return tokenize(text, TARGETS[TARGETS.length - 1].dialect.tokenizer).tokens;
}

/** Index of the last token that begins before an offset, -1 if there is none. */
function lastBefore({ starts, count }: Tokens, offset: number): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (starts[middle] < offset) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Index of the innermost bracket of the statement that is open behind a token, -1 if there is none. */
function openBefore(kinds: Uint8Array, from: number): number {
  let depth = 0;
  for (let i = from; i >= 0 && from - i < MOST_TOKENS; i--) {
    const kind = kinds[i] as TokenKind;
    if (depth === 0 && BOUNDARIES.has(kind)) return -1;
    if (CLOSING.has(kind)) depth++;
    else if (OPENING.has(kind) && --depth < 0) return i;
  }
  return -1;
}

/** Index of the first token of the statement that a token is in. */
function statementStart(kinds: Uint8Array, from: number): number {
  let i = from;
  while (i > 0 && from - i < MOST_TOKENS && !SEPARATORS.has(kinds[i - 1])) i--;
  return i;
}

const SEPARATORS: ReadonlySet<TokenKind> = new Set([
  TokenKind.NEWLINE,
  TokenKind.INDENT,
  TokenKind.DEDENT,
  TokenKind.SEMI,
]);

/**
 * Whether all brackets that are open behind a token of a statement are closed further on. If not, the innermost is
 * the one that is being written, and what follows belongs to those around it.
 */
function isClosed(kinds: Uint8Array, begin: number, next: number): boolean {
  let open = 0;
  for (let i = begin; i < next; i++) {
    if (OPENING.has(kinds[i])) open++;
    else if (CLOSING.has(kinds[i]) && open > 0) open--;
  }
  for (let i = next; open > 0 && i - next < MOST_TOKENS && i < kinds.length; i++) {
    if (BOUNDARIES.has(kinds[i])) return false;
    if (OPENING.has(kinds[i])) open++;
    else if (CLOSING.has(kinds[i])) open--;
  }
  return open === 0;
}

// ---- What a parenthesis belongs to -------------------------------------------------------------------------------

/** Where the name stands in `class C(` and `class C[T](`. */
function classHead(kinds: Uint8Array, parenthesis: number): { readonly name: number } | undefined {
  const name = headName(kinds, parenthesis);
  return kinds[name] === TokenKind.NAME && kinds[name - 1] === TokenKind.CLASS ? { name } : undefined;
}

/** `def f(`, `def f[T](`: parameters. */
const isDefinition = (kinds: Uint8Array, parenthesis: number): boolean =>
  kinds[headName(kinds, parenthesis) - 1] === TokenKind.DEF;

function headName(kinds: Uint8Array, parenthesis: number): number {
  const before = parenthesis - 1;
  return kinds[before] === TokenKind.RSQB ? openBefore(kinds, before - 1) - 1 : before;
}

/** Tokens behind `case` that a call of something named so would not have there. */
const PATTERN_STARTS: ReadonlySet<TokenKind> = new Set([
  TokenKind.NAME,
  TokenKind.NUMBER,
  TokenKind.STRING,
  TokenKind.NONE,
  TokenKind.TRUE,
  TokenKind.FALSE,
  TokenKind.LBRACE,
]);

/** Whether a parenthesis is in the patterns of a `case`, where `Point(x=1)` is no call. */
function isPattern(tokens: Tokens, begin: number, parenthesis: number): boolean {
  const { kinds, values } = tokens;
  if (kinds[begin] !== TokenKind.NAME || values[begin] !== SoftKeyword.CASE || begin === parenthesis - 1) {
    return begin === parenthesis - 1 && values[begin] === SoftKeyword.CASE && isInMatch(tokens, begin);
  }
  if (!PATTERN_STARTS.has(kinds[begin + 1]) && !isInMatch(tokens, begin)) return false;
  let depth = 0;
  for (let i = begin; i < parenthesis; i++) {
    const kind = kinds[i] as TokenKind;
    if (OPENING.has(kind)) depth++;
    else if (CLOSING.has(kind)) depth--;
    // The guard and, on the same line, the body.
    else if (depth === 0 && (kind === TokenKind.IF || kind === TokenKind.COLON)) return false;
  }
  return true;
}

/** Whether the block that a statement is in belongs to a `match`. */
function isInMatch({ kinds, values }: Tokens, begin: number): boolean {
  let depth = 0;
  for (let i = begin - 1; i >= 0 && begin - i < MOST_TOKENS; i--) {
    if (kinds[i] === TokenKind.DEDENT) depth++;
    else if (kinds[i] === TokenKind.INDENT && --depth < 0) {
      const head = statementStart(kinds, i - 2);
      return kinds[head] === TokenKind.NAME && values[head] === SoftKeyword.MATCH;
    }
  }
  return false;
}

// ---- Arguments ---------------------------------------------------------------------------------------------------

/** The arguments from a token on; if the call is not closed, those up to the cursor. */
function readArguments(
  text: string,
  tokens: Tokens,
  first: number,
  offset: number,
  closed: boolean,
): Pick<CallAt, 'arguments' | 'current'> {
  const { kinds, starts, count } = tokens;
  const result: Argument[] = [];
  let current = -1;
  let depth = 0;
  let lambdas = 0;
  let begin = first;
  let i = first;
  const isEnd = (): boolean => i >= count || (!closed && starts[i] >= offset);
  const finish = (): void => {
    if (current < 0 && (isEnd() || starts[i] >= offset)) {
      current = result.length;
      // On a line of its own before the next argument another one is about to be written.
      if (begin < i && starts[begin] > offset && text.slice(offset, starts[begin]).includes('\n')) {
        result.push(readArgument(tokens, begin, begin, offset));
      }
    }
    result.push(readArgument(tokens, begin, i, offset));
    begin = i + 1;
  };
  for (; !isEnd() && i - first < MOST_TOKENS; i++) {
    const kind = kinds[i] as TokenKind;
    const atTop = depth === 0;
    if (atTop && (CLOSING.has(kind) || BOUNDARIES.has(kind))) break;
    if (OPENING.has(kind)) depth++;
    else if (CLOSING.has(kind)) depth--;
    else if (!atTop) continue;
    else if (kind === TokenKind.LAMBDA) lambdas++;
    else if (kind === TokenKind.COLON && lambdas > 0) lambdas--;
    else if (kind === TokenKind.COMMA && lambdas === 0) finish();
  }
  finish();
  if (current < 0) current = result.length - 1;
  return { arguments: result, current };
}

function readArgument(
  { kinds, values, names, starts, ends }: Tokens,
  begin: number,
  end: number,
  offset: number,
): Argument {
  if (begin >= end) return { type: 'empty', name: undefined, start: offset, end: offset };
  const span = { start: starts[begin], end: ends[end - 1] };
  const name = kinds[begin] === TokenKind.NAME ? names[values[begin]] : undefined;
  if (kinds[begin] === TokenKind.STAR) return { type: 'star', name: undefined, ...span };
  if (kinds[begin] === TokenKind.DOUBLESTAR) return { type: 'doubleStar', name: undefined, ...span };
  const isKeyword = name !== undefined && begin + 1 < end && kinds[begin + 1] === TokenKind.EQUAL;
  if (isKeyword) return { type: 'keyword', name, ...span };
  return { type: 'positional', name: begin + 1 === end ? name : undefined, ...span };
}
