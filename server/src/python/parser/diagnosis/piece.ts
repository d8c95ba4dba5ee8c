// What the machine makes of text: as much of a tree as the words of errors need.
import type { NodeKind } from '../../ast/kinds.ts';
import type { Tokens } from '../../tokenizer/tokens.ts';

/** An expression, a target, a pattern, an argument list: from where to where, of which kind, of what. */
export class Piece {
  constructor(
    readonly kind: NodeKind,
    /** Index of its first token. */
    readonly token: number,
    readonly start: number,
    readonly end: number,
    /** The elements of lists and tuples, the starred value, what is left of a comparison, positional arguments. */
    readonly items: readonly Piece[],
    /** A comparison begins with `in`; an argument list has `**`. */
    readonly flag: boolean,
  ) {}
}

/** A token's index, a piece, values in a row, or nothing. */
export type Value = number | Piece | readonly Value[] | null;

/** Where a value begins, as an offset; 0 for nothing. */
export function startOf(value: Value, tokens: Tokens): number {
  if (value === null) return 0;
  if (typeof value === 'number') return tokens.starts[value];
  return value instanceof Piece ? value.start : startOf(value[0] ?? null, tokens);
}

/** Where a value ends, as an offset; 0 for nothing. */
export function endOf(value: Value, tokens: Tokens): number {
  if (value === null) return 0;
  if (typeof value === 'number') return tokens.ends[value];
  return value instanceof Piece ? value.end : endOf(value.at(-1) ?? null, tokens);
}

/** The pieces of a value: itself, or those in its rows. */
export function piecesOf(value: Value): readonly Piece[] {
  if (value === null || typeof value === 'number') return [];
  return value instanceof Piece ? [value] : value.flatMap(piecesOf);
}
