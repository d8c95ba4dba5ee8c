// Expressions back to text, the way CPython's compiler does it for annotations that are kept as strings; precedence
// alone decides where parentheses stand. CPython: Python/ast_unparse.c, _PyAST_ExprAsUnicode().
import { foldConstant } from '../constants/folding.ts';
import { frozenSet } from '../constants/frozenSet.ts';
import { concatenate, strConstant, strOfCodePoints } from '../constants/literals.ts';
import { repr, reprStr } from '../constants/repr.ts';
import { ConstantType, TRUE, type ConstantValue, type StrConstant } from '../constants/values.ts';
import type { Dialect } from '../versions/dialect.ts';
import type { FoldingDialect } from '../versions/foldingDialect.ts';
import type { UnparseDialect } from '../versions/unparseDialect.ts';
import { BoolOperator, CompareOperator, NodeKind, Operator, UnaryOperator } from './kinds.ts';
import type {
  Arguments,
  Comprehension,
  Expression,
  FormattedValue,
  Interpolation,
  UnaryOp,
} from './expressions.ts';
import { comparisonUnderNot, isInverted, oppositeOf } from './invertedComparisons.ts';

/** How tightly the place where an expression stands binds; from the weakest. */
enum Precedence {
  TUPLE,
  TEST,
  OR,
  AND,
  NOT,
  CMP,
  EXPR,
  BOR = EXPR,
  BXOR,
  BAND,
  SHIFT,
  ARITH,
  TERM,
  FACTOR,
  POWER,
  AWAIT,
  ATOM,
}

const OPERATORS: readonly (readonly [operator: Operator, text: string, precedence: Precedence])[] = [
  [Operator.Add, '+', Precedence.ARITH],
  [Operator.Sub, '-', Precedence.ARITH],
  [Operator.Mult, '*', Precedence.TERM],
  [Operator.MatMult, '@', Precedence.TERM],
  [Operator.Div, '/', Precedence.TERM],
  [Operator.Mod, '%', Precedence.TERM],
  [Operator.Pow, '**', Precedence.POWER],
  [Operator.LShift, '<<', Precedence.SHIFT],
  [Operator.RShift, '>>', Precedence.SHIFT],
  [Operator.BitOr, '|', Precedence.BOR],
  [Operator.BitXor, '^', Precedence.BXOR],
  [Operator.BitAnd, '&', Precedence.BAND],
  [Operator.FloorDiv, '//', Precedence.TERM],
];
const BINARY = new Map(OPERATORS.map(([operator, text, precedence]) => [operator, { text, precedence }]));

const UNARY: Readonly<Record<UnaryOperator, string>> = {
  [UnaryOperator.Invert]: '~',
  [UnaryOperator.Not]: 'not ',
  [UnaryOperator.UAdd]: '+',
  [UnaryOperator.USub]: '-',
};

const COMPARE: Readonly<Record<CompareOperator, string>> = {
  [CompareOperator.Eq]: '==',
  [CompareOperator.NotEq]: '!=',
  [CompareOperator.Lt]: '<',
  [CompareOperator.LtE]: '<=',
  [CompareOperator.Gt]: '>',
  [CompareOperator.GtE]: '>=',
  [CompareOperator.Is]: 'is',
  [CompareOperator.IsNot]: 'is not',
  [CompareOperator.In]: 'in',
  [CompareOperator.NotIn]: 'not in',
};

/** Deeper expressions are cut short: the stack is not endless. */
const MOST_DEPTH = 400;

/** Longer bodies of f-strings are cut out: a string in a string has its backslashes doubled once more at each level. */
const MOST_BODY = 1 << 14;

/** What the text of an expression depends on. */
export type ExpressionDialect = Pick<Dialect, 'unparse' | 'tokenizer' | 'folding'>;

/** The text of an expression, on one line; `…` stands for what is nested too deep or was not readable. */
export function unparse(
  expression: Expression,
  dialect: ExpressionDialect,
  debug: ConstantValue = TRUE,
): string {
  const unparser = new Unparser(dialect.unparse, dialect.folding, dialect.tokenizer.unicode, debug);
  return unparser.expression(expression, Precedence.TEST);
}

class Unparser {
  private depth = 0;
  /** The AST optimiser has been here. */
  private folds: boolean;

