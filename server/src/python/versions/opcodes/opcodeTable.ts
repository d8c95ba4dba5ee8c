// What a version knows of its opcodes: numbers, inline caches, stack effects, what arguments mean, and the names
// that arguments index. The facts are generated (v3_*.generated.ts); here they become typed arrays by Op.
import { Op } from './op.generated.ts';

/** What holds of an opcode: bits of `OpcodeTable.flags`. CPython: Lib/opcode.py, has…; the last five: Python/compile.c. */
export enum Has {
  /** Its argument means something. */
  Arg = 1 << 0,
  /** The argument indexes co_consts. */
  Const = 1 << 1,
  /** The argument indexes co_names, with other bits in newer versions. */
  Name = 1 << 2,
  /** The argument indexes co_varnames, or from 3.11 the fast locals. */
  Local = 1 << 3,
  /** The argument indexes co_cellvars + co_freevars, or from 3.11 the fast locals. */
  Free = 1 << 4,
  /** The argument says which comparison. */
  Compare = 1 << 5,
  /** The argument is a distance from the next instruction. SETUP_… that are real opcodes have it too. */
  JumpRelative = 1 << 6,
  /** The argument is a place in the code. */
  JumpAbsolute = 1 << 7,
  /** The distance counts backwards. */
  Backward = 1 << 8,
  /** Pushes an exception handler, or the like, that the argument leads to. CPython: IS_BLOCK_PUSH_OPCODE(). */
  BlockPush = 1 << 9,
  /** Never in co_code: the assembler puts something else or nothing in its place. */
  Pseudo = 1 << 10,
  /** Leaves the code object. CPython: IS_SCOPE_EXIT_OPCODE(). */
  ScopeExit = 1 << 11,
  /** A jump that is always made. CPython: IS_UNCONDITIONAL_JUMP_OPCODE(). */
  Unconditional = 1 << 12,
  /** Looks whether the interpreter is to be interrupted; from 3.13 on. CPython: OPCODE_HAS_EVAL_BREAK(). */
  EvalBreak = 1 << 13,
}

/** A jump of any kind. CPython: OPCODE_HAS_JUMP(), is_jump(). */
export const HAS_JUMP = Has.JumpRelative | Has.JumpAbsolute;

/** What ends a basic block. CPython: is_end_of_basic_block(), IS_TERMINATOR_OPCODE(). */
export const ENDS_BLOCK = HAS_JUMP | Has.ScopeExit;

/** How an opcode's stack effect follows from its argument; every form has a base. */
export enum Effect {
  Constant,
  /** base + arg */
  PlusArg,
  /** base − arg */
  MinusArg,
  /** base − 2 × arg */
  MinusTwoArg,
  /** base + the lowest bit of arg */
  PlusLowBit,
  /** base − the lowest bit of arg */
  MinusLowBit,
  /** base − how many of the lowest four bits of arg are set: MAKE_FUNCTION. */
  MinusBits,
  /** base − 1 if arg is 3: BUILD_SLICE. */
  MinusIfThree,
  /** base − 1 if arg has bit 4: FORMAT_VALUE with a specification. */
  MinusIfSpec,
  /** base + the low byte of arg + the rest of it: UNPACK_EX. */
  PlusBytes,
}

/** A stack effect of the form `effect` for an argument. */
export function effectOf(effect: Effect, base: number, arg: number): number {
  switch (effect) {
    case Effect.Constant:
      return base;
    case Effect.PlusArg:
      return base + arg;
    case Effect.MinusArg:
      return base - arg;
    case Effect.MinusTwoArg:
      return base - 2 * arg;
    case Effect.PlusLowBit:
      return base + (arg & 1);
    case Effect.MinusLowBit:
      return base - (arg & 1);
    case Effect.MinusBits:
      return base - (arg & 1) - ((arg >> 1) & 1) - ((arg >> 2) & 1) - ((arg >> 3) & 1);
    case Effect.MinusIfThree:
      return arg === 3 ? base - 1 : base;
    case Effect.MinusIfSpec:
      return base - ((arg >> 2) & 1);
    case Effect.PlusBytes:
      return base + (arg & 0xff) + (arg >> 8);
  }
}

