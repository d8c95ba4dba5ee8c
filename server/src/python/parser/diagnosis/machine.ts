// A machine that parses by a grammar as CPython's parser does, to find what that says of text it refuses: alternatives
// in order, each as far as it goes, results kept by position, and a second pass in which the rules for errors take part.
// It has a stack of its own, so that no text is too deep for it.
//
// It is linear. A rule runs at a token at most twice, with the rules for errors and without: its result is kept. A run
// of a rule, without the rules that it calls, takes steps in proportion to what the grammar writes for it and to the
// tokens its loops read; and a loop that reads nothing ends. What is kept is dropped at the end of a statement, as no
// alternative goes back behind it: the statement's own result is kept by the block that it is in.
// CPython: Parser/pegen.c and what Tools/peg_generator makes of the grammar.
import { TokenKind, type Tokens } from '../../tokenizer/tokens.ts';
import { Op, type Program, RuleTrait } from './program.ts';
import { type Value } from './piece.ts';

/** What an action wants of a machine. */
export interface ActionContext {
  readonly tokens: Tokens;
  /** Index of the token that is next. */
  readonly pos: number;
  /** Index of the token at which the rule began. */
  readonly start: number;
  /** Index of the last token that has been read. */
  readonly reach: number;
}

/**
 * What becomes of an alternative's values: a value, `null` if the rule fails after all, or REFUSED if the text is
 * refused here, which the machine's owner has noted.
 */
export type Action = (
  values: readonly Value[],
  base: number,
  context: ActionContext,
) => Value | typeof REFUSED;

export const REFUSED = Symbol('refused');

/** How a run ended. */
export enum Outcome {
  MATCHED,
  FAILED,
  /** An action refused the text, or the tokenizer did. */
  REFUSED,
  /** Rules are nested too deeply. */
  TOO_DEEP,
}

/** Integers of an entry on the stack: address, position, values, depth, state, rule or -1 for a choice, frame before. */
const ENTRY = 7;
const NO_RULE = -1;

/** More rules than are ever nested without a token read between them. */
const LONGEST_CHAIN = 100;

/** How much deeper a rule is, by its traits: CPython runs left-recursive ones in a function around them. */
const DEPTH_TRAITS = RuleTrait.LEFT | RuleTrait.FLAT;
const LEVELS = Uint8Array.from({ length: DEPTH_TRAITS + 1 }, (_, traits) =>
  (traits & RuleTrait.FLAT) !== 0 ? 0 : (traits & RuleTrait.LEFT) !== 0 ? 2 : 1,
);

/** A token that was wanted by name: where, and its spelling. */
export interface Forced {
  readonly token: number;
  readonly spelling: string;
}

export interface MachineOptions {
  readonly program: Program;
  readonly tokens: Tokens;
  readonly actions: readonly Action[];
  /** The first token that CPython's tokenizer refuses to make; more than there are if it makes them all. */
  readonly limit: number;
  /** How deep rules may be nested. */
  readonly maxDepth: number;
  /** Soft keywords of the target. */
  readonly softKeywords: readonly string[];
}

export class Machine implements ActionContext {
  readonly tokens: Tokens;
  pos = 0;
  start = 0;
  reach = -1;
  /** Rules that were run, and instructions: what the tests of linearity count. */
  steps = 0;
  /** The token that was wanted by name, if that is why the text was refused, and its spelling. */
  forced: Forced | null = null;
  private readonly program: Program;
  private readonly actions: readonly Action[];
  private readonly limit: number;
  private readonly maxDepth: number;
  private readonly softKeywords: readonly string[];
  private stack = new Int32Array(ENTRY * 512);
  private readonly values: Value[] = [];
  /** What is kept: chains by token, through arrays that grow. */
  private readonly heads: Int32Array;
  private readonly keptNext: number[] = [];
  private readonly keptRule: number[] = [];
  private readonly keptEnd: number[] = [];
  private readonly keptValue: Value[] = [];
  /** How much was kept when the statements began that are open. */
  private readonly marks: number[] = [];

  constructor(options: MachineOptions) {
    this.program = options.program;
    this.tokens = options.tokens;
    this.actions = options.actions;
    this.limit = options.limit;
    this.maxDepth = options.maxDepth;
    this.softKeywords = options.softKeywords;
    this.heads = new Int32Array(options.tokens.count + 1).fill(-1);
  }

