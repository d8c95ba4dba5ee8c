// Where each block binds names: one walk over the block's own statements, kept, so that a lookup is a lookup. Keys
// are names as compiled (mangled), and dotted chains such as `self.x` for what is assigned to attributes.
import { NodeKind, Operator } from '../../python/ast/kinds.ts';
import type { Arg, Expression, Yield, YieldFrom } from '../../python/ast/expressions.ts';
import type {
  Alias,
  AugAssign,
  ClassDef,
  ExceptHandler,
  FunctionDef,
  Import,
  ImportFrom,
  Node,
  Pattern,
  Return,
  Statement,
  TypeAlias,
  TypeParam,
} from '../../python/ast/nodes.ts';
import { forEachChild } from '../../python/ast/visitor.ts';
import type { SymbolTableEntry } from '../../python/symtable/entry.ts';
import { BlockType } from '../../python/symtable/flags.ts';
import { mangledIn } from '../../python/symtable/mangle.ts';
import { isComprehension, isFunction, parametersOf } from '../../python/ast/parts.ts';

/** One step of taking a sequence apart: its item number `index`, of `before` items, a starred one and `after` more. */
export interface Unpacking {
  readonly index: number;
  /** How many targets stand behind this one. */
  readonly behind: number;
  readonly starred: boolean;
  /** Behind a starred target: counted from the end. */
  readonly afterStar: boolean;
}

interface Bound {
  /** Where the target stands; orders the bindings of a block. */
  readonly start: number;
  /** Where it takes effect. */
  readonly end: number;
}

/** Something that binds (or unbinds) a key. */
export type Binding = Bound &
  (
    | {
        readonly type: 'assign';
        readonly key: string;
        readonly value: Expression;
        readonly path: readonly Unpacking[];
      }
    /** `within`: the comprehension that it stands in, if it does. */
    | { readonly type: 'walrus'; readonly value: Expression; readonly within: Node | undefined }
    | { readonly type: 'augment'; readonly node: AugAssign }
    | { readonly type: 'annotated'; readonly annotation: Expression; readonly value: Expression | null }
    | {
        readonly type: 'loop';
        readonly iter: Expression;
        readonly path: readonly Unpacking[];
        readonly isAsync: boolean;
      }
    | {
        readonly type: 'with';
        readonly value: Expression;
        readonly path: readonly Unpacking[];
        readonly isAsync: boolean;
      }
    | { readonly type: 'except'; readonly node: ExceptHandler; readonly isStar: boolean }
    | { readonly type: 'import'; readonly node: Import; readonly alias: Alias }
    | { readonly type: 'from'; readonly node: ImportFrom; readonly alias: Alias }
    | { readonly type: 'star'; readonly node: ImportFrom; readonly name: string }
    | { readonly type: 'function'; readonly node: FunctionDef }
    | { readonly type: 'class'; readonly node: ClassDef }
    | { readonly type: 'parameter'; readonly node: Arg }
    | { readonly type: 'pattern'; readonly subject: Expression; readonly path: readonly PatternStep[] }
    | { readonly type: 'typeparam'; readonly node: TypeParam }
    | { readonly type: 'typealias'; readonly node: TypeAlias }
    | { readonly type: 'delete' }
  );

/** How a capture's value follows from a match statement's subject. */
export type PatternStep =
  | { readonly type: 'class'; readonly cls: Expression }
  | { readonly type: 'attribute'; readonly cls: Expression; readonly name: string }
  | { readonly type: 'positional'; readonly cls: Expression; readonly index: number }
  | { readonly type: 'value'; readonly value: Expression }
  | { readonly type: 'item'; readonly unpacking: Unpacking }
  | { readonly type: 'mapping' }
  | { readonly type: 'unknown' };

/** What is put into a container that a key names: `key.append(value)`, `key[…] = value`. */
export interface ContentWrite {
  readonly type: 'item' | 'items' | 'value' | 'mapping';
  /** Of a mapping's value its key. */
  readonly key: Expression | undefined;
  readonly value: Expression;
}

/** What one block binds, returns and yields. */
export interface BlockIndex {
  readonly entry: SymbolTableEntry;
  /** In the order of the source. */
  readonly bindings: ReadonlyMap<string, readonly Binding[]>;
  /** What is put into containers, by the container's key. */
  readonly contents: ReadonlyMap<string, readonly ContentWrite[]>;
  /** `from x import *`, in the order of the source. */
  readonly stars: readonly ImportFrom[];
  readonly returns: readonly Return[];
  readonly yields: readonly (Yield | YieldFrom)[];
}

