// What an annotation is once CPython has evaluated it, as far as formatannotation() and repr() show it.
// CPython: Lib/typing.py, _type_repr() and the __repr__ of its aliases; Objects/genericaliasobject.c, ga_repr().
import { NodeKind, Operator } from '../../python/ast/kinds.ts';
import type { Expression } from '../../python/ast/expressions.ts';
import type { AnnAssign, Assign, Node, Statement } from '../../python/ast/nodes.ts';
import { repr } from '../../python/constants/repr.ts';
import { ConstantType } from '../../python/constants/values.ts';
import type { Dialect } from '../../python/versions/dialect.ts';
import type { AnnotationValue } from '../../python/inspect/annotation.ts';
import { className, classModule, classQualname } from '../classes/names.ts';
import { inherits } from '../classes/mro.ts';
import type { Class, Evaluator, EvaluationScope, Value } from '../values.ts';

const MOST_DEPTH = 20;

/** What an annotation is; undefined where that is not known: then its text is shown. */
export function annotationValue(
  evaluator: Evaluator,
  node: Expression,
  scope: EvaluationScope,
): AnnotationValue | undefined {
  const reprs = new AnnotationRepr(evaluator, scope);
  const cls = reprs.classOf(node);
  if (cls) {
    const [module, qualname] = [classModule(cls), classQualname(cls)];
    // What belongs to typing is not looked at as a class.
    if (module === 'typing') return { type: 'typing', repr: typingClassRepr(qualname) };
    return { type: 'class', module, qualname };
  }
  const found = reprs.of(node, 0);
  return found && { type: found.isTyping ? 'typing' : 'other', repr: found.text };
}

const typingClassRepr = (qualname: string): string =>
  qualname === 'Any' ? 'typing.Any' : `<class 'typing.${qualname}'>`;

/** repr() of an object, and whether it is the module typing's. */
interface Repr {
  readonly text: string;
  readonly isTyping: boolean;
}

class AnnotationRepr {
  private readonly dialect: Dialect;

  constructor(
    private readonly evaluator: Evaluator,
    private readonly scope: EvaluationScope,
  ) {
    this.dialect = scope.module.analysis.target.dialect;
  }

  /** The class that a name stands for, if it is no alias of typing's. */
  classOf(node: Expression): Class | undefined {
    if (node.kind !== NodeKind.Name && node.kind !== NodeKind.Attribute) return undefined;
    if (typingAlias(this.evaluator, node, this.scope) !== undefined) return undefined;
    const value = this.valueOf(node);
    return value?.type === 'class' && !value.args && !value.elements ? value.class : undefined;
  }

  of(node: Expression, depth: number): Repr | undefined {
    if (depth > MOST_DEPTH) return undefined;
    switch (node.kind) {
      case NodeKind.Constant:
        if (node.value.type === ConstantType.None) return { text: 'None', isTyping: false };
        if (node.value.type === ConstantType.Ellipsis) return { text: '...', isTyping: false };
        return undefined;
      case NodeKind.Name:
      case NodeKind.Attribute: {
        const alias = typingAlias(this.evaluator, node, this.scope);
        if (alias !== undefined) return { text: `typing.${alias}`, isTyping: true };
        const cls = this.classOf(node);
        if (cls) return { text: typeRepr(cls), isTyping: false };
        const value = this.valueOf(node);
        if (value?.type === 'class') return this.alias(node, depth);
        return value && this.named(value, depth);
      }
      case NodeKind.Subscript:
        return this.subscript(node.value, node.slice, depth);
      case NodeKind.BinOp:
        return node.op === Operator.BitOr ? this.bar([node.left, node.right], depth) : undefined;
      case NodeKind.Tuple:
      case NodeKind.List: {
        const items = node.elts.map(item => this.object(item, depth + 1));
        if (items.includes(undefined)) return undefined;
        const inner = items.join(', ');
        const text =
          node.kind === NodeKind.List ? `[${inner}]` : items.length === 1 ? `(${inner},)` : `(${inner})`;
        return { text, isTyping: false };
      }
      default:
        return undefined;
    }
  }

  /** What a name in an annotation means. */
  private valueOf(node: Expression): Value | undefined {
    const values = this.evaluator.evaluate(node, this.scope);
    return values.length === 1 ? values[0] : undefined;
  }

  /** repr() of a name for a subscripted class, `Pair = tuple[int, int]`, from where this module defines it. */
  private alias(node: Expression, depth: number): Repr | undefined {
    if (node.kind !== NodeKind.Name) return undefined;
    const { module } = this.scope;
    const { module: root, symbolTable } = module.analysis;
    const definition = root.body.findLast(
      (statement): statement is Assign | AnnAssign =>
        (statement.kind === NodeKind.Assign && isName(statement.targets[0], node.id)) ||
        (statement.kind === NodeKind.AnnAssign && isName(statement.target, node.id)),
    );
    const value = definition?.value;
    if (value?.kind !== NodeKind.Subscript) return undefined;
    const scope = { module, entry: symbolTable.top, offset: value.start, frame: undefined };
    return new AnnotationRepr(this.evaluator, scope).of(value, depth + 1);
  }

