// def, async def and lambda. CPython: Python/codegen.c, codegen_function(), codegen_function_body(), codegen_lambda().
import { ExprContext, NodeKind } from '../../ast/kinds.ts';
import type { Arg, Arguments, Expression, Lambda } from '../../ast/expressions.ts';
import type { FunctionDef, Statement } from '../../ast/nodes.ts';
import { NONE } from '../../constants/values.ts';
import { Op } from '../../versions/opcodes/op.generated.ts';
import { ScopeType } from '../unit/description.ts';
import { FrameBlockType, type Place } from '../unit/frameBlocks.ts';
import { Label } from '../unit/instructions.ts';
import { NO_LOCATION } from '../unit/location.ts';
import { visitFunctionAnnotations } from './annotations.ts';
import { cleanDoc, docstringOf, visitWithoutDocstring } from './docstrings.ts';
import { popFrameBlock, pushFrameBlock } from './frameBlocks.ts';
import type { CodeGenerator } from './generator.ts';
import { Intrinsic2 } from './intrinsics.ts';
import { startOfLine } from './locations.ts';
import { typeParametersCode, visitTypeParams } from './typeParameters.ts';
import { FunctionFlags, makeClosure } from './closures.ts';
import { isForbidden, nameOp } from './names.ts';

/** The line of the first decorator, or of the definition itself. */
export function firstLineOf(
  g: CodeGenerator,
  s: Statement & { readonly decorator_list: Expression[] },
): number {
  return g.lineno(s.decorator_list.length > 0 ? s.decorator_list[0] : s);
}

/** CPython: codegen_apply_decorators(). */
export function applyDecorators(g: CodeGenerator, decorators: readonly Expression[]): void {
  const { emit } = g;
  const outer = emit.at;
  for (let i = decorators.length - 1; i >= 0; i--) {
    if (g.dialect.decoratorPlace === 'decorator') g.setLocation(decorators[i]);
    emit.callWithoutNull(1, decorators[i]);
  }
  g.setLocation(outer);
}

export function visitFunctionDef(g: CodeGenerator, s: FunctionDef): void {
  const { emit } = g;
  checkDebugArguments(g, s.args);
  g.expressions(s.decorator_list);
  const firstlineno = firstLineOf(g, s);
  const typeParameters = s.type_params.length > 0 ? g.symbolTable.typeParametersBlock(s) : undefined;
  const nullFirst = g.dialect.calls !== 'callKw';
  if (typeParameters && nullFirst) emit.op(Op.PUSH_NULL, 0, s);
  const defaults = visitDefaults(g, s.args, s);
  if (typeParameters) {
    const argcount =
      (defaults & FunctionFlags.DEFAULTS ? 1 : 0) + (defaults & FunctionFlags.KWDEFAULTS ? 1 : 0);
    if (argcount === 2) emit.op(Op.SWAP, 2, s);
    const code = typeParametersCode(g, s.name, typeParameters, s, firstlineno, { argcount }, () => {
      visitTypeParams(g, s.type_params);
      for (let i = 0; i < argcount; i++) g.emit.op(Op.LOAD_FAST, i, s);
      const annotations = visitFunctionAnnotations(g, s);
      makeFunction(g, s, firstlineno, defaults | annotations);
      g.emit.op(Op.SWAP, 2, s);
      g.emit.op(Op.CALL_INTRINSIC_2, Intrinsic2.SET_FUNCTION_TYPE_PARAMS, s);
      g.returnAtEnd(false);
    });
    makeClosure(g, code, 0, s);
    if (argcount > 0) emit.op(Op.SWAP, argcount + 1, s);
    else if (!nullFirst) emit.op(Op.PUSH_NULL, 0, s);
    // Without a null of its own, what is called stands in its place and the first argument in that of what is called.
    emit.call(nullFirst || argcount === 0 ? argcount : argcount - 1, s);
  } else makeFunction(g, s, firstlineno, defaults | visitFunctionAnnotations(g, s));
  applyDecorators(g, s.decorator_list);
  nameOp(g, s.name, ExprContext.Store, s);
}