/** Indexes a block: of a module, class, function, lambda, comprehension or of type parameters. */
export function indexBlock(entry: SymbolTableEntry, text: string): BlockIndex {
  return new Indexer(entry, text).index();
}

/** `self.x.y` of a chain of attributes on a name, mangled as in a block; undefined for other expressions. */
export function dottedKey(node: Expression, entry: SymbolTableEntry): string | undefined {
  if (node.kind === NodeKind.Name) return mangledIn(entry, node.id);
  if (node.kind !== NodeKind.Attribute) return undefined;
  let depth = 0;
  let inner: Expression = node;
  for (; inner.kind === NodeKind.Attribute; inner = inner.value) if (++depth > MOST_DOTS) return undefined;
  if (inner.kind !== NodeKind.Name) return undefined;
  let text = '';
  for (inner = node; inner.kind === NodeKind.Attribute; inner = inner.value)
    text = `.${mangledIn(entry, inner.attr)}${text}`;
  return inner.kind === NodeKind.Name ? mangledIn(entry, inner.id) + text : undefined;
}

const MOST_DOTS = 5;

/** Methods that put their last argument into a container. */
const CONTENT_METHODS: ReadonlyMap<string, ContentWrite['type']> = new Map([
  ['append', 'item'],
  ['appendleft', 'item'],
  ['add', 'item'],
  ['insert', 'item'],
  ['extend', 'items'],
  ['extendleft', 'items'],
  ['update', 'mapping'],
  ['setdefault', 'value'],
]);

class Indexer {
  private readonly bindings = new Map<string, Binding[]>();
  private readonly contents = new Map<string, ContentWrite[]>();
  private readonly stars: ImportFrom[] = [];
  private readonly returns: Return[] = [];
  private readonly yields: (Yield | YieldFrom)[] = [];
  /** Whether expressions need to be looked into. */
  private readonly deep: boolean;

  constructor(
    private readonly entry: SymbolTableEntry,
    text: string,
  ) {
    const { node } = entry;
    const walrus = text.indexOf(':=', node.start);
    this.deep = entry.generator || (walrus >= 0 && walrus < node.end);
  }

  index(): BlockIndex {
    const { node, type } = this.entry;
    if (type === BlockType.TypeParameters) {
      if (isFunction(node) || node.kind === NodeKind.ClassDef || node.kind === NodeKind.TypeAlias)
        for (const parameter of node.type_params) this.typeParameter(parameter);
    } else if (type === BlockType.Function || type === BlockType.Class || type === BlockType.Module) {
      this.block(node);
    }
    for (const list of this.bindings.values()) list.sort((a, b) => a.start - b.start);
    const { entry, bindings, contents, stars, returns, yields } = this;
    return { entry, bindings, contents, stars, returns, yields };
  }

  private block(node: Node): void {
    switch (node.kind) {
      case NodeKind.FunctionDef:
      case NodeKind.AsyncFunctionDef:
        for (const arg of parametersOf(node)) this.parameter(arg);
        this.statements(node.body);
        return;
      case NodeKind.ClassDef:
      case NodeKind.Module:
        this.statements(node.body);
        return;
      case NodeKind.Lambda:
        for (const arg of parametersOf(node)) this.parameter(arg);
        this.expression(node.body);
        return;
      case NodeKind.ListComp:
      case NodeKind.SetComp:
      case NodeKind.DictComp:
      case NodeKind.GeneratorExp:
        for (const { target, iter, is_async: isAsync } of node.generators) {
          this.target(target, iter.end, (path, start, end) => ({
            type: 'loop',
            iter,
            path,
            isAsync,
            start,
            end,
          }));
        }
        return;
      default:
    }
  }

  private add(key: string, binding: Binding): void {
    push(this.bindings, key, binding);
  }

  private bind(name: string, binding: Binding): void {
    this.add(mangledIn(this.entry, name), binding);
  }

  private parameter(node: Arg): void {
    this.bind(node.arg, { type: 'parameter', node, start: node.start, end: node.start });
  }

  private typeParameter(node: TypeParam): void {
    this.bind(node.name, { type: 'typeparam', node, start: node.start, end: node.end });
  }

  private statements(list: readonly Statement[]): void {
    for (const statement of list) this.statement(statement);
  }