  /** repr() of what is no class: type variables, forms, aliases like `Path = Union[str, bytes]`. */
  private named(value: Value, depth: number): Repr | undefined {
    if (value.type === 'typevar') return { text: `${value.sign ?? ''}${value.name}`, isTyping: true };
    if (value.type !== 'opaque') return undefined;
    const { qualname, args, scope } = value;
    if (!args) return { text: qualname, isTyping: true };
    if (!scope || qualname === 'typing.TypeAliasType') return undefined;
    const inner = new AnnotationRepr(this.evaluator, scope);
    const [first] = args;
    // `A | B` is kept like typing.Union, but for where its text comes from.
    const written = qualname === 'typing.Union' && isBarred(scope, first);
    return written ? inner.bar(args, depth + 1) : inner.form(qualname, args, depth + 1);
  }

  /** repr() of an object in a tuple or list. */
  private object(node: Expression, depth: number): string | undefined {
    const cls = this.classOf(node);
    return cls ? `<class '${typeRepr(cls)}'>` : this.of(node, depth)?.text;
  }

  /** `A | B`: types.UnionType; where either is typing's, and from 3.14 on anyway, the same as typing.Union. */
  private bar(nodes: readonly Expression[], depth: number): Repr | undefined {
    const parts = nodes.map(node => this.of(node, depth + 1));
    if (parts.some(part => !part)) return undefined;
    const known = parts as Repr[];
    const isTyping = this.dialect.library.unionRepr === 'bar';
    if (!isTyping && known.some(({ isTyping }) => isTyping)) return this.typingUnion(nodes, depth);
    return { text: known.map(({ text }) => text).join(' | '), isTyping };
  }

  private subscript(base: Expression, slice: Expression, depth: number): Repr | undefined {
    const items = slice.kind === NodeKind.Tuple ? slice.elts : [slice];
    const alias = typingAlias(this.evaluator, base, this.scope);
    if (alias !== undefined) return this.form(`typing.${alias}`, items, depth);
    const value = this.valueOf(base);
    if (value?.type === 'class') {
      const isTyping = inherits(this.evaluator, value.class, 'typing.Generic');
      const inner = this.items(items, depth, isTyping);
      return inner === undefined ? undefined : { text: `${typeRepr(value.class)}[${inner}]`, isTyping };
    }
    return value?.type === 'opaque' && !value.args ? this.form(value.qualname, items, depth) : undefined;
  }

  /** A form of typing with its arguments. */
  private form(name: string, items: readonly Expression[], depth: number): Repr | undefined {
    switch (name) {
      case 'typing.Optional':
        return this.typingUnion([...items, undefined], depth);
      case 'typing.Union':
        return this.typingUnion(items, depth);
      case 'typing.Literal': {
        const { unicode } = this.dialect.tokenizer;
        const texts = items.map(item =>
          item.kind === NodeKind.Constant ? repr(item.value, unicode) : undefined,
        );
        if (texts.includes(undefined)) return undefined;
        return { text: `typing.Literal[${texts.join(', ')}]`, isTyping: true };
      }
      default: {
        const inner = this.items(items, depth, true);
        return inner === undefined ? undefined : { text: `${name}[${inner}]`, isTyping: true };
      }
    }
  }

  /** typing.Union; undefined stands for None. */
  private typingUnion(items: readonly (Expression | undefined)[], depth: number): Repr | undefined {
    const texts: string[] = [];
    let optional = false;
    let place = 0;
    const isNone = (): void => {
      if (!optional) place = texts.length;
      optional = true;
    };
    for (const item of items) {
      if (!item || (item.kind === NodeKind.Constant && item.value.type === ConstantType.None)) {
        isNone();
        continue;
      }
      const text = this.item(item, depth, true);
      if (text === undefined) return undefined;
      // A union in a union is taken apart.
      for (const part of unionParts(text)) {
        if (part === 'None' || part === 'NoneType') isNone();
        else if (!texts.includes(part)) texts.push(part);
      }
    }
    if (texts.length === 1 && !optional) return { text: texts[0], isTyping: texts[0].startsWith('typing.') };
    const isTyping = true;
    const { unionRepr } = this.dialect.library;
    const withNone = (none: string): string[] => (optional ? texts.toSpliced(place, 0, none) : texts);
    if (unionRepr === 'bar') return { text: withNone('None').join(' | '), isTyping };
    if (optional && texts.length === 1 && unionRepr === 'optional')
      return { text: `typing.Optional[${texts[0]}]`, isTyping };
    return { text: `typing.Union[${withNone('NoneType').join(', ')}]`, isTyping };
  }