/** CPython: codegen_function_body(). */
function makeFunction(g: CodeGenerator, s: FunctionDef, firstlineno: number, flags: number): void {
  const scope = g.symbolTable.block(s);
  if (!scope) return;
  const type = s.kind === NodeKind.AsyncFunctionDef ? ScopeType.AsyncFunction : ScopeType.Function;
  const guarded = g.dialect.guardsGenerators && (scope.coroutine || scope.generator);
  const { args } = s;
  const code = g.codeObject(
    {
      name: s.name,
      type,
      scope,
      node: s,
      firstlineno,
      argcount: args.args.length,
      posonlyargcount: args.posonlyargs.length,
      kwonlyargcount: args.kwonlyargs.length,
      guarded,
    },
    () => {
      if (g.dialect.stopIterationBlock) g.emit.use(new Label());
      const docstring = docstringOf(s.body);
      if (docstring && g.optimize < 2) g.emit.unusedConstant(cleanDoc(g, docstring, s.body[0]));
      else if (g.dialect.firstConstantIsNone) g.emit.unusedConstant(NONE);
      const isBlock = guarded && g.dialect.stopIterationBlock;
      if (isBlock) pushFrameBlock(g, FrameBlockType.StopIteration, NO_LOCATION);
      visitWithoutDocstring(g, s.body, docstring !== undefined);
      if (guarded) g.closeGuard();
      if (isBlock) popFrameBlock(g);
      g.returnAtEnd(true);
    },
  );
  g.byNode.set(s, code);
  makeClosure(g, code, flags, s);
}

export function visitLambda(g: CodeGenerator, e: Lambda): void {
  checkDebugArguments(g, e.args);
  const flags = visitDefaults(g, e.args, e);
  const scope = g.symbolTable.block(e);
  if (!scope) return;
  const code = g.codeObject(
    {
      name: '<lambda>',
      type: ScopeType.Lambda,
      scope,
      node: e,
      firstlineno: g.lineno(e),
      argcount: e.args.args.length,
      posonlyargcount: e.args.posonlyargs.length,
      kwonlyargcount: e.args.kwonlyargs.length,
    },
    () => {
      if (g.dialect.firstConstantIsNone) g.emit.unusedConstant(NONE);
      g.expression(e.body);
      if (scope.generator) g.returnAtEnd(false);
      else {
        const at = g.dialect.lambdaReturnPlace === 'value' ? e.body : startOfLine(g.lineno(e));
        g.emit.leave(Op.RETURN_VALUE, 0, at);
        g.returnAtEnd(true);
      }
    },
  );
  g.byNode.set(e, code);
  makeClosure(g, code, flags, e);
}

/** Evaluates default values; FunctionFlags of what they make. CPython: codegen_default_arguments(). */
function visitDefaults(g: CodeGenerator, args: Arguments, at: Place): number {
  const { emit } = g;
  let flags = 0;
  if (args.defaults.length > 0) {
    g.buildTuple(args.defaults, at);
    flags |= FunctionFlags.DEFAULTS;
  }
  const named: string[] = [];
  for (let i = 0; i < args.kw_defaults.length; i++) {
    const value = args.kw_defaults[i];
    if (!value) continue;
    if (i < args.kwonlyargs.length) named.push(g.mangle(args.kwonlyargs[i].arg));
    if (!g.dialect.constantKeyMaps) emit.string(named[named.length - 1], at);
    g.expression(value);
  }
  if (named.length === 0) return flags;
  if (g.dialect.constantKeyMaps) {
    emit.strings(named, at);
    emit.op(Op.BUILD_CONST_KEY_MAP, named.length, at);
  } else emit.op(Op.BUILD_MAP, named.length, at);
  return flags | FunctionFlags.KWDEFAULTS;
}

/** CPython: compiler_check_debug_args(). */
function checkDebugArguments(g: CodeGenerator, args: Arguments): void {
  if (g.dialect.checksInSymtable || !g.learns) return;
  const check = (arg: Arg | null): void => {
    if (arg !== null) isForbidden(g, arg.arg, ExprContext.Store, arg);
  };
  args.posonlyargs.forEach(check);
  args.args.forEach(check);
  check(args.vararg);
  args.kwonlyargs.forEach(check);
  check(args.kwarg);
}
