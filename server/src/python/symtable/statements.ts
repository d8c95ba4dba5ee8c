// The visit of statements and patterns. CPython: Python/symtable.c, symtable_visit_stmt() and its like.
import { ExprContext, NodeKind } from '../ast/kinds.ts';
import type {
  Alias,
  AnnAssign,
  ClassDef,
  ExceptHandler,
  FunctionDef,
  Global,
  If,
  Import,
  ImportFrom,
  MatchCase,
  Nonlocal,
  Pattern,
  Statement,
  Try,
  TypeAlias,
  WithItem,
} from '../ast/nodes.ts';
import { visitAnnotation, visitAnnotations } from './annotations.ts';
import type { Builder } from './builder.ts';
import { visitKeywords, visitParameters } from './expressions.ts';
import { BlockType, SymbolFlags } from './flags.ts';
import { checkLateFuture, hasDocstring } from './future.ts';
import * as messages from './messages.ts';
import { enterTypeParameters, visitTypeParameter } from './typeParameters.ts';

const { DEF_GLOBAL, DEF_LOCAL, DEF_PARAM, DEF_NONLOCAL, USE, DEF_IMPORT, DEF_ANNOT } = SymbolFlags;

export function visitBody(b: Builder, body: readonly Statement[]): void {
  for (const statement of body) visitStatement(b, statement);
}

function visitStatement(b: Builder, node: Statement): void {
  const { depth } = b;
  b.enterRecursive(node);
  dispatch(b, node);
  b.depth = depth;
}

function dispatch(b: Builder, node: Statement): void {
  switch (node.kind) {
    case NodeKind.Expr:
      b.visitExpression(node.value);
      break;
    case NodeKind.Assign:
      b.visitExpressions(node.targets);
      b.visitExpression(node.value);
      break;
    case NodeKind.FunctionDef:
    case NodeKind.AsyncFunctionDef:
      visitFunctionDef(b, node);
      break;
    case NodeKind.Return:
      if (node.value !== null) {
        b.visitExpression(node.value);
        b.entry.returnsValue = true;
      }
      break;
    case NodeKind.If:
      visitIf(b, node);
      break;
    case NodeKind.ClassDef:
      visitClassDef(b, node);
      break;
    case NodeKind.TypeAlias:
      visitTypeAlias(b, node);
      break;
    case NodeKind.Delete:
      b.visitExpressions(node.targets);
      break;
    case NodeKind.AnnAssign:
      visitAnnAssign(b, node);
      break;
    case NodeKind.AugAssign:
      b.visitExpression(node.target);
      b.visitExpression(node.value);
      break;
    case NodeKind.AsyncFor:
    case NodeKind.For:
      if (node.kind === NodeKind.AsyncFor && b.dialect.checksInSymtable && !b.entry.coroutine) {
        b.error(messages.asyncForOutsideAsyncFunction, node);
      }
      b.visitExpression(node.target);
      b.visitExpression(node.iter);
      conditionally(b, () => {
        visitBody(b, node.body);
        visitBody(b, node.orelse);
      });
      break;
    case NodeKind.While:
      b.visitExpression(node.test);
      conditionally(b, () => {
        visitBody(b, node.body);
        visitBody(b, node.orelse);
      });
      break;
    case NodeKind.AsyncWith:
    case NodeKind.With:
      if (node.kind === NodeKind.AsyncWith && b.dialect.checksInSymtable && !b.entry.coroutine) {
        b.error(messages.asyncWithOutsideAsyncFunction, node);
      }
      conditionally(b, () => {
        for (const item of node.items) visitWithItem(b, item);
        visitBody(b, node.body);
      });
      break;
    case NodeKind.Match:
      b.visitExpression(node.subject);
      conditionally(b, () => {
        for (const matchCase of node.cases) visitMatchCase(b, matchCase);
      });
      break;
    case NodeKind.Raise:
      if (node.exc !== null) b.visitExpression(node.exc);
      if (node.cause !== null) b.visitExpression(node.cause);
      break;
    case NodeKind.Try:
    case NodeKind.TryStar:
      visitTry(b, node);
      break;
    case NodeKind.Assert:
      b.visitExpression(node.test);
      if (node.msg !== null) b.visitExpression(node.msg);
      break;
    case NodeKind.Import:
      if (node.is_lazy) checkLazyImport(b, node);
      for (const alias of node.names) visitAlias(b, alias);
      break;
    case NodeKind.ImportFrom:
      if (node.is_lazy) checkLazyImport(b, node);
      for (const alias of node.names) visitAlias(b, alias);
      checkLateFuture(b, node);
      break;
    case NodeKind.Global:
    case NodeKind.Nonlocal:
      visitDeclaration(b, node);
      break;
    default:
      break;
  }
}

/** What is in here may not be run, as far as 3.14's annotations are concerned. */
function conditionally(b: Builder, visit: () => void): void {
  const { inConditionalBlock } = b;
  b.inConditionalBlock = true;
  visit();
  b.inConditionalBlock = inConditionalBlock;
}

