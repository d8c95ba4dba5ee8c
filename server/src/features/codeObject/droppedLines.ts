// Lines on which a statement begins and that no instruction belongs to: no line event is ever seen there, and coverage
// must not ask for one. Each has its reason: statements that make no code, what cannot be reached, what -O leaves out.
import { NodeKind } from '../../python/ast/kinds.ts';
import type { MatchCase, Node, Statement } from '../../python/ast/nodes.ts';
import type { Analysis } from '../../python/index.ts';
import type { CodeLines } from '../../python/dis/lines.ts';
import type { LineIndex } from '../../python/text/lineIndex.ts';

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
  const reached = analysis.codeObjects.reachedNodes();
  const reasons = new Map<number, string>();
  const blocks: Block[] = [{ body: module.body, owner: module, unreachable: undefined }];
  for (let block = blocks.pop(); block; block = blocks.pop()) {
    let { unreachable } = block;
    block.body.forEach((statement, i) => {
      if (!unreachable && !reached.has(statement))
        unreachable = i === 0 ? block.why : leftBefore(block.body[i - 1], lines);
      const line = lines.lineno(statement.start);
      if (!isTraced.has(line) && !reasons.has(line))
        reasons.set(
          line,
          unreachable ?? reasonOf(statement, i === 0 ? block.owner : undefined, analysis, isTraced),
        );
      blocks.push(...blocksOf(statement, unreachable, lines, reached));
    });
  }
  return [...reasons].map(([line, reason]) => ({ line, reason })).sort((a, b) => a.line - b.line);
}

/** Statements that are run one after the other. */
interface Block {
  readonly body: readonly Statement[];
  readonly owner: Node;
  /** Why they are never run, if what is around them is not. */
  readonly unreachable: string | undefined;
  /** Why the first one cannot be reached, if so. */
  readonly why?: string;
}

/** Why a statement that can be reached has no instruction on its first line. `owner`: of which it is the first one. */
function reasonOf(
  statement: Statement,
  owner: Node | undefined,
  analysis: Analysis,
  isTraced: ReadonlySet<number>,
): string {
  const { optimize } = analysis;
  switch (statement.kind) {
    case NodeKind.Global:
    case NodeKind.Nonlocal:
      return 'declares names, which makes no code';
    case NodeKind.Pass:
      return 'pass makes no code here';
    case NodeKind.Assert:
      if (optimize > 0) return '-O leaves assert statements out';
      break;
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
  // A test that is not constant has instructions, if only a jump.
  switch (statement.kind) {
    case NodeKind.Assert:
      return 'the test is always true';
    case NodeKind.If:
    case NodeKind.While:
      return 'the test is a constant, and not evaluated';
    default:
      return 'its instructions were folded, or joined with those of another line';
  }
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

/** Why what follows a statement is never run. */
const leftBefore = (statement: Statement, lines: LineIndex): string =>
  `cannot be reached: line ${lines.lineno(statement.start)} never goes on to it`;

/** The blocks of a statement; the compiler has `reached` what can be. */
function blocksOf(
  statement: Statement,
  unreachable: string | undefined,
  lines: LineIndex,
  reached: ReadonlySet<Node>,
): Block[] {
  const line = lines.lineno(statement.start);
  const block = (body: readonly Statement[], why?: string, owner: Node = statement): Block => ({
    body,
    owner,
    unreachable,
    why,
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
    case NodeKind.While:
      return [block(statement.body, never(false)), block(statement.orelse, never(true))];
    case NodeKind.Try:
    case NodeKind.TryStar: {
      const last = statement.body.findLast(one => reached.has(one)) ?? statement.body[0];
      return [
        block(statement.body),
        ...statement.handlers.map(({ body }) => block(body)),
        block(statement.orelse, leftBefore(last, lines)),
        block(statement.finalbody),
      ];
    }
    case NodeKind.Match: {
      const last = statement.cases.findLast(one => reached.has(one)) ?? statement.cases[0];
      const at = (one: MatchCase): number => lines.lineno(one.pattern.start);
      return statement.cases.map(one =>
        block(
          one.body,
          reached.has(one)
            ? `cannot be reached: the guard on line ${at(one)} is always false`
            : `cannot be reached: the case on line ${at(last)} takes all`,
        ),
      );
    }
    default:
      return [];
  }
}
