// The AST: a class per node of CPython's Python.asdl, with its field names, kept free of behaviour.
// Every node begins with kind, start and end (UTF-16 offsets into the source text) so that all shapes share a
// prefix and reading them stays fast. Nodes that differ only by `async` or `*` (FunctionDef and AsyncFunctionDef,
// For, With, Try) share a class and differ in kind. Type comments are never parsed and so have no field.
import type { BoolOperator, CompareOperator, ExprContext, Operator, UnaryOperator } from './kinds.ts';
import { NodeKind } from './kinds.ts';
import type { ConstantValue } from '../constants/values.ts';

/** The root of a file. */
export class Module {
  readonly kind: NodeKind.Module;
  constructor(
    public start: number,
    public end: number,
    public body: Statement[],
  ) {
    this.kind = NodeKind.Module;
  }
}

// ---- Statements ------------------------------------------------------------------------------------------

export class FunctionDef {
  constructor(
    readonly kind: NodeKind.FunctionDef | NodeKind.AsyncFunctionDef,
    public start: number,
    public end: number,
    public name: string,
    public args: Arguments,
    public body: Statement[],
    public decorator_list: Expression[],
    public returns: Expression | null,
    public type_params: TypeParam[],
  ) {}
}

export class ClassDef {
  readonly kind: NodeKind.ClassDef;
  constructor(
    public start: number,
    public end: number,
    public name: string,
    public bases: Expression[],
    public keywords: Keyword[],
    public body: Statement[],
    public decorator_list: Expression[],
    public type_params: TypeParam[],
  ) {
    this.kind = NodeKind.ClassDef;
  }
}

export class Return {
  readonly kind: NodeKind.Return;
  constructor(
    public start: number,
    public end: number,
    public value: Expression | null,
  ) {
    this.kind = NodeKind.Return;
  }
}

export class Delete {
  readonly kind: NodeKind.Delete;
  constructor(
    public start: number,
    public end: number,
    public targets: Expression[],
  ) {
    this.kind = NodeKind.Delete;
  }
}

export class Assign {
  readonly kind: NodeKind.Assign;
  constructor(
    public start: number,
    public end: number,
    public targets: Expression[],
    public value: Expression,
  ) {
    this.kind = NodeKind.Assign;
  }
}

export class TypeAlias {
  readonly kind: NodeKind.TypeAlias;
  constructor(
    public start: number,
    public end: number,
    public name: Expression,
    public type_params: TypeParam[],
    public value: Expression,
  ) {
    this.kind = NodeKind.TypeAlias;
  }
}

export class AugAssign {
  readonly kind: NodeKind.AugAssign;
  constructor(
    public start: number,
    public end: number,
    public target: Expression,
    public op: Operator,
    public value: Expression,
  ) {
    this.kind = NodeKind.AugAssign;
  }
}

export class AnnAssign {
  readonly kind: NodeKind.AnnAssign;
  constructor(
    public start: number,
    public end: number,
    public target: Expression,
    public annotation: Expression,
    public value: Expression | null,
    public simple: boolean,
  ) {
    this.kind = NodeKind.AnnAssign;
  }
}

export class For {
  constructor(
    readonly kind: NodeKind.For | NodeKind.AsyncFor,
    public start: number,
    public end: number,
    public target: Expression,
    public iter: Expression,
    public body: Statement[],
    public orelse: Statement[],
  ) {}
}

export class While {
  readonly kind: NodeKind.While;
  constructor(
    public start: number,
    public end: number,
    public test: Expression,
    public body: Statement[],
    public orelse: Statement[],
  ) {
    this.kind = NodeKind.While;
  }
}

export class If {
  readonly kind: NodeKind.If;
  constructor(
    public start: number,
    public end: number,
    public test: Expression,
    public body: Statement[],
    public orelse: Statement[],
  ) {
    this.kind = NodeKind.If;
  }
}

export class With {
  constructor(
    readonly kind: NodeKind.With | NodeKind.AsyncWith,
    public start: number,
    public end: number,
    public items: WithItem[],
    public body: Statement[],
  ) {}
}

export class Match {
  readonly kind: NodeKind.Match;
  constructor(
    public start: number,
    public end: number,
    public subject: Expression,
    public cases: MatchCase[],
  ) {
    this.kind = NodeKind.Match;
  }
}

