// Somebody types: a piece of a file that compiles is taken out and typed again, a character a stroke, and at each
// stroke the code objects that have nothing to do with the piece are compared with those of the whole file.
import { NodeKind } from '../../server/src/python/ast/kinds.ts';
import type { Node } from '../../server/src/python/ast/nodes.ts';
import { walk } from '../../server/src/python/ast/visitor.ts';
import { asciiJson, CODE_FIELDS } from '../../server/src/python/code/dump.ts';
import type { CodeObject } from '../../server/src/python/code/codeObject.ts';
import { codeObjectsOf } from '../../server/src/python/code/lookup.ts';
import { analyze, type Analysis } from '../../server/src/python/index.ts';
import type { Target } from '../../server/src/python/versions/target.ts';

/** A piece of a file that is to be typed again. */
export interface Piece {
  readonly start: number;
  readonly end: number;
  /** What it is: `statement`, `header`, `docstring`, `f-string`, … */
  readonly what: string;
  /** The code objects of `owner` may change, and those in it unless it is a class or module edited in its body. */
  readonly owner: Node;
}

/** How many code objects were compared while somebody typed, and how many of them were lost or changed. */
export interface Loss {
  compared: number;
  lost: number;
}

const LONGEST = 90;

const isDef = ({ kind }: Node): boolean =>
  kind === NodeKind.FunctionDef || kind === NodeKind.AsyncFunctionDef || kind === NodeKind.Lambda;

/** The pieces of a file that somebody may type: statements, headers, definitions, decorators, expressions. */
export function piecesOf({ module, text }: Analysis, longest = LONGEST): Piece[] {
  const pieces: Piece[] = [];
  const owners: Node[] = [module];
  walk(module, node => {
    while (owners.length > 1 && owners[owners.length - 1].end <= node.start) owners.pop();
    let owner = owners[owners.length - 1];
    if ('decoratorList' in node || isDef(node)) owners.push(node);
    let { end } = node;
    const what = classOf(node, text);
    if (what === undefined || end <= node.start) return;
    if (what === 'header') {
      const body = (node as { body?: readonly Node[] }).body?.[0];
      if (!body) return;
      end = text.lastIndexOf(':', body.start) + 1;
      if (end <= node.start || text.slice(end, body.start).includes('#')) return;
      if (isDef(node) || node.kind === NodeKind.ClassDef) owner = node;
    }
    if (end - node.start <= longest) pieces.push({ start: node.start, end, what, owner });
    const isSmall = node.end - node.start <= 2 * LONGEST;
    if (what === 'header' && owner === node && isSmall) {
      pieces.push({ start: node.start, end: node.end, what: 'definition', owner });
    }
  });
  return pieces;
}

function classOf(node: Node, text: string): string | undefined {
  switch (node.kind) {
    case NodeKind.FunctionDef:
    case NodeKind.AsyncFunctionDef:
    case NodeKind.ClassDef:
    case NodeKind.If:
    case NodeKind.For:
    case NodeKind.While:
    case NodeKind.With:
    case NodeKind.Try:
      return 'header';
    case NodeKind.Expr: {
      const quotes = text.slice(node.start, node.start + 4);
      return quotes.includes('"""') || quotes.includes("'''") ? 'docstring' : 'statement';
    }
    case NodeKind.ImportFrom:
      return text.startsWith('from __future__', node.start) ? undefined : 'statement';
    case NodeKind.Assign:
    case NodeKind.AugAssign:
    case NodeKind.AnnAssign:
    case NodeKind.Return:
    case NodeKind.Raise:
    case NodeKind.Delete:
    case NodeKind.Assert:
    case NodeKind.Import:
      return 'statement';
    case NodeKind.JoinedStr:
      return /^[fFrR]+["']/.test(text.slice(node.start, node.end)) ? 'f-string' : undefined;
    case NodeKind.Constant: {
      const quote = text[node.start];
      return quote === '"' || quote === "'" ? 'string' : undefined;
    }
    case NodeKind.Call:
      return 'call';
    case NodeKind.Dict:
    case NodeKind.List:
    case NodeKind.Set:
    case NodeKind.ListComp:
    case NodeKind.DictComp:
    case NodeKind.GeneratorExp:
    case NodeKind.Subscript:
    case NodeKind.Lambda:
      return 'other expression';
    default:
      return undefined;
  }
}

const CLOSING: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

/** What stands behind the cursor because the editor closes brackets and quotes by itself, as VS Code does it. */
function closedByEditor(typed: string): string {
  let closers: string[] = [];
  for (let i = 0; i < typed.length; i++) {
    const c = typed[i];
    const quoted = closers.at(-1);
    if (quoted === '"' || quoted === "'" || quoted === '"""' || quoted === "'''") {
      if (c === '\\') i++;
      else if (typed.startsWith(quoted, i)) {
        closers.pop();
        i += quoted.length - 1;
      } else if (c === '\n' && quoted.length === 1) closers = [];
      else if (quoted.length === 3 && c === quoted[0] && i + 2 >= typed.length) {
        // The first of the quotes that end it: typed over.
        closers[closers.length - 1] = quoted.slice(typed.length - i);
        break;
      }
    } else if (c === '"' || c === "'") {
      const triple = typed.startsWith(c.repeat(3), i);
      closers.push(triple ? c.repeat(3) : c);
      if (triple) i += 2;
    } else if (c in CLOSING) closers.push(CLOSING[c]);
    else if (c === quoted) closers.pop();
  }
  return closers.reverse().join('');
}

const FACTS = CODE_FIELDS.filter(field => field !== 'firstlineno');

const factsOf = (code: CodeObject): string => FACTS.map(field => asciiJson(code[field])).join();

function counted(codes: Iterable<CodeObject>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const code of codes) {
    if (code.name === '__annotate__') continue;
    const facts = factsOf(code);
    counts.set(facts, (counts.get(facts) ?? 0) + 1);
  }
  return counts;
}

const within = (node: Node, { start, end }: { start: number; end: number }): boolean =>
  start <= node.start && node.end <= end;

/**
 * Types a piece of a file that compiles again.
 *
 * @param autoClose the editor closes brackets and quotes
 * @param lost is told of every text in which code objects were lost or changed, and of which
 */
export function retype(
  whole: Analysis,
  piece: Piece,
  target: Target,
  autoClose: boolean,
  lost?: (text: string, facts: readonly string[]) => void,
): Loss {
  const { text, module } = whole;
  const { start, end, owner } = piece;
  const ownsAll = isDef(owner) || piece.what === 'header' || piece.what === 'definition';
  const others = [...codeObjectsOf(whole.code)].filter(
    ({ node }) =>
      node !== module &&
      !within(node, piece) &&
      !(node.start <= start && end <= node.end) &&
      !(ownsAll && within(node, owner)),
  );
  const expected = counted(others);
  const loss: Loss = { compared: 0, lost: 0 };
  for (let typed = 0; typed < end - start; typed++) {
    const prefix = text.slice(start, start + typed);
    const broken =
      text.slice(0, start) + prefix + (autoClose ? closedByEditor(prefix) : '') + text.slice(end);
    const analysis = analyze(broken, target);
    // What compiles has another meaning, and that is it.
    if (analysis.errors.length === 0) continue;
    const found = counted(codeObjectsOf(analysis.code));
    const missing: string[] = [];
    for (const [facts, count] of expected) {
      loss.compared += count;
      for (let n = found.get(facts) ?? 0; n < count; n++) missing.push(facts);
    }
    loss.lost += missing.length;
    if (missing.length > 0) lost?.(broken, missing);
  }
  return loss;
}