  constructor(
    private readonly dialect: UnparseDialect,
    private readonly folding: FoldingDialect,
    /** The version of Unicode, which says what repr() escapes. */
    private readonly unicode: number,
    private readonly debug: ConstantValue,
  ) {
    this.folds = dialect.foldsConstants;
  }

  expression(node: Expression, level: Precedence): string {
    if (this.depth === MOST_DEPTH) return '…';
    const folded = node.kind === NodeKind.Constant ? undefined : this.fold(node);
    if (folded) return repr(folded, this.unicode);
    this.depth++;
    const text = this.dispatch(node, level);
    this.depth--;
    return text;
  }

  private fold(node: Expression): ConstantValue | undefined {
    return this.folds ? foldConstant(node, this.folding, this.debug) : undefined;
  }

  /** What a loop or `in` goes through. CPython: fold_iter(). */
  private iterable(node: Expression, level: Precedence): string {
    if (!this.folds || (node.kind !== NodeKind.List && node.kind !== NodeKind.Set)) {
      return this.expression(node, level);
    }
    const items = node.elts.map(elt => (elt.kind === NodeKind.Constant ? elt.value : this.fold(elt)));
    if (items.every(item => item !== undefined)) {
      const value =
        node.kind === NodeKind.Set
          ? frozenSet(items, this.folding)
          : ({ type: ConstantType.Tuple, items } as const);
      return repr(value, this.unicode);
    }
    if (node.kind === NodeKind.Set || node.elts.some(({ kind }) => kind === NodeKind.Starred)) {
      return this.expression(node, level);
    }
    return `(${this.all(node.elts)}${node.elts.length === 1 ? ',' : ''})`;
  }

  /** `not` of one comparison, or of another such `not`; undefined for others. CPython: fold_not(). */
  private negated(node: UnaryOp, level: Precedence): string | undefined {
    const comparison = this.folds ? comparisonUnderNot(node) : undefined;
    if (!comparison) return undefined;
    const [op] = comparison.ops;
    return this.expression(isInverted(node) ? { ...comparison, ops: [oppositeOf(op)] } : comparison, level);
  }

