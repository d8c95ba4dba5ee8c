// Which bindings of a name reach a place in its block, and under which conditions: one pass over the block's
// statements, expressions left out. Branches unite, a later binding hides an earlier one, what follows a return is not
// reached, and tests that the target version decides take one side.
import { NodeKind } from '../../python/ast/kinds.ts';
import type { Expression } from '../../python/ast/expressions.ts';
import type {
  ExceptHandler,
  For,
  Import,
  ImportFrom,
  MatchCase,
  Pattern,
  Statement,
  Try,
  While,
} from '../../python/ast/nodes.ts';
import { isFunction } from '../../python/ast/parts.ts';
import { decoratedStart } from '../../python/locate/path.ts';
import type { Binding } from './bindings.ts';

/** A test that was true or false on the way, the latest first. */
export interface Condition {
  readonly test: Expression;
  readonly holds: boolean;
  readonly previous: Condition | undefined;
}

/** One binding that may be the current one; undefined where none is, so that the name is looked up further out. */
export interface FlowPoint {
  readonly binding: Binding | undefined;
  readonly condition: Condition | undefined;
}

/** What the flow asks about the code it walks over. */
export interface FlowQuestions {
  /** What a test is for the target version, if that is known. */
  decide(test: Expression): boolean | undefined;
  /** Whether a branch imports what is not there. */
  importsFail(body: readonly Statement[]): boolean;
  /** Whether an import finds nothing. */
  fails(statement: Import | ImportFrom): boolean | undefined;
  /** Whether a test says anything about the name. */
  concerns(test: Expression): boolean;
}

type State = readonly FlowPoint[];

const UNBOUND: State = [{ binding: undefined, condition: undefined }];
const UNREACHABLE: State = [];

/**
 * The bindings that reach an offset in a block's body; at its end if the offset is behind it.
 * `bindings` are all those of one name in the order of the source, `initial` those that the block begins with.
 */
export function reachingBindings(
  body: readonly Statement[],
  bindings: readonly Binding[],
  initial: readonly Binding[],
  offset: number,
  questions: FlowQuestions,
): Reached {
  const flow = new Flow(bindings, offset, questions);
  const start: State =
    initial.length > 0 ? initial.map(binding => ({ binding, condition: undefined })) : UNBOUND;
  const end = flow.statements(body, start);
  return { points: flow.found ?? end, statement: flow.around };
}

export interface Reached {
  readonly points: readonly FlowPoint[];
  /** The innermost statement that the offset is in, if it is in one. */
  readonly statement: Statement | undefined;
}

interface Loop {
  breaks: State;
  continues: State;
}

class Flow {
  found: State | undefined;
  around: Statement | undefined;
  private readonly loops: Loop[] = [];
  /** Looking only at what comes back to a loop's beginning. */
  private probing = false;

  constructor(
    private readonly bindings: readonly Binding[],
    private readonly offset: number,
    private readonly questions: FlowQuestions,
  ) {}

  statements(list: readonly Statement[], state: State): State {
    for (const node of list) {
      if (this.found) return state;
      state = this.statement(node, state);
    }
    return state;
  }

  private isAt(start: number, end: number): boolean {
    return !this.probing && start <= this.offset && this.offset < end;
  }

