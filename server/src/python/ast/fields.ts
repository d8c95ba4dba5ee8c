// The fields of every kind of node, in the order of Python.asdl: the one table that walkers and the dump go by.
import { NodeKind } from './kinds.ts';

/** What a field holds. */
export type FieldType =
  | 'node'
  /** A node or null. */
  | 'node?'
  | 'nodes'
  /** Nodes, some of them null: Dict.keys and arguments.kw_defaults. */
  | 'nodes?'
  | 'identifier'
  | 'identifier?'
  | 'identifiers'
  /** A Python value. */
  | 'constant'
  | 'kind'
  | 'str'
  | 'int'
  | 'context'
  | 'operator'
  | 'unaryop'
  | 'boolop'
  | 'cmpops'
  /** Never there: type comments are not parsed. */
  | 'absent'
  /** An empty list, always: type_ignores. */
  | 'empty';

export type Field = readonly [name: string, type: FieldType];

export interface NodeShape {
  /** The class's name in Python's ast module. */
  readonly name: string;
  readonly fields: readonly Field[];
}

/** Reads `name: type` pairs. */
function shape(name: string, ...fields: `${string}: ${FieldType}`[]): NodeShape {
  return { name, fields: fields.map(field => field.split(': ') as [string, FieldType]) };
}

const FUNCTION = [
  'name: identifier',
  'args: node',
  'body: nodes',
  'decorator_list: nodes',
  'returns: node?',
  'type_comment: absent',
  'type_params: nodes',
] as const;
const FOR = ['target: node', 'iter: node', 'body: nodes', 'orelse: nodes', 'type_comment: absent'] as const;
const WITH = ['items: nodes', 'body: nodes', 'type_comment: absent'] as const;
const TRY = ['body: nodes', 'handlers: nodes', 'orelse: nodes', 'finalbody: nodes'] as const;
const COMPREHENSION = ['elt: node', 'generators: nodes'] as const;

