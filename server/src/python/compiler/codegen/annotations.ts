// Annotations: evaluated where they stand, kept as text (PEP 563), or put into `__annotate__` (PEP 649).
// CPython: Python/codegen.c, codegen_function_annotations(), codegen_annassign(),
// codegen_process_deferred_annotations().
import { ExprContext, NodeKind } from '../../ast/kinds.ts';
import type { Arg, Arguments, Expression } from '../../ast/expressions.ts';
import type { AnnAssign, FunctionDef, Node, Statement } from '../../ast/nodes.ts';
import type { CodeObject } from '../../code/codeObject.ts';
import type { SymbolTableEntry } from '../../symtable/entry.ts';
import { Op } from '../../versions/opcodes/op.generated.ts';
import { ScopeType } from '../unit/description.ts';
import type { Place } from '../unit/frameBlocks.ts';
import { FunctionFlags, type CodeGenerator } from './generator.ts';

// ---- Functions --------------------------------------------------------------------------------------------------

/** Puts the annotations of a function on the stack; FunctionFlags of what they make. */
export function visitFunctionAnnotations(g: CodeGenerator, s: FunctionDef): number {
  if (g.dialect.annotations === 'atDefinition') {
    return visitArgumentAnnotations(g, s.args, s.returns, s) ? FunctionFlags.ANNOTATIONS : 0;
  }
  const scope = g.symbolTable.annotationBlock(s);
  if (!scope?.annotationsUsed) return 0;
  const functionName = g.dialect.annotateQualnameHasFunction ? s.name : undefined;
  const code = annotateCode(g, scope, s, g.lineno(s), functionName, () => {
    visitArgumentAnnotations(g, s.args, s.returns, s);
  });
  g.makeClosure(code, 0, s);
  return FunctionFlags.ANNOTATE;
}

/** Not the order of the parameters: those before `/` come after the others. CPython: codegen_annotations_in_scope(). */
function visitArgumentAnnotations(
  g: CodeGenerator,
  args: Arguments,
  returns: Expression | null,
  at: Place,
): boolean {
  const parts: (Expression | string)[] = [];
  const add = (name: string, annotation: Expression | null | undefined): void => {
    if (annotation) parts.push(name, annotation);
  };
  const addOf = (arg: Arg | null): void => {
    if (arg) add(g.mangle(arg.arg), arg.annotation);
  };
  args.args.forEach(addOf);
  args.posonlyargs.forEach(addOf);
  addOf(args.vararg);
  args.kwonlyargs.forEach(addOf);
  addOf(args.kwarg);
  add('return', returns);
  if (parts.length === 0) return false;
  if (g.records) recordArgumentAnnotations(g, parts, at);
  else
    g.buildTuple(
      parts.map(part => annotationPart(g, part)),
      at,
    );
  return true;
}

/** What facts see of an annotation: its text, or what is evaluated of it. */
function annotationPart(g: CodeGenerator, part: Expression | string): Expression | string {
  if (typeof part === 'string') return part;
  if (g.symbolTable.futureAnnotations) return g.annotationText(part);
  return part.kind === NodeKind.Starred ? part.value : part;
}

function recordArgumentAnnotations(
  g: CodeGenerator,
  parts: readonly (Expression | string)[],
  at: Place,
): void {
  const { emit } = g;
  for (const part of parts) {
    if (typeof part === 'string') emit.string(part, at);
    else if (g.symbolTable.futureAnnotations) emit.string(g.annotationText(part), part);
    else if (part.kind === NodeKind.Starred) {
      // *args: *Ts
      g.expression(part.value);
      emit.op(Op.UNPACK_SEQUENCE, 1, at);
    } else g.expression(part);
  }
  emit.op(Op.BUILD_TUPLE, parts.length, at);
}

// ---- Variables --------------------------------------------------------------------------------------------------

/** CPython: codegen_annassign(). */
export function visitAnnAssign(g: CodeGenerator, s: AnnAssign): void {
  const { target, value } = s;
  if (value) {
    g.expression(value);
    g.expression(target);
  }
  switch (target.kind) {
    case NodeKind.Name:
      if (g.isForbidden(target.id, ExprContext.Store, s)) return;
      if (s.simple) visitVariableAnnotation(g, s, target.id);
      break;
    case NodeKind.Attribute:
      if (g.isForbidden(target.attr, ExprContext.Store, s)) return;
      if (!value) evaluate(g, target.value);
      break;
    case NodeKind.Subscript:
      if (value) break;
      evaluate(g, target.value);
      visitIndex(g, target.slice);
      break;
  }
  // An annotation that is stored nowhere is evaluated, and dropped, until PEP 649.
  const isSpared = g.symbolTable.futureAnnotations && g.dialect.futureSparesAllAnnotations;
  if (!s.simple && keepsAnnotations(g) && g.dialect.annotations === 'atDefinition' && !isSpared) {
    evaluate(g, s.annotation);
  }
}