  private statement(node: Statement, state: State): State {
    const start = isFunction(node) || node.kind === NodeKind.ClassDef ? decoratedStart(node) : node.start;
    if (!this.probing && this.offset < start) {
      // Between statements.
      this.found = state;
      return state;
    }
    const here = this.isAt(start, node.end);
    if (here) this.around = node;
    switch (node.kind) {
      case NodeKind.If: {
        const header = this.header(node.start, node.body[0]?.start ?? node.end, state);
        if (here && this.offset < (node.body[0]?.start ?? node.end)) return this.find(header);
        const decided = this.questions.decide(node.test) ?? this.byImports(node.body, node.orelse);
        const body = this.branch(node.body, header, node.test, true, decided);
        if (this.found) return body;
        const orelse = this.branch(node.orelse, header, node.test, false, decided);
        return this.found ? orelse : union(body, orelse);
      }
      case NodeKind.While:
      case NodeKind.For:
      case NodeKind.AsyncFor:
        return this.loop(node, state, here);
      case NodeKind.With:
      case NodeKind.AsyncWith: {
        const bodyStart = node.body[0]?.start ?? node.end;
        if (here && this.offset < bodyStart) return this.find(this.upTo(node.start, state));
        return this.statements(node.body, this.header(node.start, bodyStart, state));
      }
      case NodeKind.Try:
      case NodeKind.TryStar:
        return this.tryStatement(node, state);
      case NodeKind.Match:
        return this.match(node.cases, this.header(node.start, node.subject.end, state));
      default:
    }
    if (here) return this.find(this.upTo(start, state));
    switch (node.kind) {
      case NodeKind.Return:
      case NodeKind.Raise:
        return UNREACHABLE;
      case NodeKind.Break:
      case NodeKind.Continue: {
        const loop = this.loops.at(-1);
        if (loop && node.kind === NodeKind.Break) loop.breaks = union(loop.breaks, state);
        else if (loop) loop.continues = union(loop.continues, state);
        return UNREACHABLE;
      }
      case NodeKind.Assert:
        return this.assume(this.header(node.start, node.end, state), node.test, true);
      default:
        return this.header(start, node.end, state);
    }
  }

  private find(state: State): State {
    this.found = state;
    return state;
  }

  /** After the bindings in a range of text. */
  private header(start: number, end: number, state: State): State {
    if (state.length === 0) return state;
    const i = this.firstFrom(start);
    let last: Binding | undefined;
    for (let j = i; j < this.bindings.length && this.bindings[j].start < end; j++) last = this.bindings[j];
    return last ? after(last, state) : state;
  }

  /** Within one statement: after what has taken effect before the offset. */
  private upTo(start: number, state: State): State {
    let last: Binding | undefined;
    for (let j = this.firstFrom(start); j < this.bindings.length; j++) {
      const binding = this.bindings[j];
      if (binding.start > this.offset) break;
      if (binding.end <= this.offset) last = binding;
    }
    return last ? after(last, state) : state;
  }

  private firstFrom(start: number): number {
    let low = 0;
    let high = this.bindings.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.bindings[middle].start < start) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  private binds(start: number, end: number): boolean {
    const i = this.firstFrom(start);
    return i < this.bindings.length && this.bindings[i].start < end;
  }

  private branch(
    body: readonly Statement[],
    state: State,
    test: Expression,
    holds: boolean,
    decided: boolean | undefined,
  ): State {
    const dead = decided !== undefined && decided !== holds;
    if (body.length === 0) return dead ? UNREACHABLE : this.assume(state, test, holds);
    // Code that the target never runs still has its names.
    if (dead && !this.isAt(body[0].start, body[body.length - 1].end)) return UNREACHABLE;
    return this.statements(body, this.assume(state, test, holds));
  }

  /** Of two branches the one that can import what it imports. */
  private byImports(body: readonly Statement[], orelse: readonly Statement[]): boolean | undefined {
    if (orelse.length === 0) return undefined;
    const fails = this.questions.importsFail(body);
    return fails === this.questions.importsFail(orelse) ? undefined : !fails;
  }

  private assume(state: State, test: Expression, holds: boolean): State {
    if (state.length === 0 || !this.questions.concerns(test)) return state;
    return state.map(({ binding, condition }) => ({
      binding,
      condition: { test, holds, previous: condition },
    }));
  }

