// What the tokenizer makes: parallel typed arrays instead of token objects. A token is an index into them.

/**
 * Token kinds. Operators and keywords each have their own, so that the parser compares one number; names of
 * CPython's Grammar/Tokens. COMMENT and NL appear only when extra tokens are asked for.
 */
export enum TokenKind {
  ENDMARKER,
  NAME,
  NUMBER,
  STRING,
  NEWLINE,
  INDENT,
  DEDENT,
  FSTRING_START,
  FSTRING_MIDDLE,
  FSTRING_END,
  TSTRING_START,
  TSTRING_MIDDLE,
  TSTRING_END,
  COMMENT,
  NL,
  ERRORTOKEN,
  // Operators
  LPAR,
  RPAR,
  LSQB,
  RSQB,
  LBRACE,
  RBRACE,
  COLON,
  COMMA,
  SEMI,
  DOT,
  ELLIPSIS,
  RARROW,
  COLONEQUAL,
  EXCLAMATION,
  AT,
  EQUAL,
  PLUS,
  MINUS,
  STAR,
  SLASH,
  VBAR,
  AMPER,
  LESS,
  GREATER,
  PERCENT,
  EQEQUAL,
  NOTEQUAL,
  LESSEQUAL,
  GREATEREQUAL,
  TILDE,
  CIRCUMFLEX,
  LEFTSHIFT,
  RIGHTSHIFT,
  DOUBLESTAR,
  DOUBLESLASH,
  PLUSEQUAL,
  MINEQUAL,
  STAREQUAL,
  SLASHEQUAL,
  PERCENTEQUAL,
  AMPEREQUAL,
  VBAREQUAL,
  CIRCUMFLEXEQUAL,
  LEFTSHIFTEQUAL,
  RIGHTSHIFTEQUAL,
  DOUBLESTAREQUAL,
  DOUBLESLASHEQUAL,
  ATEQUAL,
  // Keywords, in the order of KEYWORDS
  FALSE,
  NONE,
  TRUE,
  AND,
  AS,
  ASSERT,
  ASYNC,
  AWAIT,
  BREAK,
  CLASS,
  CONTINUE,
  DEF,
  DEL,
  ELIF,
  ELSE,
  EXCEPT,
  FINALLY,
  FOR,
  FROM,
  GLOBAL,
  IF,
  IMPORT,
  IN,
  IS,
  LAMBDA,
  NONLOCAL,
  NOT,
  OR,
  PASS,
  RAISE,
  RETURN,
  TRY,
  WHILE,
  WITH,
  YIELD,
}

/** Hard keywords of every target; the n-th is TokenKind.FALSE + n. */
// prettier-ignore
export const KEYWORDS = [
  'False', 'None', 'True', 'and', 'as', 'assert', 'async', 'await', 'break', 'class', 'continue', 'def', 'del',
  'elif', 'else', 'except', 'finally', 'for', 'from', 'global', 'if', 'import', 'in', 'is', 'lambda', 'nonlocal',
  'not', 'or', 'pass', 'raise', 'return', 'try', 'while', 'with', 'yield',
] as const;

/**
 * Words that are keywords in some places of some targets only. To the tokenizer they are names; their numbers in
 * `Tokens.names` follow those of KEYWORDS, in this order, so that the parser can compare numbers (`SoftKeyword`).
 */
export const SOFT_KEYWORDS = [
  '_',
  'case',
  'lazy',
  'match',
  'type',
  'print',
  'exec',
  '__peg_parser__',
] as const;

/** The `Tokens.values` of a NAME token that reads as one of SOFT_KEYWORDS. */
export const SoftKeyword = {
  WILDCARD: KEYWORDS.length,
  CASE: KEYWORDS.length + 1,
  LAZY: KEYWORDS.length + 2,
  MATCH: KEYWORDS.length + 3,
  TYPE: KEYWORDS.length + 4,
  PRINT: KEYWORDS.length + 5,
  EXEC: KEYWORDS.length + 6,
  PEG_PARSER: KEYWORDS.length + 7,
} as const;

/**
 * A file's tokens. `kinds`, `starts` and `ends` (UTF-16 offsets) have `count` entries in use; the last token is
 * ENDMARKER. `values` holds for a NAME or keyword its index in `names`, for other kinds 0.
 *
 * Where tokens begin and end:
 * - NEWLINE has no width: it begins and ends where the line's end does (or the file, if its last line has none). NL
 *   spans the line break.
 * - INDENT spans the line's indentation; DEDENT has no width and stands before the line's first token.
 * - FSTRING_START is the prefix with the opening quotes (`rf"""`), FSTRING_END the closing quotes; TSTRING_* are alike.
 *   A `TSTRING_MIDDLE` is inside a t-string, an `FSTRING_MIDDLE` inside an f-string.
 * - FSTRING_MIDDLE is literal text, escapes not yet replaced. `{{` ends a middle after its first brace, and the
 *   next token begins after the second one: the middles of a string, put together, are its text with the doubled
 *   braces made single. So does `\N{...}` end one after its brace. A middle may be empty; CPython's parser skips it.
 *   Whether escapes mean anything is for the parser to see in the START token: no `r` in its prefix, and the text of
 *   format specs is treated likewise.
 * - Between `{` and `}`: the expression's tokens; then EQUAL if the text `{x = }` is asked for; then EXCLAMATION and NAME
 *   for `!r`; then COLON and middles and nested fields for the format spec. The text that `=` shows
 *   is what stands between the end of `{` and the start of the token (`}`, `!` or `:`) that ends the expression.
 * - ERRORTOKEN is a run of characters that begin no token.
 */
export interface Tokens {
  readonly count: number;
  readonly kinds: Uint8Array;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  readonly values: Int32Array;
  /** Each distinct identifier once, NFKC-normalised: equal names are the same string object. */
  readonly names: readonly string[];
}