  private items(nodes: readonly Expression[], depth: number, isTyping: boolean): string | undefined {
    const texts = nodes.map(node => this.item(node, depth, isTyping));
    return texts.includes(undefined) ? undefined : texts.join(', ');
  }

  /** An argument of a generic type; typing makes references of strings, and the type of None. */
  private item(node: Expression, depth: number, isTyping: boolean): string | undefined {
    if (node.kind === NodeKind.List) {
      const inner = this.items(node.elts, depth + 1, isTyping);
      return inner === undefined ? undefined : `[${inner}]`;
    }
    if (node.kind === NodeKind.Constant && node.value.type === ConstantType.Str) {
      const text = repr(node.value, this.dialect.tokenizer.unicode);
      return isTyping ? `ForwardRef(${text})` : text;
    }
    if (isTyping && node.kind === NodeKind.Constant && node.value.type === ConstantType.None)
      return 'NoneType';
    return this.of(node, depth + 1)?.text;
  }
}

const isName = (node: Expression, id: string): boolean => node.kind === NodeKind.Name && node.id === id;

/** The members of what a union was written as. */
function unionParts(text: string): string[] {
  const inner = /^typing\.(Union|Optional)\[(.*)\]$/s.exec(text);
  if (!inner) return topLevel(text, ' | ');
  const parts = topLevel(inner[2], ', ');
  return inner[1] === 'Optional' ? [...parts, 'None'] : parts;
}

/** Splits at a separator outside of brackets. */
function topLevel(text: string, separator: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '[' || text[i] === '(') depth++;
    else if (text[i] === ']' || text[i] === ')') depth--;
    else if (depth === 0 && text.startsWith(separator, i)) {
      parts.push(text.slice(start, i));
      start = i + separator.length;
    }
  }
  return [...parts, text.slice(start)];
}

/** Whether the arguments of a union were written with `|`. */
const isBarred = ({ module }: EvaluationScope, first: Expression): boolean =>
  /^\s*\)*\s*\|/.test(module.analysis.text.slice(first.end, first.end + 100));

// ---- Aliases ---------------------------------------------------------------------------------------------------

/** The names of typing that stand for classes of other modules and are shown as typing's. */
const ALIASES = new Set(
  (
    'AbstractSet AsyncContextManager AsyncGenerator AsyncIterable AsyncIterator Awaitable ByteString Callable ' +
    'ChainMap Collection Container ContextManager Coroutine Counter DefaultDict Deque Dict FrozenSet Generator ' +
    'Hashable ItemsView Iterable Iterator KeysView List Mapping MappingView Match MutableMapping MutableSequence ' +
    'MutableSet OrderedDict Pattern Reversible Sequence Set Sized Tuple Type ValuesView'
  ).split(' '),
);

const IMPORTED = new WeakMap<Node, ReadonlyMap<string, string>>();

/** Which of typing's aliases a name means, by the import that brings it; undefined for anything else. */
function typingAlias(
  evaluator: Evaluator,
  node: Expression,
  { module, entry }: EvaluationScope,
): string | undefined {
  if (node.kind === NodeKind.Attribute) {
    if (!ALIASES.has(node.attr) || node.value.kind !== NodeKind.Name) return undefined;
    const scope = { module, entry, offset: node.start, frame: undefined };
    const isTyping = evaluator
      .evaluate(node.value, scope)
      .some(value => value.type === 'module' && value.module.name === 'typing');
    return isTyping ? node.attr : undefined;
  }
  if (node.kind !== NodeKind.Name) return undefined;
  if (module.name === 'typing') return ALIASES.has(node.id) ? node.id : undefined;
  const root = module.analysis.module;
  let imported = IMPORTED.get(root);
  if (!imported) {
    const found = new Map<string, string>();
    collectImports(root.body, found);
    IMPORTED.set(root, (imported = found));
  }
  return imported.get(node.id);
}

function collectImports(body: readonly Statement[], found: Map<string, string>): void {
  for (const statement of body) {
    if (statement.kind === NodeKind.ImportFrom && statement.module === 'typing') {
      for (const { name, asname } of statement.names) if (ALIASES.has(name)) found.set(asname ?? name, name);
    } else if (statement.kind === NodeKind.If || statement.kind === NodeKind.Try) {
      collectImports(statement.body, found);
      collectImports(statement.orelse, found);
    }
  }
}

/** CPython: typing._type_repr() */
const typeRepr = (cls: Class): string =>
  classModule(cls) === 'builtins' ? classQualname(cls) : className(cls);