  private statement(node: Statement): void {
    switch (node.kind) {
      case NodeKind.FunctionDef:
      case NodeKind.AsyncFunctionDef:
        this.bind(node.name, { type: 'function', node, start: node.start, end: node.end });
        this.expressions(node.decorator_list);
        this.expressions(node.args.defaults);
        return;
      case NodeKind.ClassDef:
        this.bind(node.name, { type: 'class', node, start: node.start, end: node.end });
        this.expressions(node.bases);
        return;
      case NodeKind.Return:
        this.returns.push(node);
        if (node.value) this.expression(node.value);
        return;
      case NodeKind.Delete:
        for (const target of node.targets) this.deleted(target);
        return;
      case NodeKind.Assign: {
        this.expression(node.value);
        const { value, end } = node;
        for (const target of node.targets)
          this.target(target, end, (path, start, at, key) => ({
            type: 'assign',
            key,
            value,
            path,
            start,
            end: at,
          }));
        for (const target of node.targets) this.contentTarget(target, value);
        return;
      }
      case NodeKind.AugAssign: {
        this.expression(node.value);
        const key = dottedKey(node.target, this.entry);
        if (key === undefined) return;
        this.add(key, { type: 'augment', node, start: node.start, end: node.end });
        if (node.op === Operator.Add)
          push(this.contents, key, { type: 'items', key: undefined, value: node.value });
        return;
      }
      case NodeKind.AnnAssign: {
        if (node.value) this.expression(node.value);
        const { annotation, value, start, end } = node;
        const key = dottedKey(node.target, this.entry);
        if (key !== undefined) this.add(key, { type: 'annotated', annotation, value, start, end });
        return;
      }
      case NodeKind.TypeAlias:
        if (node.name.kind === NodeKind.Name)
          this.bind(node.name.id, { type: 'typealias', node, start: node.start, end: node.end });
        return;
      case NodeKind.For:
      case NodeKind.AsyncFor: {
        const { iter } = node;
        const isAsync = node.kind === NodeKind.AsyncFor;
        this.expression(iter);
        this.target(node.target, iter.end, (path, start, end) => ({
          type: 'loop',
          iter,
          path,
          isAsync,
          start,
          end,
        }));
        this.statements(node.body);
        this.statements(node.orelse);
        return;
      }
      case NodeKind.While:
      case NodeKind.If:
        this.expression(node.test);
        this.statements(node.body);
        this.statements(node.orelse);
        return;
      case NodeKind.With:
      case NodeKind.AsyncWith: {
        const isAsync = node.kind === NodeKind.AsyncWith;
        for (const { context_expr: value, optional_vars: target } of node.items) {
          this.expression(value);
          if (target)
            this.target(target, target.end, (path, start, end) => ({
              type: 'with',
              value,
              path,
              isAsync,
              start,
              end,
            }));
        }
        this.statements(node.body);
        return;
      }
      case NodeKind.Match:
        this.expression(node.subject);
        for (const { pattern, guard, body } of node.cases) {
          this.pattern(pattern, node.subject, []);
          if (guard) this.expression(guard);
          this.statements(body);
        }
        return;
      case NodeKind.Try:
      case NodeKind.TryStar:
        this.statements(node.body);
        for (const handler of node.handlers) {
          if (handler.name !== null)
            this.bind(handler.name, {
              type: 'except',
              node: handler,
              isStar: node.kind === NodeKind.TryStar,
              start: handler.start,
              end: handler.body[0]?.start ?? handler.end,
            });
          this.statements(handler.body);
        }
        this.statements(node.orelse);
        this.statements(node.finalbody);
        return;
      case NodeKind.Import:
        for (const alias of node.names) {
          const name = alias.asname ?? alias.name.split('.', 1)[0];
          this.bind(name, { type: 'import', node, alias, start: alias.start, end: node.end });
        }
        return;
      case NodeKind.ImportFrom:
        for (const alias of node.names) {
          if (alias.name === '*') this.stars.push(node);
          else
            this.bind(alias.asname ?? alias.name, {
              type: 'from',
              node,
              alias,
              start: alias.start,
              end: node.end,
            });
        }
        return;
      case NodeKind.Expr:
        this.contentCall(node.value);
        this.expression(node.value);
        return;
      case NodeKind.Assert:
        this.expression(node.test);
        return;
      default:
    }
  }

  /** `key[…] = value` */
  private contentTarget(target: Expression, value: Expression): void {
    if (target.kind !== NodeKind.Subscript || target.slice.kind === NodeKind.Slice) return;
    const key = dottedKey(target.value, this.entry);
    if (key !== undefined) push(this.contents, key, { type: 'value', key: target.slice, value });
  }

  /** `key.append(value)` */
  private contentCall(node: Expression): void {
    if (node.kind !== NodeKind.Call || node.func.kind !== NodeKind.Attribute || node.args.length === 0)
      return;
    const type = CONTENT_METHODS.get(node.func.attr);
    const key = type && dottedKey(node.func.value, this.entry);
    if (type === undefined || key === undefined) return;
    const value = node.args[node.args.length - 1];
    if (value.kind === NodeKind.Starred) return;
    push(this.contents, key, { type, key: type === 'value' ? node.args[0] : undefined, value });
  }

