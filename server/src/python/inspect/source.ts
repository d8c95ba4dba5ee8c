// Which lines of a file inspect takes for the source of an object: where they begin, and where the block ends that
// begins there. CPython: Lib/inspect.py, findsource(), getsourcelines().
import { NodeKind } from '../ast/kinds.ts';
import type { Module, Node } from '../ast/nodes.ts';
import { childrenOf } from '../ast/visitor.ts';
import type { Dialect } from '../versions/dialect.ts';
import { getBlock } from './block.ts';

/** A file by lines. */
export interface SourceFile {
  /** From sourceLines(). */
  readonly lines: readonly string[];
  readonly module: Module;
  /** The line, from 1, of an offset in the module's text. */
  readonly lineno: (offset: number) => number;
}

/** What the source of is asked for. */
export type Sourced =
  | { readonly type: 'module' }
  /** A function by its code object, or any code object. */
  | { readonly type: 'code'; readonly firstlineno: number }
  | {
      readonly type: 'class';
      readonly name: string;
      readonly qualname: string;
      /** Of the class's code object. */
      readonly firstlineno: number;
    };

/** Lines of a file: `lineno` is that of the first, from 1, but 0 for a module. */
export interface SourceLines {
  readonly lines: readonly string[];
  readonly lineno: number;
}

/** The index, from 0, of the line where inspect begins to look; undefined where it raises OSError. CPython: findsource(). */
export function findSource(object: Sourced, file: SourceFile, { inspect }: Dialect): number | undefined {
  const { lines } = file;
  switch (object.type) {
    case 'module':
      return 0;
    case 'code': {
      let line = object.firstlineno - 1;
      if (line >= lines.length) return undefined;
      if (inspect.searchesFunctionStart) {
        while (line > 0 && !FUNCTION_START.test(lines[line])) line--;
      }
      return line;
    }
    case 'class':
      switch (inspect.classSource) {
        case 'pattern':
          return classByPattern(object.name, lines);
        case 'qualname':
          return classByQualname(object.qualname, file);
        case 'firstLine':
          return object.firstlineno - 1 < lines.length ? object.firstlineno - 1 : undefined;
      }
  }
}

/** The lines of an object's source; undefined where inspect raises an exception. CPython: getsourcelines(). */
export function getSourceLines(object: Sourced, file: SourceFile, dialect: Dialect): SourceLines | undefined {
  const line = findSource(object, file, dialect);
  if (line === undefined) return undefined;
  if (object.type === 'module') return { lines: file.lines, lineno: 0 };
  const lines = getBlock(file.lines, line, dialect);
  return lines && { lines, lineno: line + 1 };
}

/** What a line looks like that a function may begin with; of `lambda` any before it that is no part of a name. */
const FUNCTION_START = /^(?:\s*def\s|\s*async\s+def\s|.*(?<![\p{L}\p{N}_])lambda(?::|\s)|\s*@)/u;

/** The line that says `class NAME` with the least indentation. */
function classByPattern(name: string, lines: readonly string[]): number | undefined {
  let found: { indentation: string; line: number } | undefined;
  for (let line = 0; line < lines.length; line++) {
    const match = /^(\s*)class\s*([\p{L}\p{N}_]+)/u.exec(lines[line]);
    if (match?.[2] !== name) continue;
    const [, indentation] = match;
    if (indentation === '') return line;
    if (!found || indentation < found.indentation) found = { indentation, line };
  }
  return found?.line;
}

/** The first class with a qualified name, as the places in the tree make it. CPython: class _ClassFinder. */
function classByQualname(qualname: string, { module, lineno }: SourceFile): number | undefined {
  const stack: { node: Node; prefix: string }[] = [{ node: module, prefix: '' }];
  for (let next = stack.pop(); next; next = stack.pop()) {
    const { node } = next;
    let { prefix } = next;
    if (node.kind === NodeKind.FunctionDef || node.kind === NodeKind.AsyncFunctionDef) {
      prefix += `${node.name}.<locals>.`;
    } else if (node.kind === NodeKind.ClassDef) {
      if (prefix + node.name === qualname) return lineno((node.decorator_list.at(0) ?? node).start) - 1;
      prefix += `${node.name}.`;
    }
    const children = childrenOf(node);
    for (let i = children.length - 1; i >= 0; i--) stack.push({ node: children[i], prefix });
  }
  return undefined;
}
