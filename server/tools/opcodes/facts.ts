// From what an interpreter says of its opcodes (harvest.py) to the rows of its table: names instead of numbers, bits
// instead of lists, and for each stack effect the form that gives it for every argument that was asked for.
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { Effect, effectOf, Has, type OpcodeFacts } from '../../src/python/versions/opcodes/opcodeTable.ts';

/** The JSON of harvest.py. */
interface Harvest extends Omit<OpcodeFacts, 'opcodes' | 'cacheLayout'> {
  readonly opmap: Readonly<Record<string, number>>;
  readonly properties: Readonly<Record<string, readonly number[]>>;
  readonly caches: Readonly<Record<string, number>>;
  readonly cacheLayout: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly arguments: readonly number[];
  readonly effects: Readonly<Record<string, readonly [stay: Effects, jump: Effects]>>;
}

/** Without an argument first, then with each; null where CPython refuses. */
type Effects = readonly (number | null)[];

/** A row of the table, still by name. */
export interface NamedRow {
  readonly name: string;
  readonly number: number;
  readonly caches: number;
  readonly flags: number;
  readonly effect: Effect;
  readonly base: number;
  /** The base where a jump is made, if it is another one. */
  readonly jump: number | undefined;
}

/** The facts of a version, by the names of opcodes. */
export type NamedFacts = Omit<OpcodeFacts, 'opcodes' | 'cacheLayout'> & {
  readonly opcodes: readonly NamedRow[];
  readonly cacheLayout: readonly (readonly [string, readonly (readonly [string, number])[]])[];
};

const HARVESTER = fileURLToPath(new URL('harvest.py', import.meta.url));

