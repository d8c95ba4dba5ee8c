// The AST's expressions, with what they are made of: a class per node of CPython's Python.asdl, as nodes.ts tells.
import type { BoolOperator, CompareOperator, ExprContext, Operator, UnaryOperator } from './kinds.ts';
import { NodeKind } from './kinds.ts';
import type { ConstantValue } from '../constants/values.ts';

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

// ---- What belongs to expressions --------------------------------------------------------------------------

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
