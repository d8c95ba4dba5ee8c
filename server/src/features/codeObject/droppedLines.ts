// Lines on which a statement begins and that no instruction belongs to: no line event is ever seen there, and coverage
// must not ask for one. Each has its reason: statements that make no code, what cannot be reached, what -O leaves out.
import { NodeKind } from '../../python/ast/kinds.ts';
import type { Node, Statement } from '../../python/ast/nodes.ts';
import { childrenOf } from '../../python/ast/visitor.ts';
import type { Analysis } from '../../python/index.ts';
import { constantTruth, takesAll } from '../../python/inspect/constantTruth.ts';
import type { CodeLines } from '../../python/dis/lines.ts';

export interface DroppedLine {
  readonly line: number;
  readonly reason: string;
}

/** The lines that instructions belong to: those of a debugger's line events, in order. */
export function traceableLines(codes: readonly CodeLines[]): number[] {
  const lines = new Set<number>();
  for (const { starts } of codes) for (const [, lineno] of starts) if (lineno) lines.add(lineno);
  return [...lines].sort((a, b) => a - b);
}

/** The lines of statements that are not among `traced`, with their reasons, in order. */
export function droppedLines(analysis: Analysis, traced: readonly number[]): DroppedLine[] {
  const { module, lines } = analysis;
  const isTraced = new Set(traced);
  const reasons = new Map<number, string>();
  const blocks: Block[] = [{ body: module.body, owner: module, unreachable: undefined }];
  for (let block = blocks.pop(); block; block = blocks.pop()) {
    let { unreachable } = block;
    block.body.forEach((statement, i) => {
      const line = lines.lineno(statement.start);
      if (!isTraced.has(line) && !reasons.has(line))
        reasons.set(
          line,
          unreachable ?? reasonOf(statement, i === 0 ? block.owner : undefined, analysis, isTraced),
        );
      blocks.push(...blocksOf(statement, unreachable, analysis));
      unreachable ??= after(statement, analysis);
    });
  }
  return [...reasons].map(([line, reason]) => ({ line, reason })).sort((a, b) => a.line - b.line);
}

/** Statements that are run one after the other; and why never, if they are not. */
interface Block {
  readonly body: readonly Statement[];
  readonly owner: Node;
  readonly unreachable: string | undefined;
}

/** Why a statement that can be reached has no instruction on its first line. `owner`: of which it is the first one. */
function reasonOf(
  statement: Statement,
  owner: Node | undefined,
  analysis: Analysis,
  isTraced: ReadonlySet<number>,
): string {
  const { optimize, target } = analysis;
  switch (statement.kind) {
    case NodeKind.Global:
    case NodeKind.Nonlocal:
      return 'declares names, which makes no code';
    case NodeKind.Pass:
      return 'pass makes no code here';
    case NodeKind.Assert:
      if (optimize > 0) return '-O leaves assert statements out';
      return isAlways(statement.test, true, analysis) ? 'the test is always true' : REMOVED;
    case NodeKind.Expr: {
      if (statement.value.kind !== NodeKind.Constant) break;
      const { value } = statement.value;
      if (!owner || !('value' in value) || typeof value.value !== 'string')
        return 'a constant that nothing uses';
      return owner.kind === NodeKind.Module || owner.kind === NodeKind.ClassDef
        ? optimize === 2
          ? '-OO leaves docstrings out'
          : 'the docstring'
        : 'the docstring, which is a constant of the function';
    }
    case NodeKind.AnnAssign:
      if (statement.value === null) return 'an annotation without a value makes no code here';
      break;
    case NodeKind.If:
    case NodeKind.While:
      if (constantTruth(statement.test, target.dialect.compiler) !== undefined)
        return 'the test is a constant, and not evaluated';
      break;
    case NodeKind.Try:
    case NodeKind.TryStar:
      return 'try makes no code of its own here';
    case NodeKind.Continue:
    case NodeKind.Break:
      return 'the jump is part of another one';
  }
  const { lines } = analysis;
  for (let line = lines.lineno(statement.start) + 1; line <= lines.lineno(headEnd(statement)); line++)
    if (isTraced.has(line))
      return `its instructions belong to the lines on which its parts begin, as line ${line}`;
  return REMOVED;
}

/** Where what a statement itself does ends: before the statements in it. */
function headEnd(statement: Statement): number {
  switch (statement.kind) {
    case NodeKind.If:
    case NodeKind.While:
      return statement.test.end;
    case NodeKind.With:
    case NodeKind.AsyncWith:
      return statement.items.at(-1)?.end ?? statement.start;
    case NodeKind.For:
    case NodeKind.AsyncFor:
      return statement.iter.end;
    case NodeKind.Match:
      return statement.subject.end;
    default:
      return 'body' in statement ? statement.start : statement.end;
  }
}

