// What nodes consist of, for every pass that asks: the parameters, defaults and annotations of a function, the name
// that a node binds, and unions of kinds that are handled alike.
import type { Arg, DictComp, Expression, GeneratorExp, Lambda, ListComp, SetComp } from './expressions.ts';
import { ExprContext, NodeKind } from './kinds.ts';
import type { FunctionDef, Node } from './nodes.ts';

export type AnyComprehension = ListComp | SetComp | DictComp | GeneratorExp;

export function isComprehension(node: Node): node is AnyComprehension {
  return (
    node.kind === NodeKind.ListComp ||
    node.kind === NodeKind.SetComp ||
    node.kind === NodeKind.DictComp ||
    node.kind === NodeKind.GeneratorExp
  );
}

export function isFunction(node: Node): node is FunctionDef {
  return node.kind === NodeKind.FunctionDef || node.kind === NodeKind.AsyncFunctionDef;
}

/** The parameters in the order of co_varnames but for `*args` and `**kwargs`, which follow what precedes them in the source. */
export function parametersOf({ args }: FunctionDef | Lambda): Arg[] {
  const { posonlyargs, vararg, kwonlyargs, kwarg } = args;
  return [
    ...posonlyargs,
    ...args.args,
    ...(vararg ? [vararg] : []),
    ...kwonlyargs,
    ...(kwarg ? [kwarg] : []),
  ];
}

/** The default values of parameters, in the order in which they are evaluated. */
export function defaultsOf({ args }: FunctionDef | Lambda): Expression[] {
  return [...args.defaults, ...args.kw_defaults.filter(value => value !== null)];
}

/** A function's annotations, in the order in which they are evaluated. CPython: codegen_annotations_in_scope(). */
export function annotationsOf({ args, returns }: FunctionDef): Expression[] {
  const all = [...args.args, ...args.posonlyargs, args.vararg, ...args.kwonlyargs, args.kwarg];
  return [...all.map(arg => arg?.annotation), returns].filter(annotation => !!annotation);
}

/** The name that a node binds, before mangling. */
export function boundName(node: Node): string | undefined {
  switch (node.kind) {
    case NodeKind.Name:
      return node.ctx === ExprContext.Store ? node.id : undefined;
    case NodeKind.Arg:
      return node.arg;
    case NodeKind.FunctionDef:
    case NodeKind.AsyncFunctionDef:
    case NodeKind.ClassDef:
    case NodeKind.TypeVar:
    case NodeKind.ParamSpec:
    case NodeKind.TypeVarTuple:
      return node.name;
    case NodeKind.Alias:
      return node.asname ?? node.name.split('.')[0];
    case NodeKind.ExceptHandler:
    case NodeKind.MatchAs:
    case NodeKind.MatchStar:
      return node.name ?? undefined;
    case NodeKind.MatchMapping:
      return node.rest ?? undefined;
    default:
      return undefined;
  }
}
