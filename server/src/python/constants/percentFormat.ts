// Texts formatted with `%`, of which the optimiser makes f-strings. CPython: Python/ast_opt.c, optimize_format().
import { ExprContext, NodeKind, Operator } from '../ast/kinds.ts';
import type { Expression } from '../ast/expressions.ts';
import type { FoldingDialect } from '../versions/foldingDialect.ts';
import { strOf } from './arithmetic.ts';
import { ConstantType, type ConstantValue, type StrConstant } from './values.ts';

/** A field: what is formatted, and what would come after the colon in an f-string. */
export interface Field {
  readonly value: Expression;
  readonly spec: string;
  /** `s`, `r` or `a`, as a code unit. */
  readonly conversion: number;
}

/** Flags, width, precision and conversion, those that the optimiser knows. */
const FIELD = /%([-+ #0]*)(\d{1,2})?(?:\.(\d{0,2}))?([sra])/y;
const FIELD_WITH_Z = /%([-+ #0z]*)(\d{1,2})?(?:\.(\d{0,2}))?([sra])/y;

/**
 * The parts of the f-string that `left % right` can become: where a text with simple fields alone is formatted with
 * a tuple of as many items. CPython: optimize_format(), parse_literal(), parse_format().
 */
export function percentFormat(
  left: ConstantValue,
  op: Operator,
  right: Expression,
  rules: FoldingDialect,
): (StrConstant | Field)[] | undefined {
  if (op !== Operator.Mod || left.type !== ConstantType.Str || right.kind !== NodeKind.Tuple)
    return undefined;
  const { elts } = right;
  if (right.ctx !== ExprContext.Load || elts.some(({ kind }) => kind === NodeKind.Starred)) return undefined;
  const pattern = rules.percentFlagZ ? FIELD_WITH_Z : FIELD;
  const text = plainText(left);
  let used = 0;
  const pieces: (StrConstant | Field)[] = [];
  for (let position = 0; position < text.length;) {
    const end = endOfLiteral(text, position);
    if (end > position) {
      pieces.push(literal(left, position, end));
      position = end;
      continue;
    }
    pattern.lastIndex = position;
    const field = pattern.exec(text);
    if (!field || used === elts.length) return undefined;
    pieces.push({ value: elts[used++], spec: specOf(field), conversion: field[4].charCodeAt(0) });
    position = pattern.lastIndex;
  }
  return used === elts.length ? pieces : undefined;
}

/** A text with a code unit for each of its code points if it is kept as code points; what is not ASCII is no matter. */
const plainText = ({ value, codePoints }: StrConstant): string =>
  codePoints ? codePoints.map(point => (point < 0x80 ? String.fromCharCode(point) : '?')).join('') : value;

/** A part of the text, two `%` made one. */
function literal({ value, codePoints }: StrConstant, start: number, end: number): StrConstant {
  if (!codePoints) return { type: ConstantType.Str, value: value.slice(start, end).replaceAll('%%', '%') };
  const points: number[] = [];
  for (let i = start; i < end; i++) {
    points.push(codePoints[i]);
    if (codePoints[i] === 0x25) i++;
  }
  return strOf(points);
}

/** Where the next field begins: at a `%` that is not doubled. */
function endOfLiteral(text: string, position: number): number {
  for (;;) {
    const percent = text.indexOf('%', position);
    if (percent < 0) return text.length;
    if (text[percent + 1] !== '%') return percent;
    position = percent + 2;
  }
}

function specOf([, flags, width, precision]: (string | undefined)[]): string {
  const isRightAligned = !flags?.includes('-') && Number(width ?? 0) > 0;
  const digits = width === undefined ? '' : Number(width);
  const limit = precision === undefined ? '' : `.${Number(precision)}`;
  return `${isRightAligned ? '>' : ''}${digits}${limit}`;
}
