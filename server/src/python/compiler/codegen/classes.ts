// Class definitions. CPython: Python/codegen.c, codegen_class() and codegen_class_body().
import { ExprContext, NodeKind } from '../../ast/kinds.ts';
import { Name } from '../../ast/expressions.ts';
import type { ClassDef, Statement } from '../../ast/nodes.ts';
import { ConstantType, type ConstantValue } from '../../constants/values.ts';
import { Op } from '../../versions/opcodes/op.generated.ts';
import { ScopeType } from '../unit/description.ts';
import type { Place } from '../unit/frameBlocks.ts';
import { LAST_LOCATION, LINE_ZERO, NO_LOCATION } from '../unit/location.ts';
import { compareCodePoints } from '../unit/localsplus.ts';
import { CONDITIONAL_ANNOTATIONS, hasAnnotations, visitDeferredAnnotations } from './annotations.ts';
import { validateKeywords, visitArgumentFacts, visitArguments } from './calls.ts';
import { cleanDoc, docstringOf, firstInTree, visitWithoutDocstring } from './docstrings.ts';
import { applyDecorators, firstLineOf } from './functions.ts';
import type { CodeGenerator } from './generator.ts';
import { Intrinsic1 } from './intrinsics.ts';
import { startOfLine } from './locations.ts';
import { typeParametersCode, visitTypeParams } from './typeParameters.ts';
import { makeClosure } from './closures.ts';
import { nameOp } from './names.ts';

/** What a class is called with before its bases: its body, its name. */
const PUSHED = 2;

export function visitClassDef(g: CodeGenerator, s: ClassDef): void {
  g.expressions(s.decorator_list);
  const firstlineno = firstLineOf(g, s);
  const typeParameters = s.type_params.length > 0 ? g.symbolTable.typeParametersBlock(s) : undefined;
  if (typeParameters) {
    g.emit.nullBefore(s);
    if (g.dialect.genericClassMangles) g.unit.privateName = s.name;
    const options = { privateName: s.name };
    const code = typeParametersCode(g, s.name, typeParameters, s, firstlineno, options, () => {
      visitTypeParams(g, s.type_params);
      nameOp(g, '.type_params', ExprContext.Store, s);
      makeClass(g, s, firstlineno);
      nameOp(g, '.type_params', ExprContext.Load, s);
      g.emit.intrinsic(Intrinsic1.SUBSCRIPT_GENERIC, s);
      nameOp(g, '.generic_base', ExprContext.Store, s);
      visitBases(g, s, true);
      g.returnAtEnd(false);
    });
    makeClosure(g, code, 0, s);
    g.emit.nullAfter(s);
    g.emit.call(0, s);
  } else {
    makeClass(g, s, firstlineno);
    visitBases(g, s, false);
  }
  applyDecorators(g, s.decorator_list);
  nameOp(g, s.name, ExprContext.Store, s);
}

function visitBases(g: CodeGenerator, s: ClassDef, isGeneric: boolean): void {
  validateKeywords(g, s.keywords);
  if (!g.records) {
    g.emit.string(s.name, s);
    visitArgumentFacts(g, s.bases, s.keywords, PUSHED, false);
    return;
  }
  const bases = isGeneric
    ? [...s.bases, new Name(s.start, s.end, '.generic_base', ExprContext.Load)]
    : s.bases;
  visitArguments(g, s, PUSHED, bases, s.keywords);
}

function makeClass(g: CodeGenerator, s: ClassDef, firstlineno: number): void {
  const scope = g.symbolTable.block(s);
  if (!scope) return;
  const code = g.codeObject(
    { name: s.name, type: ScopeType.Class, scope, node: s, firstlineno, privateName: s.name },
    () => visitClassBody(g, s, firstlineno),
  );
  g.byNode.set(s, code);
  const { emit } = g;
  emit.nullBefore(s);
  emit.op(Op.LOAD_BUILD_CLASS, 0, s);
  emit.nullAfter(s);
  makeClosure(g, code, 0, s);
  if (g.records) emit.string(s.name, s);
}

