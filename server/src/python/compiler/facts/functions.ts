// def, async def and lambda. CPython: Python/codegen.c, codegen_function() and codegen_lambda().
import { ExprContext, NodeKind } from '../../ast/kinds.ts';
import type { Arg, Arguments, Expression, Lambda } from '../../ast/expressions.ts';
import type { FunctionDef, Statement } from '../../ast/nodes.ts';
import { ConstantType, NONE, type ConstantValue } from '../../constants/values.ts';
import { visitFunctionAnnotations } from './annotations.ts';
import type { Compiler } from './compiler.ts';
import { popFrameBlock, pushFrameBlock } from './frameBlocks.ts';
import { typeParametersCode, visitTypeParams } from './typeParameters.ts';
import { FrameBlockType, ScopeType } from './unit.ts';

/** The docstring of a body, if it begins with one. CPython: _PyAST_GetDocString(). */
export function docstringOf(body: readonly Statement[]): ConstantValue | undefined {
  const first = body.length > 0 ? body[0] : undefined;
  if (first?.kind !== NodeKind.Expr || first.value.kind !== NodeKind.Constant) return undefined;
  return first.value.value.type === ConstantType.Str ? first.value.value : undefined;
}

/** The line of the first decorator, or of the definition itself. */
export function firstLineOf(c: Compiler, s: Statement & { readonly decorator_list: Expression[] }): number {
  return c.lineno(s.decorator_list.length > 0 ? s.decorator_list[0] : s);
}

export function visitFunctionDef(c: Compiler, s: FunctionDef): void {
  checkDebugArguments(c, s.args);
  c.expressions(s.decorator_list);
  const firstlineno = firstLineOf(c, s);
  const defaults = visitDefaults(c, s.args);
  const typeParameters = s.type_params.length > 0 ? c.symbolTable.typeParametersBlock(s) : undefined;
  if (typeParameters) {
    const code = typeParametersCode(c, s.name, typeParameters, s, firstlineno, { argcount: defaults }, () => {
      visitTypeParams(c, s.type_params);
      visitFunctionAnnotations(c, s);
      makeFunction(c, s, firstlineno);
    });
    c.makeClosure(code);
  } else {
    visitFunctionAnnotations(c, s);
    makeFunction(c, s, firstlineno);
  }
  c.name(s.name, ExprContext.Store, s);
}

/** CPython: codegen_function_body(). */
function makeFunction(c: Compiler, s: FunctionDef, firstlineno: number): void {
  const scope = c.symbolTable.block(s);
  if (!scope) return;
  const type = s.kind === NodeKind.AsyncFunctionDef ? ScopeType.AsyncFunction : ScopeType.Function;
  const code = c.codeObject(
    { name: s.name, type, scope, node: s, firstlineno, ...argumentCounts(s.args) },
    () => {
      const docstring = docstringOf(s.body);
      if (docstring) c.addDocstring(docstring);
      else if (c.dialect.firstConstantIsNone) c.addDocstring(NONE);
      const guarded = c.dialect.stopIterationBlock && (scope.coroutine || scope.generator);
      if (guarded) pushFrameBlock(c, FrameBlockType.Other, s);
      for (let i = docstring ? 1 : 0; i < s.body.length; i++) c.statement(s.body[i]);
      if (guarded) popFrameBlock(c);
      c.loadNone();
    },
  );
  c.byNode.set(s, code);
  c.makeClosure(code);
}

export function visitLambda(c: Compiler, e: Lambda): void {
  checkDebugArguments(c, e.args);
  visitDefaults(c, e.args);
  const scope = c.symbolTable.block(e);
  if (!scope) return;
  const code = c.codeObject(
    {
      name: '<lambda>',
      type: ScopeType.Lambda,
      scope,
      node: e,
      firstlineno: c.lineno(e),
      ...argumentCounts(e.args),
    },
    () => {
      if (c.dialect.firstConstantIsNone) c.addDocstring(NONE);
      c.expression(e.body);
    },
  );
  c.byNode.set(e, code);
  c.makeClosure(code);
}

const argumentCounts = (args: Arguments) => ({
  argcount: args.args.length,
  posonlyargcount: args.posonlyargs.length,
  kwonlyargcount: args.kwonlyargs.length,
});

/** Evaluates default values; how many objects they make, a tuple and a dict. CPython: codegen_default_arguments(). */
function visitDefaults(c: Compiler, args: Arguments): number {
  if (args.defaults.length > 0) c.buildTuple(args.defaults);
  const named: string[] = [];
  for (let i = 0; i < args.kw_defaults.length; i++) {
    const value = args.kw_defaults[i];
    if (!value) continue;
    if (i < args.kwonlyargs.length) named.push(c.mangle(args.kwonlyargs[i].arg));
    if (!c.dialect.constantKeyMaps) c.loadString(named[named.length - 1]);
    c.expression(value);
  }
  if (named.length > 0 && c.dialect.constantKeyMaps) c.loadStrings(named);
  return (args.defaults.length > 0 ? 1 : 0) + (named.length > 0 ? 1 : 0);
}

/** CPython: compiler_check_debug_args(). */
function checkDebugArguments(c: Compiler, args: Arguments): void {
  if (c.dialect.checksInSymtable) return;
  const check = (arg: Arg | null): void => {
    if (arg !== null) c.isForbidden(arg.arg, ExprContext.Store, arg);
  };
  args.posonlyargs.forEach(check);
  args.args.forEach(check);
  check(args.vararg);
  args.kwonlyargs.forEach(check);
  check(args.kwarg);
}