  private dispatch(node: Expression, level: Precedence): string {
    switch (node.kind) {
      case NodeKind.BoolOp: {
        const own = node.op === BoolOperator.And ? Precedence.AND : Precedence.OR;
        const operator = node.op === BoolOperator.And ? ' and ' : ' or ';
        const values = node.values.map(value => this.expression(value, own + 1));
        return parenthesized(values.join(operator), level > own);
      }
      case NodeKind.NamedExpr: {
        const target = this.expression(node.target, Precedence.ATOM);
        // CPython 3.8's AST optimiser does not visit the value of a walrus.
        const { folds } = this;
        this.folds = false;
        const value = this.expression(node.value, Precedence.ATOM);
        this.folds = folds;
        const walrus = this.dialect.walrusBlanks ? ' := ' : ':=';
        return parenthesized(target + walrus + value, level > Precedence.TUPLE);
      }
      case NodeKind.BinOp: {
        const { text, precedence } = BINARY.get(node.op)!;
        const rightToLeft = node.op === Operator.Pow ? 1 : 0;
        const left = this.expression(node.left, precedence + rightToLeft);
        const right = this.expression(node.right, precedence + 1 - rightToLeft);
        return parenthesized(`${left} ${text} ${right}`, level > precedence);
      }
      case NodeKind.UnaryOp: {
        const negated = this.negated(node, level);
        if (negated !== undefined) return negated;
        const own = node.op === UnaryOperator.Not ? Precedence.NOT : Precedence.FACTOR;
        return parenthesized(UNARY[node.op] + this.expression(node.operand, own), level > own);
      }
      case NodeKind.Lambda: {
        const { args } = node;
        const positional = args.args.length + args.posonlyargs.length;
        const text = `lambda${positional > 0 ? ' ' : ''}${this.arguments(args)}: ${this.expression(node.body, Precedence.TEST)}`;
        return parenthesized(text, level > Precedence.TEST);
      }
      case NodeKind.IfExp: {
        const body = this.expression(node.body, Precedence.TEST + 1);
        const test = this.expression(node.test, Precedence.TEST + 1);
        const orelse = this.expression(node.orelse, Precedence.TEST);
        return parenthesized(`${body} if ${test} else ${orelse}`, level > Precedence.TEST);
      }
      case NodeKind.Dict: {
        const items = node.values.map((value, i) => {
          const key = node.keys[i];
          if (key === null) return `**${this.expression(value, Precedence.EXPR)}`;
          return `${this.expression(key, Precedence.TEST)}: ${this.expression(value, Precedence.TEST)}`;
        });
        return `{${items.join(', ')}}`;
      }
      case NodeKind.Set:
        return `{${this.all(node.elts)}}`;
      case NodeKind.ListComp:
        return `[${this.expression(node.elt, Precedence.TEST)}${this.comprehensions(node.generators)}]`;
      case NodeKind.SetComp:
        return `{${this.expression(node.elt, Precedence.TEST)}${this.comprehensions(node.generators)}}`;
      case NodeKind.GeneratorExp:
        return `(${this.expression(node.elt, Precedence.TEST)}${this.comprehensions(node.generators)})`;
      case NodeKind.DictComp: {
        const key = this.expression(node.key, Precedence.TEST);
        const item = node.value ? `${key}: ${this.expression(node.value, Precedence.TEST)}` : `**${key}`;
        return `{${item}${this.comprehensions(node.generators)}}`;
      }
      case NodeKind.Await:
        return parenthesized(
          `await ${this.expression(node.value, Precedence.ATOM)}`,
          level > Precedence.AWAIT,
        );
      case NodeKind.Yield:
        return node.value ? `(yield ${this.expression(node.value, Precedence.TEST)})` : '(yield)';
      case NodeKind.YieldFrom:
        return `(yield from ${this.expression(node.value, Precedence.TEST)})`;
      case NodeKind.Compare: {
        let text = this.expression(node.left, Precedence.CMP + 1);
        node.ops.forEach((op, i) => {
          const isIn = op === CompareOperator.In || op === CompareOperator.NotIn;
          // Of a chain the last alone is looked at. CPython: fold_compare().
          const isIterable = isIn && i === node.ops.length - 1;
          const right = node.comparators[i];
          text += ` ${COMPARE[op]} `;
          text += isIterable
            ? this.iterable(right, Precedence.CMP + 1)
            : this.expression(right, Precedence.CMP + 1);
        });
        return parenthesized(text, level > Precedence.CMP);
      }
      case NodeKind.Call: {
        const { func, args, keywords } = node;
        const callee = this.expression(func, Precedence.ATOM);
        if (args.length === 1 && keywords.length === 0 && args[0].kind === NodeKind.GeneratorExp) {
          return callee + this.expression(args[0], Precedence.TEST);
        }
        const named = keywords.map(({ arg, value }) => {
          return `${arg === null ? '**' : `${arg}=`}${this.expression(value, Precedence.TEST)}`;
        });
        return `${callee}(${[...args.map(arg => this.expression(arg, Precedence.TEST)), ...named].join(', ')})`;
      }
      case NodeKind.JoinedStr:
        return this.formatted('f', node.values);
      case NodeKind.TemplateStr:
        return this.formatted('t', node.values);
      case NodeKind.FormattedValue:
      case NodeKind.Interpolation:
        return this.replacementField(node).value;
      case NodeKind.Constant: {
        if (node.value.type === ConstantType.Ellipsis) return '...';
        const text = repr(node.value, this.unicode);
        const numeric = node.value.type === ConstantType.Float || node.value.type === ConstantType.Complex;
        if (numeric && this.dialect.readableInfinity) return text.replaceAll('inf', '1e309');
        return (this.dialect.unicodePrefix ? (node.stringKind ?? '') : '') + text;
      }
      case NodeKind.Attribute: {
        const { value } = node;
        // 1.real would read as a float.
        const constant = value.kind === NodeKind.Constant ? value.value : this.fold(value);
        const dot = constant?.type === ConstantType.Int ? ' .' : '.';
        return this.expression(value, Precedence.ATOM) + dot + node.attr;
      }
      case NodeKind.Subscript: {
        const level = this.subscriptLevel(node.slice);
        return `${this.expression(node.value, Precedence.ATOM)}[${this.expression(node.slice, level)}]`;
      }
      case NodeKind.Starred:
        return `*${this.expression(node.value, Precedence.EXPR)}`;
      case NodeKind.Name:
        return node.id;
      case NodeKind.List:
        return `[${this.all(node.elts)}]`;
      case NodeKind.Tuple: {
        if (node.elts.length === 0) return '()';
        const text = this.all(node.elts) + (node.elts.length === 1 ? ',' : '');
        return parenthesized(text, level > Precedence.TUPLE);
      }
      case NodeKind.Slice: {
        const part = (value: Expression | null): string =>
          value ? this.expression(value, Precedence.TEST) : '';
        return `${part(node.lower)}:${part(node.upper)}${node.step ? `:${part(node.step)}` : ''}`;
      }
      case NodeKind.Invalid:
        return '…';
    }
  }