/** An opcode of a version. `jump` is the base of the stack effect where a jump is made, if that is another one. */
export type OpcodeRow = readonly [
  op: Op,
  number: number,
  caches: number,
  flags: number,
  effect: Effect,
  base: number,
  jump?: number,
];

/** All that is generated for a version. Names and texts are CPython's own. */
export interface OpcodeFacts {
  /** The release that was asked. */
  readonly version: string;
  /** The number that a .pyc file begins with, of 16 bits. */
  readonly magic: number;
  /** The first opcode whose argument is not ignored, up to 3.12. */
  readonly haveArgument: number;
  readonly opcodes: readonly OpcodeRow[];
  /** The names of inline cache entries, in order, and of how many code units each is; `dis` shows them. */
  readonly cacheLayout: readonly (readonly [Op, readonly (readonly [name: string, units: number])[]])[];
  /** What COMPARE_OP's argument means. */
  readonly compareOperators: readonly string[];
  /** What BINARY_OP's argument means: `NB_ADD`, `+`. */
  readonly binaryOperators: readonly (readonly [name: string, symbol: string])[];
  readonly unaryIntrinsics: readonly string[];
  readonly binaryIntrinsics: readonly string[];
  /** What LOAD_SPECIAL's argument means. */
  readonly specialMethods: readonly string[];
  /** What LOAD_COMMON_CONSTANT's argument means, each as `repr` shows it. */
  readonly commonConstants: readonly string[];
}

/** How many ops there are in all versions together. */
export const OP_COUNT = Object.keys(Op).length / 2;

/** The opcodes of a version, by Op. */
export class OpcodeTable {
  /** The opcode's number, of 256 or more for a pseudo-op; -1 where the version lacks it. */
  readonly number = new Int16Array(OP_COUNT).fill(-1);
  /** How many code units of inline cache follow. */
  readonly caches = new Uint8Array(OP_COUNT);
  /** Bits of `Has`. */
  readonly flags = new Uint16Array(OP_COUNT);
  /** The Op of each number that can stand in co_code, or -1. */
  readonly byNumber = new Int16Array(256).fill(-1);
  /** The first opcode whose argument is not ignored, up to 3.12. */
  readonly haveArgument: number;
  private readonly effects = new Uint8Array(OP_COUNT);
  private readonly bases = new Int8Array(OP_COUNT);
  private readonly jumpBases = new Int8Array(OP_COUNT);

  constructor(readonly facts: OpcodeFacts) {
    this.haveArgument = facts.haveArgument;
    for (const [op, number, caches, flags, effect, base, jump = base] of facts.opcodes) {
      this.number[op] = number;
      this.caches[op] = caches;
      this.flags[op] = flags;
      this.effects[op] = effect;
      this.bases[op] = base;
      this.jumpBases[op] = jump;
      if (number < 256) this.byNumber[number] = op;
    }
  }

  /** Whether the version has the opcode, as a pseudo-op at least. */
  has(op: Op): boolean {
    return this.number[op] >= 0;
  }

  /** By how much an instruction grows the stack; `jump` where it jumps. CPython: stack_effect() in Python/compile.c. */
  stackEffect(op: Op, arg: number, jump: boolean): number {
    const base = jump ? this.jumpBases[op] : this.bases[op];
    const effect = this.effects[op] as Effect;
    return effect === Effect.Constant ? base : effectOf(effect, base, arg);
  }

  /** `dis.opname[number]`: `<17>` for a number that is no opcode. */
  opname(number: number): string {
    const op = this.byNumber[number];
    return op < 0 ? `<${number}>` : Op[op];
  }
}
