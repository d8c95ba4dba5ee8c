// The tokenizer's refusals, in CPython's words.
import type { SyntaxErrorType } from '../text/syntaxError.ts';
import type { TokenizerDialect } from '../versions/tokenizerDialect.ts';

/** What is wrong: the exception's type and text. */
export interface Refusal {
  readonly type: SyntaxErrorType;
  readonly msg: string;
}

const syntax = (msg: string): Refusal => ({ type: 'SyntaxError', msg });
const hex = (codePoint: number): string => codePoint.toString(16).toUpperCase().padStart(4, '0');

export type NumberKind = 'hexadecimal' | 'octal' | 'binary' | 'decimal' | 'imaginary';

export const Messages = {
  invalidLiteral: (kind: NumberKind): Refusal => syntax(`invalid ${kind} literal`),
  invalidDigit: (digit: string, kind: NumberKind): Refusal =>
    syntax(`invalid digit '${digit}' in ${kind} literal`),
  leadingZeros: (): Refusal =>
    syntax(
      'leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers',
    ),
  unterminatedString: (line: number, escapedQuote: boolean, dialect: TokenizerDialect): Refusal =>
    syntax(
      dialect.unterminatedString === 'EOL'
        ? 'EOL while scanning string literal'
        : `unterminated string literal (detected at line ${line})` +
            (escapedQuote && dialect.unterminatedString === 'hint'
              ? '; perhaps you escaped the end quote?'
              : ''),
    ),
  unterminatedTripleQuotedString: (line: number, dialect: TokenizerDialect): Refusal =>
    syntax(
      dialect.unterminatedString === 'EOL'
        ? 'EOF while scanning triple-quoted string literal'
        : `unterminated triple-quoted string literal (detected at line ${line})`,
    ),
  unterminatedFString: (line: number, tripleQuoted: boolean, letter: string): Refusal =>
    syntax(
      `unterminated ${tripleQuoted ? 'triple-quoted ' : ''}${letter}-string literal (detected at line ${line})`,
    ),
  expectingBrace: (letter: string, openedOn: number | undefined): Refusal =>
    syntax(
      `${letter}-string: expecting '}'` + (openedOn === undefined ? '' : ` to close '{' on line ${openedOn}`),
    ),
  singleBrace: (letter: string): Refusal => syntax(`${letter}-string: single '}' is not allowed`),
  unmatchedInFString: (bracket: string, letter: string): Refusal =>
    syntax(`${letter}-string: unmatched '${bracket}'`),
  nestedTooDeeply: (letter: string): Refusal => syntax(`${letter}-string: expressions nested too deeply`),
  newlineInFormatSpec: (letter: string): Refusal =>
    syntax(
      `${letter}-string: newlines are not allowed in format specifiers for single quoted ${letter}-strings`,
    ),
  tooManyNestedFStrings: (dialect: TokenizerDialect): Refusal =>
    syntax(dialect.templateStrings ? 'too many nested f-strings or t-strings' : 'too many nested f-strings'),
  incompatiblePrefixes: (first: string, second: string): Refusal =>
    syntax(`'${first}' and '${second}' prefixes are incompatible`),
  characterAfterContinuation: (): Refusal => syntax('unexpected character after line continuation character'),
  nullBytes: (): Refusal => syntax('source code cannot contain null bytes'),
  unexpectedEOF: (): Refusal => syntax('unexpected EOF while parsing'),
  endInStatement: (): Refusal => syntax('unexpected EOF in multi-line statement'),
  unmatched: (bracket: string): Refusal => syntax(`unmatched '${bracket}'`),
  mismatched: (closing: string, opening: string, line: number | undefined): Refusal =>
    syntax(
      `closing parenthesis '${closing}' does not match opening parenthesis '${opening}'` +
        (line === undefined ? '' : ` on line ${line}`),
    ),
  tooManyParentheses: (): Refusal => syntax('too many nested parentheses'),
  invalidCharacter: (codePoint: number): Refusal =>
    syntax(`invalid character '${String.fromCodePoint(codePoint)}' (U+${hex(codePoint)})`),
  invalidIdentifier: (): Refusal => syntax('invalid character in identifier'),
  undecoded: (problem: string): Refusal => syntax(`(unicode error) ${problem}`),
  nonPrintable: (codePoint: number): Refusal => syntax(`invalid non-printable character U+${hex(codePoint)}`),
  unindent: (): Refusal => ({
    type: 'IndentationError',
    msg: 'unindent does not match any outer indentation level',
  }),
  tabs: (): Refusal => ({ type: 'TabError', msg: 'inconsistent use of tabs and spaces in indentation' }),
  tooManyIndents: (): Refusal => ({ type: 'IndentationError', msg: 'too many levels of indentation' }),
} as const;
