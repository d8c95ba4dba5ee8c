// What an argument of the command line names, `module:qualname`, `FILE:qualname`, `FILE:LINE:COLUMN`: the values that
// the evaluator has for it, and where they were looked up.
import { NodeKind } from '../python/ast/kinds.ts';
import type { Expression } from '../python/ast/expressions.ts';
import { walk } from '../python/ast/visitor.ts';
import { analyze, type Analysis } from '../python/index.ts';
import type { Target } from '../python/versions/target.ts';
import { codeObjectIndex } from '../features/codeObject/codeObjectIndex.ts';
import { definedValue } from '../resolve/inspect/definitions.ts';
import { callIn } from '../features/calls/callHover.ts';
import { isFunction } from '../python/ast/parts.ts';
import { headerIn } from '../python/locate/headers.ts';
import { decoratedStart, pathTo } from '../python/locate/path.ts';
import type { Evaluator, EvaluationScope, SourceModule, Values } from '../resolve/values.ts';

/** An argument taken apart; lines from 1, columns from 1 in code points. */
export type ObjectName =
  | { readonly type: 'module'; readonly module: string; readonly qualname: string | undefined }
  | { readonly type: 'file'; readonly path: string; readonly qualname: string | undefined }
  | {
      readonly type: 'place';
      readonly path: string;
      readonly line: number;
      readonly column: number | undefined;
    };

/** `exists` tells files: what is none is a module. */
export function readObjectName(text: string, exists: (path: string) => boolean): ObjectName {
  if (isPath(text, exists)) return { type: 'file', path: text, qualname: undefined };
  const place = /^(.+?):(\d+)(?::(\d+))?$/.exec(text);
  if (place && isPath(place[1], exists)) {
    const column = place[3] === undefined ? undefined : Number(place[3]);
    return { type: 'place', path: place[1], line: Number(place[2]), column };
  }
  const colon = text.lastIndexOf(':');
  const [before, after] = colon < 0 ? [text, undefined] : [text.slice(0, colon), text.slice(colon + 1)];
  if (isPath(before, exists)) return { type: 'file', path: before, qualname: after };
  return { type: 'module', module: before, qualname: after };
}

/** What ends in `.py` or has a slash is a path, also where there is no such file. */
const isPath = (text: string, exists: (path: string) => boolean): boolean =>
  /\.pyi?$/.test(text) || text === '-' || (!/^[\w.:]*$/.test(text) && exists(text));

/** `a.b[0].c` as an expression of its own; undefined where it is none. */
export function parseExpression(text: string, target: Target): Expression | undefined {
  const { module, parsed } = analyze(text, target);
  const [statement] = module.body;
  if (parsed.errors.length > 0 || module.body.length !== 1 || statement.kind !== NodeKind.Expr)
    return undefined;
  return statement.value;
}

/** What a module has under a qualified name once it has run; also what is inside functions, as `f.<locals>.g`. */
export function valuesNamed(evaluator: Evaluator, module: SourceModule, qualname: string): Values {
  const { analysis } = module;
  const top: EvaluationScope = {
    module,
    entry: analysis.symbolTable.top,
    offset: analysis.text.length,
    frame: undefined,
  };
  if (!qualname.includes('<')) {
    const expression = parseExpression(qualname, analysis.target);
    return expression ? evaluator.evaluate(expression, top) : [];
  }
  const object = codeObjectIndex(analysis).find(qualname);
  return object ? valuesAt(evaluator, module, object.node.start) : [];
}

/** What a def, class or lambda that begins at an offset defines, decorators applied. */
export function valuesAt(evaluator: Evaluator, module: SourceModule, offset: number): Values {
  const path = pathTo(module.analysis, offset);
  for (let i = path.length - 1; i >= 0; i--) {
    const { node, entry } = path[i];
    if (node.start !== offset) continue;
    if (!isFunction(node) && node.kind !== NodeKind.ClassDef && node.kind !== NodeKind.Lambda) continue;
    const value = definedValue(evaluator, node, { module, entry });
    return value ? [value] : [];
  }
  return [];
}

/** What is called, named or defined at a line (from 1) and column (from 1, in code points). */
export function valuesAtPlace(
  evaluator: Evaluator,
  module: SourceModule,
  line: number,
  column: number | undefined,
): Values {
  const { analysis } = module;
  const { lines, text } = analysis;
  if (line < 1 || line > lines.starts.length) return [];
  if (column === undefined) {
    const start = analysis.module.body.length > 0 ? definitionOn(analysis, line) : undefined;
    return start === undefined ? [] : valuesAt(evaluator, module, start);
  }
  const before = [...text.slice(lines.starts[line - 1])].slice(0, column - 1);
  const offset = lines.starts[line - 1] + before.join('').length;
  const path = pathTo(analysis, offset);
  const call = callIn(module, path, offset);
  if (call) return evaluator.evaluate(call.call.func, call.scope);
  const header = headerIn(path, text, offset);
  if (header) return valuesAt(evaluator, module, header.node.start);
  const { node, entry } = path[path.length - 1];
  if (node.kind !== NodeKind.Name && node.kind !== NodeKind.Attribute) return [];
  return evaluator.evaluate(node, { module, entry, offset, frame: undefined });
}

/** Where the def or class begins whose header is on a line, or the innermost one around it. */
function definitionOn(analysis: Analysis, line: number): number | undefined {
  let start: number | undefined;
  walk(analysis.module, node => {
    if (!isFunction(node) && node.kind !== NodeKind.ClassDef) return;
    const first = analysis.lines.lineno(decoratedStart(node));
    const last = analysis.lines.lineno(node.end);
    if (first <= line && line <= last) start = node.start;
  });
  return start;
}