/** Evaluates an expression for its errors. CPython: codegen_check_ann_expr(). */
function evaluate(g: CodeGenerator, e: Expression): void {
  g.expression(e);
  g.emit.op(Op.POP_TOP, 0, e);
}

const keepsAnnotations = (g: CodeGenerator): boolean =>
  g.unit.type === ScopeType.Module || g.unit.type === ScopeType.Class;

/** `name: annotation` in a module or class. */
function visitVariableAnnotation(g: CodeGenerator, s: AnnAssign, name: string): void {
  if (!keepsAnnotations(g)) return;
  const { emit } = g;
  if (g.symbolTable.futureAnnotations) emit.string(g.annotationText(s.annotation), s.annotation);
  else if (g.dialect.annotations === 'annotate') {
    const { unit } = g;
    const conditional = unit.type === ScopeType.Module || unit.conditionalBlocks > 0;
    const deferred = (unit.deferredAnnotations ??= []);
    // Its number goes into __conditional_annotations__.
    if (conditional) emit.int(deferred.length, s);
    deferred.push({ name, annotation: s.annotation, at: s, conditional });
    return;
  } else g.expression(s.annotation);
  emit.name(Op.LOAD_NAME, '__annotations__', s);
  emit.string(g.mangle(name), s);
  emit.op(Op.STORE_SUBSCR, 0, s);
}

/** CPython: codegen_check_ann_subscr(). */
function visitIndex(g: CodeGenerator, index: Expression): void {
  switch (index.kind) {
    case NodeKind.Slice:
      for (const part of [index.lower, index.upper, index.step]) if (part) evaluate(g, part);
      return;
    case NodeKind.Tuple:
      if (g.records && g.constantOf(index)) break;
      for (const elt of index.elts) visitIndex(g, elt);
      return;
  }
  evaluate(g, index);
}

/** Whether a body has annotated variables, in its own compound statements too. CPython: find_ann(). */
export function hasAnnotations(body: readonly Statement[]): boolean {
  const bodies = [body];
  for (let next = bodies.pop(); next; next = bodies.pop()) {
    for (const s of next) {
      switch (s.kind) {
        case NodeKind.AnnAssign:
          return true;
        case NodeKind.For:
        case NodeKind.AsyncFor:
        case NodeKind.While:
        case NodeKind.If:
          bodies.push(s.body, s.orelse);
          break;
        case NodeKind.With:
        case NodeKind.AsyncWith:
          bodies.push(s.body);
          break;
        case NodeKind.Try:
        case NodeKind.TryStar:
          bodies.push(s.body, s.orelse, s.finalbody, ...s.handlers.map(handler => handler.body));
          break;
        case NodeKind.Match:
          bodies.push(...s.cases.map(matchCase => matchCase.body));
          break;
      }
    }
  }
  return false;
}

// ---- PEP 649 ----------------------------------------------------------------------------------------------------

/**
 * The `__annotate__` of a module or class, after its body. That of a module runs before the body, and so is
 * reached however the body ends. CPython: codegen_process_deferred_annotations().
 */
export function visitDeferredAnnotations(g: CodeGenerator, node: Node, firstlineno: number): void {
  const { unit, emit } = g;
  const deferred = unit.deferredAnnotations;
  const scope = unit.scope.annotationBlock;
  if (deferred === null || scope === null || g.symbolTable.futureAnnotations) return;
  const { reached } = emit;
  if (unit.type === ScopeType.Module) emit.reached = true;
  const code = annotateCode(g, scope, node, firstlineno, undefined, () => {
    if (unit.type === ScopeType.Class && deferred.some(({ conditional }) => conditional)) {
      g.unit.addedFreevars = ['__conditional_annotations__'];
    }
    for (const { annotation } of deferred) g.expression(annotation);
  });
  g.makeClosure(code, 0, node);
  emit.reached = reached;
}

/** An `__annotate__`, whose parameter is shown as `format`. CPython: codegen_setup_annotations_scope(). */
function annotateCode(
  g: CodeGenerator,
  scope: SymbolTableEntry,
  node: Node,
  firstlineno: number,
  functionName: string | undefined,
  body: () => void,
): CodeObject {
  return g.codeObject(
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
      g.emit.int(2, node);
      body();
    },
  );
}
