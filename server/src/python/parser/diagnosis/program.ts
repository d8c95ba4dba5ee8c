// A grammar as a program for the machine: the rules in a row, and what may begin each of them.
import { TokenKind } from '../../tokenizer/tokens.ts';
import type { Alternative, Element, Rule } from './notation.ts';

/** Instructions; their operands follow them. */
export enum Op {
  /** kind: the token is read, its index is the value */
  TOKEN,
  /** word: a name that reads so is read, its index is the value */
  SOFT,
  /** rule */
  CALL,
  RETURN,
  /** address to go on at if what follows fails */
  CHOICE,
  /** address: forget the last choice, and go there */
  COMMIT,
  /** address */
  JUMP,
  FAIL,
  /** Forget the last choice. */
  CUT,
  /** An empty list is the value. */
  LIST,
  /** The last value goes to the list before it. */
  APPEND,
  /** address: go there, with the last choice renewed; if nothing has been read since it was made, forget it and go on */
  AGAIN,
  /** No value is the value. */
  NOTHING,
  /** address: go back to the last choice, which has done its duty, and there */
  LOOK,
  /** Forget the last choice and fail. */
  LOOK_AWAY,
  /** count, which: the values of an alternative become one of them */
  PICK,
  /** count, action: the values of an alternative become what an action makes of them */
  ACT,
  /** kind, spelling: the token is read, or refused by name */
  FORCE,
  /** set, address: go there if the token is not in the set */
  GUARD,
  /** Deeper by one. */
  DOWN,
  UP,
}

/** What an alternative's action is about. */
export interface ActionSite {
  /** What follows the arrow. */
  readonly text: string;
  /** Index among the values of each that has a name. */
  readonly slots: ReadonlyMap<string, number>;
}

export interface Program {
  readonly code: Int32Array;
  readonly rules: ReadonlyMap<string, number>;
  readonly names: readonly string[];
  readonly entries: Int32Array;
  /** By rule: 256 bytes that say which kinds of token may begin it. */
  readonly first: readonly Uint8Array[];
  /** What is in the sets of GUARD. */
  readonly sets: readonly Uint8Array[];
  readonly words: readonly string[];
  readonly actions: readonly ActionSite[];
  /** By rule: bits of RuleTrait. */
  readonly traits: Uint8Array;
}

export const RuleTrait = {
  /** Runs in the second pass alone. */
  INVALID: 1,
  /** Switches the rules of the second pass off below it. */
  WITHOUT_INVALID: 2,
  /** CPython keeps its result, in whichever state it was found. */
  MEMO: 4,
  /** Left-recursive in CPython. */
  LEFT: 8,
  /** A statement: nothing before its end is read again once it is there. */
  STATEMENT: 16,
  /** Not a rule of CPython's: nothing is nested deeper in it. */
  FLAT: 32,
};

const INVALID_PREFIX = 'invalid_';
const WITHOUT_INVALID_SUFFIX = '_without_invalid';

/**
 * Compiles the rules.
 *
 * @param groupsNest whether CPython nests deeper for a group or a loop, which are functions of its parser
 * @throws Error if the grammar names a rule that it has not: a fault of ours, which tests find
 */
export function compileProgram(grammar: ReadonlyMap<string, Rule>, groupsNest: boolean): Program {
  return new Compiler(grammar, groupsNest).program();
}

class Compiler {
  private readonly code: number[] = [];
  private readonly rules: Rule[];
  private readonly numbers = new Map<string, number>();
  private readonly first: Uint8Array[];
  private readonly nullable: boolean[];
  private readonly sets: Uint8Array[] = [];
  private readonly setNumbers = new Map<string, number>();
  private readonly words: string[] = [];
  private readonly actions: ActionSite[] = [];

  constructor(
    grammar: ReadonlyMap<string, Rule>,
    private readonly groupsNest: boolean,
  ) {
    this.rules = [...grammar.values()];
    for (const [i, rule] of this.rules.entries()) this.numbers.set(rule.name, i);
    this.first = this.rules.map(() => new Uint8Array(256));
    this.nullable = this.rules.map(() => false);
  }