  private subscriptLevel(slice: Expression): Precedence {
    const starred = slice.kind === NodeKind.Tuple && slice.elts.some(({ kind }) => kind === NodeKind.Starred);
    return starred && this.dialect.parenthesizesStarred ? Precedence.TEST : Precedence.TUPLE;
  }

  private all(nodes: readonly Expression[]): string {
    return nodes.map(node => this.expression(node, Precedence.TEST)).join(', ');
  }

  private comprehensions(generators: readonly Comprehension[]): string {
    let text = '';
    for (const { target, iter, ifs, is_async } of generators) {
      text += is_async ? ' async for ' : ' for ';
      text += `${this.expression(target, Precedence.TUPLE)} in ${this.iterable(iter, Precedence.TEST + 1)}`;
      for (const test of ifs) text += ` if ${this.expression(test, Precedence.TEST + 1)}`;
    }
    return text;
  }

  private arguments({
    posonlyargs,
    args,
    vararg,
    kwonlyargs,
    kw_defaults,
    kwarg,
    defaults,
  }: Arguments): string {
    const parts: string[] = [];
    const positional = [...posonlyargs, ...args];
    const withDefault = (name: string, value: Expression | null | undefined): string =>
      value ? `${name}=${this.expression(value, Precedence.TEST)}` : name;
    positional.forEach(({ arg }, i) => {
      parts.push(withDefault(arg, defaults[i - positional.length + defaults.length]));
      if (i + 1 === posonlyargs.length) parts.push('/');
    });
    if (vararg) parts.push(`*${vararg.arg}`);
    else if (kwonlyargs.length > 0) parts.push('*');
    kwonlyargs.forEach(({ arg }, i) => parts.push(withDefault(arg, kw_defaults[i])));
    if (kwarg) parts.push(`**${kwarg.arg}`);
    return parts.join(', ');
  }

  private formatted(prefix: 'f' | 't', values: readonly Expression[]): string {
    const body = this.fstringBody(values);
    return body.value.length > MOST_BODY ? '…' : prefix + reprStr(body, this.unicode);
  }

  /** What stands between the quotes of an f-string, and in format specifications. */
  private fstringBody(values: readonly Expression[]): StrConstant {
    return values.map(value => this.fstringElement(value)).reduce(concatenate, strConstant(''));
  }

  private fstringElement(node: Expression): StrConstant {
    switch (node.kind) {
      case NodeKind.Constant:
        return node.value.type === ConstantType.Str ? withDoubledBraces(node.value) : strConstant('');
      case NodeKind.JoinedStr:
        return this.fstringBody(node.values);
      case NodeKind.FormattedValue:
      case NodeKind.Interpolation:
        return this.replacementField(node);
      default:
        return strConstant('');
    }
  }

  private replacementField(node: FormattedValue | Interpolation): StrConstant {
    // A lambda's colon would begin the format specification.
    const inner =
      node.kind === NodeKind.Interpolation ? node.str : this.expression(node.value, Precedence.TEST + 1);
    const conversion = node.conversion > 0 ? `!${String.fromCharCode(node.conversion)}` : '';
    const field = strConstant(`{${inner.startsWith('{') ? ' ' : ''}${inner}${conversion}`);
    const spec = node.format_spec && concatenate(strConstant(':'), this.fstringElement(node.format_spec));
    return concatenate(spec ? concatenate(field, spec) : field, strConstant('}'));
  }
}

function withDoubledBraces({ value, codePoints }: StrConstant): StrConstant {
  if (codePoints)
    return strOfCodePoints(codePoints.flatMap(point => (BRACES.has(point) ? [point, point] : point)));
  return strConstant(value.replaceAll('{', '{{').replaceAll('}', '}}'));
}

const BRACES = new Set([0x7b, 0x7d]);

const parenthesized = (text: string, needed: boolean): string => (needed ? `(${text})` : text);
