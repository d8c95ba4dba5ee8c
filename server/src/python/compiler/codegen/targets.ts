// What an assignment unpacks into. CPython: Python/codegen.c, unpack_helper() and assignment_helper().
import { NodeKind } from '../../ast/kinds.ts';
import type { Expression } from '../../ast/expressions.ts';
import { Op } from '../../versions/opcodes/op.generated.ts';
import { MESSAGES } from '../messages.ts';
import type { CodeGenerator } from './generator.ts';

/** How many targets may stand before a starred one: a byte of the argument of UNPACK_EX. */
const MOST_BEFORE_STAR = 1 << 8;

/** The argument of UNPACK_EX: the low byte tells how many come before the star, the rest how many after it. */
export const unpackArgument = (star: number, count: number): number => star + ((count - star - 1) << 8);

export function visitTargets(g: CodeGenerator, elts: readonly Expression[], at: Expression): void {
  let star = -1;
  for (let i = 0; i < elts.length; i++) {
    if (elts[i].kind !== NodeKind.Starred) continue;
    if (star >= 0) {
      g.error(
        g.dialect.multipleStarsWording === 'two' ? MESSAGES.twoStarTargets : MESSAGES.multipleStarTargets,
        at,
      );
      break;
    }
    star = i;
    if (i >= MOST_BEFORE_STAR) g.error(MESSAGES.tooManyStarTargets, at);
  }
  if (star < 0) g.emit.op(Op.UNPACK_SEQUENCE, elts.length, at);
  else g.emit.op(Op.UNPACK_EX, unpackArgument(star, elts.length), at);
  for (let i = 0; i < elts.length; i++) {
    const elt = elts[i];
    g.expression(elt.kind === NodeKind.Starred ? elt.value : elt);
  }
}
