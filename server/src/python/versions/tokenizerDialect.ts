// What changes between versions in the tokenizer.
import { unicodeVersion } from '../text/unicode.ts';
import { rowsAt, type Change } from './rows.ts';

export interface TokenizerDialect {
  /** The version of Unicode that says what an identifier is, as the functions of text/unicode.ts know it. */
  readonly unicode: number;
  /** The exception for a source with null bytes. */
  readonly nullBytesError: 'ValueError' | 'SyntaxError';
  /** The tokenize module refuses null bytes in the lines that may tell the encoding before it reads others. */
  readonly encodingRefusesNullBytes: boolean;
  /** The column of refusals that concern the encoding, whose line is 0. */
  readonly encodingErrorOffset: 0 | -1;
  /** A cookie that contradicts the byte order mark is reported with its line. */
  readonly bomMismatchHasRange: boolean;
  /** All of a source must be UTF-8; before, only its names and strings. */
  readonly wholeSourceIsUtf8: boolean;
  /** How many times CPython has added names of encodings since the oldest target. */
  readonly codecGeneration: 0 | 1 | 2 | 3;
  /** PEP 701: f-strings are tokens of their own; before, they are strings that the parser takes apart. */
  readonly fstringTokens: boolean;
  /** PEP 750: strings with the prefix `t`. */
  readonly templateStrings: boolean;
  /** What the refusal of a string without an end says; `hint` tells of an escaped quote too. */
  readonly unterminatedString: 'EOL' | 'line' | 'hint';
  /** The refusal of a character beyond ASCII names it. */
  readonly namesInvalidCharacter: boolean;
  /** Control characters have a refusal of their own; before, the parser refuses them. */
  readonly refusesControlCharacters: boolean;
  /** A number must not run into a name: `1x` is refused; `unicode` if names beyond ASCII count, too. */
  readonly verifyEndOfNumber: 'no' | 'unicode' | 'ascii';
  /** The refusal of a first digit that is too large for its base comes after the digit. */
  readonly invalidDigitIsRead: boolean;
  /** The refusal of leading zeros is reported as a range. */
  readonly leadingZerosHaveRange: boolean;
  /** The columns of such ranges count bytes, and not characters. */
  readonly knownRangeInBytes: boolean;
  /** Refusals that concern a line are reported past its end. */
  readonly lineRefusalsAtEnd: boolean;
  /** A column that CPython counts over several lines is reported as at most the last line's end. */
  readonly lineColumnsEndWithLine: boolean;
  /**
   * A backslash in a line's indentation: its column is the line's, as any token's; or it makes the line a blank one;
   * or it joins the indentations, of which the first counts.
   */
  readonly indentationBackslash: 'token' | 'blank' | 'joined';
  /** A line break in the format spec of a single-quoted f-string is refused; before, it ended the spec. */
  readonly refusesNewlineInFormatSpec: boolean;
  /** Behind a field, the rest of a format specification is still one: braces are no escapes, and a line break ends it. */
  readonly specificationGoesOnBehindFields: boolean;
  /** To the tokenize module, a string of several lines ends at as many bytes of its first line as of its last. */
  readonly tokenizeModuleCountsBytes: boolean;
  /** The refusal of an f-string that ends in a field tells the line of the field. */
  readonly expectingBraceTellsLine: boolean;
  /** The tokenize module prints the compiler's tokens; before, it has a tokenizer of its own. */
  readonly tokenizeModuleIsCompilers: boolean;
  /** `<>` is two operators, unless `from __future__ import barry_as_FLUFL` makes it one. */
  readonly splitsDiamond: boolean;
  /** To the tokenize module, too, a field of an f-string ends with no other bracket than its own. */
  readonly tokenizeModuleRefusesBrackets: boolean;
  /** To the tokenize module, the first lines need not be UTF-8 if a cookie says so. */
  readonly cookieLinesAnyEncoding: boolean;
  /** To the tokenize module, a comment at the end of a file is the end of a statement. */
  readonly finalCommentHasNewline: boolean;
  /** A file that ends with `\r\n` has an empty line more: CPython gives it another line break. */
  readonly finalCrlfCountsTwice: boolean;
}

