// Signature help: the call that the cursor is in, the inspect.Signature of what it calls, and the parameter that the
// argument under the cursor goes to. Calls are found among the tokens and not in the tree, so that a call still being
// typed, unclosed, with any text after it, is as good as a finished one.
import type { Callable, Callee } from '../resolve/sameFile.ts';
import { callablesOf } from '../resolve/sameFile.ts';
import { entryAt, type Span } from '../resolve/nodes.ts';
import type { Analysis } from '../python/index.ts';
import { ParameterKind } from '../python/inspect/parameter.ts';
import { type Signature, signatureText } from '../python/inspect/signature.ts';
import { tokenize } from '../python/tokenizer/tokenize.ts';
import { TokenKind, type Tokens } from '../python/tokenizer/tokens.ts';
import { TARGETS } from '../python/versions/target.ts';

export interface SignatureAt {
  /** `f(a, b: int = 1) -> str` */
  readonly label: string;
  /** Where the parameters stand in the label. */
  readonly parameters: readonly Span[];
  /** Index of the parameter that the argument under the cursor is bound to; undefined where none takes it. */
  readonly activeParameter: number | undefined;
  /** What the signature leaves open. */
  readonly documentation: string | undefined;
}

/** The signatures of the callables that the call around an offset can mean, the likeliest first; empty if none is known. */
export function signatureHelp(analysis: Analysis, offset: number): SignatureAt[] {
  const tokens = tokensAround(analysis, offset);
  const call = callAround(tokens, offset, analysis.text);
  if (!call) return [];
  const entry = entryAt(analysis, call.start);
  return callablesOf(analysis, call.callee, entry, offset).map(callable => toSignature(callable, call));
}

function toSignature({ name, signature, caveats }: Callable, call: CallAt): SignatureAt {
  const { text, spans } = signatureText(signature);
  return {
    label: name + text,
    parameters: spans.map(({ start, end }) => ({ start: name.length + start, end: name.length + end })),
    activeParameter: activeParameter(signature, call),
    documentation:
      caveats.length > 0 ? `As defined; ${caveats.join(', ')} may change what a call takes.` : undefined,
  };
}

// ---- The call ----------------------------------------------------------------------------------------------------

/** An argument as written: `a`, `*a`, `name=a`, `**a`; `empty` where nothing is written yet. */
interface Argument {
  readonly type: 'empty' | 'positional' | 'star' | 'keyword' | 'doubleStar';
  /** The keyword, or the name that a positional argument consists of alone. */
  readonly name: string | undefined;
}

/** A call that an offset is in: between its parentheses. */
interface CallAt {
  readonly callee: Callee;
  /** Where the callee begins. */
  readonly start: number;
  readonly arguments: readonly Argument[];
  /** Index of the argument that the offset is at. */
  readonly current: number;
}

