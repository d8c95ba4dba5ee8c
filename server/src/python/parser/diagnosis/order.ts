// Which error is CPython's: its parser reads tokens as it needs them, so the tokenizer's errors and the parser's
// meet in the order of the text, and a few rules say which of them is raised.
// CPython: Parser/pegen_errors.c, _Pypegen_set_syntax_error(), _PyPegen_tokenize_full_source_to_check_for_errors().
import type { SourceError } from '../../text/syntaxError.ts';
import { Messages } from '../../tokenizer/messages.ts';
import type { TokenizerError } from '../../tokenizer/refusals.ts';
import type { TokenizeResult } from '../../tokenizer/tokenize.ts';
import { TokenKind, type Tokens } from '../../tokenizer/tokens.ts';
import type { GrammarDialect } from '../../versions/grammarDialect.ts';
import * as messages from '../messages.ts';
import { charactersBefore, endPosition, type Source } from './tokenPlaces.ts';

/** A text, its tokens, and the dialect that it is parsed in. */
export interface Findings extends Source {
  readonly tokenized: TokenizeResult;
  readonly dialect: GrammarDialect;
}

/** Index of the first token that CPython never gets to see: the tokenizer refuses it, or the text ends in brackets. */
export function limitOf({ tokenized, tokens }: Findings): number {
  if (tokenized.errors.length > 0) return tokenized.errors[0].token;
  if (openBracket(tokens, tokens.count) === -1) return tokens.count;
  let at = tokens.count;
  while (at > 0 && isLayout(tokens.kinds[at - 1])) at--;
  return at;
}

const isLayout = (kind: TokenKind): boolean =>
  kind === TokenKind.NEWLINE || kind === TokenKind.DEDENT || kind === TokenKind.ENDMARKER;

/**
 * The error that is raised.
 *
 * @param error what the parser has to say, null if it was the tokenizer that refused
 * @param generic whether that is nothing better than "invalid syntax"
 * @param reach index of the furthest token that the parser has read
 */
export function firstError(
  findings: Findings,
  error: SourceError | null,
  generic: boolean,
  reach: number,
): SourceError {
  const { tokenized, tokens, dialect } = findings;
  const refused = tokenized.errors.at(0);
  const open = openBracket(tokens, refused ? refused.token : tokens.count);
  if (!error) {
    if (!refused) return unclosed(findings, open);
    return refused.msg === messages.UNEXPECTED_EOF && open !== -1 ? unclosed(findings, open) : refused;
  }
  if (!dialect.readsOn || (generic && error.type === 'IndentationError')) return error;
  // Only SyntaxErrors can be replaced by something worse in the rest of the text, which CPython reads now.
  if (!IS_SYNTAX_ERROR.has(error.type)) return error;
  if (refused && isRaised(refused)) return inFormattedString(tokens, refused.token) ? error : refused;
  const lines = findings.lines();
  if (open !== -1 && lines.lineno(tokens.starts[reach]) > lines.lineno(tokens.starts[open])) {
    return unclosed(findings, open);
  }
  return error;
}

const IS_SYNTAX_ERROR: ReadonlySet<string> = new Set(['SyntaxError', 'IndentationError', 'TabError']);

export const isTokenizerError = (error: SourceError): error is TokenizerError => 'token' in error;

/** What the tokenizer finds and the parser has words for: the ends of strings up to 3.9. CPython: tokenizer_error() */
const PARSERS_WORDS: ReadonlySet<string> = new Set([
  Messages.characterAfterContinuation().msg,
  messages.UNEXPECTED_EOF,
  'EOL while scanning string literal',
  'EOF while scanning triple-quoted string literal',
]);

/** Whether CPython's tokenizer raises the error itself, and does not leave it to the parser to find out. */
export function isRaised(error: TokenizerError): boolean {
  if (error.type !== 'SyntaxError') return false;
  return !PARSERS_WORDS.has(error.msg);
}

/** Index of the innermost bracket that is open before token `end`; -1 if none is. */
function openBracket(tokens: Tokens, end: number): number {
  const open: number[] = [];
  for (let i = 0; i < end; i++) {
    switch (tokens.kinds[i]) {
      case TokenKind.LPAR:
      case TokenKind.LSQB:
      case TokenKind.LBRACE:
        open.push(i);
        break;
      case TokenKind.RPAR:
      case TokenKind.RSQB:
      case TokenKind.RBRACE:
        open.pop();
    }
  }
  return open.at(-1) ?? -1;
}

/** Whether token `end` is inside an f-string or t-string. */
function inFormattedString(tokens: Tokens, end: number): boolean {
  let depth = 0;
  for (let i = 0; i < end; i++) {
    const kind = tokens.kinds[i];
    if (kind === TokenKind.FSTRING_START || kind === TokenKind.TSTRING_START) depth++;
    else if (kind === TokenKind.FSTRING_END || kind === TokenKind.TSTRING_END) depth--;
  }
  return depth > 0;
}

function unclosed(findings: Findings, open: number): SourceError {
  const { text, lines, tokens, dialect } = findings;
  const { starts, ends, count } = tokens;
  if (!dialect.wordsUnclosed) {
    const end = starts[count - 1];
    const refusal = { type: 'SyntaxError', msg: messages.UNEXPECTED_EOF, start: end, end } as const;
    // There is an empty line more behind a last line that ends so.
    if (findings.tokenized.dialect.finalCrlfCountsTwice && text.endsWith('\r\n')) return refusal;
    return { ...refusal, position: endPosition(findings, false) };
  }
  const start = starts[open];
  const lineno = lines().lineno(start);
  const offset = charactersBefore(findings, start) + 1;
  return {
    type: 'SyntaxError',
    msg: messages.neverClosed(text[start]),
    start,
    end: ends[open],
    // CPython gives no end.
    position: { lineno, offset, end_lineno: lineno, end_offset: 0 },
  };
}