export class Raise {
  readonly kind: NodeKind.Raise;
  constructor(
    public start: number,
    public end: number,
    public exc: Expression | null,
    public cause: Expression | null,
  ) {
    this.kind = NodeKind.Raise;
  }
}

export class Try {
  constructor(
    readonly kind: NodeKind.Try | NodeKind.TryStar,
    public start: number,
    public end: number,
    public body: Statement[],
    public handlers: ExceptHandler[],
    public orelse: Statement[],
    public finalbody: Statement[],
  ) {}
}

export class Assert {
  readonly kind: NodeKind.Assert;
  constructor(
    public start: number,
    public end: number,
    public test: Expression,
    public msg: Expression | null,
  ) {
    this.kind = NodeKind.Assert;
  }
}

export class Import {
  readonly kind: NodeKind.Import;
  constructor(
    public start: number,
    public end: number,
    public names: Alias[],
    public is_lazy: boolean,
  ) {
    this.kind = NodeKind.Import;
  }
}

export class ImportFrom {
  readonly kind: NodeKind.ImportFrom;
  constructor(
    public start: number,
    public end: number,
    public module: string | null,
    public names: Alias[],
    public level: number,
    public is_lazy: boolean,
  ) {
    this.kind = NodeKind.ImportFrom;
  }
}

export class Global {
  readonly kind: NodeKind.Global;
  constructor(
    public start: number,
    public end: number,
    public names: string[],
  ) {
    this.kind = NodeKind.Global;
  }
}

export class Nonlocal {
  readonly kind: NodeKind.Nonlocal;
  constructor(
    public start: number,
    public end: number,
    public names: string[],
  ) {
    this.kind = NodeKind.Nonlocal;
  }
}

export class Expr {
  readonly kind: NodeKind.Expr;
  constructor(
    public start: number,
    public end: number,
    public value: Expression,
  ) {
    this.kind = NodeKind.Expr;
  }
}

export class Pass {
  readonly kind: NodeKind.Pass;
  constructor(
    public start: number,
    public end: number,
  ) {
    this.kind = NodeKind.Pass;
  }
}

export class Break {
  readonly kind: NodeKind.Break;
  constructor(
    public start: number,
    public end: number,
  ) {
    this.kind = NodeKind.Break;
  }
}

export class Continue {
  readonly kind: NodeKind.Continue;
  constructor(
    public start: number,
    public end: number,
  ) {
    this.kind = NodeKind.Continue;
  }
}

// ---- Expressions -----------------------------------------------------------------------------------------

export class BoolOp {
  readonly kind: NodeKind.BoolOp;
  constructor(
    public start: number,
    public end: number,
    public op: BoolOperator,
    public values: Expression[],
  ) {
    this.kind = NodeKind.BoolOp;
  }
}

export class NamedExpr {
  readonly kind: NodeKind.NamedExpr;
  constructor(
    public start: number,
    public end: number,
    public target: Expression,
    public value: Expression,
  ) {
    this.kind = NodeKind.NamedExpr;
  }
}

export class BinOp {
  readonly kind: NodeKind.BinOp;
  constructor(
    public start: number,
    public end: number,
    public left: Expression,
    public op: Operator,
    public right: Expression,
  ) {
    this.kind = NodeKind.BinOp;
  }
}

export class UnaryOp {
  readonly kind: NodeKind.UnaryOp;
  constructor(
    public start: number,
    public end: number,
    public op: UnaryOperator,
    public operand: Expression,
  ) {
    this.kind = NodeKind.UnaryOp;
  }
}

export class Lambda {
  readonly kind: NodeKind.Lambda;
  constructor(
    public start: number,
    public end: number,
    public args: Arguments,
    public body: Expression,
  ) {
    this.kind = NodeKind.Lambda;
  }
}

export class IfExp {
  readonly kind: NodeKind.IfExp;
  constructor(
    public start: number,
    public end: number,
    public test: Expression,
    public body: Expression,
    public orelse: Expression,
  ) {
    this.kind = NodeKind.IfExp;
  }
}