/** The tokens; before PEP 701 f-strings are opaque, so within one those of the newest version are taken. */
function tokensAround(analysis: Analysis, offset: number): Tokens {
  const { tokens } = analysis.tokenized;
  const index = lastBefore(tokens, offset);
  const inString = index >= 0 && tokens.kinds[index] === TokenKind.STRING && offset < tokens.ends[index];
  if (
    !inString ||
    !/^[rRbBuU]*[fF]/.test(analysis.text.slice(tokens.starts[index], tokens.starts[index] + 3))
  ) {
    return tokens;
  }
  return tokenize(analysis.text, TARGETS[TARGETS.length - 1].dialect.tokenizer).tokens;
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

/** How far back a call's parenthesis is looked for: nobody writes longer argument lists by hand. */
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

const OPENING: ReadonlySet<TokenKind> = new Set([TokenKind.LPAR, TokenKind.LSQB, TokenKind.LBRACE]);
const CLOSING: ReadonlySet<TokenKind> = new Set([TokenKind.RPAR, TokenKind.RSQB, TokenKind.RBRACE]);

/** The innermost call whose argument list an offset is in. */
function callAround(tokens: Tokens, offset: number, text: string): CallAt | undefined {
  const last = lastBefore(tokens, offset);
  if (last < 0) return undefined;
  let depth = 0;
  for (let i = last; i >= 0 && last - i < MOST_TOKENS; i--) {
    const kind = tokens.kinds[i] as TokenKind;
    if (depth === 0 && BOUNDARIES.has(kind)) return undefined;
    if (CLOSING.has(kind)) depth++;
    else if (OPENING.has(kind) && depth > 0) depth--;
    else if (kind === TokenKind.LPAR) {
      const callee = calleeBefore(tokens, i);
      // Parentheses, brackets and braces that only group are part of an argument further out.
      if (callee) return { ...callee, ...readArguments(tokens, i + 1, offset, text) };
      if (isDefinition(tokens, i)) return undefined;
    }
  }
  return undefined;
}

/** `def f(` or `class C(`. */
function isDefinition({ kinds }: Tokens, parenthesis: number): boolean {
  const before = kinds[parenthesis - 2] as TokenKind | undefined;
  return before === TokenKind.DEF || before === TokenKind.CLASS;
}

/** What stands before a parenthesis, if it can be called: `a`, `a.b`, `a(…).b`. */
function calleeBefore(tokens: Tokens, parenthesis: number): { callee: Callee; start: number } | undefined {
  const { kinds, values, names, starts } = tokens;
  const i = parenthesis - 1;
  if (i < 0) return undefined;
  if (kinds[i] === TokenKind.NAME) {
    const name = names[values[i]];
    if (kinds[i - 1] !== TokenKind.DOT) {
      if (kinds[i - 1] === TokenKind.DEF || kinds[i - 1] === TokenKind.CLASS) return undefined;
      return { callee: { type: 'name', name }, start: starts[i] };
    }
    const value = calleeBefore(tokens, i - 1);
    return value && { callee: { type: 'attribute', value: value.callee, attr: name }, start: value.start };
  }
  if (kinds[i] !== TokenKind.RPAR) return undefined;
  let depth = 0;
  for (let j = i; j >= 0 && i - j < MOST_TOKENS; j--) {
    const kind = kinds[j] as TokenKind;
    if (CLOSING.has(kind)) depth++;
    else if (OPENING.has(kind) && --depth === 0) {
      const func = kind === TokenKind.LPAR ? calleeBefore(tokens, j) : undefined;
      return func && { callee: { type: 'call', func: func.callee }, start: func.start };
    }
  }
  return undefined;
}

/** The arguments from a token on; those after the offset only if the call is closed. */
function readArguments(
  tokens: Tokens,
  first: number,
  offset: number,
  text: string,
): Pick<CallAt, 'arguments' | 'current'> {
  const { kinds, starts, count } = tokens;
  const result: Argument[] = [];
  let current = -1;
  let depth = 0;
  let lambdas = 0;
  let begin = first;
  let i = first;
  const finish = (): void => {
    if (current < 0 && (starts[i] >= offset || i >= count)) {
      current = result.length;
      // On a line of its own before the next argument another one is about to be written.
      if (begin < i && starts[begin] > offset && text.slice(offset, starts[begin]).includes('\n')) {
        result.push(readArgument(tokens, begin, begin));
      }
    }
    result.push(readArgument(tokens, begin, i));
    begin = i + 1;
  };
  for (; i < count && i - first < MOST_TOKENS; i++) {
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
  const closed = i < count && kinds[i] === TokenKind.RPAR;
  return { arguments: closed ? result : result.slice(0, current + 1), current };
}

function readArgument({ kinds, values, names }: Tokens, begin: number, end: number): Argument {
  if (begin >= end) return { type: 'empty', name: undefined };
  const name = kinds[begin] === TokenKind.NAME ? names[values[begin]] : undefined;
  if (kinds[begin] === TokenKind.STAR) return { type: 'star', name: undefined };
  if (kinds[begin] === TokenKind.DOUBLESTAR) return { type: 'doubleStar', name: undefined };
  if (name !== undefined && begin + 1 < end && kinds[begin + 1] === TokenKind.EQUAL)
    return { type: 'keyword', name };
  return { type: 'positional', name: begin + 1 === end ? name : undefined };
}

// ---- The parameter -----------------------------------------------------------------------------------------------

/**
 * The parameter that Signature.bind_partial() would bind the current argument to, the others being as they are; of
 * one that is not written yet, the first that could be written there.
 */
function activeParameter(
  { parameters }: Signature,
  { arguments: args, current }: CallAt,
): number | undefined {
  const argument = args[current];
  const before = args.slice(0, current);
  const named = new Set(
    args.flatMap(({ type, name }, i) => (type === 'keyword' && i !== current ? [name] : [])),
  );
  const positionalBefore = before.filter(({ type }) => type === 'positional' || type === 'empty').length;
  const starBefore = before.some(({ type }) => type === 'star');
  const keywordBefore = before.some(({ type }) => type === 'keyword' || type === 'doubleStar');
  const indexOf = (
    test: (kind: ParameterKind, name: string, index: number) => boolean,
  ): number | undefined => {
    const index = parameters.findIndex(({ kind, name }, i) => test(kind, name, i));
    return index < 0 ? undefined : index;
  };
  const collector = (wanted: ParameterKind): number | undefined => indexOf(kind => kind === wanted);
  /** Whether a parameter can still be given by keyword. */
  const isOpen = (kind: ParameterKind, name: string, index: number): boolean =>
    !named.has(name) &&
    (kind === ParameterKind.KEYWORD_ONLY ||
      (kind === ParameterKind.POSITIONAL_OR_KEYWORD && index >= positionalBefore));
  /** The same where nothing tells the parameter: an `*iterable` is taken to fill those that go by position. */
  const isLeft = (kind: ParameterKind, name: string, index: number): boolean =>
    isOpen(kind, name, index) && !(starBefore && kind === ParameterKind.POSITIONAL_OR_KEYWORD);

  switch (argument.type) {
    case 'keyword':
      return (
        indexOf((kind, name, index) => name === argument.name && isOpen(kind, name, index)) ??
        (parameters.some(({ kind, name }) => name === argument.name && kind !== ParameterKind.POSITIONAL_ONLY)
          ? undefined // it has its argument already
          : collector(ParameterKind.VAR_KEYWORD))
      );
    case 'doubleStar':
      return collector(ParameterKind.VAR_KEYWORD);
    default:
  }
  const next = (): number | undefined => {
    // Only a keyword can be meant: the name typed so far tells which.
    const typed = argument.name ?? '';
    if (argument.type !== 'empty' && argument.name === undefined) return undefined;
    return (
      indexOf((kind, name, index) => isLeft(kind, name, index) && name.startsWith(typed)) ??
      collector(ParameterKind.VAR_KEYWORD)
    );
  };
  if (keywordBefore && argument.type !== 'star') return next();
  if (starBefore)
    return collector(ParameterKind.VAR_POSITIONAL) ?? (argument.type === 'empty' ? next() : undefined);
  const parameter = parameters[positionalBefore];
  const takesPosition =
    parameter !== undefined &&
    (parameter.kind === ParameterKind.POSITIONAL_ONLY ||
      parameter.kind === ParameterKind.POSITIONAL_OR_KEYWORD);
  if (!takesPosition) return collector(ParameterKind.VAR_POSITIONAL) ?? next();
  // A keyword elsewhere has the parameter already.
  if (parameter.kind === ParameterKind.POSITIONAL_OR_KEYWORD && named.has(parameter.name)) {
    return argument.type === 'empty' ? next() : undefined;
  }
  return positionalBefore;
}