/** Every kind of node. `Invalid` has a shape of our own. */
export const SHAPES: Readonly<Record<NodeKind, NodeShape>> = {
  [NodeKind.Module]: shape('Module', 'body: nodes', 'type_ignores: empty'),
  [NodeKind.FunctionDef]: shape('FunctionDef', ...FUNCTION),
  [NodeKind.AsyncFunctionDef]: shape('AsyncFunctionDef', ...FUNCTION),
  [NodeKind.ClassDef]: shape(
    'ClassDef',
    'name: identifier',
    'bases: nodes',
    'keywords: nodes',
    'body: nodes',
    'decorator_list: nodes',
    'type_params: nodes',
  ),
  [NodeKind.Return]: shape('Return', 'value: node?'),
  [NodeKind.Delete]: shape('Delete', 'targets: nodes'),
  [NodeKind.Assign]: shape('Assign', 'targets: nodes', 'value: node', 'type_comment: absent'),
  [NodeKind.TypeAlias]: shape('TypeAlias', 'name: node', 'type_params: nodes', 'value: node'),
  [NodeKind.AugAssign]: shape('AugAssign', 'target: node', 'op: operator', 'value: node'),
  [NodeKind.AnnAssign]: shape('AnnAssign', 'target: node', 'annotation: node', 'value: node?', 'simple: int'),
  [NodeKind.For]: shape('For', ...FOR),
  [NodeKind.AsyncFor]: shape('AsyncFor', ...FOR),
  [NodeKind.While]: shape('While', 'test: node', 'body: nodes', 'orelse: nodes'),
  [NodeKind.If]: shape('If', 'test: node', 'body: nodes', 'orelse: nodes'),
  [NodeKind.With]: shape('With', ...WITH),
  [NodeKind.AsyncWith]: shape('AsyncWith', ...WITH),
  [NodeKind.Match]: shape('Match', 'subject: node', 'cases: nodes'),
  [NodeKind.Raise]: shape('Raise', 'exc: node?', 'cause: node?'),
  [NodeKind.Try]: shape('Try', ...TRY),
  [NodeKind.TryStar]: shape('TryStar', ...TRY),
  [NodeKind.Assert]: shape('Assert', 'test: node', 'msg: node?'),
  [NodeKind.Import]: shape('Import', 'names: nodes', 'is_lazy: int'),
  [NodeKind.ImportFrom]: shape(
    'ImportFrom',
    'module: identifier?',
    'names: nodes',
    'level: int',
    'is_lazy: int',
  ),
  [NodeKind.Global]: shape('Global', 'names: identifiers'),
  [NodeKind.Nonlocal]: shape('Nonlocal', 'names: identifiers'),
  [NodeKind.Expr]: shape('Expr', 'value: node'),
  [NodeKind.Pass]: shape('Pass'),
  [NodeKind.Break]: shape('Break'),
  [NodeKind.Continue]: shape('Continue'),
  [NodeKind.BoolOp]: shape('BoolOp', 'op: boolop', 'values: nodes'),
  [NodeKind.NamedExpr]: shape('NamedExpr', 'target: node', 'value: node'),
  [NodeKind.BinOp]: shape('BinOp', 'left: node', 'op: operator', 'right: node'),
  [NodeKind.UnaryOp]: shape('UnaryOp', 'op: unaryop', 'operand: node'),
  [NodeKind.Lambda]: shape('Lambda', 'args: node', 'body: node'),
  [NodeKind.IfExp]: shape('IfExp', 'test: node', 'body: node', 'orelse: node'),
  [NodeKind.Dict]: shape('Dict', 'keys: nodes?', 'values: nodes'),
  [NodeKind.Set]: shape('Set', 'elts: nodes'),
  [NodeKind.ListComp]: shape('ListComp', ...COMPREHENSION),
  [NodeKind.SetComp]: shape('SetComp', ...COMPREHENSION),
  [NodeKind.DictComp]: shape('DictComp', 'key: node', 'value: node?', 'generators: nodes'),
  [NodeKind.GeneratorExp]: shape('GeneratorExp', ...COMPREHENSION),
  [NodeKind.Await]: shape('Await', 'value: node'),
  [NodeKind.Yield]: shape('Yield', 'value: node?'),
  [NodeKind.YieldFrom]: shape('YieldFrom', 'value: node'),
  [NodeKind.Compare]: shape('Compare', 'left: node', 'ops: cmpops', 'comparators: nodes'),
  [NodeKind.Call]: shape('Call', 'func: node', 'args: nodes', 'keywords: nodes'),
  [NodeKind.FormattedValue]: shape('FormattedValue', 'value: node', 'conversion: int', 'format_spec: node?'),
  [NodeKind.Interpolation]: shape(
    'Interpolation',
    'value: node',
    'str: str',
    'conversion: int',
    'format_spec: node?',
  ),
  [NodeKind.JoinedStr]: shape('JoinedStr', 'values: nodes'),
  [NodeKind.TemplateStr]: shape('TemplateStr', 'values: nodes'),
  [NodeKind.Constant]: shape('Constant', 'value: constant', 'kind: kind'),
  [NodeKind.Attribute]: shape('Attribute', 'value: node', 'attr: identifier', 'ctx: context'),
  [NodeKind.Subscript]: shape('Subscript', 'value: node', 'slice: node', 'ctx: context'),
  [NodeKind.Starred]: shape('Starred', 'value: node', 'ctx: context'),
  [NodeKind.Name]: shape('Name', 'id: identifier', 'ctx: context'),
  [NodeKind.List]: shape('List', 'elts: nodes', 'ctx: context'),
  [NodeKind.Tuple]: shape('Tuple', 'elts: nodes', 'ctx: context'),
  [NodeKind.Slice]: shape('Slice', 'lower: node?', 'upper: node?', 'step: node?'),
  [NodeKind.Invalid]: shape('Invalid', 'parts: nodes'),
  [NodeKind.MatchValue]: shape('MatchValue', 'value: node'),
  [NodeKind.MatchSingleton]: shape('MatchSingleton', 'value: constant'),
  [NodeKind.MatchSequence]: shape('MatchSequence', 'patterns: nodes'),
  [NodeKind.MatchMapping]: shape('MatchMapping', 'keys: nodes', 'patterns: nodes', 'rest: identifier?'),
  [NodeKind.MatchClass]: shape(
    'MatchClass',
    'cls: node',
    'patterns: nodes',
    'kwd_attrs: identifiers',
    'kwd_patterns: nodes',
  ),
  [NodeKind.MatchStar]: shape('MatchStar', 'name: identifier?'),
  [NodeKind.MatchAs]: shape('MatchAs', 'pattern: node?', 'name: identifier?'),
  [NodeKind.MatchOr]: shape('MatchOr', 'patterns: nodes'),
  [NodeKind.TypeVar]: shape('TypeVar', 'name: identifier', 'bound: node?', 'default_value: node?'),
  [NodeKind.ParamSpec]: shape('ParamSpec', 'name: identifier', 'default_value: node?'),
  [NodeKind.TypeVarTuple]: shape('TypeVarTuple', 'name: identifier', 'default_value: node?'),
  [NodeKind.Comprehension]: shape(
    'comprehension',
    'target: node',
    'iter: node',
    'ifs: nodes',
    'is_async: int',
  ),
  [NodeKind.ExceptHandler]: shape('ExceptHandler', 'type: node?', 'name: identifier?', 'body: nodes'),
  [NodeKind.Arguments]: shape(
    'arguments',
    'posonlyargs: nodes',
    'args: nodes',
    'vararg: node?',
    'kwonlyargs: nodes',
    'kw_defaults: nodes?',
    'kwarg: node?',
    'defaults: nodes',
  ),
  [NodeKind.Arg]: shape('arg', 'arg: identifier', 'annotation: node?', 'type_comment: absent'),
  [NodeKind.Keyword]: shape('keyword', 'arg: identifier?', 'value: node'),
  [NodeKind.Alias]: shape('alias', 'name: identifier', 'asname: identifier?'),
  [NodeKind.WithItem]: shape('withitem', 'context_expr: node', 'optional_vars: node?'),
  [NodeKind.MatchCase]: shape('match_case', 'pattern: node', 'guard: node?', 'body: nodes'),
};
