// Where a generator, coroutine or asynchronous generator can be suspended: its suspension points in the order of the
// code, what it delegates to at each, and which locals are bound there. What gi_yieldfrom, cr_await, ag_await and
// getgeneratorlocals() tell of a running one.
import { elementOf, evaluatedChildren } from '../ast/evaluation.ts';
import { type AnyComprehension, parametersOf } from '../ast/parts.ts';
import { BoolOperator, NodeKind } from '../ast/kinds.ts';
import type { Comprehension, Expression, Lambda } from '../ast/expressions.ts';
import type { FunctionDef, If, Match, Node, Statement, Try, While, With, For } from '../ast/nodes.ts';
import type { CodeObject } from '../code/codeObject.ts';
import { CodeFlags } from '../code/flags.ts';
import { readInstructions } from '../code/instructions.ts';
import { codeRanges } from '../code/lineTable.ts';
import type { Analysis } from '../index.ts';
import type { SymbolTableEntry } from '../symtable/entry.ts';
import { Scope } from '../symtable/flags.ts';
import { mangledIn } from '../symtable/mangle.ts';
import type { InspectDialect } from '../versions/inspectDialect.ts';
import { Op } from '../versions/opcodes/op.generated.ts';
import { nameChanges, namesBoundBy } from './boundNames.ts';
import { constantTruth, takesAll } from './constantTruth.ts';
import { evaluatesAnnotations } from './evaluatesAnnotations.ts';

export type SuspensionKind =
  | 'yield'
  | 'yield from'
  | 'await'
  /** `__anext__()` of an `async for`. */
  | 'async for'
  /** `__aenter__()` and `__aexit__()` of an `async with`. */
  | 'async with enter'
  | 'async with exit'
  /** The comprehension's `__anext__()`; up to 3.11 all of it, which is a coroutine of its own. */
  | 'async comprehension';

export interface SuspensionPoint {
  readonly kind: SuspensionKind;
  /** The yield, await, loop, with item or comprehension. */
  readonly node: Node;
  /** What is awaited, iterated or entered, and gets what is sent meanwhile; undefined for a plain yield. */
  readonly delegate: Expression | undefined;
  /** Locals that are bound whenever it is suspended here; sorted, as in co_varnames. */
  readonly bound: readonly string[];
  /** Locals that are bound here some of the time. */
  readonly maybeBound: readonly string[];
}

/** The suspension points of a def, async def or lambda; empty of a plain function. Dead code has none. */
export function suspensionPoints(analysis: Analysis, node: FunctionDef | Lambda): SuspensionPoint[] {
  const entry = analysis.symbolTable.block(node);
  if (!entry) return [];
  const flow = new Flow(analysis, entry);
  flow.bind(parametersOf(node).map(({ arg }) => arg));
  if (node.kind === NodeKind.Lambda) flow.expression(node.body);
  else flow.block(node.body);
  return flow.points;
}

/**
 * Whether a code object has an instruction that suspends it on the lines of a node. Up to 3.9 there is such code where
 * control cannot be: after `raise`, after an endless loop. undefined without bytecode.
 */
export function hasSuspendingCode(analysis: Analysis, code: CodeObject, node: Node): boolean | undefined {
  const bytecode = analysis.bytecode(code);
  if (!bytecode) return undefined;
  const { opcodes, assembler } = analysis.target.dialect;
  const first = analysis.lines.lineno(node.start);
  const last = analysis.lines.lineno(node.end);
  const offsets = readInstructions(bytecode.code, opcodes).flatMap(({ op, offset }) =>
    op === Op.YIELD_VALUE || op === Op.YIELD_FROM ? [offset] : [],
  );
  const ranges = codeRanges({ ...bytecode, firstlineno: code.firstlineno }, assembler);
  let next = 0;
  return ranges.some(({ end, lineno }) => {
    const before = next;
    while (next < offsets.length && offsets[next] < end) next++;
    return next > before && first <= lineno && lineno <= last;
  });
}

/** What calling a function makes, by the flags of its code. */
export type SuspendableKind = 'generator' | 'coroutine' | 'async generator';

export function suspendableKind(flags: number): SuspendableKind | undefined {
  if (flags & CodeFlags.ASYNC_GENERATOR) return 'async generator';
  if (flags & CodeFlags.COROUTINE) return 'coroutine';
  return flags & CodeFlags.GENERATOR ? 'generator' : undefined;
}

