// The AST: a class per node of CPython's Python.asdl, with its field names, kept free of behaviour; expressions.ts has theirs.
// Every node begins with kind, start and end (UTF-16 offsets into the source text) so that all shapes share a
// prefix and reading them stays fast. Nodes that differ only by `async` or `*` (FunctionDef and AsyncFunctionDef,
// For, With, Try) share a class and differ in kind. Type comments are never parsed and so have no field.
import type { Operator } from './kinds.ts';
import { NodeKind } from './kinds.ts';
import type { ConstantValue } from '../constants/values.ts';
import type { Comprehension, Arguments, Arg, Keyword, Expression } from './expressions.ts';

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