function visitClassBody(g: CodeGenerator, s: ClassDef, firstlineno: number): void {
  const { emit, unit } = g;
  const { scope } = unit;
  const at = startOfLine(firstlineno);
  store(g, '__module__', at, () => nameOp(g, '__name__', ExprContext.Load, at));
  store(g, '__qualname__', at, () => emit.string(unit.qualname, at));
  if (g.dialect.classAttributes && g.records) {
    store(g, '__firstlineno__', at, () => emit.int(firstlineno, at));
  }
  if (s.type_params.length > 0) {
    store(g, '__type_params__', at, () => nameOp(g, '.type_params', ExprContext.Load, at));
  }
  if (scope.needsClassDict) {
    emit.op(Op.LOAD_LOCALS, 0, at);
    emit.deref(Op.STORE_DEREF, '__classdict__', false, at);
  }
  if (scope.hasConditionalAnnotations) {
    emit.op(Op.BUILD_SET, 0, at);
    emit.deref(Op.STORE_DEREF, CONDITIONAL_ANNOTATIONS, false, at);
  }
  visitBody(g, s.body, at);
  visitDeferredAnnotations(g, s, at, firstlineno);
  if (g.dialect.classAttributes && g.records) {
    store(g, '__static_attributes__', NO_LOCATION, () => emit.constant(staticAttributesOf(g), NO_LOCATION));
  }
  if (scope.needsClassDict) {
    store(g, '__classdictcell__', NO_LOCATION, () =>
      emit.deref(Op.LOAD_CLOSURE, '__classdict__', false, NO_LOCATION),
    );
  }
  if (scope.needsClassClosure) {
    emit.deref(Op.LOAD_CLOSURE, '__class__', false, NO_LOCATION);
    emit.copyTop(NO_LOCATION);
    nameOp(g, '__classcell__', ExprContext.Store, NO_LOCATION);
  } else emit.none(NO_LOCATION);
  emit.leave(Op.RETURN_VALUE, 0, NO_LOCATION);
  g.returnAtEnd(true);
}

function store(g: CodeGenerator, name: string, at: Place, load: () => void): void {
  load();
  nameOp(g, name, ExprContext.Store, at);
}

/** `__static_attributes__`, sorted. */
function staticAttributesOf({ unit }: CodeGenerator): ConstantValue {
  const names = [...(unit.staticAttributes ?? [])].sort(compareCodePoints);
  return { type: ConstantType.Tuple, items: names.map(value => ({ type: ConstantType.Str, value })) };
}

/** Whether annotations go into a dict where they stand; PEP 649 leaves that to text alone. */
const keepsAnnotationsDict = ({ dialect, symbolTable }: CodeGenerator): boolean =>
  dialect.annotations === 'atDefinition' || symbolTable.futureAnnotations;

/** The body of a module or class, whose docstring is stored as `__doc__`. CPython: codegen_body(). */
export function visitBody(g: CodeGenerator, body: readonly Statement[], at: Place): void {
  const { emit } = g;
  if (g.unit.type === ScopeType.Module && body.length > 0) g.setLocation(body[0]);
  if (g.records && keepsAnnotationsDict(g) && hasAnnotations(g, body)) {
    emit.op(Op.SETUP_ANNOTATIONS, 0, g.unit.type === ScopeType.Module ? firstInTree(g, body) : at);
  }
  const docstring = docstringOf(body);
  if (docstring && g.optimize < 2 && body[0].kind === NodeKind.Expr) {
    g.setPartLocation(body[0].value);
    g.constantAt(cleanDoc(g, docstring, body[0].value), body[0].value);
    if (g.dialect.scopesBegin === 'definition') g.setLocation(NO_LOCATION);
    else g.setLocation(g.unit.type === ScopeType.Module ? body[0] : LINE_ZERO);
    if (g.records) nameOp(g, '__doc__', ExprContext.Store, LAST_LOCATION);
  }
  visitWithoutDocstring(g, body, docstring !== undefined);
}
