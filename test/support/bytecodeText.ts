// The bytecode of a small code object as text, code unit by code unit, as codeUnits.py makes it of CPython's: `offset OPCODE
// argument`, of long code only EXTENDED_ARGs and jumps; how long it is; the pairs of its line table; its constants.
import type { Bytecode } from '../../server/src/python/code/bytecode.ts';
import type { CodeObject } from '../../server/src/python/code/codeObject.ts';
import { repr } from '../../server/src/python/constants/repr.ts';
import { ConstantType } from '../../server/src/python/constants/values.ts';
import type { Analysis } from '../../server/src/python/index.ts';
import { Op } from '../../server/src/python/versions/opcodes/op.generated.ts';
import { HAS_JUMP } from '../../server/src/python/versions/opcodes/opcodeTable.ts';

/** Code of more code units than this is not told in full. */
const MOST = 60;

function innermost(code: CodeObject): CodeObject {
  const nested = code.children.find(({ name }) => name !== '<lambda>');
  return nested ? innermost(nested) : code;
}

/** The bytecode of the innermost code object that comes first, lambdas apart. */
export function bytecodeText(analysis: Analysis): string {
  const code = innermost(analysis.code);
  const bytecode = analysis.bytecode(code);
  return bytecode ? textOf(bytecode, code.firstlineno, analysis) : 'no bytecode';
}

function textOf(
  { code, linetable, consts, stacksize }: Bytecode,
  firstlineno: number,
  { target }: Analysis,
): string {
  const { opcodes } = target.dialect;
  const rows: string[] = [];
  for (let i = 0; i < code.length; i += 2) {
    const op = opcodes.byNumber[code[i]];
    const leads = op === Op.EXTENDED_ARG || (op >= 0 && (opcodes.flags[op] & HAS_JUMP) !== 0);
    if (code.length <= 2 * MOST || leads) rows.push(`${i} ${opcodes.opname(code[i])} ${code[i + 1]}`);
  }
  const pairs: string[] = [];
  for (let i = 0; i < linetable.length; i += 2) {
    const lines = (linetable[i + 1] << 24) >> 24;
    pairs.push(`${linetable[i]}${lines < 0 ? '' : '+'}${lines}`);
  }
  const constants = consts.map(value => (value.type === ConstantType.Code ? 'code' : repr(value)));
  return [
    ...rows,
    `length ${code.length}, stack ${stacksize}`,
    `lines from ${firstlineno}: ${pairs.join(' ') || 'none'}`,
    `constants ${constants.join(', ') || 'none'}`,
  ].join('\n');
}