  private loop(node: While | For, state: State, here: boolean): State {
    const bodyStart = node.body[0]?.start ?? node.end;
    const test = node.kind === NodeKind.While ? node.test : undefined;
    const decided = test && this.questions.decide(test);
    const bodyEnd = node.body.at(-1)?.end ?? node.end;
    let entry = state;
    if (this.binds(node.start, bodyEnd)) {
      if (this.probing) {
        // Loops in loops: whatever they bind.
        for (let j = this.firstFrom(node.start); j < this.bindings.length; j++) {
          const binding = this.bindings[j];
          if (binding.start >= bodyEnd) break;
          entry = union(entry, after(binding, state));
        }
      } else {
        this.probing = true;
        this.loops.push({ breaks: UNREACHABLE, continues: UNREACHABLE });
        const header = this.header(node.start, bodyStart, state);
        const end = this.statements(node.body, test ? this.assume(header, test, true) : header);
        entry = union(state, union(end, this.loops.pop()!.continues));
        this.probing = false;
      }
    }
    const header = this.header(node.start, bodyStart, entry);
    if (here && this.offset < bodyStart) {
      // The iterable is evaluated once.
      return this.find(test ? this.upTo(node.start, entry) : this.upTo(node.start, state));
    }
    const loop: Loop = { breaks: UNREACHABLE, continues: UNREACHABLE };
    this.loops.push(loop);
    const end = this.statements(node.body, test ? this.assume(header, test, true) : header);
    this.loops.pop();
    if (this.found) return end;
    let done: State;
    if (test) done = decided === true ? UNREACHABLE : this.assume(header, test, false);
    else done = union(state, union(end, loop.continues));
    const orelse = this.statements(node.orelse, done);
    return this.found ? orelse : union(orelse, loop.breaks);
  }

  private tryStatement(node: Try, state: State): State {
    let current = state;
    let during = state;
    let imports = 0;
    let failed = false;
    for (const inner of node.body) {
      current = this.statement(inner, current);
      if (this.found) return current;
      if (inner.kind === NodeKind.Import || inner.kind === NodeKind.ImportFrom) {
        const fails = this.questions.fails(inner);
        if (fails === false) imports++;
        if (fails) {
          failed = true;
          // Nothing of it is bound.
          current = UNREACHABLE;
          continue;
        }
      }
      during = union(during, current);
    }
    let end = this.statements(node.orelse, current);
    if (this.found) return end;
    const works = imports > 0 && !failed;
    for (const handler of node.handlers) {
      const dead = works && catchesImportErrors(handler);
      if (dead && !this.isAt(handler.start, handler.end)) continue;
      const bodyStart = handler.body[0]?.start ?? handler.end;
      if (this.isAt(handler.start, bodyStart)) return this.find(during);
      const entered = this.header(handler.start, bodyStart, during);
      const left = this.statements(handler.body, entered);
      if (this.found) return left;
      end = union(end, left);
    }
    if (node.finalbody.length === 0) return end;
    if (this.isAt(node.finalbody[0].start, node.end)) end = union(end, during);
    return this.statements(node.finalbody, end);
  }

  private match(cases: readonly MatchCase[], state: State): State {
    let end: State = UNREACHABLE;
    let complete = false;
    for (const { pattern, guard, body } of cases) {
      const bodyStart = body[0]?.start ?? pattern.end;
      if (this.isAt(pattern.start, bodyStart)) return this.find(this.upTo(pattern.start, state));
      const left = this.statements(body, this.header(pattern.start, bodyStart, state));
      if (this.found) return left;
      end = union(end, left);
      if (!guard && isIrrefutable(pattern)) complete = true;
    }
    return complete ? end : union(end, state);
  }
}

function after(binding: Binding, state: State): State {
  if (binding.type === 'delete' && state.length > 0) return UNBOUND;
  // What `+=` gives depends on what was there.
  return state.length === 0 ? state : [{ binding, condition: undefined }];
}

/** Whether a handler is there for an import that fails. */
export function catchesImportErrors({ type }: ExceptHandler): boolean {
  if (type === null) return false;
  const types = type.kind === NodeKind.Tuple ? type.elts : [type];
  return types.some(
    item => item.kind === NodeKind.Name && (item.id === 'ImportError' || item.id === 'ModuleNotFoundError'),
  );
}

function isIrrefutable(pattern: Pattern): boolean {
  return pattern.kind === NodeKind.MatchAs && pattern.pattern === null;
}

/** Unions beyond this size say nothing any more. */
const MOST_POINTS = 12;

function union(a: State, b: State): State {
  if (a.length === 0 || a === b) return b;
  if (b.length === 0) return a;
  const result = [...a];
  for (const point of b) {
    if (result.length >= MOST_POINTS) break;
    if (!result.some(other => other.binding === point.binding && other.condition === point.condition))
      result.push(point);
  }
  return result;
}