export class Dict {
  readonly kind: NodeKind.Dict;
  constructor(
    public start: number,
    public end: number,
    public keys: (Expression | null)[],
    public values: Expression[],
  ) {
    this.kind = NodeKind.Dict;
  }
}

export class Set {
  readonly kind: NodeKind.Set;
  constructor(
    public start: number,
    public end: number,
    public elts: Expression[],
  ) {
    this.kind = NodeKind.Set;
  }
}

export class ListComp {
  readonly kind: NodeKind.ListComp;
  constructor(
    public start: number,
    public end: number,
    public elt: Expression,
    public generators: Comprehension[],
  ) {
    this.kind = NodeKind.ListComp;
  }
}

export class SetComp {
  readonly kind: NodeKind.SetComp;
  constructor(
    public start: number,
    public end: number,
    public elt: Expression,
    public generators: Comprehension[],
  ) {
    this.kind = NodeKind.SetComp;
  }
}

export class DictComp {
  readonly kind: NodeKind.DictComp;
  constructor(
    public start: number,
    public end: number,
    public key: Expression,
    public value: Expression | null,
    public generators: Comprehension[],
  ) {
    this.kind = NodeKind.DictComp;
  }
}

export class GeneratorExp {
  readonly kind: NodeKind.GeneratorExp;
  constructor(
    public start: number,
    public end: number,
    public elt: Expression,
    public generators: Comprehension[],
  ) {
    this.kind = NodeKind.GeneratorExp;
  }
}

export class Await {
  readonly kind: NodeKind.Await;
  constructor(
    public start: number,
    public end: number,
    public value: Expression,
  ) {
    this.kind = NodeKind.Await;
  }
}

export class Yield {
  readonly kind: NodeKind.Yield;
  constructor(
    public start: number,
    public end: number,
    public value: Expression | null,
  ) {
    this.kind = NodeKind.Yield;
  }
}

export class YieldFrom {
  readonly kind: NodeKind.YieldFrom;
  constructor(
    public start: number,
    public end: number,
    public value: Expression,
  ) {
    this.kind = NodeKind.YieldFrom;
  }
}

export class Compare {
  readonly kind: NodeKind.Compare;
  constructor(
    public start: number,
    public end: number,
    public left: Expression,
    public ops: CompareOperator[],
    public comparators: Expression[],
  ) {
    this.kind = NodeKind.Compare;
  }
}

export class Call {
  readonly kind: NodeKind.Call;
  constructor(
    public start: number,
    public end: number,
    public func: Expression,
    public args: Expression[],
    public keywords: Keyword[],
  ) {
    this.kind = NodeKind.Call;
  }
}

export class FormattedValue {
  readonly kind: NodeKind.FormattedValue;
  constructor(
    public start: number,
    public end: number,
    public value: Expression,
    public conversion: number,
    public format_spec: Expression | null,
  ) {
    this.kind = NodeKind.FormattedValue;
  }
}

export class Interpolation {
  readonly kind: NodeKind.Interpolation;
  constructor(
    public start: number,
    public end: number,
    public value: Expression,
    public str: string,
    public conversion: number,
    public format_spec: Expression | null,
  ) {
    this.kind = NodeKind.Interpolation;
  }
}

export class JoinedStr {
  readonly kind: NodeKind.JoinedStr;
  constructor(
    public start: number,
    public end: number,
    public values: Expression[],
  ) {
    this.kind = NodeKind.JoinedStr;
  }
}

export class TemplateStr {
  readonly kind: NodeKind.TemplateStr;
  constructor(
    public start: number,
    public end: number,
    public values: Expression[],
  ) {
    this.kind = NodeKind.TemplateStr;
  }
}

export class Constant {
  readonly kind: NodeKind.Constant;
  constructor(
    public start: number,
    public end: number,
    public value: ConstantValue,
    public stringKind: 'u' | null,
  ) {
    this.kind = NodeKind.Constant;
  }
}

export class Attribute {
  readonly kind: NodeKind.Attribute;
  constructor(
    public start: number,
    public end: number,
    public value: Expression,
    public attr: string,
    public ctx: ExprContext,
  ) {
    this.kind = NodeKind.Attribute;
  }
}

export class Subscript {
  readonly kind: NodeKind.Subscript;
  constructor(
    public start: number,
    public end: number,
    public value: Expression,
    public slice: Expression,
    public ctx: ExprContext,
  ) {
    this.kind = NodeKind.Subscript;
  }
}

