// Finding one's way in the tree: which nodes an offset is in, and in which block of the symbol table each of them is
// evaluated.
import type { Expression } from '../ast/expressions.ts';
import { NodeKind } from '../ast/kinds.ts';
import type { ClassDef, FunctionDef, Node } from '../ast/nodes.ts';
import { defaultsOf, isFunction, parametersOf } from '../ast/parts.ts';
import { childrenOf, forEachChild } from '../ast/visitor.ts';
import type { Analysis } from '../index.ts';
import type { SymbolTableEntry } from '../symtable/entry.ts';
import { ComprehensionType } from '../symtable/flags.ts';
import type { SymbolTable } from '../symtable/table.ts';

export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A node, and the block of the symbol table that it is evaluated in. */
export interface Located {
  readonly node: Node;
  readonly entry: SymbolTableEntry;
}

/**
 * Calls `visit` with each child of a node and the block that the child is evaluated in, given the block of the node.
 * CPython: Python/symtable.c, symtable_visit_stmt(), symtable_visit_expr() and what they call.
 */
export function forEachScopedChild(
  node: Node,
  entry: SymbolTableEntry,
  table: SymbolTable,
  visit: (child: Node, entry: SymbolTableEntry) => void,
): void {
  const visitAll = (nodes: readonly Node[], block: SymbolTableEntry): void => {
    for (const child of nodes) visit(child, block);
  };
  switch (node.kind) {
    case NodeKind.FunctionDef:
    case NodeKind.AsyncFunctionDef: {
      const around = table.typeParametersBlock(node) ?? entry;
      const annotations = table.annotationBlock(node) ?? around;
      const inner = table.block(node) ?? entry;
      visitAll(node.decorator_list, entry);
      visitAll(node.type_params, around);
      const parameters = parametersOf(node);
      // Before the parameters, whose places include their annotations.
      for (const { annotation } of parameters) if (annotation) visit(annotation, annotations);
      visitAll(parameters, inner);
      visitAll(defaultsOf(node), entry);
      if (node.returns) visit(node.returns, annotations);
      visitAll(node.body, inner);
      return;
    }
    case NodeKind.Lambda: {
      const inner = table.block(node) ?? entry;
      visitAll(parametersOf(node), inner);
      visitAll(defaultsOf(node), entry);
      visit(node.body, inner);
      return;
    }
    case NodeKind.ClassDef: {
      const around = table.typeParametersBlock(node) ?? entry;
      visitAll(node.decorator_list, entry);
      visitAll(node.type_params, around);
      visitAll(node.bases, around);
      visitAll(node.keywords, around);
      visitAll(node.body, table.block(node) ?? entry);
      return;
    }
    case NodeKind.ListComp:
    case NodeKind.SetComp:
    case NodeKind.DictComp:
    case NodeKind.GeneratorExp: {
      const inner = table.block(node) ?? entry;
      const outermost: Expression | undefined = node.generators[0]?.iter;
      forEachChild(node, child => {
        if (child.kind !== NodeKind.Comprehension) visit(child, inner);
        else forEachChild(child, part => visit(part, part === outermost ? entry : inner));
      });
      return;
    }
    case NodeKind.TypeAlias: {
      const around = table.typeParametersBlock(node) ?? entry;
      visit(node.name, entry);
      visitAll(node.type_params, around);
      visit(node.value, table.block(node) ?? around);
      return;
    }
    case NodeKind.TypeVar:
    case NodeKind.ParamSpec:
    case NodeKind.TypeVarTuple:
      if (node.kind === NodeKind.TypeVar && node.bound) visit(node.bound, table.boundBlock(node) ?? entry);
      if (node.default_value) visit(node.default_value, table.defaultBlock(node) ?? entry);
      return;
    case NodeKind.AnnAssign:
      visit(node.target, entry);
      visit(node.annotation, entry.annotationBlock ?? entry);
      if (node.value) visit(node.value, entry);
      return;
    case NodeKind.NamedExpr: {
      // PEP 572: in comprehensions the target belongs to the block around them.
      let around = entry;
      while (around.comprehension !== ComprehensionType.None && around.parent) around = around.parent;
      visit(node.target, around);
      visit(node.value, entry);
      return;
    }
    default:
      forEachChild(node, child => visit(child, entry));
  }
}

