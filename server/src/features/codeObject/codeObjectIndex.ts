// All code objects of a file at hand: their keys, parents and blocks, and which one a request means.
import type { Node } from '../../python/ast/nodes.ts';
import type { CodeObject } from '../../python/code/codeObject.ts';
import type { Analysis } from '../../python/index.ts';
import type { SymbolTableEntry } from '../../python/symtable/entry.ts';
import { headerAt } from '../../python/locate/headers.ts';

/** The code objects of one analysis. */
export class CodeObjectIndex {
  /** In the order of the source, outer ones first. */
  readonly all: readonly CodeObject[];
  private readonly keys = new Map<CodeObject, string>();
  private readonly byKey = new Map<string, CodeObject>();
  private readonly byScope = new Map<SymbolTableEntry, CodeObject>();
  private readonly parents = new Map<CodeObject, CodeObject>();

  constructor(root: CodeObject) {
    const all: CodeObject[] = [];
    const stack = [root];
    for (let code = stack.pop(); code; code = stack.pop()) {
      all.push(code);
      for (const child of code.children) {
        this.parents.set(child, code);
        stack.push(child);
      }
    }
    // Sorting is stable: of code objects made of one node, the outer one was pushed first.
    all.sort((a, b) => a.node.start - b.node.start || b.node.end - a.node.end);
    const counts = new Map<string, number>();
    for (const code of all) {
      const count = (counts.get(code.qualname) ?? 0) + 1;
      counts.set(code.qualname, count);
      const key = count === 1 ? code.qualname : `${code.qualname}#${count}`;
      this.keys.set(code, key);
      this.byKey.set(key, code);
      this.byScope.set(code.scope, code);
    }
    this.all = all;
  }

  /** The qualified name, with `#2`, `#3`… for the second, third… of that name in the order of the source. */
  key(code: CodeObject): string {
    return this.keys.get(code) ?? code.qualname;
  }

  find(key: string): CodeObject | undefined {
    return this.byKey.get(key);
  }

  parent(code: CodeObject): CodeObject | undefined {
    return this.parents.get(code);
  }

  /** The code object that a block is compiled into: an inlined comprehension's is that of the block around it. */
  ofScope(entry: SymbolTableEntry | null): CodeObject | undefined {
    for (let block = entry; block; block = block.parent) {
      const code = this.byScope.get(block);
      if (code) return code;
      if (!block.inlined) return undefined;
    }
    return undefined;
  }
}

const known = new WeakMap<CodeObject, CodeObjectIndex>();

export function codeObjectIndex({ code }: Analysis): CodeObjectIndex {
  let codeObjects = known.get(code);
  if (!codeObjects) {
    codeObjects = new CodeObjectIndex(code);
    known.set(code, codeObjects);
  }
  return codeObjects;
}

/** Which code object is meant; offsets are UTF-16. */
export interface CodeObjectQuery {
  /** A qualified name, or a key as `CodeObjectIndex.key` gives it. */
  readonly qualname?: string | undefined;
  readonly start?: number | undefined;
  readonly end?: number | undefined;
}

/** By name if there is one; else the innermost around `start` to `end`; else the module's. */
export function findCodeObject(
  analysis: Analysis,
  { qualname, start, end }: CodeObjectQuery,
): CodeObject | undefined {
  const codeObjects = codeObjectIndex(analysis);
  if (qualname !== undefined) return codeObjects.find(qualname);
  if (start === undefined) return analysis.code;
  const header = headerAt(analysis, start);
  let code = (header && analysis.codeObjectOf(header.node)) ?? analysis.codeObjectAt(start);
  while (end !== undefined && end > spanOf(code.node, analysis).end) {
    const parent = codeObjects.parent(code);
    if (!parent) break;
    code = parent;
  }
  return code;
}

/** The source that a node stands for; of a module all of it. */
export function spanOf(node: Node, { module, text }: Analysis): { start: number; end: number } {
  return node === module ? { start: 0, end: text.length } : { start: node.start, end: node.end };
}
