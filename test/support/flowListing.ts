// Small listings of instructions for tests of the flow graph: read, optimised, and shown again.
//
// A line is `label:  OPCODE argument  @line`, of which all but the opcode may be missing: the argument is 0, and the line
// that of the instruction before. What jumps or puts a handler in force has a label as its argument.
import { foldConstant } from '../../server/src/python/constants/folding.ts';
import { repr } from '../../server/src/python/constants/repr.ts';
import type { ConstantValue } from '../../server/src/python/constants/values.ts';
import { NodeKind } from '../../server/src/python/ast/kinds.ts';
import { optimizeCodeUnit } from '../../server/src/python/compiler/flowgraph/pipelines.ts';
import { ConstantTable } from '../../server/src/python/compiler/unit/constantTable.ts';
import type { FlatCode } from '../../server/src/python/compiler/unit/flatCode.ts';
import type { GeneratedUnit } from '../../server/src/python/compiler/unit/generatedUnit.ts';
import { Instruction, Label } from '../../server/src/python/compiler/unit/instructions.ts';
import { Location } from '../../server/src/python/compiler/unit/location.ts';
import { analyze } from '../../server/src/python/index.ts';
import { Op } from '../../server/src/python/versions/opcodes/op.generated.ts';
import { DEFAULT_TARGET, type Target } from '../../server/src/python/versions/target.ts';

/** [name, argument or index of the target, whether it is a target, line]; what optimizedGraphs.py takes and gives. */
export type PlainInstruction = [name: string, argument: number, leads: boolean, line: number];

/** A listing with the constants that it loads, as Python writes them, and the number of its local variables. */
export interface PlainUnit {
  readonly instructions: readonly PlainInstruction[];
  readonly constants: readonly string[];
  readonly locals: number;
}

/** Reads a listing; lines begin at 1. */
export function readListing(text: string): PlainInstruction[] {
  const labels = new Map<string, number>();
  const rows = text
    .trim()
    .split('\n')
    .map((row, index) => {
      const match = /^\s*(?:(\w+):)?\s*([A-Z]\w*)(?:\s+(-?\w+))?\s*(?:@(-?\d+))?$/.exec(row);
      if (!match) throw new Error(`not an instruction: ${row}`);
      if (match[1]) labels.set(match[1], index);
      return match;
    });
  let line = 1;
  return rows.map(([, , name, argument = '0', at]): PlainInstruction => {
    if (at !== undefined) line = Number(at);
    const target = labels.get(argument);
    return target === undefined ? [name, Number(argument), false, line] : [name, target, true, line];
  });
}

/** The listing of instructions, each with its line; labels are numbered in order. */
export function showListing(instructions: readonly PlainInstruction[]): string {
  const targets = new Set(instructions.flatMap(([, argument, leads]) => (leads ? [argument] : [])));
  const names = new Map([...targets].sort((a, b) => a - b).map((index, i) => [index, `L${i + 1}`]));
  return instructions
    .map(([name, argument, leads, line], index) => {
      const label = names.get(index);
      const shown = leads ? ` ${names.get(argument)}` : argument === 0 ? '' : ` ${argument}`;
      return (label ? `${label}:` : '').padEnd(5) + `${name}${shown} @${line}`;
    })
    .join('\n');
}

/** The listing after the passes of CPython's optimize_cfg(), and the constants that are left. */
export function optimizedListing(
  plain: PlainUnit,
  target: Target,
): Pick<PlainUnit, 'instructions' | 'constants'> {
  const unit = unitOf(plain);
  const { opcodes } = target.dialect;
  const flat = optimizeCodeUnit(unit, { opcodes, dialect: target.dialect });
  return {
    instructions: plainInstructions(flat),
    constants: unit.constants.values.map(value => repr(value as ConstantValue)),
  };
}

/** The unit that a listing is the code of: a function without parameters. */
export function unitOf({ instructions, constants, locals }: PlainUnit): GeneratedUnit {
  const labels: Label[] = [];
  const table = new ConstantTable();
  for (const text of constants) table.add(constantOf(text));
  return {
    name: 'f',
    firstlineno: 1,
    flags: 0,
    parameters: 0,
    argcount: 0,
    posonlyargcount: 0,
    kwonlyargcount: 0,
    instructions: instructions.map(([name, argument, leads, line]) => {
      let label: Label | null = null;
      if (leads) {
        label = labels[argument] ??= new Label();
        label.index = argument;
      }
      const op = Op[name as keyof typeof Op];
      return new Instruction(op, leads ? 0 : argument, new Location(line, line, 0, 0), label);
    }),
    constants: table,
    names: new Map(),
    varnames: new Map(Array.from({ length: locals }, (_, i) => [`v${i}`, i])),
    cellvars: new Map(),
    freevars: new Map(),
    labels: null,
    aside: 0,
    hidden: null,
  };
}

/** What the flow graph gives, as plain as what it was made of. */
export const plainInstructions = ({ instructions }: FlatCode): PlainInstruction[] =>
  instructions.map(({ op, arg, target, label, location }) => {
    const leads = target !== null && (label !== null || Op[op].includes('JUMP'));
    return [Op[op], leads && isLeading(op) ? target.index : arg, leads && isLeading(op), location.lineno];
  });

const isLeading = (op: Op): boolean => /JUMP|^SETUP_(?:FINALLY|CLEANUP|WITH)$|^FOR_ITER$|^SEND$/.test(Op[op]);

function constantOf(text: string): ConstantValue {
  const [statement] = analyze(text, DEFAULT_TARGET).module.body;
  const value =
    statement.kind === NodeKind.Expr
      ? foldConstant(statement.value, DEFAULT_TARGET.dialect.folding)
      : undefined;
  if (!value) throw new Error(`not a constant: ${text}`);
  return value;
}
