// Where a generator, coroutine or asynchronous generator can be suspended: its suspension points in the order of the
// code, what it delegates to at each, and which locals are bound there. What gi_yieldfrom, cr_await, ag_await and
// getgeneratorlocals() tell of a running one.
import { NodeKind } from '../ast/kinds.ts';
import type { Lambda } from '../ast/expressions.ts';
import type { FunctionDef, Node } from '../ast/nodes.ts';
import type { CodeObject } from '../code/codeObject.ts';
import { CodeFlags } from '../code/flags.ts';
import type { Suspension, TracedBytecode } from '../compiler/unit/trace.ts';
import type { Analysis } from '../index.ts';
import type { InspectDialect } from '../versions/inspectDialect.ts';
import { boundLocals, type BoundLocals } from './boundLocals.ts';

/** `bound`: locals that are bound whenever it is suspended here, `maybeBound`: some of the time; sorted, as in co_varnames. */
export interface SuspensionPoint extends Suspension, BoundLocals {}

/**
 * The suspension points of a def, async def or lambda; empty of a plain function. Dead code has none. undefined where
 * there is no bytecode: the function has an error, or is beyond a limit.
 */
export function suspensionPoints(
  analysis: Analysis,
  node: FunctionDef | Lambda,
): SuspensionPoint[] | undefined {
  const code = analysis.codeObjectOf(node);
  if (!code) return undefined;
  if (!suspendableKind(code.flags)) return [];
  const traced = analysis.tracedBytecode(code);
  const boundAt =
    traced && boundLocals(code, traced, analysis.target.dialect, child => analysis.bytecode(child));
  if (!boundAt) return undefined;
  const offsets = offsetsOf(traced);
  return traced.suspensions.flatMap(suspension => {
    const locals = boundAt(offsets.get(suspension) ?? []);
    return locals ? [{ ...suspension, ...locals }] : [];
  });
}

/**
 * Whether a code object has an instruction that suspends it at a node, or at an item of a with statement. Up to 3.9 there
 * is such code where control cannot be: after `raise`, after an endless loop. undefined without bytecode.
 */
export function hasSuspendingCode(analysis: Analysis, code: CodeObject, node: Node): boolean | undefined {
  const traced = analysis.tracedBytecode(code);
  return traced && [...offsetsOf(traced).keys()].some(suspension => isSuspensionOf(suspension, node));
}

/** Whether it is a node that suspends; `async with` is suspended at its items. */
export const isSuspensionOf = ({ node }: Suspension, at: Node): boolean =>
  node === at || (at.kind === NodeKind.AsyncWith && at.items.some(item => item === node));

/** Where the instructions are that suspend for each reason. */
function offsetsOf({ notes }: TracedBytecode): Map<Suspension, number[]> {
  const offsets = new Map<Suspension, number[]>();
  for (const [offset, note] of notes) {
    if (note.does !== 'suspend') continue;
    const found = offsets.get(note.suspension);
    if (found) found.push(offset);
    else offsets.set(note.suspension, [offset]);
  }
  return offsets;
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
