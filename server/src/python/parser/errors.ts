// Which error is CPython's: its parser reads tokens as it needs them, so the tokenizer's errors and the parser's
// meet in the order of the text, and a few rules say which of them is raised.
// CPython: Parser/pegen_errors.c, _Pypegen_set_syntax_error(), _PyPegen_tokenize_full_source_to_check_for_errors().
import type { LineIndex } from '../text/lineIndex.ts';
import type { SourceError } from '../text/syntaxError.ts';
import type { TokenizerError } from '../tokenizer/refusals.ts';
import type { TokenizeResult } from '../tokenizer/tokenize.ts';
import { Messages } from '../tokenizer/messages.ts';
import { TokenKind, type Tokens } from '../tokenizer/tokens.ts';
import type { GrammarDialect } from '../versions/grammarDialect.ts';
import type { FirstFailure } from './cursor.ts';
import * as messages from './messages.ts';

/** What the parser has found, and in what. */
export interface Findings {
  readonly text: string;
  readonly lines: () => LineIndex;
  readonly tokenized: TokenizeResult;
  readonly dialect: GrammarDialect;
  /** The parser's errors, in the order of the text. */
  readonly errors: readonly SourceError[];
  readonly failure: FirstFailure | null;
}

/** All errors, CPython's first. */
export function orderErrors(findings: Findings): readonly SourceError[] {
  const { errors, tokenized } = findings;
  if (errors.length === 0 && tokenized.errors.length === 0) return errors;
  const first = firstError(findings);
  const rest = [...tokenized.errors, ...errors].filter(error => error !== first);
  return [first, ...rest];
}

function firstError(findings: Findings): SourceError {
  const { errors, failure, tokenized, dialect } = findings;
  const refused = tokenized.errors.at(0);
  if (!failure || errors.length === 0) return tokenized.errors[0];
  const open = openBracket(tokenized.tokens, refused ? refused.token : tokenized.tokens.count);
  if (refused && refused.token <= failure.reach) {
    return refused.msg === messages.UNEXPECTED_EOF && open !== -1 ? unclosed(findings, open) : refused;
  }
  // The parser has asked for a token where the text ends inside brackets.
  if (!refused && open !== -1 && atEnd(tokenized.tokens, failure.reach)) return unclosed(findings, open);
  if (!dialect.readsOn || (failure.generic && errors[0].type === 'IndentationError')) return errors[0];
  // Before it says so, it reads the rest of the text for something worse.
  if (refused && isRaised(refused))
    return inFormattedString(tokenized.tokens, refused.token) ? errors[0] : refused;
  const lines = findings.lines();
  if (open !== -1) {
    const line = lines.lineno(tokenized.tokens.starts[failure.reach]);
    if (line > lines.lineno(tokenized.tokens.starts[open])) return unclosed(findings, open);
  }
  return errors[0];
}

/** Whether only the tokens that end a file follow. */
function atEnd(tokens: Tokens, token: number): boolean {
  for (let i = token; i < tokens.count; i++) {
    const kind = tokens.kinds[i];
    if (kind !== TokenKind.NEWLINE && kind !== TokenKind.DEDENT && kind !== TokenKind.ENDMARKER) return false;
  }
  return true;
}

/** Whether CPython's tokenizer raises the error itself, and does not leave it to the parser to find out. */
function isRaised(error: TokenizerError): boolean {
  if (error.type !== 'SyntaxError') return false;
  return error.msg !== Messages.characterAfterContinuation().msg && error.msg !== messages.UNEXPECTED_EOF;
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

function unclosed({ text, lines, tokenized, dialect }: Findings, open: number): SourceError {
  const { starts, ends, count } = tokenized.tokens;
  if (!dialect.wordsUnclosed) {
    const end = starts[count - 1];
    return { type: 'SyntaxError', msg: messages.UNEXPECTED_EOF, start: end, end };
  }
  const start = starts[open];
  const lineno = lines().lineno(start);
  const offset = [...text.slice(lines().starts[lineno - 1], start)].length + 1;
  return {
    type: 'SyntaxError',
    msg: messages.neverClosed(text[start]),
    start,
    end: ends[open],
    // CPython gives no end.
    position: { lineno, offset, end_lineno: lineno, end_offset: 0 },
  };
}
