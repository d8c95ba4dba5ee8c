// Comprehensions, which are function blocks, and `:=`, which in them binds further out.
// CPython: Python/symtable.c, symtable_handle_comprehension() and symtable_handle_namedexpr().
import type { Comprehension, Name, NamedExpr } from '../ast/expressions.ts';
import { NodeKind } from '../ast/kinds.ts';
import type { AnyComprehension } from '../ast/parts.ts';
import type { Builder } from './builder.ts';
import { BlockType, ComprehensionType, SymbolFlags } from './flags.ts';
import * as messages from './messages.ts';

const { DEF_GLOBAL, DEF_LOCAL, DEF_PARAM, DEF_NONLOCAL, DEF_COMP_ITER } = SymbolFlags;

const BLOCK_NAMES = {
  [NodeKind.ListComp]: 'listcomp',
  [NodeKind.SetComp]: 'setcomp',
  [NodeKind.DictComp]: 'dictcomp',
  [NodeKind.GeneratorExp]: 'genexpr',
} as const;

const TYPES = {
  [NodeKind.ListComp]: ComprehensionType.List,
  [NodeKind.SetComp]: ComprehensionType.Set,
  [NodeKind.DictComp]: ComprehensionType.Dict,
  [NodeKind.GeneratorExp]: ComprehensionType.Generator,
} as const;

export function visitComprehension(b: Builder, node: AnyComprehension): void {
  const { dialect } = b;
  if (dialect.classAnnotationScopes === 'plain' && b.entry.canSeeClassScope) {
    b.error(messages.notInClassAnnotationScope('comprehension'), node);
  }
  const isGenerator = node.kind === NodeKind.GeneratorExp;
  const [outermost] = node.generators;
  // The outermost iterable belongs to the block around.
  if (outermost !== undefined) visitIterable(b, outermost);
  b.enterBlock(BlockType.Function, b.anonymous(BLOCK_NAMES[node.kind]), node);
  const { entry } = b;
  entry.comprehension = TYPES[node.kind];
  if (outermost?.is_async) entry.coroutine = true;
  b.addDef('.0', DEF_PARAM, node);
  if (outermost !== undefined) {
    visitTarget(b, outermost);
    b.visitExpressions(outermost.ifs);
    for (let i = 1; i < node.generators.length; i++) visitInnerLoop(b, node.generators[i]);
  }
  if (node.kind === NodeKind.DictComp) {
    if (node.value !== null) b.visitExpression(node.value);
    b.visitExpression(node.key);
  } else {
    b.visitExpression(node.elt);
  }
  if (entry.generator && dialect.yieldInComprehension === 'atEnd') {
    b.error(messages.yieldInComprehension[entry.comprehension], node);
  }
  entry.generator = isGenerator;
  const isAsync = entry.coroutine && !isGenerator;
  b.exitBlock();
  if (!isAsync || !dialect.asyncComprehensionsSpread) return;
  const outer = b.entry;
  const inAsyncDef = outer.type === BlockType.Function && outer.coroutine;
  if (dialect.checksInSymtable && !inAsyncDef && outer.comprehension === ComprehensionType.None) {
    b.error(messages.asyncComprehensionOutsideAsyncFunction, node);
  }
  outer.coroutine = true;
}

function visitIterable(b: Builder, loop: Comprehension): void {
  b.compIterExpr++;
  b.visitExpression(loop.iter);
  b.compIterExpr--;
}

function visitTarget(b: Builder, loop: Comprehension): void {
  b.compIterTarget = true;
  b.visitExpression(loop.target);
  b.compIterTarget = false;
}

function visitInnerLoop(b: Builder, loop: Comprehension): void {
  visitTarget(b, loop);
  visitIterable(b, loop);
  b.visitExpressions(loop.ifs);
  if (loop.is_async) b.entry.coroutine = true;
}

export function visitNamedExpr(b: Builder, node: NamedExpr): void {
  if (b.compIterExpr > 0) b.errorAtNamedExpr(messages.namedExprInIterable, node);
  else if (b.entry.comprehension !== ComprehensionType.None && node.target.kind === NodeKind.Name) {
    extendScope(b, node.target);
  }
  b.visitUnfolded(node.value, !b.folds.foldsNamedExpressions);
  b.visitExpression(node.target);
}

/** The target belongs to the nearest block around that is no comprehension. CPython: symtable_extend_namedexpr_scope(). */
function extendScope(b: Builder, target: Name): void {
  const { dialect } = b;
  const name = target.id;
  const lookup = (entry: typeof b.entry): number =>
    dialect.namedExprMangles ? b.lookup(name, entry) : (entry.symbols.get(name) ?? 0);
  for (let entry: typeof b.entry | null = b.entry; entry !== null; entry = entry.parent) {
    if (entry.comprehension !== ComprehensionType.None) {
      const conflict = dialect.namedExprConflict === 'bound' ? DEF_COMP_ITER | DEF_LOCAL : DEF_COMP_ITER;
      if ((lookup(entry) & conflict) === conflict) {
        b.errorAtNamedExpr(messages.namedExprRebindsIteration(name), target);
        return;
      }
      continue;
    }
    if (entry.type === BlockType.Function) {
      b.addDef(name, (lookup(entry) & DEF_GLOBAL) !== 0 ? DEF_GLOBAL : DEF_NONLOCAL, target);
      b.recordDirective(name, target);
      b.addDefIn(entry, name, DEF_LOCAL, target);
      return;
    }
    if (entry.type === BlockType.Module) {
      b.addDef(name, DEF_GLOBAL, target);
      b.recordDirective(name, target);
      b.addDefIn(entry, name, DEF_GLOBAL, target);
      return;
    }
    const msg = messages.namedExprInComprehensionIn[entry.type];
    if (msg !== undefined) {
      b.errorAtNamedExpr(msg, target);
      return;
    }
  }
}