/** The names of its states, as getgeneratorstate() and its like answer; empty where the version has no such function. */
export function stateNames(
  kind: SuspendableKind,
  { asyncGeneratorStates }: InspectDialect,
): readonly string[] {
  if (kind === 'async generator' && !asyncGeneratorStates) return [];
  const prefix = { generator: 'GEN', coroutine: 'CORO', 'async generator': 'AGEN' }[kind];
  return ['CREATED', 'RUNNING', 'SUSPENDED', 'CLOSED'].map(state => `${prefix}_${state}`);
}

/** The flags of a function's code after types.coroutine(), which changes those of generators. CPython: Lib/types.py. */
export const flagsAfterTypesCoroutine = (flags: number): number =>
  flags & (CodeFlags.COROUTINE | CodeFlags.ITERABLE_COROUTINE) || !(flags & CodeFlags.GENERATOR)
    ? flags
    : flags | CodeFlags.ITERABLE_COROUTINE;

// ---- The flow of control ---------------------------------------------------------------------------------------

/** The locals that are bound in any case, and those that may be. */
interface State {
  readonly bound: ReadonlySet<string>;
  readonly maybe: ReadonlySet<string>;
}

/** undefined where control cannot be. */
type Reached = State | undefined;

const union = <T>(a: ReadonlySet<T>, b: Iterable<T>): Set<T> => new Set([...a, ...b]);
const without = <T>(a: ReadonlySet<T>, b: ReadonlySet<T>): Set<T> => new Set([...a].filter(x => !b.has(x)));

/** Where two ways meet. */
function merged(a: Reached, b: Reached): Reached {
  if (!a || !b) return a ?? b;
  return { bound: new Set([...a.bound].filter(name => b.bound.has(name))), maybe: union(a.maybe, b.maybe) };
}

/** A state from which some nodes were begun, wherever they are left. */
function interrupted(state: Reached, nodes: readonly Node[]): Reached {
  if (!state) return undefined;
  const { binds, unbinds } = nameChanges(nodes);
  return { bound: without(state.bound, unbinds), maybe: union(state.maybe, binds) };
}

const MOST_DEPTH = 600;

class Flow {
  readonly points: SuspensionPoint[] = [];
  private state: Reached = { bound: new Set(), maybe: new Set() };
  /** For each loop around: where its `break` statements lead. */
  private readonly breaks: Reached[] = [];
  private depth = 0;
  private readonly evaluatesAnnotations: boolean;

  constructor(
    private readonly analysis: Analysis,
    private readonly entry: SymbolTableEntry,
  ) {
    this.evaluatesAnnotations = evaluatesAnnotations(analysis);
  }

  bind(names: Iterable<string>): void {
    if (!this.state) return;
    const { bound, maybe } = this.state;
    this.state = { bound: union(bound, names), maybe: union(maybe, names) };
  }

  private unbind(names: ReadonlySet<string>): void {
    if (!this.state) return;
    const { bound, maybe } = this.state;
    this.state = { bound: without(bound, names), maybe: without(maybe, names) };
  }

  private suspend(kind: SuspensionKind, node: Node, delegate?: Expression): void {
    if (!this.state) return;
    const { bound, maybe } = this.state;
    const isLocal = (name: string): boolean => {
      const scope = this.entry.scope(name);
      return scope !== Scope.GLOBAL_EXPLICIT && scope !== Scope.GLOBAL_IMPLICIT && scope !== Scope.FREE;
    };
    this.points.push({
      kind,
      node,
      delegate,
      bound: this.mangled(bound).filter(isLocal),
      maybeBound: this.mangled(without(maybe, bound)).filter(isLocal),
    });
  }

  private truth(test: Expression): boolean | undefined {
    return constantTruth(test, this.analysis.target.dialect.compiler);
  }

  private mangled(names: ReadonlySet<string>): string[] {
    return [...names].map(name => mangledIn(this.entry, name)).sort();
  }

  // ---- Statements ----

  block(statements: readonly Statement[]): void {
    for (const statement of statements) this.statement(statement);
  }

  private statement(node: Statement): void {
    if (this.depth >= MOST_DEPTH || !this.state) return;
    this.depth++;
    this.visitStatement(node);
    this.depth--;
  }

