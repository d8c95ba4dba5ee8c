// Annotations: evaluated where they stand, kept as text (PEP 563), or put into `__annotate__` (PEP 649).
// CPython: Python/codegen.c, codegen_function_annotations(), codegen_annassign(),
// codegen_process_deferred_annotations().
import { ExprContext, NodeKind } from '../../ast/kinds.ts';
import type { Arg, Arguments, Expression } from '../../ast/expressions.ts';
import type { AnnAssign, FunctionDef, Node, Statement } from '../../ast/nodes.ts';
import type { CodeObject } from '../../code/codeObject.ts';
import type { SymbolTableEntry } from '../../symtable/entry.ts';
import { mangle } from '../../symtable/mangle.ts';
import { Op } from '../../versions/opcodes/op.generated.ts';
import { ScopeType } from '../unit/description.ts';
import type { Place } from '../unit/frameBlocks.ts';
import { Label } from '../unit/instructions.ts';
import type { DeferredAnnotation } from '../unit/unit.ts';
import { CommonConstant } from './commonConstants.ts';
import { GREATER } from './comparisons.ts';
import type { CodeGenerator } from './generator.ts';
import { hasSlices } from './subscripts.ts';
import { FunctionFlags, makeClosure } from './closures.ts';
import { isForbidden, nameOp } from './names.ts';

/** The set of the numbers of annotated assignments that have been made. */
export const CONDITIONAL_ANNOTATIONS = '__conditional_annotations__';

// ---- Functions --------------------------------------------------------------------------------------------------

/** Puts the annotations of a function on the stack; FunctionFlags of what they make. */
export function visitFunctionAnnotations(g: CodeGenerator, s: FunctionDef): number {
  if (g.dialect.annotations === 'atDefinition') {
    return visitArgumentAnnotations(g, s.args, s.returns, s) ? FunctionFlags.ANNOTATIONS : 0;
  }
  const scope = g.symbolTable.annotationBlock(s);
  if (!scope?.annotationsUsed) return 0;
  const functionName = g.dialect.annotateQualnameHasFunction ? s.name : undefined;
  const code = annotateCode(g, scope, s, s, g.lineno(s), functionName, () => {
    visitArgumentAnnotations(g, s.args, s.returns, s);
  });
  makeClosure(g, code, 0, s);
  return FunctionFlags.ANNOTATE;
}

/** In the order of the parameters; up to 3.14, those before `/` come after the next. CPython: codegen_annotations_in_scope(). */
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
  if (g.dialect.annotatesInOrder) args.posonlyargs.forEach(addOf);
  args.args.forEach(addOf);
  if (!g.dialect.annotatesInOrder) args.posonlyargs.forEach(addOf);
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
  const { annotationNames } = g.dialect;
  for (const part of parts) {
    if (typeof part === 'string') {
      if (annotationNames === 'eachBefore') emit.string(part, at);
    } else if (g.symbolTable.futureAnnotations) emit.string(g.annotationText(part), part);
    else if (part.kind === NodeKind.Starred) {
      // *args: *Ts
      g.expression(part.value);
      emit.op(Op.UNPACK_SEQUENCE, 1, at);
    } else g.expression(part);
  }
  if (annotationNames === 'lastAsKeys') {
    emit.strings(
      parts.filter(part => typeof part === 'string'),
      at,
    );
    emit.op(Op.BUILD_CONST_KEY_MAP, parts.length / 2, at);
  } else if (g.dialect.annotations === 'atDefinition') emit.op(Op.BUILD_TUPLE, parts.length, at);
  else emit.op(Op.BUILD_MAP, parts.length / 2, at);
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
      if (isForbidden(g, target.id, ExprContext.Store, s)) return;
      if (s.simple) visitVariableAnnotation(g, s, target.id);
      break;
    case NodeKind.Attribute:
      if (isForbidden(g, target.attr, ExprContext.Store, s)) return;
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
    const { isUnfolded } = g;
    g.isUnfolded ||= g.symbolTable.futureAnnotations && !g.dialect.foldsTextAnnotations;
    evaluate(g, s.annotation);
    g.isUnfolded = isUnfolded;
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
    const index = conditional ? unit.conditionalAnnotations++ : null;
    deferred.push({ name, annotation: s.annotation, at: s, index });
    if (index === null) return;
    // The number of its assignment goes into the set of those that have been made.
    if (unit.type === ScopeType.Class) emit.deref(Op.LOAD_DEREF, CONDITIONAL_ANNOTATIONS, false, s);
    else emit.name(Op.LOAD_NAME, CONDITIONAL_ANNOTATIONS, s);
    emit.int(index, s);
    emit.op(Op.SET_ADD, 1, s);
    emit.op(Op.POP_TOP, 0, s);
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
      if (g.records && (g.constantOf(index) || (!g.dialect.slicesAreExpressions && !hasSlices(index)))) break;
      for (const elt of index.elts) visitIndex(g, elt);
      return;
  }
  evaluate(g, index);
}