/** A chain of `elif` is walked in a loop. */
function visitIf(b: Builder, first: If): void {
  const { inConditionalBlock } = b;
  for (let node: If | null = first; node !== null;) {
    b.visitExpression(node.test);
    b.inConditionalBlock = true;
    visitBody(b, node.body);
    const orelse: Statement[] = node.orelse;
    if (orelse.length === 1 && orelse[0].kind === NodeKind.If) {
      b.enterRecursive(orelse[0]);
      node = orelse[0];
    } else {
      visitBody(b, orelse);
      node = null;
    }
  }
  b.inConditionalBlock = inConditionalBlock;
}

function visitFunctionDef(b: Builder, node: FunctionDef): void {
  const { dialect } = b;
  b.addDef(node.name, DEF_LOCAL, node);
  b.visitExpressions(node.args.defaults);
  b.visitExpressions(node.args.kw_defaults);
  if (dialect.decoratorsFirst) b.visitExpressions(node.decorator_list);
  const generic = node.type_params.length > 0;
  if (generic) {
    enterTypeParameters(b, node, node.name);
    for (const param of node.type_params) visitTypeParameter(b, param);
  }
  const entry = b.newBlock(BlockType.Function, node.name, node);
  entry.hasDocstring = hasDocstring(node.body);
  visitAnnotations(b, node);
  if (!dialect.decoratorsFirst) b.visitExpressions(node.decorator_list);
  b.enterExistingBlock(entry);
  if (node.kind === NodeKind.AsyncFunctionDef) entry.coroutine = true;
  visitParameters(b, node.args);
  visitBody(b, node.body);
  b.exitBlock();
  if (generic) b.exitBlock();
}

function visitClassDef(b: Builder, node: ClassDef): void {
  const { dialect, privateName } = b;
  b.addDef(node.name, DEF_LOCAL, node);
  if (dialect.decoratorsFirst) b.visitExpressions(node.decorator_list);
  const generic = node.type_params.length > 0;
  if (generic) {
    enterTypeParameters(b, node, node.name);
    b.privateName = node.name;
    if (dialect.genericClassMangling === 'typeParameters') b.entry.mangledNames = new Set();
    for (const param of node.type_params) visitTypeParameter(b, param);
  }
  b.visitExpressions(node.bases);
  visitKeywords(b, node.keywords);
  if (!dialect.decoratorsFirst) b.visitExpressions(node.decorator_list);
  b.enterBlock(BlockType.Class, node.name, node);
  b.privateName = node.name;
  if (generic) {
    b.addDef('__type_params__', DEF_LOCAL, node);
    b.addDef('.type_params', USE, node);
  }
  b.entry.hasDocstring = hasDocstring(node.body);
  visitBody(b, node.body);
  b.exitBlock();
  if (generic) b.exitBlock();
  b.privateName = generic && dialect.genericClassMangling === 'leaks' ? node.name : privateName;
}

function visitTypeAlias(b: Builder, node: TypeAlias): void {
  b.visitExpression(node.name);
  const name = node.name.kind === NodeKind.Name ? node.name.id : '';
  const inClass = b.entry.type === BlockType.Class;
  const generic = node.type_params.length > 0;
  if (generic) {
    enterTypeParameters(b, node, name);
    for (const param of node.type_params) visitTypeParameter(b, param);
  }
  b.enterBlock(BlockType.TypeAlias, name, node);
  b.entry.canSeeClassScope = inClass;
  if (inClass) b.use('__classdict__', node.value);
  b.visitExpression(node.value);
  b.exitBlock();
  if (generic) b.exitBlock();
}

function visitAnnAssign(b: Builder, node: AnnAssign): void {
  const { target } = node;
  b.entry.annotationsUsed = true;
  if (target.kind === NodeKind.Name) {
    const known = b.lookup(target.id);
    if ((known & (DEF_GLOBAL | DEF_NONLOCAL)) !== 0 && !b.isModule && node.simple) {
      b.error(
        messages.declaredAnnotated(target.id, (known & DEF_GLOBAL) !== 0 ? 'global' : 'nonlocal'),
        node,
      );
    }
    if (node.simple) b.addDef(target.id, DEF_ANNOT | DEF_LOCAL, target);
    else if (node.value !== null) b.addDef(target.id, DEF_LOCAL, target);
  } else {
    b.visitExpression(target);
  }
  visitAnnotation(b, node.annotation);
  if (node.value !== null) b.visitExpression(node.value);
}

function visitTry(b: Builder, node: Try): void {
  const { inTryBlock } = b;
  b.inTryBlock = true;
  conditionally(b, () => {
    visitBody(b, node.body);
    if (b.dialect.elseBeforeHandlers) visitBody(b, node.orelse);
    for (const handler of node.handlers) visitExceptHandler(b, handler);
    if (!b.dialect.elseBeforeHandlers) visitBody(b, node.orelse);
    visitBody(b, node.finalbody);
  });
  b.inTryBlock = inTryBlock;
}