  /**
   * Runs a rule from a token on.
   *
   * @param errors whether the rules for errors take part: CPython's second pass
   */
  run(rule: string, from: number, errors: boolean): Outcome {
    const { program, tokens, values, heads, limit } = this;
    const { code, entries, first, traits, sets } = program;
    const { kinds } = tokens;
    const last = tokens.count - 1;
    this.forget(0, 0, tokens.count);
    this.marks.length = 0;
    this.forced = null;
    const nearlyTooDeep = this.maxDepth - LONGEST_CHAIN;
    let { stack } = this;
    let size = 0;
    let frame = -1;
    let top = 0;
    let depth = 0;
    let state = errors ? 1 : 0;
    let pos = from;
    let reach = this.reach;
    let steps = 0;
    // The rule is called from an address that ends the run.
    const called = program.rules.get(rule) ?? -1;
    let pc = -1;
    let calling = called;
    for (;;) {
      steps++;
      let failed = false;
      let op: Op = Op.CALL;
      if (calling === NO_RULE) op = code[pc++];
      switch (op) {
        case Op.TOKEN:
          if (pos > reach) reach = pos;
          if (pos >= limit) return this.end(Outcome.REFUSED, pos, reach, steps);
          if (kinds[pos] === code[pc]) {
            pc++;
            values[top++] = pos;
            if (pos < last) pos++;
          } else failed = true;
          break;
        case Op.SOFT:
          if (pos > reach) reach = pos;
          if (pos >= limit) return this.end(Outcome.REFUSED, pos, reach, steps);
          if (kinds[pos] === TokenKind.NAME && this.isWord(pos, program.words[code[pc]])) {
            pc++;
            values[top++] = pos++;
          } else failed = true;
          break;
        case Op.CALL: {
          let number = calling;
          if (calling === NO_RULE) number = code[pc++];
          calling = NO_RULE;
          const trait = traits[number];
          if ((trait & RuleTrait.INVALID) !== 0 && state === 0) {
            failed = true;
            break;
          }
          if (pos > reach) reach = pos;
          if (pos >= limit) return this.end(Outcome.REFUSED, pos, reach, steps);
          // CPython finds out by trying; that matters where it tries too deep.
          if (first[number][kinds[pos]] === 0 && depth < nearlyTooDeep) {
            failed = true;
            break;
          }
          const deeper = depth + LEVELS[trait & DEPTH_TRAITS];
          if (deeper > this.maxDepth) return this.end(Outcome.TOO_DEEP, pos, reach, steps);
          const key = (trait & RuleTrait.MEMO) !== 0 ? number * 2 : number * 2 + state;
          let kept = heads[pos];
          while (kept !== -1 && this.keptRule[kept] !== key) kept = this.keptNext[kept];
          if (kept !== -1) {
            const end = this.keptEnd[kept];
            if (end === -1) failed = true;
            else {
              values[top++] = this.keptValue[kept];
              pos = end;
            }
            break;
          }
          if (size + ENTRY > stack.length) {
            const larger = new Int32Array(stack.length * 2);
            larger.set(stack);
            stack = this.stack = larger;
          }
          stack[size] = pc;
          stack[size + 1] = pos;
          stack[size + 2] = top;
          stack[size + 3] = depth;
          stack[size + 4] = state;
          stack[size + 5] = number;
          stack[size + 6] = frame;
          frame = size;
          size += ENTRY;
          depth = deeper;
          if ((trait & RuleTrait.WITHOUT_INVALID) !== 0) state = 0;
          if ((trait & RuleTrait.STATEMENT) !== 0) this.marks.push(this.keptRule.length);
          pc = entries[number];
          break;
        }
        case Op.RETURN: {
          // Whatever was left to choose in the rule is above its entry.
          size = frame;
          const number = stack[size + 5];
          const begun = stack[size + 1];
          const value = values[top - 1];
          top = stack[size + 2];
          depth = stack[size + 3];
          state = stack[size + 4];
          frame = stack[size + 6];
          values[top++] = value;
          const trait = traits[number];
          if ((trait & RuleTrait.STATEMENT) !== 0) this.forget(this.marks.pop() ?? 0, begun, reach + 1);
          else this.keep(begun, (trait & RuleTrait.MEMO) !== 0 ? number * 2 : number * 2 + state, pos, value);
          pc = stack[size];
          if (size === 0) return this.end(Outcome.MATCHED, pos, reach, steps);
          break;
        }
        case Op.CHOICE:
          if (size + ENTRY > stack.length) {
            const larger = new Int32Array(stack.length * 2);
            larger.set(stack);
            stack = this.stack = larger;
          }
          stack[size] = code[pc++];
          stack[size + 1] = pos;
          stack[size + 2] = top;
          stack[size + 3] = depth;
          stack[size + 5] = NO_RULE;
          size += ENTRY;
          break;
        case Op.COMMIT:
          size -= ENTRY;
          pc = code[pc];
          break;
        case Op.JUMP:
          pc = code[pc];
          break;
        case Op.FAIL:
          failed = true;
          break;
        case Op.CUT:
          size -= ENTRY;
          break;
        case Op.LIST:
          values[top++] = [];
          break;
        case Op.APPEND:
          top--;
          (values[top - 1] as Value[]).push(values[top]);
          break;
        case Op.AGAIN:
          if (stack[size - ENTRY + 1] === pos) {
            // Nothing was read: the loop ends, whatever the grammar says.
            pc = stack[size - ENTRY];
            size -= ENTRY;
          } else {
            stack[size - ENTRY + 1] = pos;
            stack[size - ENTRY + 2] = top;
            pc = code[pc];
          }
          break;
        case Op.NOTHING:
          values[top++] = null;
          break;
        case Op.LOOK:
          size -= ENTRY;
          pos = stack[size + 1];
          top = stack[size + 2];
          depth = stack[size + 3];
          pc = code[pc];
          break;
        case Op.LOOK_AWAY:
          size -= ENTRY;
          failed = true;
          break;
        case Op.PICK: {
          const base = top - code[pc];
          values[base] = values[base + code[pc + 1]];
          top = base + 1;
          pc += 2;
          break;
        }
        case Op.ACT: {
          const base = top - code[pc];
          const action = code[pc + 1];
          pc += 2;
          this.pos = pos;
          this.start = stack[frame + 1];
          this.reach = reach;
          const value = this.actions[action](values, base, this);
          reach = this.reach;
          if (value === REFUSED) return this.end(Outcome.REFUSED, pos, reach, steps);
          if (value === null) {
            // The rule fails, whatever alternatives it has left.
            size = frame + ENTRY;
            failed = true;
            break;
          }
          values[base] = value;
          top = base + 1;
          break;
        }
        case Op.FORCE:
          if (pos > reach) reach = pos;
          if (pos >= limit) return this.end(Outcome.REFUSED, pos, reach, steps);
          if (kinds[pos] !== code[pc]) {
            this.forced = { token: pos, spelling: program.words[code[pc + 1]] };
            return this.end(Outcome.REFUSED, pos, reach, steps);
          }
          pc += 2;
          values[top++] = pos;
          if (pos < last) pos++;
          break;
        case Op.GUARD:
          if (pos > reach) reach = pos;
          if (pos >= limit) return this.end(Outcome.REFUSED, pos, reach, steps);
          pc = sets[code[pc]][kinds[pos]] === 0 && depth < nearlyTooDeep ? code[pc + 1] : pc + 2;
          break;
        case Op.DOWN:
          if (++depth > this.maxDepth) return this.end(Outcome.TOO_DEEP, pos, reach, steps);
          break;
        case Op.UP:
          depth--;
          break;
      }
      if (!failed) continue;
      for (;;) {
        if (size === 0) return this.end(Outcome.FAILED, pos, reach, steps);
        size -= ENTRY;
        pos = stack[size + 1];
        top = stack[size + 2];
        depth = stack[size + 3];
        const number = stack[size + 5];
        if (number === NO_RULE) {
          pc = stack[size];
          break;
        }
        state = stack[size + 4];
        frame = stack[size + 6];
        const trait = traits[number];
        if ((trait & RuleTrait.STATEMENT) !== 0) this.marks.pop();
        else this.keep(pos, (trait & RuleTrait.MEMO) !== 0 ? number * 2 : number * 2 + state, -1, null);
      }
    }
  }

  private end(outcome: Outcome, pos: number, reach: number, steps: number): Outcome {
    this.pos = pos;
    this.reach = reach;
    this.steps += steps;
    return outcome;
  }

  private keep(token: number, key: number, end: number, value: Value): void {
    this.keptNext.push(this.heads[token]);
    this.heads[token] = this.keptRule.length;
    this.keptRule.push(key);
    this.keptEnd.push(end);
    this.keptValue.push(value);
  }

  /** Drops what is kept from a mark on, all of which is for the tokens from `from` to `to`. */
  private forget(mark: number, from: number, to: number): void {
    this.heads.fill(-1, from, to + 1);
    this.keptNext.length = mark;
    this.keptRule.length = mark;
    this.keptEnd.length = mark;
    this.keptValue.length = mark;
  }

  /** Whether the NAME at a token is a word; for the empty one, whether it is a soft keyword, or a beginning of one. */
  private isWord(token: number, word: string): boolean {
    const name = this.tokens.names[this.tokens.values[token]];
    if (word !== '') return name === word;
    return this.softKeywords.some(keyword => keyword.startsWith(name));
  }
}