/** Whether a body has annotated variables, in its own compound statements too. CPython: find_ann(). */
export function hasAnnotations({ dialect }: CodeGenerator, body: readonly Statement[]): boolean {
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
          bodies.push(s.body, s.orelse, s.finalbody);
          for (const handler of s.handlers) bodies.push(handler.body);
          break;
        case NodeKind.Match:
          if (!dialect.annotationsInMatch) break;
          for (const matchCase of s.cases) bodies.push(matchCase.body);
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
export function visitDeferredAnnotations(g: CodeGenerator, node: Node, at: Place, firstlineno: number): void {
  const { unit, emit } = g;
  const deferred = unit.deferredAnnotations;
  const scope = unit.scope.annotationBlock;
  if (deferred === null || scope === null || g.symbolTable.futureAnnotations) return;
  const isModule = unit.type === ScopeType.Module;
  const { reached } = emit;
  if (isModule) emit.reached = true;
  const code = annotateCode(g, scope, node, at, firstlineno, undefined, () => {
    if (!isModule && deferred.some(({ index }) => index !== null)) {
      g.unit.addedFreevars = [CONDITIONAL_ANNOTATIONS];
    }
    visitDeferredBody(g, deferred, isModule, at);
  });
  const store = (): void => {
    makeClosure(g, code, 0, at);
    nameOp(g, isModule ? '__annotate__' : '__annotate_func__', ExprContext.Store, at);
  };
  if (isModule) emit.atPlaceholder(store);
  else store();
  emit.reached = reached;
}

/** A dict of those annotations whose assignments have been made. CPython: codegen_deferred_annotations_body(). */
function visitDeferredBody(
  g: CodeGenerator,
  deferred: readonly DeferredAnnotation[],
  isModule: boolean,
  at: Place,
): void {
  const { emit } = g;
  emit.op(Op.BUILD_MAP, 0, at);
  for (const { name, annotation, at: place, index } of deferred) {
    const notSet = new Label();
    if (index !== null) {
      emit.int(index, place);
      if (isModule) emit.name(Op.LOAD_GLOBAL, CONDITIONAL_ANNOTATIONS, place);
      else emit.deref(Op.LOAD_DEREF, CONDITIONAL_ANNOTATIONS, true, place);
      emit.op(Op.CONTAINS_OP, 0, place);
      emit.branch(Op.POP_JUMP_IF_FALSE, notSet, place);
    }
    g.expression(annotation);
    emit.op(Op.COPY, 2, place);
    emit.string(mangle(g.unit.privateName, name), place);
    emit.op(Op.STORE_SUBSCR, 0, at);
    emit.use(notSet);
  }
}

/** The format that raises NotImplementedError, as do all after it. CPython: _Py_ANNOTATE_FORMAT_VALUE_WITH_FAKE_GLOBALS. */
const VALUE_WITH_FAKE_GLOBALS = 2;

/** What lazily evaluated code begins with: `.format` must be one that it knows. CPython: codegen_setup_annotations_scope(). */
export function refuseFormats({ emit }: CodeGenerator, at: Place): void {
  const body = new Label();
  emit.op(Op.LOAD_FAST, 0, at);
  emit.int(VALUE_WITH_FAKE_GLOBALS, at);
  emit.op(Op.COMPARE_OP, GREATER, at);
  emit.branch(Op.POP_JUMP_IF_FALSE, body, at);
  emit.op(Op.LOAD_COMMON_CONSTANT, CommonConstant.NOT_IMPLEMENTED_ERROR, at);
  emit.leave(Op.RAISE_VARARGS, 1, at);
  emit.use(body);
}

/** An `__annotate__`, whose parameter is shown as `format`. CPython: codegen_setup_annotations_scope(). */
function annotateCode(
  g: CodeGenerator,
  scope: SymbolTableEntry,
  node: Node,
  at: Place,
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
      refuseFormats(g, at);
      body();
      g.emit.leave(Op.RETURN_VALUE, 0, at);
      g.returnAtEnd(true);
    },
  );
}