function visitExceptHandler(b: Builder, node: ExceptHandler): void {
  if (node.type !== null) b.visitExpression(node.type);
  if (node.name !== null) b.addDef(node.name, DEF_LOCAL, node);
  visitBody(b, node.body);
}

function visitWithItem(b: Builder, node: WithItem): void {
  b.visitExpression(node.context_expr);
  if (node.optional_vars !== null) b.visitExpression(node.optional_vars);
}

/** PEP 810: an import can be lazy only where it is run once, and where nobody waits for it to fail. */
function checkLazyImport(b: Builder, node: Import | ImportFrom): void {
  if (!b.dialect.lazyImports) return;
  const what = node.kind === NodeKind.Import ? 'import' : 'from ... import';
  if (b.inTryBlock) b.error(messages.lazyNotAllowed(what, 'try/except blocks'), node);
  else if (b.entry.isFunctionLike) b.error(messages.lazyNotAllowed(what, 'functions'), node);
  else if (b.entry.type === BlockType.Class) b.error(messages.lazyNotAllowed(what, 'classes'), node);
  else if (node.kind === NodeKind.ImportFrom && node.names.some(alias => alias.name === '*')) {
    b.error(messages.lazyStar, node);
  }
}

/** `import a.b` binds `a`. CPython: symtable_visit_alias(). */
function visitAlias(b: Builder, node: Alias): void {
  const name = node.asname ?? node.name;
  if (name === '*') {
    if (b.entry.type !== BlockType.Module) {
      if (b.dialect.errorsAtNames) b.error(messages.importStar, node);
      else b.error(messages.importStar, b.entry.node);
    }
    return;
  }
  const dot = name.indexOf('.');
  b.addDef(dot < 0 ? name : name.slice(0, dot), DEF_IMPORT, node);
}

function visitDeclaration(b: Builder, node: Global | Nonlocal): void {
  const isGlobal = node.kind === NodeKind.Global;
  const as = isGlobal ? 'global' : 'nonlocal';
  for (const name of node.names) {
    const known = b.lookup(name);
    if ((known & (DEF_PARAM | DEF_LOCAL | USE | DEF_ANNOT)) !== 0) {
      let msg = messages.declaredAfterAssignment(name, as);
      if ((known & DEF_PARAM) !== 0) msg = messages.declaredParameter(name, as);
      else if ((known & USE) !== 0) msg = messages.declaredAfterUse(name, as);
      else if ((known & DEF_ANNOT) !== 0) msg = messages.declaredAnnotated(name, as);
      b.error(msg, node);
      continue;
    }
    b.addDef(name, isGlobal ? DEF_GLOBAL : DEF_NONLOCAL, node);
    b.recordDirective(name, node);
  }
}

// ---- Patterns --------------------------------------------------------------------------------------------

function visitMatchCase(b: Builder, node: MatchCase): void {
  visitPattern(b, node.pattern);
  if (node.guard !== null) b.visitExpression(node.guard);
  visitBody(b, node.body);
}

function visitPatterns(b: Builder, nodes: readonly Pattern[]): void {
  for (const node of nodes) visitPattern(b, node);
}

function visitPattern(b: Builder, node: Pattern): void {
  const { depth } = b;
  b.enterRecursive(node);
  dispatchPattern(b, node);
  b.depth = depth;
}

function dispatchPattern(b: Builder, node: Pattern): void {
  switch (node.kind) {
    case NodeKind.MatchValue:
      b.visitUnfolded(node.value, !b.folds.foldsPatternNames);
      break;
    case NodeKind.MatchSequence:
    case NodeKind.MatchOr:
      visitPatterns(b, node.patterns);
      break;
    case NodeKind.MatchStar:
      if (node.name !== null) b.addDef(node.name, DEF_LOCAL, node);
      break;
    case NodeKind.MatchMapping:
      for (const key of node.keys) b.visitUnfolded(key, !b.folds.foldsPatternNames);
      visitPatterns(b, node.patterns);
      if (node.rest !== null) b.addDef(node.rest, DEF_LOCAL, node);
      break;
    case NodeKind.MatchClass:
      b.visitExpression(node.cls);
      visitPatterns(b, node.patterns);
      for (let i = 0; i < node.kwd_attrs.length; i++) {
        b.checkName(node.kwd_attrs[i], node.kwd_patterns[i] ?? node, ExprContext.Store);
      }
      visitPatterns(b, node.kwd_patterns);
      break;
    case NodeKind.MatchAs:
      if (node.pattern !== null) visitPattern(b, node.pattern);
      if (node.name !== null) b.addDef(node.name, DEF_LOCAL, node);
      break;
    default:
      break;
  }
}