const REMOVED = 'its instructions were folded, or joined with those of another line';

const isAlways = (test: Parameters<typeof constantTruth>[0], truth: boolean, { target }: Analysis): boolean =>
  constantTruth(test, target.dialect.compiler) === truth;

/** Why what follows a statement is never run, if it ends there. */
function after(statement: Statement, analysis: Analysis): string | undefined {
  const { lines } = analysis;
  const line = lines.lineno(statement.start);
  const cannotPass = (depth: number, body: readonly Statement[]): boolean =>
    depth < MOST_DEPTH && body.some(one => leaves(one, depth + 1));
  function leaves(one: Statement, depth: number): boolean {
    switch (one.kind) {
      case NodeKind.Return:
      case NodeKind.Raise:
      case NodeKind.Continue:
      case NodeKind.Break:
        return true;
      case NodeKind.If: {
        const truth = constantTruth(one.test, analysis.target.dialect.compiler);
        if (truth !== undefined) return cannotPass(depth, truth ? one.body : one.orelse);
        return cannotPass(depth, one.body) && cannotPass(depth, one.orelse);
      }
      case NodeKind.While:
        return isAlways(one.test, true, analysis) && !hasBreak(one.body);
      case NodeKind.Assert:
        return analysis.optimize === 0 && isAlways(one.test, false, analysis);
      case NodeKind.With:
      case NodeKind.AsyncWith:
        // __exit__ may swallow an exception; what returns or jumps leaves all the same.
        return false;
      case NodeKind.Try:
      case NodeKind.TryStar:
        if (cannotPass(depth, one.finalbody)) return true;
        return (
          (cannotPass(depth, one.body) || cannotPass(depth, one.orelse)) &&
          one.handlers.every(({ body }) => cannotPass(depth, body))
        );
      default:
        return false;
    }
  }
  return leaves(statement, 0) ? `cannot be reached: line ${line} never goes on to it` : undefined;
}

const MOST_DEPTH = 100;

/** Whether a loop's own body has a break. */
function hasBreak(body: readonly Statement[]): boolean {
  const stack: Node[] = [...body];
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (node.kind === NodeKind.Break) return true;
    if (isLoop(node)) stack.push(...node.orelse);
    else if (isStatementWithBody(node)) stack.push(...childrenOf(node));
  }
  return false;
}

const isLoop = (
  node: Node,
): node is Extract<Node, { kind: NodeKind.For | NodeKind.AsyncFor | NodeKind.While }> =>
  node.kind === NodeKind.For || node.kind === NodeKind.AsyncFor || node.kind === NodeKind.While;

/** What can hold a break of the loop around it. */
const isStatementWithBody = ({ kind }: Node): boolean =>
  kind === NodeKind.If ||
  kind === NodeKind.Try ||
  kind === NodeKind.TryStar ||
  kind === NodeKind.ExceptHandler ||
  kind === NodeKind.With ||
  kind === NodeKind.AsyncWith ||
  kind === NodeKind.Match ||
  kind === NodeKind.MatchCase;

/** The blocks of a statement. */
function blocksOf(statement: Statement, unreachable: string | undefined, analysis: Analysis): Block[] {
  const { lines } = analysis;
  const { compiler } = analysis.target.dialect;
  const line = lines.lineno(statement.start);
  const block = (body: readonly Statement[], why?: string, owner: Node = statement): Block => ({
    body,
    owner,
    unreachable: unreachable ?? why,
  });
  const never = (truth: boolean): string => `cannot be reached: the test on line ${line} is always ${truth}`;
  switch (statement.kind) {
    case NodeKind.FunctionDef:
    case NodeKind.AsyncFunctionDef:
    case NodeKind.ClassDef:
    case NodeKind.With:
    case NodeKind.AsyncWith:
      return [block(statement.body)];
    case NodeKind.For:
    case NodeKind.AsyncFor:
      return [block(statement.body), block(statement.orelse)];
    case NodeKind.If:
    case NodeKind.While: {
      const truth = constantTruth(statement.test, compiler);
      return [
        block(statement.body, truth === false ? never(false) : undefined),
        block(statement.orelse, truth === true ? never(true) : undefined),
      ];
    }
    case NodeKind.Try:
    case NodeKind.TryStar: {
      const ends = statement.body.map(one => after(one, analysis)).find(why => why !== undefined);
      return [
        block(statement.body),
        ...statement.handlers.map(({ body }) => block(body)),
        block(statement.orelse, ends),
        block(statement.finalbody),
      ];
    }
    case NodeKind.Match: {
      let earlier: string | undefined;
      return statement.cases.map(one => {
        const found = block(one.body, earlier);
        if (takesAll(one, compiler))
          earlier ??= `cannot be reached: the case on line ${lines.lineno(one.pattern.start)} takes all`;
        return found;
      });
    }
    default:
      return [];
  }
}