/** Calls `visit` with every node and the block it is evaluated in, parents first. Bears trees of any depth. */
export function walkScoped(
  { module, symbolTable }: Analysis,
  visit: (node: Node, entry: SymbolTableEntry) => void,
): void {
  const stack: Located[] = [{ node: module, entry: symbolTable.top }];
  for (let next = stack.pop(); next; next = stack.pop()) {
    visit(next.node, next.entry);
    const height = stack.length;
    forEachScopedChild(next.node, next.entry, symbolTable, (node, entry) => void stack.push({ node, entry }));
    // The last one pushed comes first.
    for (let i = height, j = stack.length - 1; i < j; i++, j--) [stack[i], stack[j]] = [stack[j], stack[i]];
  }
}

/** From the module down to the innermost node that an offset is in, each with the block it is evaluated in. */
export function pathTo({ module, symbolTable }: Analysis, offset: number): Located[] {
  const path: Located[] = [];
  let next: Located | undefined = { node: module, entry: symbolTable.top };
  while (next) {
    path.push(next);
    const { node, entry }: Located = next;
    next = undefined;
    forEachScopedChild(node, entry, symbolTable, (child, block) => {
      // The text that `{x=}` shows is a constant, and lies over the expression.
      const isFree = !next || next.node.kind === NodeKind.Constant;
      if (isFree && encloses(child, offset)) next = { node: child, entry: block };
    });
  }
  return path;
}

/**
 * The block that text at an offset belongs to, also where the tree has no node there: what broken text left over
 * belongs to the nearest def or class above it that it is indented deeper than.
 */
export function entryAt(analysis: Analysis, offset: number): SymbolTableEntry {
  const path = pathTo(analysis, offset);
  const { node, entry } = path[path.length - 1];
  if (!isFunction(node) && node.kind !== NodeKind.ClassDef && node.kind !== NodeKind.Module) return entry;
  const { text, lines, symbolTable } = analysis;
  const column = indentation(text, lines.starts[lines.lineno(offset) - 1]);
  let inner: SymbolTableEntry = node.kind === NodeKind.Module ? entry : (symbolTable.block(node) ?? entry);
  let body: readonly Node[] = node.body;
  if (node.kind !== NodeKind.Module && !(body.length > 0 && offset >= body[0].start)) return entry;
  for (;;) {
    const above = lastDefinition(body, offset);
    if (!above || indentation(text, lines.starts[lines.lineno(above.start) - 1]) >= column) return inner;
    inner = symbolTable.block(above) ?? inner;
    body = above.body;
  }
}

/** The last def or class of a body that begins before an offset, if no other statement is between. */
function lastDefinition(body: readonly Node[], offset: number): FunctionDef | ClassDef | undefined {
  let last: Node | undefined;
  for (const node of body) if (node.start < offset) last = node;
  return last && (isFunction(last) || last.kind === NodeKind.ClassDef) ? last : undefined;
}

/** How far a line is indented, in characters. */
function indentation(text: string, lineStart: number): number {
  let i = lineStart;
  while (text[i] === ' ' || text[i] === '\t') i++;
  return i - lineStart;
}

/** Whether an offset is in a node; decorators count, and what has no place of its own is looked into. */
function encloses(node: Node, offset: number): boolean {
  switch (node.kind) {
    case NodeKind.FunctionDef:
    case NodeKind.AsyncFunctionDef:
    case NodeKind.ClassDef:
      return decoratedStart(node) <= offset && offset < node.end;
    case NodeKind.WithItem:
    case NodeKind.MatchCase:
    case NodeKind.Keyword:
      return (
        childrenOf(node).some(child => encloses(child, offset)) || (node.start <= offset && offset < node.end)
      );
    default:
      return node.start <= offset && offset < node.end;
  }
}

/** Where a definition begins, decorators included (without the first one's `@`). */
export function decoratedStart(node: FunctionDef | ClassDef): number {
  return node.decorator_list.length > 0 ? Math.min(node.start, node.decorator_list[0].start) : node.start;
}
