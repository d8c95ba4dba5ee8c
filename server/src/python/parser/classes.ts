// Classes of token kinds, as tables: what may begin an expression, how strongly an operator binds, what an
// operator token means in the tree.
import { CompareOperator, Operator } from '../ast/kinds.ts';
import { TokenKind } from '../tokenizer/tokens.ts';

/** How strongly operators bind, loosest first; unary operators and `**` bind tighter than all. */
export const Level = {
  NONE: 0,
  OR: 1,
  AND: 2,
  NOT: 3,
  COMPARE: 4,
  BITOR: 5,
  XOR: 6,
  AND_BITS: 7,
  SHIFT: 8,
  SUM: 9,
  TERM: 10,
};

/** Binding level of a binary operator's token, 0 for every other token. */
export const LEVEL = new Uint8Array(256);

/** Operator of a binary operator's token, and of an augmented assignment's. */
export const OPERATOR = new Uint8Array(256);

/** CompareOperator of a comparison's first token; `not` and `is` need their second one. */
export const COMPARE = new Uint8Array(256);

/** 1 for tokens of augmented assignments. */
export const AUGMENTED = new Uint8Array(256);

/** 1 for tokens that may begin an expression, `*` and `yield` not among them. */
export const STARTS_EXPRESSION = new Uint8Array(256);

const K = TokenKind;

for (const [level, kind, operator, augmented] of [
  [Level.BITOR, K.VBAR, Operator.BitOr, K.VBAREQUAL],
  [Level.XOR, K.CIRCUMFLEX, Operator.BitXor, K.CIRCUMFLEXEQUAL],
  [Level.AND_BITS, K.AMPER, Operator.BitAnd, K.AMPEREQUAL],
  [Level.SHIFT, K.LEFTSHIFT, Operator.LShift, K.LEFTSHIFTEQUAL],
  [Level.SHIFT, K.RIGHTSHIFT, Operator.RShift, K.RIGHTSHIFTEQUAL],
  [Level.SUM, K.PLUS, Operator.Add, K.PLUSEQUAL],
  [Level.SUM, K.MINUS, Operator.Sub, K.MINEQUAL],
  [Level.TERM, K.STAR, Operator.Mult, K.STAREQUAL],
  [Level.TERM, K.SLASH, Operator.Div, K.SLASHEQUAL],
  [Level.TERM, K.DOUBLESLASH, Operator.FloorDiv, K.DOUBLESLASHEQUAL],
  [Level.TERM, K.PERCENT, Operator.Mod, K.PERCENTEQUAL],
  [Level.TERM, K.AT, Operator.MatMult, K.ATEQUAL],
] as const) {
  LEVEL[kind] = level;
  OPERATOR[kind] = operator;
  OPERATOR[augmented] = operator;
  AUGMENTED[augmented] = 1;
}
OPERATOR[K.DOUBLESTAREQUAL] = Operator.Pow;
AUGMENTED[K.DOUBLESTAREQUAL] = 1;
LEVEL[K.OR] = Level.OR;
LEVEL[K.AND] = Level.AND;

for (const [kind, operator] of [
  [K.EQEQUAL, CompareOperator.Eq],
  [K.NOTEQUAL, CompareOperator.NotEq],
  [K.LESS, CompareOperator.Lt],
  [K.LESSEQUAL, CompareOperator.LtE],
  [K.GREATER, CompareOperator.Gt],
  [K.GREATEREQUAL, CompareOperator.GtE],
  [K.IN, CompareOperator.In],
  [K.IS, CompareOperator.Is],
  [K.NOT, CompareOperator.NotIn],
] as const) {
  LEVEL[kind] = Level.COMPARE;
  COMPARE[kind] = operator;
}

// prettier-ignore
for (const kind of [
  K.NAME, K.NUMBER, K.STRING, K.FSTRING_START, K.TSTRING_START, K.LPAR, K.LSQB, K.LBRACE, K.ELLIPSIS, K.PLUS,
  K.MINUS, K.TILDE, K.NOT, K.LAMBDA, K.AWAIT, K.NONE, K.TRUE, K.FALSE,
]) {
  STARTS_EXPRESSION[kind] = 1;
}
