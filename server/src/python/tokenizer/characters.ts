// What an ASCII character can begin, and the operators: the tables that the tokenizer's loop dispatches on.
import { TokenKind } from './tokens.ts';

/** Stands for the end of the text where a character is expected; no UTF-16 code unit has this value. */
export const EOF = 0x110000;

/** The ASCII codes that the tokenizer names. */
export const Char = {
  TAB: 9,
  LF: 10,
  FF: 12,
  CR: 13,
  SPACE: 32,
  EXCLAMATION: 33,
  DOUBLE_QUOTE: 34,
  HASH: 35,
  QUOTE: 39,
  LPAR: 40,
  RPAR: 41,
  PLUS: 43,
  MINUS: 45,
  DOT: 46,
  ZERO: 48,
  NINE: 57,
  COLON: 58,
  LESS: 60,
  EQUAL: 61,
  GREATER: 62,
  LSQB: 91,
  BACKSLASH: 92,
  RSQB: 93,
  UNDERSCORE: 95,
  LBRACE: 123,
  RBRACE: 125,
} as const;

/** What a character can begin. */
export enum CharClass {
  OTHER,
  NAME,
  DIGIT,
  OPERATOR,
  BRACKET,
  DOT,
  QUOTE,
  BLANK,
  NEWLINE,
  COMMENT,
  BACKSLASH,
}

const of = (characters: string): number[] => Array.from(characters, c => c.charCodeAt(0));

const LETTERS = of('abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_');
const DIGITS = of('0123456789');

/** The class of each ASCII character. */
export const CLASS_OF = new Uint8Array(128);
for (const [characterClass, characters] of [
  [CharClass.NAME, LETTERS],
  [CharClass.DIGIT, DIGITS],
  [CharClass.OPERATOR, of('!%&*+,-/:;<=>@^|~')],
  [CharClass.BRACKET, of('()[]{}')],
  [CharClass.DOT, of('.')],
  [CharClass.QUOTE, of('\'"')],
  [CharClass.BLANK, of(' \t\f')],
  [CharClass.NEWLINE, of('\r\n')],
  [CharClass.COMMENT, of('#')],
  [CharClass.BACKSLASH, of('\\')],
] as const) {
  for (const character of characters) CLASS_OF[character] = characterClass;
}

/** 1 for the ASCII characters that a name can go on with. */
export const NAME_PART = new Uint8Array(128);
for (const character of [...LETTERS, ...DIGITS]) NAME_PART[character] = 1;

export const isDigit = (c: number): boolean => c >= Char.ZERO && c <= Char.NINE;

export const isHexDigit = (c: number): boolean => isDigit(c) || ((c | 32) >= 97 && (c | 32) <= 102);

/** Whether an ASCII character can be part of a name; false for everything else. */
export const isNamePart = (c: number): boolean => c < 128 && NAME_PART[c] === 1;

type OperatorTable = Readonly<Record<string, TokenKind>>;

function table(kinds: OperatorTable): Uint8Array {
  const result = new Uint8Array(128);
  for (const [operator, kind] of Object.entries(kinds)) result[operator.charCodeAt(0)] = kind;
  return result;
}

/** By character: the operator that it is alone. */
export const OPERATOR = table({
  '(': TokenKind.LPAR,
  ')': TokenKind.RPAR,
  '[': TokenKind.LSQB,
  ']': TokenKind.RSQB,
  '{': TokenKind.LBRACE,
  '}': TokenKind.RBRACE,
  ':': TokenKind.COLON,
  ',': TokenKind.COMMA,
  ';': TokenKind.SEMI,
  '!': TokenKind.EXCLAMATION,
  '@': TokenKind.AT,
  '=': TokenKind.EQUAL,
  '+': TokenKind.PLUS,
  '-': TokenKind.MINUS,
  '*': TokenKind.STAR,
  '/': TokenKind.SLASH,
  '|': TokenKind.VBAR,
  '&': TokenKind.AMPER,
  '<': TokenKind.LESS,
  '>': TokenKind.GREATER,
  '%': TokenKind.PERCENT,
  '~': TokenKind.TILDE,
  '^': TokenKind.CIRCUMFLEX,
});

/** By character: the operator that it is with `=` after it; 0 if there is none. */
export const OPERATOR_EQUAL = table({
  ':': TokenKind.COLONEQUAL,
  '!': TokenKind.NOTEQUAL,
  '@': TokenKind.ATEQUAL,
  '=': TokenKind.EQEQUAL,
  '+': TokenKind.PLUSEQUAL,
  '-': TokenKind.MINEQUAL,
  '*': TokenKind.STAREQUAL,
  '/': TokenKind.SLASHEQUAL,
  '|': TokenKind.VBAREQUAL,
  '&': TokenKind.AMPEREQUAL,
  '<': TokenKind.LESSEQUAL,
  '>': TokenKind.GREATEREQUAL,
  '%': TokenKind.PERCENTEQUAL,
  '^': TokenKind.CIRCUMFLEXEQUAL,
});

/** By character: the operator that it is when doubled; 0 if there is none. */
export const DOUBLED_OPERATOR = table({
  '*': TokenKind.DOUBLESTAR,
  '/': TokenKind.DOUBLESLASH,
  '<': TokenKind.LEFTSHIFT,
  '>': TokenKind.RIGHTSHIFT,
});

/** By character: the operator that it is when doubled and with `=` after it; 0 if there is none. */
export const DOUBLED_OPERATOR_EQUAL = table({
  '*': TokenKind.DOUBLESTAREQUAL,
  '/': TokenKind.DOUBLESLASHEQUAL,
  '<': TokenKind.LEFTSHIFTEQUAL,
  '>': TokenKind.RIGHTSHIFTEQUAL,
});
