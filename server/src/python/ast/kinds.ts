// The numbers the AST is made of: what a node is, how a name is used, which operator stands between operands.
// Spellings are those of CPython's Python.asdl.

/** What a node is. `Invalid` alone is not CPython's: it stands where broken text allowed no expression. */
export enum NodeKind {
  Module,
  // Statements
  FunctionDef,
  AsyncFunctionDef,
  ClassDef,
  Return,
  Delete,
  Assign,
  TypeAlias,
  AugAssign,
  AnnAssign,
  For,
  AsyncFor,
  While,
  If,
  With,
  AsyncWith,
  Match,
  Raise,
  Try,
  TryStar,
  Assert,
  Import,
  ImportFrom,
  Global,
  Nonlocal,
  Expr,
  Pass,
  Break,
  Continue,
  // Expressions
  BoolOp,
  NamedExpr,
  BinOp,
  UnaryOp,
  Lambda,
  IfExp,
  Dict,
  Set,
  ListComp,
  SetComp,
  DictComp,
  GeneratorExp,
  Await,
  Yield,
  YieldFrom,
  Compare,
  Call,
  FormattedValue,
  Interpolation,
  JoinedStr,
  TemplateStr,
  Constant,
  Attribute,
  Subscript,
  Starred,
  Name,
  List,
  Tuple,
  Slice,
  Invalid,
  // Patterns (PEP 634)
  MatchValue,
  MatchSingleton,
  MatchSequence,
  MatchMapping,
  MatchClass,
  MatchStar,
  MatchAs,
  MatchOr,
  // Type parameters (PEP 695)
  TypeVar,
  ParamSpec,
  TypeVarTuple,
  // Everything else that has fields
  Comprehension,
  ExceptHandler,
  Arguments,
  Arg,
  Keyword,
  Alias,
  WithItem,
  MatchCase,
}

/** How a name, attribute, subscript, starred, list or tuple is used. */
export enum ExprContext {
  Load,
  Store,
  Del,
}

/** Binary operators, `operator` in Python.asdl. */
export enum Operator {
  Add,
  Sub,
  Mult,
  MatMult,
  Div,
  Mod,
  Pow,
  LShift,
  RShift,
  BitOr,
  BitXor,
  BitAnd,
  FloorDiv,
}

/** `unaryop` in Python.asdl. */
export enum UnaryOperator {
  Invert,
  Not,
  UAdd,
  USub,
}

/** `boolop` in Python.asdl. */
export enum BoolOperator {
  And,
  Or,
}

/** `cmpop` in Python.asdl. */
export enum CompareOperator {
  Eq,
  NotEq,
  Lt,
  LtE,
  Gt,
  GtE,
  Is,
  IsNot,
  In,
  NotIn,
}