/** Asks an interpreter, given as a command with arguments before the script's path. */
export function harvest([executable, ...args]: readonly [string, ...string[]]): NamedFacts {
  const answer = execFileSync(executable, [...args, HARVESTER], {
    encoding: 'utf8',
    maxBuffer: 1 << 26,
    env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1' },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return factsOf(JSON.parse(answer) as Harvest);
}

/**
 * The pseudo-ops of 3.11, which exist in C alone: Python/compile.c, "virtual" opcodes and stack_effect(). CPython
 * gives them negative numbers; here they have numbers past a byte, as pseudo-ops have from 3.12 on.
 */
const PSEUDO_OPS_3_11: readonly [name: string, stay: number, jump: number][] = [
  ['SETUP_FINALLY', 0, 1],
  ['SETUP_CLEANUP', 0, 2],
  ['SETUP_WITH', 0, 1],
  ['POP_BLOCK', 0, 0],
  ['JUMP', 0, 0],
  ['JUMP_NO_INTERRUPT', 0, 0],
  ['POP_JUMP_IF_FALSE', -1, -1],
  ['POP_JUMP_IF_TRUE', -1, -1],
  ['POP_JUMP_IF_NONE', -1, -1],
  ['POP_JUMP_IF_NOT_NONE', -1, -1],
];

// What the macros of C say and no module does: Python/compile.c, later Include/internal/pycore_opcode_utils.h.
const BLOCK_PUSH = /^SETUP_(?:FINALLY|CLEANUP|WITH|ASYNC_WITH)$/;
const UNCONDITIONAL = /^JUMP(?:_FORWARD|_ABSOLUTE|_BACKWARD)?(?:_NO_INTERRUPT)?$/;
/** RERAISE is one since there is such an opcode, 3.9. */
const SCOPE_EXIT = /^(?:RETURN_VALUE|RETURN_CONST|RAISE_VARARGS|RERAISE)$/;
/**
 * Include/internal/pycore_opcode_metadata.h, HAS_EVAL_BREAK_FLAG: 3.13 and later, the first that have TO_BOOL; not
 * CALL_KW once it is specialised, 3.14.
 */
const EVAL_BREAK = /^(?:CALL|CALL_KW|CALL_FUNCTION_EX|JUMP|JUMP_BACKWARD|RESUME)$/;

const PROPERTIES: Readonly<Record<string, Has>> = {
  arg: Has.Arg,
  const: Has.Const,
  name: Has.Name,
  local: Has.Local,
  free: Has.Free,
  compare: Has.Compare,
  jrel: Has.JumpRelative,
  jabs: Has.JumpAbsolute,
};

/** Opcodes that only a running interpreter puts into code. */
const isInstrumented = (name: string): boolean => name.startsWith('INSTRUMENTED_');

function factsOf(answer: Harvest): NamedFacts {
  const { opmap, properties, caches, effects, arguments: args } = answer;
  const { version, magic, haveArgument, cacheLayout } = answer;
  const hasEvalBreaks = 'TO_BOOL' in opmap;
  const isEvalBreak = (name: string): boolean =>
    hasEvalBreaks && EVAL_BREAK.test(name) && !(name === 'CALL_KW' && name in caches);
  const flagsOf = (name: string, number: number): number => {
    let flags = properties.arg || number < haveArgument ? 0 : Has.Arg;
    for (const [property, flag] of Object.entries(PROPERTIES)) {
      if (properties[property]?.includes(number)) flags |= flag;
    }
    return flags | flagsOfName(name) | (number > 255 ? Has.Pseudo : 0);
  };
  const flagsOfName = (name: string): number =>
    (BLOCK_PUSH.test(name) ? Has.BlockPush : 0) |
    (UNCONDITIONAL.test(name) ? Has.Unconditional : 0) |
    (name.includes('JUMP_BACKWARD') ? Has.Backward : 0) |
    (SCOPE_EXIT.test(name) ? Has.ScopeExit : 0) |
    (isEvalBreak(name) ? Has.EvalBreak : 0);
  const opcodes = Object.entries(opmap)
    .filter(([name]) => !isInstrumented(name))
    .map(([name, number]): NamedRow => {
      const form = effectForm(`${version} ${name}`, effects[name], args);
      return { name, number, caches: caches[name] ?? 0, flags: flagsOf(name, number), ...form };
    });
  if (version.startsWith('3.11.')) {
    PSEUDO_OPS_3_11.forEach(([name, base, jump], i) => {
      const flags = Has.Pseudo | flagsOfName(name) | (name.includes('JUMP') ? Has.Arg | Has.JumpRelative : 0);
      const form = { effect: Effect.Constant, base, jump: jump === base ? undefined : jump };
      opcodes.push({ name, number: 256 + i, caches: 0, flags, ...form });
    });
  }
  const { compareOperators, binaryOperators, unaryIntrinsics, binaryIntrinsics } = answer;
  const { specialMethods, commonConstants } = answer;
  return {
    version,
    magic,
    haveArgument,
    opcodes: opcodes.sort((a, b) => a.number - b.number),
    cacheLayout: Object.entries(cacheLayout).map(([name, entries]) => [name, Object.entries(entries)]),
    compareOperators,
    binaryOperators,
    unaryIntrinsics,
    binaryIntrinsics,
    specialMethods,
    commonConstants,
  };
}

const FORMS = Object.values(Effect).filter((form): form is Effect => typeof form === 'number');

/** The form and bases that give all of the effects; what no form gives is an error, never left out. */
function effectForm(
  name: string,
  [stay, jump]: readonly [Effects, Effects],
  args: readonly number[],
): Pick<NamedRow, 'effect' | 'base' | 'jump'> {
  for (const effect of FORMS) {
    const base = baseOf(effect, stay, args);
    const jumpBase = baseOf(effect, jump, args);
    if (base === undefined || jumpBase === undefined) continue;
    return { effect, base, jump: jumpBase === base ? undefined : jumpBase };
  }
  throw new Error(`${name}: no form gives its stack effects ${JSON.stringify([stay, jump])}`);
}

function baseOf(effect: Effect, [alone, ...others]: Effects, args: readonly number[]): number | undefined {
  // Up to 3.12 an opcode has an effect either without argument or with one.
  const known = others.flatMap((value, i) => (value === null ? [] : [[args[i], value] as const]));
  if (known.length === 0) return effect === Effect.Constant && alone !== null ? alone : undefined;
  const [arg, value] = known[0];
  const base = value - effectOf(effect, 0, arg);
  return known.every(([each, expected]) => effectOf(effect, base, each) === expected) ? base : undefined;
}

/** Pseudo-ops in every version that has them; the enum has them last. */
export const isAlwaysPseudo = (rows: readonly NamedRow[]): boolean =>
  rows.every(({ flags }) => (flags & Has.Pseudo) !== 0);