  program(): Program {
    this.findFirst();
    const entries = new Int32Array(this.rules.length);
    for (const [i, rule] of this.rules.entries()) {
      entries[i] = this.code.length;
      this.rule(rule);
    }
    return {
      code: Int32Array.from(this.code),
      rules: this.numbers,
      names: this.rules.map(({ name }) => name),
      entries,
      first: this.first.map((set, i) => (this.nullable[i] ? set.fill(1) : set)),
      sets: this.sets,
      words: this.words,
      actions: this.actions,
      traits: Uint8Array.from(this.rules, traitsOf),
    };
  }

  private number(name: string): number {
    const number = this.numbers.get(name);
    if (number === undefined) throw new Error(`grammar: no rule ${name}`);
    return number;
  }

  // ---- What may begin a rule ----

  private findFirst(): void {
    for (let changed = true; changed;) {
      changed = false;
      for (const [i, rule] of this.rules.entries()) {
        for (const alternative of rule.alternatives) {
          if (alternative.tail) continue;
          if (this.begin(alternative, this.first[i]) && !this.nullable[i]) {
            this.nullable[i] = true;
            changed = true;
          }
        }
        const count = this.first[i].reduce((sum, bit) => sum + bit, 0);
        if (count !== this.counts[i]) changed = true;
        this.counts[i] = count;
      }
    }
  }

  private readonly counts: number[] = [];

  /** Adds to a set what may begin an alternative. Returns whether it may be empty. */
  private begin({ items }: Alternative, set: Uint8Array): boolean {
    for (const { element } of items) {
      if (element.type === 'look' && !element.wanted) continue;
      if (!this.beginElement(element, set)) return false;
    }
    return true;
  }

  private beginElement(element: Element, set: Uint8Array): boolean {
    switch (element.type) {
      case 'token':
        set[element.kind] = 1;
        return false;
      case 'soft':
        set[TokenKind.NAME] = 1;
        return false;
      case 'forced':
        set.fill(1);
        return false;
      case 'rule': {
        const number = this.number(element.name);
        const first = this.first[number];
        for (let kind = 0; kind < 256; kind++) set[kind] |= first[kind];
        return this.nullable[number];
      }
      case 'group': {
        let empty = false;
        for (const alternative of element.alternatives) empty = this.begin(alternative, set) || empty;
        return empty;
      }
      case 'optional':
        this.beginElement(element.element, set);
        return true;
      case 'repeat':
        return this.beginElement(element.element, set) || element.least === 0;
      case 'look':
        return this.beginElement(element.element, set);
      case 'cut':
        return true;
    }
  }

  /** The set of an alternative; -1 if anything may be there. */
  private setOf(alternative: Alternative): number {
    const set = new Uint8Array(256);
    if (this.begin(alternative, set) || set[255] === 1) return -1;
    const key = set.join('');
    const known = this.setNumbers.get(key);
    if (known !== undefined) return known;
    this.setNumbers.set(key, this.sets.length);
    return this.sets.push(set) - 1;
  }

  // ---- Code ----

  private emit(...code: number[]): number {
    return this.code.push(...code) - 1;
  }

  /** Fills in the address that was left open at a place. */
  private land(...places: number[]): void {
    for (const place of places) this.code[place] = this.code.length;
  }

  private rule(rule: Rule): void {
    this.choices(
      rule.alternatives.filter(({ tail }) => !tail),
      false,
    );
    if (rule.left) {
      const tails = rule.alternatives.filter(({ tail }) => tail);
      const start = this.code.length;
      const end = this.emit(Op.CHOICE, 0);
      this.choices(tails, true);
      this.emit(Op.AGAIN, start + 2);
      this.land(end);
    }
    this.emit(Op.RETURN);
  }

  /** Code that leaves the value of the first alternative that matches. */
  private choices(alternatives: readonly Alternative[], tail: boolean): void {
    const ends: number[] = [];
    const last = alternatives.length - 1;
    for (const [i, alternative] of alternatives.entries()) {
      const guard = this.setOf(alternative);
      const skip = guard === -1 ? [] : [this.emit(Op.GUARD, guard, 0)];
      if (i < last) {
        const choice = this.emit(Op.CHOICE, 0);
        const cut = this.sequence(alternative, tail, true);
        ends.push(this.emit(cut ? Op.JUMP : Op.COMMIT, 0));
        this.land(choice, ...skip);
      } else {
        // There is no choice left: what fails here fails all.
        this.sequence(alternative, tail, false);
        if (skip.length > 0) {
          ends.push(this.emit(Op.JUMP, 0));
          this.land(...skip);
        }
      }
    }
    if (alternatives.length === 0 || this.setOf(alternatives[last]) !== -1) this.emit(Op.FAIL);
    this.land(...ends);
  }