  private visitStatement(node: Statement): void {
    switch (node.kind) {
      case NodeKind.Assign:
        this.expression(node.value);
        for (const target of node.targets) this.assign(target);
        return;
      case NodeKind.AugAssign:
        this.expressions([node.target, node.value]);
        this.bind(namesBoundBy(node.target));
        return;
      case NodeKind.AnnAssign:
        this.parts(node);
        if (node.value) this.bind(namesBoundBy(node.target));
        return;
      case NodeKind.Delete:
        this.expressions(node.targets);
        this.unbind(nameChanges(node.targets).unbinds);
        return;
      case NodeKind.Return:
      case NodeKind.Raise:
        this.parts(node);
        this.state = undefined;
        return;
      case NodeKind.Break:
        if (this.breaks.length > 0) this.breaks.push(merged(this.breaks.pop(), this.state));
        this.state = undefined;
        return;
      case NodeKind.Continue:
        this.state = undefined;
        return;
      case NodeKind.If:
        this.ifStatement(node);
        return;
      case NodeKind.While:
        this.whileStatement(node);
        return;
      case NodeKind.For:
      case NodeKind.AsyncFor:
        this.forStatement(node);
        return;
      case NodeKind.Try:
      case NodeKind.TryStar:
        this.tryStatement(node);
        return;
      case NodeKind.With:
      case NodeKind.AsyncWith:
        this.withStatement(node);
        return;
      case NodeKind.Match:
        this.matchStatement(node);
        return;
      case NodeKind.FunctionDef:
      case NodeKind.AsyncFunctionDef:
      case NodeKind.ClassDef:
        this.parts(node);
        this.bind([node.name]);
        return;
      case NodeKind.TypeAlias:
        this.assign(node.name);
        return;
      case NodeKind.Import:
      case NodeKind.ImportFrom:
        this.bind(nameChanges([node]).binds);
        return;
      default:
        this.parts(node);
    }
  }

  private ifStatement({ test, body, orelse }: If): void {
    const truth = this.truth(test);
    this.expression(test);
    const before = this.state;
    if (truth === false) this.state = undefined;
    this.block(body);
    const after = this.state;
    this.state = truth === true ? undefined : before;
    this.block(orelse);
    this.state = merged(this.state, after);
  }

  /** The state at a loop's head: it may have gone round any number of times. */
  private loopHead(nodes: readonly Node[]): void {
    this.state = interrupted(this.state, nodes);
  }

  private loopBody(body: readonly Statement[], orelse: readonly Statement[], exhausted: Reached): void {
    this.breaks.push(undefined);
    this.block(body);
    const broken = this.breaks.pop();
    this.state = exhausted;
    this.block(orelse);
    this.state = merged(this.state, broken);
  }

  private whileStatement({ test, body, orelse }: While): void {
    this.loopHead([test, ...body]);
    const truth = this.truth(test);
    this.expression(test);
    const exhausted = truth === true ? undefined : this.state;
    if (truth === false) this.state = undefined;
    this.loopBody(body, orelse, exhausted);
  }

  private forStatement(node: For): void {
    const { target, iter, body, orelse } = node;
    this.expression(iter);
    this.loopHead([target, ...body]);
    if (node.kind === NodeKind.AsyncFor) this.suspend('async for', node, iter);
    const exhausted = this.state;
    this.assign(target);
    this.loopBody(body, orelse, exhausted);
  }

  private tryStatement({ kind, body, handlers, orelse, finalbody }: Try): void {
    const before = this.state;
    this.block(body);
    let failed = interrupted(before, body);
    this.block(orelse);
    let after = this.state;
    for (const handler of handlers) {
      this.state = failed;
      if (handler.type) this.expression(handler.type);
      if (handler.name !== null) this.bind([handler.name]);
      this.block(handler.body);
      if (handler.name !== null) this.unbind(new Set([handler.name]));
      after = merged(after, this.state);
      // Of an exception group several handlers get their parts.
      if (kind === NodeKind.TryStar) failed = interrupted(failed, [handler]);
    }
    this.state = after;
    if (finalbody.length === 0) return;
    const leaving = interrupted(before, [...body, ...handlers, ...orelse]);
    this.state = merged(leaving, after);
    this.block(finalbody);
    // What comes after is reached only if the statement was not left by an exception or jump.
    if (!after || !this.state) this.state = undefined;
    else {
      const { binds, unbinds } = nameChanges(finalbody);
      const gained = without(this.state.bound, leaving?.bound ?? new Set());
      this.state = {
        bound: union(without(after.bound, unbinds), gained),
        maybe: union(after.maybe, binds),
      };
    }
  }

  private withStatement(node: With): void {
    const isAsync = node.kind === NodeKind.AsyncWith;
    const before = this.state;
    for (const item of node.items) {
      this.expression(item.context_expr);
      if (isAsync) this.suspend('async with enter', item, item.context_expr);
      if (item.optional_vars) this.assign(item.optional_vars);
    }
    const entered = this.state;
    this.block(node.body);
    // The context manager may swallow what was raised.
    this.state = merged(this.state, interrupted(entered, node.body));
    if (!isAsync) return;
    [...node.items].reverse().forEach((item, i) => {
      // A later item may have failed to enter.
      const at = node.items.length - 1 - i;
      const missed = node.items.slice(at + 1);
      const outer = this.state;
      if (missed.length > 0) {
        const optional = missed.flatMap(({ optional_vars }) => optional_vars ?? []);
        this.state = merged(outer, interrupted(before, optional));
      }
      this.suspend('async with exit', item, item.context_expr);
      this.state = outer;
    });
  }

