// Annotations: evaluated where they stand, kept as text (PEP 563), or put into `__annotate__` (PEP 649).
// CPython: Python/codegen.c, codegen_function_annotations(), codegen_annassign(),
// codegen_process_deferred_annotations().
import { ExprContext, NodeKind } from '../../ast/kinds.ts';
import type { Arg, Arguments, Expression } from '../../ast/expressions.ts';
import type { AnnAssign, FunctionDef } from '../../ast/nodes.ts';
import type { CodeObject } from '../../code/codeObject.ts';
import type { SymbolTableEntry } from '../../symtable/entry.ts';
import type { Node } from '../../ast/nodes.ts';
import type { Compiler } from './compiler.ts';
import { ScopeType } from './unit.ts';

// ---- Functions --------------------------------------------------------------------------------------------------

export function visitFunctionAnnotations(c: Compiler, s: FunctionDef): void {
  if (c.dialect.annotations === 'atDefinition') {
    visitArgumentAnnotations(c, s.args, s.returns);
    return;
  }
  const scope = c.symbolTable.annotationBlock(s);
  if (!scope?.annotationsUsed) return;
  const functionName = c.dialect.annotateQualnameHasFunction ? s.name : undefined;
  const code = annotateCode(c, scope, s, c.lineno(s), functionName, () =>
    visitArgumentAnnotations(c, s.args, s.returns),
  );
  c.makeClosure(code);
}

/** Not the order of the parameters: those before `/` come after the others. CPython: codegen_annotations_in_scope(). */
function visitArgumentAnnotations(c: Compiler, args: Arguments, returns: Expression | null): void {
  const parts: (Expression | string)[] = [];
  const add = (name: string, annotation: Expression | null | undefined): void => {
    if (!annotation) return;
    parts.push(name);
    if (c.symbolTable.futureAnnotations) parts.push(c.annotationText(annotation));
    else parts.push(annotation.kind === NodeKind.Starred ? annotation.value : annotation);
  };
  const addOf = (arg: Arg | null): void => {
    if (arg) add(c.mangle(arg.arg), arg.annotation);
  };
  args.args.forEach(addOf);
  args.posonlyargs.forEach(addOf);
  addOf(args.vararg);
  args.kwonlyargs.forEach(addOf);
  addOf(args.kwarg);
  add('return', returns);
  if (parts.length > 0) c.buildTuple(parts);
}

// ---- Variables --------------------------------------------------------------------------------------------------

/** CPython: codegen_annassign(). */
export function visitAnnAssign(c: Compiler, s: AnnAssign): void {
  const { target, value } = s;
  if (value) {
    c.expression(value);
    c.expression(target);
  }
  switch (target.kind) {
    case NodeKind.Name:
      if (c.isForbidden(target.id, ExprContext.Store, s)) return;
      if (s.simple) visitVariableAnnotation(c, s);
      break;
    case NodeKind.Attribute:
      if (c.isForbidden(target.attr, ExprContext.Store, s)) return;
      if (!value) c.expression(target.value);
      break;
    case NodeKind.Subscript:
      if (value) break;
      c.expression(target.value);
      visitIndex(c, target.slice);
      break;
  }
  // An annotation that is stored nowhere is evaluated, and dropped, until PEP 649.
  const isSpared = c.symbolTable.futureAnnotations && c.dialect.futureSparesAllAnnotations;
  if (!s.simple && keepsAnnotations(c) && c.dialect.annotations === 'atDefinition' && !isSpared) {
    c.expression(s.annotation);
  }
}

const keepsAnnotations = (c: Compiler): boolean =>
  c.unit.type === ScopeType.Module || c.unit.type === ScopeType.Class;

/** `name: annotation` in a module or class. */
function visitVariableAnnotation(c: Compiler, s: AnnAssign): void {
  if (!keepsAnnotations(c)) return;
  if (c.symbolTable.futureAnnotations) c.loadString(c.annotationText(s.annotation));
  else if (c.dialect.annotations === 'annotate') {
    const { unit } = c;
    const conditional = unit.type === ScopeType.Module || unit.conditionalBlocks > 0;
    const deferred = (unit.deferredAnnotations ??= []);
    // Its number goes into __conditional_annotations__.
    if (conditional) c.loadInt(deferred.length);
    deferred.push({ annotation: s.annotation, conditional });
    return;
  } else c.expression(s.annotation);
  if (s.target.kind === NodeKind.Name) c.loadString(c.mangle(s.target.id));
}

/** CPython: codegen_check_ann_subscr(). */
function visitIndex(c: Compiler, index: Expression): void {
  switch (index.kind) {
    case NodeKind.Slice:
      for (const part of [index.lower, index.upper, index.step]) if (part) c.expression(part);
      return;
    case NodeKind.Tuple:
      for (const elt of index.elts) visitIndex(c, elt);
      return;
    default:
      c.expression(index);
  }
}

// ---- PEP 649 ----------------------------------------------------------------------------------------------------

/**
 * The `__annotate__` of a module or class, after its body. That of a module runs before the body, and so is
 * reached however the body ends. CPython: codegen_process_deferred_annotations().
 */
export function visitDeferredAnnotations(c: Compiler, node: Node, firstlineno: number): void {
  const { unit } = c;
  const deferred = unit.deferredAnnotations;
  const scope = unit.scope.annotationBlock;
  if (deferred === null || scope === null || c.symbolTable.futureAnnotations) return;
  const { reached } = unit;
  if (unit.type === ScopeType.Module) unit.reached = true;
  const code = annotateCode(c, scope, node, firstlineno, undefined, () => {
    if (unit.type === ScopeType.Class && deferred.some(({ conditional }) => conditional)) {
      c.unit.addedFreevars = ['__conditional_annotations__'];
    }
    for (const { annotation } of deferred) c.expression(annotation);
  });
  c.makeClosure(code);
  unit.reached = reached;
}

/** An `__annotate__`, whose parameter is shown as `format`. CPython: codegen_setup_annotations_scope(). */
function annotateCode(
  c: Compiler,
  scope: SymbolTableEntry,
  node: Node,
  firstlineno: number,
  functionName: string | undefined,
  body: () => void,
): CodeObject {
  return c.codeObject(
    {
      name: '__annotate__',
      type: ScopeType.Annotations,
      scope,
      node,
      firstlineno,
      posonlyargcount: 1,
      functionName,
      renamedParameter: 'format',
    },
    () => {
      c.loadInt(2);
      body();
    },
  );
}
