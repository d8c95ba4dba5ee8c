// Type parameters and type aliases (PEP 695, PEP 696): the hidden scopes around generic definitions, and those of
// bounds, defaults and values. CPython: Python/codegen.c, codegen_type_params() and codegen_typealias().
import { ExprContext, NodeKind } from '../../ast/kinds.ts';
import type { Expression } from '../../ast/expressions.ts';
import type { ClassDef, FunctionDef, TypeAlias, TypeParam } from '../../ast/nodes.ts';
import type { CodeObject } from '../../code/codeObject.ts';
import { ConstantType, NONE, type ConstantValue } from '../../constants/values.ts';
import type { SymbolTableEntry } from '../../symtable/entry.ts';
import { Op } from '../../versions/opcodes/op.generated.ts';
import { MESSAGES } from '../messages.ts';
import { ScopeType } from '../unit/description.ts';
import { refuseFormats } from './annotations.ts';
import type { CodeGenerator } from './generator.ts';
import { Intrinsic1, Intrinsic2 } from './intrinsics.ts';
import { FunctionFlags, makeClosure } from './closures.ts';
import { nameOp } from './names.ts';

/** The default of `.format` where a value is evaluated lazily: VALUE. */
const FORMAT_DEFAULTS: ConstantValue = {
  type: ConstantType.Tuple,
  items: [{ type: ConstantType.Int, value: 1n }],
};

/** The code object of the scope around a generic definition. */
export function typeParametersCode(
  g: CodeGenerator,
  name: string,
  scope: SymbolTableEntry,
  node: FunctionDef | ClassDef | TypeAlias,
  firstlineno: number,
  options: { readonly argcount?: number; readonly privateName?: string },
  body: () => void,
): CodeObject {
  return g.codeObject(
    {
      name: `<generic parameters of ${name}>`,
      type: ScopeType.Annotations,
      scope,
      node,
      firstlineno,
      ...options,
    },
    body,
  );
}

export function visitTypeParams(g: CodeGenerator, params: readonly TypeParam[]): void {
  let seenDefault = false;
  for (const param of params) {
    const { emit } = g;
    emit.string(param.name, param);
    makeTypeParam(g, param);
    if (param.default_value) {
      seenDefault = true;
      visitBoundOrDefault(g, param, param.default_value, g.symbolTable.defaultBlock(param));
      emit.op(Op.CALL_INTRINSIC_2, Intrinsic2.SET_TYPEPARAM_DEFAULT, param);
    } else if (seenDefault) {
      g.error(MESSAGES.typeParameterOrder(param.name), param);
    }
    emit.op(Op.COPY, 1, param);
    nameOp(g, param.name, ExprContext.Store, param);
  }
  g.emit.op(Op.BUILD_TUPLE, params.length, params[0]);
}

function makeTypeParam(g: CodeGenerator, param: TypeParam): void {
  const { emit } = g;
  switch (param.kind) {
    case NodeKind.TypeVar: {
      const { bound } = param;
      if (bound === null) {
        emit.intrinsic(Intrinsic1.TYPEVAR, param);
        return;
      }
      visitBoundOrDefault(g, param, bound, g.symbolTable.boundBlock(param));
      const isTuple = bound.kind === NodeKind.Tuple && g.constantOf(bound) === undefined;
      const intrinsic = isTuple ? Intrinsic2.TYPEVAR_WITH_CONSTRAINTS : Intrinsic2.TYPEVAR_WITH_BOUND;
      emit.op(Op.CALL_INTRINSIC_2, intrinsic, param);
      return;
    }
    case NodeKind.TypeVarTuple:
      emit.intrinsic(Intrinsic1.TYPEVARTUPLE, param);
      return;
    case NodeKind.ParamSpec:
      emit.intrinsic(Intrinsic1.PARAMSPEC, param);
      return;
  }
}

/** CPython: codegen_type_param_bound_or_default(). */
function visitBoundOrDefault(
  g: CodeGenerator,
  param: TypeParam,
  e: Expression,
  scope: SymbolTableEntry | undefined,
): void {
  if (!scope) return;
  if (g.dialect.lazyScopesTakeFormat) g.emit.constant(FORMAT_DEFAULTS, e);
  const at = g.dialect.boundPlace === 'bound' ? e : param;
  const code = g.codeObject(
    {
      name: param.name,
      type: ScopeType.Annotations,
      scope,
      node: e,
      firstlineno: g.lineno(e),
      posonlyargcount: g.dialect.lazyScopesTakeFormat ? 1 : 0,
    },
    () => {
      if (g.dialect.lazyScopesTakeFormat) refuseFormats(g, e);
      const isUnpacked = param.kind === NodeKind.TypeVarTuple && e.kind === NodeKind.Starred;
      g.expression(isUnpacked ? e.value : e);
      if (isUnpacked) g.emit.op(Op.UNPACK_SEQUENCE, 1, e);
      g.emit.leave(Op.RETURN_VALUE, 0, at);
      if (g.records) g.returnAtEnd(true);
    },
  );
  makeClosure(g, code, g.dialect.lazyScopesTakeFormat ? FunctionFlags.DEFAULTS : 0, at);
}

export function visitTypeAlias(g: CodeGenerator, s: TypeAlias): void {
  if (s.name.kind !== NodeKind.Name) return;
  const { emit } = g;
  const name = s.name.id;
  const typeParameters = s.type_params.length > 0 ? g.symbolTable.typeParametersBlock(s) : undefined;
  if (typeParameters) {
    const nullFirst = g.dialect.calls !== 'callKw';
    if (nullFirst) emit.op(Op.PUSH_NULL, 0, s);
    const code = typeParametersCode(g, name, typeParameters, s, g.lineno(s), {}, () => {
      g.emit.string(name, s);
      visitTypeParams(g, s.type_params);
      visitAliasValue(g, s, name);
      g.returnAtEnd(false);
    });
    makeClosure(g, code, 0, s);
    if (!nullFirst) emit.op(Op.PUSH_NULL, 0, s);
    emit.call(0, s);
  } else {
    emit.string(name, s);
    emit.none(s);
    visitAliasValue(g, s, name);
  }
  nameOp(g, name, ExprContext.Store, s);
}

/** CPython: codegen_typealias_body(). */
function visitAliasValue(g: CodeGenerator, s: TypeAlias, name: string): void {
  const scope = g.symbolTable.block(s);
  if (!scope) return;
  const isLazy = g.dialect.lazyScopesTakeFormat;
  if (isLazy) g.emit.constant(FORMAT_DEFAULTS, s);
  const code = g.codeObject(
    {
      name,
      type: isLazy ? ScopeType.Annotations : ScopeType.Function,
      scope,
      node: s,
      firstlineno: g.lineno(s),
      posonlyargcount: isLazy ? 1 : 0,
    },
    () => {
      if (isLazy) refuseFormats(g, s);
      else g.emit.unusedConstant(NONE);
      g.expression(s.value);
      g.emit.leave(Op.RETURN_VALUE, 0, s);
      g.returnAtEnd(false);
    },
  );
  g.byNode.set(s, code);
  makeClosure(g, code, isLazy ? FunctionFlags.DEFAULTS : 0, s);
  g.emit.op(Op.BUILD_TUPLE, 3, s);
  g.emit.intrinsic(Intrinsic1.TYPEALIAS, s);
}