  private matchStatement({ subject, cases }: Match): void {
    this.expression(subject);
    let after: Reached = undefined;
    const { compiler } = this.analysis.target.dialect;
    for (const matchCase of cases) {
      const { pattern, guard, body } = matchCase;
      const names = namesBoundBy(pattern);
      const failed = interrupted(this.state, [pattern]);
      this.bind(names);
      let unguarded = failed;
      if (guard) {
        this.expression(guard);
        unguarded = merged(failed, this.state);
        if (this.truth(guard) === false) this.state = undefined;
      }
      this.block(body);
      after = merged(after, this.state);
      this.state = takesAll(matchCase, compiler) ? undefined : unguarded;
    }
    this.state = merged(this.state, after);
  }

  // ---- Expressions ----

  /** Evaluates what an assignment's target needs, and binds its names. */
  private assign(target: Expression): void {
    this.expression(target);
    this.bind(namesBoundBy(target));
  }

  /** Evaluates what is evaluated of a node, in order. */
  private parts(node: Node): void {
    this.expressions(evaluatedChildren(node, this.evaluatesAnnotations));
  }

  private expressions(nodes: readonly (Node | null)[]): void {
    for (const node of nodes) if (node) this.expression(node);
  }

  expression(node: Node): void {
    if (this.depth >= MOST_DEPTH || !this.state) return;
    this.depth++;
    this.visitExpression(node);
    this.depth--;
  }

  private visitExpression(node: Node): void {
    switch (node.kind) {
      case NodeKind.Yield:
        if (node.value) this.expression(node.value);
        this.suspend('yield', node);
        return;
      case NodeKind.YieldFrom:
        this.expression(node.value);
        this.suspend('yield from', node, node.value);
        return;
      case NodeKind.Await:
        this.expression(node.value);
        this.suspend('await', node, node.value);
        return;
      case NodeKind.NamedExpr:
        this.parts(node);
        this.bind(namesBoundBy(node.target));
        return;
      case NodeKind.BoolOp:
        this.maybeEvaluated(
          node.values,
          node.values.findIndex(value => {
            return this.truth(value) === (node.op === BoolOperator.Or);
          }),
        );
        return;
      case NodeKind.Compare:
        this.expressions([node.left, node.comparators[0]]);
        this.maybeEvaluated(node.comparators.slice(1), -1, true);
        return;
      case NodeKind.IfExp: {
        this.expression(node.test);
        const before = this.state;
        this.expression(node.body);
        const after = this.state;
        this.state = before;
        this.expression(node.orelse);
        this.state = merged(this.state, after);
        return;
      }
      case NodeKind.ListComp:
      case NodeKind.SetComp:
      case NodeKind.DictComp:
      case NodeKind.GeneratorExp:
        this.comprehension(node);
        return;
      default:
        this.parts(node);
    }
  }

  /** Expressions of which any may be the last that is evaluated; the first is, unless `optional`. */
  private maybeEvaluated(values: readonly Expression[], decisive: number, optional = false): void {
    let ways: Reached = optional ? this.state : undefined;
    const evaluated = decisive < 0 ? values : values.slice(0, decisive + 1);
    for (const value of evaluated) {
      this.expression(value);
      ways = merged(ways, this.state);
    }
    this.state = ways;
  }

  private comprehension(node: AnyComprehension): void {
    const [first, ...others]: Comprehension[] = node.generators;
    this.expression(first.iter);
    const own = this.analysis.symbolTable.block(node);
    const before = this.state;
    const parts = elementOf(node);
    if (own?.inlined) {
      const targets = node.generators.map(({ target }) => target);
      this.state = interrupted(before, [...node.generators, ...targets, ...parts]);
      for (const generator of [first, ...others]) {
        if (generator !== first) this.expression(generator.iter);
        if (generator.is_async) this.suspend('async comprehension', node, generator.iter);
        this.assign(generator.target);
        this.expressions(generator.ifs);
      }
      this.expressions(parts);
    } else if (node.kind !== NodeKind.GeneratorExp && own?.coroutine) {
      this.suspend('async comprehension', node, node);
    }
    // The loop's variables are its own; what `:=` binds is not.
    this.state = before && {
      bound: before.bound,
      maybe: union(before.maybe, nameChanges([...node.generators, ...parts]).binds),
    };
  }
}
