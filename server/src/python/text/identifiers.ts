// Identifiers beyond ASCII.
import type { TokenizerDialect } from '../versions/tokenizerDialect.ts';

export function isIdentifier(word: string, _dialect: TokenizerDialect): boolean {
  return /^[\p{XID_Start}_]\p{XID_Continue}*$/u.test(word);
}

export function normalizeIdentifier(word: string, _dialect: TokenizerDialect): string {
  return word.normalize('NFKC');
}