export class Starred {
  readonly kind: NodeKind.Starred;
  constructor(
    public start: number,
    public end: number,
    public value: Expression,
    public ctx: ExprContext,
  ) {
    this.kind = NodeKind.Starred;
  }
}

export class Name {
  readonly kind: NodeKind.Name;
  constructor(
    public start: number,
    public end: number,
    public id: string,
    public ctx: ExprContext,
  ) {
    this.kind = NodeKind.Name;
  }
}

export class List {
  readonly kind: NodeKind.List;
  constructor(
    public start: number,
    public end: number,
    public elts: Expression[],
    public ctx: ExprContext,
  ) {
    this.kind = NodeKind.List;
  }
}

export class Tuple {
  readonly kind: NodeKind.Tuple;
  constructor(
    public start: number,
    public end: number,
    public elts: Expression[],
    public ctx: ExprContext,
  ) {
    this.kind = NodeKind.Tuple;
  }
}

export class Slice {
  readonly kind: NodeKind.Slice;
  constructor(
    public start: number,
    public end: number,
    public lower: Expression | null,
    public upper: Expression | null,
    public step: Expression | null,
  ) {
    this.kind = NodeKind.Slice;
  }
}

/** Not CPython's: stands where broken text allowed no expression; `parts` are the expressions found inside. */
export class Invalid {
  readonly kind: NodeKind.Invalid;
  constructor(
    public start: number,
    public end: number,
    public parts: Expression[],
  ) {
    this.kind = NodeKind.Invalid;
  }
}

// ---- Patterns (PEP 634) ----------------------------------------------------------------------------------

export class MatchValue {
  readonly kind: NodeKind.MatchValue;
  constructor(
    public start: number,
    public end: number,
    public value: Expression,
  ) {
    this.kind = NodeKind.MatchValue;
  }
}

export class MatchSingleton {
  readonly kind: NodeKind.MatchSingleton;
  constructor(
    public start: number,
    public end: number,
    public value: ConstantValue,
  ) {
    this.kind = NodeKind.MatchSingleton;
  }
}

export class MatchSequence {
  readonly kind: NodeKind.MatchSequence;
  constructor(
    public start: number,
    public end: number,
    public patterns: Pattern[],
  ) {
    this.kind = NodeKind.MatchSequence;
  }
}

export class MatchMapping {
  readonly kind: NodeKind.MatchMapping;
  constructor(
    public start: number,
    public end: number,
    public keys: Expression[],
    public patterns: Pattern[],
    public rest: string | null,
  ) {
    this.kind = NodeKind.MatchMapping;
  }
}

export class MatchClass {
  readonly kind: NodeKind.MatchClass;
  constructor(
    public start: number,
    public end: number,
    public cls: Expression,
    public patterns: Pattern[],
    public kwd_attrs: string[],
    public kwd_patterns: Pattern[],
  ) {
    this.kind = NodeKind.MatchClass;
  }
}

export class MatchStar {
  readonly kind: NodeKind.MatchStar;
  constructor(
    public start: number,
    public end: number,
    public name: string | null,
  ) {
    this.kind = NodeKind.MatchStar;
  }
}

export class MatchAs {
  readonly kind: NodeKind.MatchAs;
  constructor(
    public start: number,
    public end: number,
    public pattern: Pattern | null,
    public name: string | null,
  ) {
    this.kind = NodeKind.MatchAs;
  }
}

export class MatchOr {
  readonly kind: NodeKind.MatchOr;
  constructor(
    public start: number,
    public end: number,
    public patterns: Pattern[],
  ) {
    this.kind = NodeKind.MatchOr;
  }
}

// ---- Type parameters (PEP 695) ---------------------------------------------------------------------------

export class TypeVar {
  readonly kind: NodeKind.TypeVar;
  constructor(
    public start: number,
    public end: number,
    public name: string,
    public bound: Expression | null,
    public default_value: Expression | null,
  ) {
    this.kind = NodeKind.TypeVar;
  }
}