  private deleted(target: Expression): void {
    if (target.kind === NodeKind.Tuple || target.kind === NodeKind.List) {
      for (const item of target.elts) this.deleted(item);
      return;
    }
    const key = dottedKey(target, this.entry);
    if (key !== undefined) this.add(key, { type: 'delete', start: target.start, end: target.end });
  }

  private target(
    node: Expression,
    effect: number,
    make: (path: readonly Unpacking[], start: number, end: number, key: string) => Binding,
    path: readonly Unpacking[] = [],
  ): void {
    switch (node.kind) {
      case NodeKind.Name:
      case NodeKind.Attribute: {
        const key = dottedKey(node, this.entry);
        if (key !== undefined) this.add(key, make(path, node.start, effect, key));
        return;
      }
      case NodeKind.Starred:
        this.target(node.value, effect, make, path);
        return;
      case NodeKind.Tuple:
      case NodeKind.List: {
        if (path.length >= MOST_DOTS) return;
        const star = node.elts.findIndex(item => item.kind === NodeKind.Starred);
        node.elts.forEach((item, index) => {
          const unpacking = {
            index,
            behind: node.elts.length - 1 - index,
            starred: index === star,
            afterStar: star >= 0 && index > star,
          };
          this.target(item, effect, make, [...path, unpacking]);
        });
        return;
      }
      default:
    }
  }

  private pattern(node: Pattern, subject: Expression, path: readonly PatternStep[]): void {
    const capture = (name: string, at: readonly PatternStep[]): void =>
      this.bind(name, { type: 'pattern', subject, path: at, start: node.start, end: node.end });
    switch (node.kind) {
      case NodeKind.MatchAs: {
        const inner = node.pattern;
        if (inner) this.pattern(inner, subject, path);
        if (node.name === null) return;
        if (inner?.kind === NodeKind.MatchClass)
          capture(node.name, [...path, { type: 'class', cls: inner.cls }]);
        else if (inner?.kind === NodeKind.MatchValue)
          capture(node.name, [...path, { type: 'value', value: inner.value }]);
        else capture(node.name, path);
        return;
      }
      case NodeKind.MatchStar:
        if (node.name !== null) capture(node.name, path);
        return;
      case NodeKind.MatchOr:
        for (const inner of node.patterns) this.pattern(inner, subject, path);
        return;
      case NodeKind.MatchSequence: {
        const star = node.patterns.findIndex(item => item.kind === NodeKind.MatchStar);
        node.patterns.forEach((inner, index) => {
          const unpacking = {
            index,
            behind: node.patterns.length - 1 - index,
            starred: index === star,
            afterStar: star >= 0 && index > star,
          };
          this.pattern(inner, subject, [...path, { type: 'item', unpacking }]);
        });
        return;
      }
      case NodeKind.MatchMapping:
        for (const inner of node.patterns) this.pattern(inner, subject, [...path, { type: 'mapping' }]);
        if (node.rest !== null) capture(node.rest, [...path, { type: 'unknown' }]);
        return;
      case NodeKind.MatchClass:
        node.patterns.forEach((inner, index) => {
          this.pattern(inner, subject, [...path, { type: 'positional', cls: node.cls, index }]);
        });
        node.kwd_patterns.forEach((inner, i) => {
          const name = node.kwd_attrs[i];
          this.pattern(inner, subject, [...path, { type: 'attribute', cls: node.cls, name }]);
        });
        return;
      default:
    }
  }

  private expressions(nodes: readonly Expression[]): void {
    if (this.deep) for (const node of nodes) this.expression(node);
  }

  /** Walruses and yields. */
  private expression(root: Expression): void {
    if (!this.deep) return;
    const stack: { node: Node; within: Node | undefined }[] = [{ node: root, within: undefined }];
    for (let next = stack.pop(); next; next = stack.pop()) {
      const { node, within } = next;
      if (node.kind === NodeKind.Lambda) continue;
      if (node.kind === NodeKind.NamedExpr && node.target.kind === NodeKind.Name) {
        const { value, target, start, end } = node;
        this.bind(target.id, { type: 'walrus', value, within, start, end });
      } else if ((node.kind === NodeKind.Yield || node.kind === NodeKind.YieldFrom) && !within) {
        this.yields.push(node);
      }
      const around = isComprehension(node) ? node : within;
      forEachChild(node, child => stack.push({ node: child, within: around }));
    }
  }
}

function push<Item>(lists: Map<string, Item[]>, key: string, item: Item): void {
  const list = lists.get(key);
  if (list) list.push(item);
  else lists.set(key, [item]);
}
