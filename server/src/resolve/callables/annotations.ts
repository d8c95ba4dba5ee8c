// What an annotation is once CPython has evaluated it, as far as formatannotation() and repr() show it.
// CPython: Lib/typing.py, _type_repr() and the __repr__ of its aliases; Objects/genericaliasobject.c, ga_repr().
import { NodeKind, Operator } from '../../python/ast/kinds.ts';
import type { Expression } from '../../python/ast/nodes.ts';
import { repr } from '../../python/constants/repr.ts';
import { ConstantType } from '../../python/constants/values.ts';
import type { AnnotationValue } from '../../python/inspect/annotation.ts';
import { className, classModule, classQualname } from '../classes/names.ts';
import { inherits } from '../classes/mro.ts';
import type { Evaluator, Scope, Value } from '../values.ts';

const MOST_DEPTH = 20;

/** What an annotation is; undefined where that is not known: then its text is shown. */
export function annotationValue(
  evaluator: Evaluator,
  node: Expression,
  scope: Scope,
): AnnotationValue | undefined {
  if (node.kind === NodeKind.Name || node.kind === NodeKind.Attribute) {
    const value = valueOf(evaluator, node, scope);
    if (value?.type === 'class')
      return { type: 'class', module: classModule(value.class), qualname: classQualname(value.class) };
    const text = value && namedRepr(value);
    return text === undefined ? undefined : shown(text);
  }
  const text = new AnnotationRepr(evaluator, scope).of(node, 0);
  return text && shown(text);
}

/** repr() of an object, and whether it is the module typing's. */
interface Repr {
  readonly text: string;
  readonly isTyping: boolean;
}

const shown = ({ text, isTyping }: Repr): AnnotationValue => ({
  type: isTyping ? 'typing' : 'other',
  repr: text,
});

/** What a name in an annotation means. */
function valueOf(evaluator: Evaluator, node: Expression, scope: Scope): Value | undefined {
  const values = evaluator.evaluate(node, scope);
  return values.length === 1 ? values[0] : undefined;
}

/** repr() of what is no class. */
function namedRepr(value: Value): Repr | undefined {
  if (value.type === 'typevar') return { text: `~${value.name}`, isTyping: true };
  if (value.type === 'opaque' && !value.args) return { text: value.qualname, isTyping: true };
  return undefined;
}

class AnnotationRepr {
  constructor(
    private readonly evaluator: Evaluator,
    private readonly scope: Scope,
  ) {}

  of(node: Expression, depth: number): Repr | undefined {
    if (depth > MOST_DEPTH) return undefined;
    switch (node.kind) {
      case NodeKind.Constant:
        if (node.value.type === ConstantType.None) return { text: 'None', isTyping: false };
        if (node.value.type === ConstantType.Ellipsis) return { text: '...', isTyping: false };
        return undefined;
      case NodeKind.Name:
      case NodeKind.Attribute: {
        const value = valueOf(this.evaluator, node, this.scope);
        if (value?.type === 'class') return { text: typeRepr(value), isTyping: false };
        return value && namedRepr(value);
      }
      case NodeKind.Subscript:
        return this.subscript(node.value, node.slice, depth);
      case NodeKind.BinOp: {
        if (node.op !== Operator.BitOr) return undefined;
        return this.union([node.left, node.right], depth);
      }
      default:
        return undefined;
    }
  }

  /** `A | B`: types.UnionType, from 3.14 on the same as typing.Union. */
  private union(nodes: readonly Expression[], depth: number): Repr | undefined {
    const parts = nodes.map(node => this.of(node, depth + 1));
    if (parts.some(part => !part)) return undefined;
    return { text: (parts as Repr[]).map(({ text }) => text).join(' | '), isTyping: false };
  }

  private subscript(base: Expression, slice: Expression, depth: number): Repr | undefined {
    const value = valueOf(this.evaluator, base, this.scope);
    const items = slice.kind === NodeKind.Tuple ? slice.elts : [slice];
    if (value?.type === 'class') {
      const isTyping = inherits(this.evaluator, value.class, 'typing.Generic');
      const inner = this.items(items, depth, isTyping);
      return inner === undefined ? undefined : { text: `${typeRepr(value)}[${inner}]`, isTyping };
    }
    if (value?.type !== 'opaque' || value.args) return undefined;
    switch (value.qualname) {
      case 'typing.Optional':
        return this.typingUnion([...items, undefined], depth);
      case 'typing.Union':
        return this.typingUnion(items, depth);
      case 'typing.Literal': {
        const { unicode } = this.scope.module.analysis.target.dialect.tokenizer;
        const texts = items.map(item =>
          item.kind === NodeKind.Constant ? repr(item.value, unicode) : undefined,
        );
        if (texts.some(text => text === undefined)) return undefined;
        return { text: `typing.Literal[${texts.join(', ')}]`, isTyping: true };
      }
      default: {
        const inner = this.items(items, depth, true);
        return inner === undefined ? undefined : { text: `${value.qualname}[${inner}]`, isTyping: true };
      }
    }
  }

  /** typing.Union; undefined stands for None. */
  private typingUnion(items: readonly (Expression | undefined)[], depth: number): Repr | undefined {
    const texts: string[] = [];
    let optional = false;
    for (const item of items) {
      if (!item || (item.kind === NodeKind.Constant && item.value.type === ConstantType.None)) {
        optional = true;
        continue;
      }
      const text = this.item(item, depth, true);
      if (text === undefined) return undefined;
      if (!texts.includes(text)) texts.push(text);
    }
    if (texts.length === 1 && !optional) return { text: texts[0], isTyping: texts[0].startsWith('typing.') };
    const { unionRepr } = this.scope.module.analysis.target.dialect.library;
    const isTyping = true;
    if (unionRepr === 'bar') return { text: [...texts, ...(optional ? ['None'] : [])].join(' | '), isTyping };
    if (optional && texts.length === 1) return { text: `typing.Optional[${texts[0]}]`, isTyping };
    return { text: `typing.Union[${[...texts, ...(optional ? ['NoneType'] : [])].join(', ')}]`, isTyping };
  }

  private items(nodes: readonly Expression[], depth: number, isTyping: boolean): string | undefined {
    const texts = nodes.map(node => this.item(node, depth, isTyping));
    return texts.some(text => text === undefined) ? undefined : texts.join(', ');
  }

  /** An argument of a generic type; typing makes references of strings, and the type of None. */
  private item(node: Expression, depth: number, isTyping: boolean): string | undefined {
    if (node.kind === NodeKind.List) {
      const inner = this.items(node.elts, depth + 1, isTyping);
      return inner === undefined ? undefined : `[${inner}]`;
    }
    if (node.kind === NodeKind.Constant && node.value.type === ConstantType.Str) {
      const text = repr(node.value, this.scope.module.analysis.target.dialect.tokenizer.unicode);
      return isTyping ? `ForwardRef(${text})` : text;
    }
    if (isTyping && node.kind === NodeKind.Constant && node.value.type === ConstantType.None)
      return 'NoneType';
    return this.of(node, depth + 1)?.text;
  }
}

/** CPython: typing._type_repr() */
function typeRepr(value: Extract<Value, { type: 'class' }>): string {
  return classModule(value.class) === 'builtins' ? classQualname(value.class) : className(value.class);
}
