// Operators by their text. CPython: Lib/token.py, EXACT_TOKEN_TYPES
import { TokenKind } from './tokens.ts';

const OPERATORS =
  `( ) [ ] { } : , ; . ... -> := ! @ = + - * / | & < > % == != <= >= ~ ^ << >> ** // += -= *= /= %= &= |= ^= <<= >>= **= //= @=`.split(
    ' ',
  );

/** The names of the exact types, which are those of TokenKind: the operators in its order. */
export const OPERATOR_NAMES: ReadonlyMap<string, string> = new Map(
  OPERATORS.map((text, i) => [text, TokenKind[TokenKind.LPAR + i]]),
);