const BASE: TokenizerDialect = {
  unicode: unicodeVersion('12.1.0'),
  nullBytesError: 'ValueError',
  encodingRefusesNullBytes: false,
  encodingErrorOffset: 0,
  bomMismatchHasRange: false,
  wholeSourceIsUtf8: false,
  codecGeneration: 0,
  fstringTokens: false,
  templateStrings: false,
  unterminatedString: 'EOL',
  namesInvalidCharacter: false,
  refusesControlCharacters: false,
  verifyEndOfNumber: 'no',
  invalidDigitIsRead: false,
  leadingZerosHaveRange: false,
  knownRangeInBytes: true,
  lineRefusalsAtEnd: true,
  lineColumnsEndWithLine: false,
  indentationBackslash: 'token',
  refusesNewlineInFormatSpec: false,
  expectingBraceTellsLine: false,
  specificationGoesOnBehindFields: false,
  tokenizeModuleCountsBytes: false,
  tokenizeModuleIsCompilers: false,
  splitsDiamond: false,
  tokenizeModuleRefusesBrackets: false,
  cookieLinesAnyEncoding: false,
  finalCommentHasNewline: true,
  finalCrlfCountsTwice: true,
};

const CHANGES: readonly Change<TokenizerDialect>[] = [
  {
    since: [9],
    rows: {
      unicode: unicodeVersion('13.0.0'),
      encodingErrorOffset: -1,
      namesInvalidCharacter: true,
      finalCommentHasNewline: false,
      lineRefusalsAtEnd: false,
      indentationBackslash: 'blank',
    },
  },
  {
    since: [10],
    rows: {
      unterminatedString: 'line',
      verifyEndOfNumber: 'unicode',
      invalidDigitIsRead: true,
      leadingZerosHaveRange: true,
      indentationBackslash: 'joined',
    },
  },
  {
    since: [11],
    rows: {
      unicode: unicodeVersion('14.0.0'),
      nullBytesError: 'SyntaxError',
      refusesControlCharacters: true,
      verifyEndOfNumber: 'ascii',
    },
  },
  {
    since: [12],
    rows: {
      unicode: unicodeVersion('15.0.0'),
      fstringTokens: true,
      tokenizeModuleIsCompilers: true,
      finalCrlfCountsTwice: false,
    },
  },
  {
    since: [13],
    rows: {
      unicode: unicodeVersion('15.1.0'),
      codecGeneration: 1,
      unterminatedString: 'hint',
    },
  },
  // Somewhere between 3.12.1 and 3.12.7.
  {
    since: [12],
    until: [12, 2],
    rows: { specificationGoesOnBehindFields: true, tokenizeModuleCountsBytes: true },
  },
  // Patch releases of 3.13 and 3.14 brought these; compared were 3.13.2, 3.13.18, 3.14.2 and 3.14.10.
  {
    since: [13, 3],
    rows: { lineColumnsEndWithLine: true, refusesNewlineInFormatSpec: true, cookieLinesAnyEncoding: true },
  },
  { since: [13, 18], rows: { knownRangeInBytes: false, splitsDiamond: true } },
  { since: [14], until: [14, 3], rows: { knownRangeInBytes: true, splitsDiamond: false } },
  { since: [14, 3], rows: { tokenizeModuleRefusesBrackets: true } },
  {
    since: [14],
    rows: {
      encodingRefusesNullBytes: true,
      unicode: unicodeVersion('16.0.0'),
      templateStrings: true,
      wholeSourceIsUtf8: true,
      bomMismatchHasRange: true,
      codecGeneration: 2,
    },
  },
  {
    since: [15],
    rows: { unicode: unicodeVersion('17.0.0'), codecGeneration: 3, expectingBraceTellsLine: true },
  },
  {
    since: [15],
    until: [15, 1],
    rows: { splitsDiamond: false, tokenizeModuleRefusesBrackets: false },
  },
];

export const tokenizerDialect = (minor: number, patch: number): TokenizerDialect =>
  rowsAt(BASE, CHANGES, minor, patch);