export class ParamSpec {
  readonly kind: NodeKind.ParamSpec;
  constructor(
    public start: number,
    public end: number,
    public name: string,
    public default_value: Expression | null,
  ) {
    this.kind = NodeKind.ParamSpec;
  }
}

export class TypeVarTuple {
  readonly kind: NodeKind.TypeVarTuple;
  constructor(
    public start: number,
    public end: number,
    public name: string,
    public default_value: Expression | null,
  ) {
    this.kind = NodeKind.TypeVarTuple;
  }
}

// ---- Everything else that has fields ---------------------------------------------------------------------

export class Comprehension {
  readonly kind: NodeKind.Comprehension;
  constructor(
    public start: number,
    public end: number,
    public target: Expression,
    public iter: Expression,
    public ifs: Expression[],
    public is_async: boolean,
  ) {
    this.kind = NodeKind.Comprehension;
  }
}

export class ExceptHandler {
  readonly kind: NodeKind.ExceptHandler;
  constructor(
    public start: number,
    public end: number,
    public type: Expression | null,
    public name: string | null,
    public body: Statement[],
  ) {
    this.kind = NodeKind.ExceptHandler;
  }
}

export class Arguments {
  readonly kind: NodeKind.Arguments;
  constructor(
    public start: number,
    public end: number,
    public posonlyargs: Arg[],
    public args: Arg[],
    public vararg: Arg | null,
    public kwonlyargs: Arg[],
    public kw_defaults: (Expression | null)[],
    public kwarg: Arg | null,
    public defaults: Expression[],
  ) {
    this.kind = NodeKind.Arguments;
  }
}

export class Arg {
  readonly kind: NodeKind.Arg;
  constructor(
    public start: number,
    public end: number,
    public arg: string,
    public annotation: Expression | null,
  ) {
    this.kind = NodeKind.Arg;
  }
}

export class Keyword {
  readonly kind: NodeKind.Keyword;
  constructor(
    public start: number,
    public end: number,
    public arg: string | null,
    public value: Expression,
  ) {
    this.kind = NodeKind.Keyword;
  }
}

export class Alias {
  readonly kind: NodeKind.Alias;
  constructor(
    public start: number,
    public end: number,
    public name: string,
    public asname: string | null,
  ) {
    this.kind = NodeKind.Alias;
  }
}

export class WithItem {
  readonly kind: NodeKind.WithItem;
  constructor(
    public start: number,
    public end: number,
    public context_expr: Expression,
    public optional_vars: Expression | null,
  ) {
    this.kind = NodeKind.WithItem;
  }
}

export class MatchCase {
  readonly kind: NodeKind.MatchCase;
  constructor(
    public start: number,
    public end: number,
    public pattern: Pattern,
    public guard: Expression | null,
    public body: Statement[],
  ) {
    this.kind = NodeKind.MatchCase;
  }
}

// ---- Unions ----------------------------------------------------------------------------------------------

export type Statement =
  | FunctionDef
  | ClassDef
  | Return
  | Delete
  | Assign
  | TypeAlias
  | AugAssign
  | AnnAssign
  | For
  | While
  | If
  | With
  | Match
  | Raise
  | Try
  | Assert
  | Import
  | ImportFrom
  | Global
  | Nonlocal
  | Expr
  | Pass
  | Break
  | Continue;

export type Expression =
  | BoolOp
  | NamedExpr
  | BinOp
  | UnaryOp
  | Lambda
  | IfExp
  | Dict
  | Set
  | ListComp
  | SetComp
  | DictComp
  | GeneratorExp
  | Await
  | Yield
  | YieldFrom
  | Compare
  | Call
  | FormattedValue
  | Interpolation
  | JoinedStr
  | TemplateStr
  | Constant
  | Attribute
  | Subscript
  | Starred
  | Name
  | List
  | Tuple
  | Slice
  | Invalid;

export type Pattern =
  MatchValue | MatchSingleton | MatchSequence | MatchMapping | MatchClass | MatchStar | MatchAs | MatchOr;

export type TypeParam = TypeVar | ParamSpec | TypeVarTuple;

export type Node =
  | Module
  | Statement
  | Expression
  | Pattern
  | TypeParam
  | Comprehension
  | ExceptHandler
  | Arguments
  | Arg
  | Keyword
  | Alias
  | WithItem
  | MatchCase;
