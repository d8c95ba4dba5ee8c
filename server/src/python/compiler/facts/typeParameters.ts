// Type parameters and type aliases (PEP 695, PEP 696): the hidden scopes around generic definitions, and those of
// bounds, defaults and values. CPython: Python/codegen.c, codegen_type_params() and codegen_typealias().
import { ExprContext, NodeKind } from '../../ast/kinds.ts';
import type { Expression } from '../../ast/expressions.ts';
import type { ClassDef, FunctionDef, TypeAlias, TypeParam } from '../../ast/nodes.ts';
import type { CodeObject } from '../../code/codeObject.ts';
import { NONE } from '../../constants/values.ts';
import type { SymbolTableEntry } from '../../symtable/entry.ts';
import { MESSAGES } from '../messages.ts';
import type { Compiler } from './compiler.ts';
import { ScopeType } from './unit.ts';

/** The code object of the scope around a generic definition. */
export function typeParametersCode(
  c: Compiler,
  name: string,
  scope: SymbolTableEntry,
  node: FunctionDef | ClassDef | TypeAlias,
  firstlineno: number,
  options: { readonly argcount?: number; readonly privateName?: string },
  body: () => void,
): CodeObject {
  return c.codeObject(
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

export function visitTypeParams(c: Compiler, params: readonly TypeParam[]): void {
  let seenDefault = false;
  for (const param of params) {
    c.loadString(param.name);
    if (param.kind === NodeKind.TypeVar && param.bound) {
      visitBoundOrDefault(c, param, param.bound, c.symbolTable.boundBlock(param));
    }
    if (param.default_value) {
      seenDefault = true;
      visitBoundOrDefault(c, param, param.default_value, c.symbolTable.defaultBlock(param));
    } else if (seenDefault) {
      c.error(MESSAGES.typeParameterOrder(param.name), param);
    }
    c.name(param.name, ExprContext.Store, param);
  }
}

/** CPython: codegen_type_param_bound_or_default(). */
function visitBoundOrDefault(
  c: Compiler,
  param: TypeParam,
  e: Expression,
  scope: SymbolTableEntry | undefined,
): void {
  if (!scope) return;
  const code = c.codeObject(
    {
      name: param.name,
      type: ScopeType.Annotations,
      scope,
      node: e,
      firstlineno: c.lineno(e),
      posonlyargcount: c.dialect.lazyScopesTakeFormat ? 1 : 0,
    },
    () => {
      if (c.dialect.lazyScopesTakeFormat) c.loadInt(2);
      const isUnpacked = param.kind === NodeKind.TypeVarTuple && e.kind === NodeKind.Starred;
      c.expression(isUnpacked ? e.value : e);
    },
  );
  c.makeClosure(code);
}

export function visitTypeAlias(c: Compiler, s: TypeAlias): void {
  if (s.name.kind !== NodeKind.Name) return;
  const name = s.name.id;
  const typeParameters = s.type_params.length > 0 ? c.symbolTable.typeParametersBlock(s) : undefined;
  if (typeParameters) {
    const code = typeParametersCode(c, name, typeParameters, s, c.lineno(s), {}, () => {
      c.loadString(name);
      visitTypeParams(c, s.type_params);
      visitAliasValue(c, s, name);
    });
    c.makeClosure(code);
  } else {
    c.loadString(name);
    c.loadNone();
    visitAliasValue(c, s, name);
  }
  c.name(name, ExprContext.Store, s);
}

/** CPython: codegen_typealias_body(). */
function visitAliasValue(c: Compiler, s: TypeAlias, name: string): void {
  const scope = c.symbolTable.block(s);
  if (!scope) return;
  const isLazy = c.dialect.lazyScopesTakeFormat;
  const code = c.codeObject(
    {
      name,
      type: isLazy ? ScopeType.Annotations : ScopeType.Function,
      scope,
      node: s,
      firstlineno: c.lineno(s),
      posonlyargcount: isLazy ? 1 : 0,
    },
    () => {
      if (isLazy) c.loadInt(2);
      else c.addDocstring(NONE);
      c.expression(s.value);
    },
  );
  c.byNode.set(s, code);
  c.makeClosure(code);
}
