// The letters before a string's quotes.
import type { TokenizerDialect } from '../versions/tokenizerDialect.ts';
import { Messages, type Refusal } from './messages.ts';

const LOWER_B = 98;
const LOWER_F = 102;
const LOWER_R = 114;
const LOWER_T = 116;
const LOWER_U = 117;

/** The most letters that CPython takes for a prefix before it refuses them: each of b, f, r, t, u once. */
export const MAX_PREFIX = 5;

/** Whether `text[start, end)`, which stands before a quote, is the prefix of a string. */
export function isStringPrefix(text: string, start: number, end: number, dialect: TokenizerDialect): boolean {
  if (end - start > 2) return false;
  const first = text.charCodeAt(start) | 32;
  const isT = (c: number): boolean => dialect.templateStrings && c === LOWER_T;
  if (end - start === 1) {
    return first === LOWER_R || first === LOWER_B || first === LOWER_F || first === LOWER_U || isT(first);
  }
  const second = text.charCodeAt(start + 1) | 32;
  const other = first === LOWER_R ? second : second === LOWER_R ? first : 0;
  return other === LOWER_B || other === LOWER_F || isT(other);
}

/** Pairs of letters that do not go together, in the order in which CPython looks for them. */
const INCOMPATIBLE = ['ub', 'ur', 'uf', 'ut', 'bf', 'bt', 'ft'];

/**
 * Why letters before a quote are no prefix; undefined if they are none in CPython's eyes either.
 *
 * CPython 3.14: Parser/lexer/lexer.c, maybe_raise_syntax_error_for_string_prefixes()
 */
export function incompatiblePrefixes(text: string, start: number, end: number): Refusal | undefined {
  const letters = text.slice(start, end).toLowerCase();
  if (!/^[bfrtu]+$/.test(letters) || new Set(letters).size < letters.length) return undefined;
  const pair = INCOMPATIBLE.find(([first, second]) => letters.includes(first) && letters.includes(second));
  return pair === undefined ? undefined : Messages.incompatiblePrefixes(pair[0], pair[1]);
}