  /** Code of an alternative. Returns whether it forbids later ones. */
  private sequence({ items, action }: Alternative, tail: boolean, choice: boolean): boolean {
    let cut = false;
    let count = 0;
    let named = -1;
    const slots = new Map<string, number>();
    for (const { name, element } of items) {
      if (element.type === 'cut') {
        if (choice && !cut) this.emit(Op.CUT);
        cut = true;
        continue;
      }
      this.element(element);
      if (element.type === 'look') continue;
      if (name !== null) {
        slots.set(name, count);
        if (named === -1) named = count;
      }
      count++;
    }
    const picked = action === null ? undefined : slots.get(action);
    if (action === null || picked !== undefined) {
      const which = tail ? 0 : (picked ?? Math.max(named, 0));
      if (count === 0) this.emit(Op.NOTHING);
      else if (tail || count > 1) this.emit(Op.PICK, tail ? count + 1 : count, which);
    } else {
      if (tail) for (const [name, slot] of slots) slots.set(name, slot + 1);
      this.emit(Op.ACT, tail ? count + 1 : count, this.actions.push({ text: action, slots }) - 1);
    }
    return cut;
  }

  /** Code of an element, which leaves one value; a look ahead leaves none. */
  private element(element: Element): void {
    switch (element.type) {
      case 'token':
        this.emit(Op.TOKEN, element.kind);
        return;
      case 'soft':
        this.emit(Op.SOFT, this.word(element.word));
        return;
      case 'forced':
        this.emit(Op.FORCE, element.kind, this.word(element.spelling));
        return;
      case 'rule':
        this.emit(Op.CALL, this.number(element.name));
        return;
      case 'group':
        this.nest(Op.DOWN);
        this.choices(element.alternatives, false);
        this.nest(Op.UP);
        return;
      case 'optional': {
        const choice = this.emit(Op.CHOICE, 0);
        this.element(element.element);
        const end = this.emit(Op.COMMIT, 0);
        this.land(choice);
        this.emit(Op.NOTHING);
        this.land(end);
        return;
      }
      case 'repeat':
        this.repeat(element.element, element.separator, element.least);
        return;
      case 'look': {
        const choice = this.emit(Op.CHOICE, 0);
        this.element(element.element);
        if (element.wanted) {
          const end = this.emit(Op.LOOK, 0);
          this.land(choice);
          this.emit(Op.FAIL);
          this.land(end);
        } else {
          this.emit(Op.LOOK_AWAY);
          this.land(choice);
        }
        return;
      }
      case 'cut':
        return;
    }
  }

  private repeat(element: Element, separator: Element | null, least: 0 | 1): void {
    this.emit(Op.LIST);
    this.nest(Op.DOWN);
    if (least === 1) {
      this.element(element);
      this.emit(Op.APPEND);
    }
    const end = this.emit(Op.CHOICE, 0);
    const start = this.code.length;
    if (separator) {
      this.element(separator);
      this.element(element);
      this.emit(Op.PICK, 2, 1);
    } else this.element(element);
    this.emit(Op.APPEND, Op.AGAIN, start);
    this.land(end);
    this.nest(Op.UP);
  }

  private nest(op: Op.DOWN | Op.UP): void {
    if (this.groupsNest) this.emit(op);
  }

  private word(word: string): number {
    const at = this.words.indexOf(word);
    return at === -1 ? this.words.push(word) - 1 : at;
  }
}

function traitsOf({ name, memo, left, flat }: Rule): number {
  return (
    (name.startsWith(INVALID_PREFIX) ? RuleTrait.INVALID : 0) |
    (name.endsWith(WITHOUT_INVALID_SUFFIX) ? RuleTrait.WITHOUT_INVALID : 0) |
    (memo ? RuleTrait.MEMO : 0) |
    (left ? RuleTrait.LEFT : 0) |
    (flat ? RuleTrait.FLAT : 0) |
    (name === 'statement' ? RuleTrait.STATEMENT : 0)
  );
}
