// What the classes of a .pyc file save for the comprehensions that they take in: in 3.12 and 3.13 the hashes of the
// interpreter that made the file had a say in the order.
import type { WholeCode } from '../../python/code/bytecode.ts';
import { CodeFlags } from '../../python/code/flags.ts';
import { readInstructions } from '../../python/code/instructions.ts';
import { savedKey, type SavedNames } from '../../python/compiler/codegen/passedNames.ts';
import { ConstantType } from '../../python/constants/values.ts';
import type { Dialect } from '../../python/versions/dialect.ts';
import { Op } from '../../python/versions/opcodes/op.generated.ts';

/** The names that each run of LOAD_FAST_AND_CLEAR saves; undefined if there is none whose order can be another. */
export function savedNames(code: WholeCode, { compiler, opcodes }: Dialect): SavedNames | undefined {
  if (compiler.inlinedInClass !== 'everyName') return undefined;
  const result = new Map<string, readonly string[]>();
  const visit = ({ flags, qualname, code: bytes, localsplus, consts }: WholeCode): void => {
    if ((flags & CodeFlags.OPTIMIZED) === 0) {
      let run: string[] = [];
      for (const { op, arg } of readInstructions(bytes, opcodes)) {
        // Stands between saved names where a variable is a cell, too.
        if (op === Op.MAKE_CELL) continue;
        const name = op === Op.LOAD_FAST_AND_CLEAR ? localsplus.at(arg)?.name : undefined;
        if (name !== undefined) run.push(name);
        else if (run.length > 0) {
          if (run.length > 1) result.set(savedKey(qualname, run), run);
          run = [];
        }
      }
    }
    for (const constant of consts) if (constant.type === ConstantType.Code) visit(constant.code);
  };
  visit(code);
  return result.size > 0 ? result : undefined;
}
