// Which callable of the same file an expression names: functions, lambdas, classes, methods of `self`, `cls`, super()
// and of instances made in sight. What cannot be told from the text of the file is not answered.
import { NodeKind } from '../python/ast/kinds.ts';
import type { ClassDef, Expression, FunctionDef, Lambda, Node } from '../python/ast/nodes.ts';
import { CodeFlags } from '../python/code/flags.ts';
import { boundMethodSignature, type Signature, signatureOf } from '../python/inspect/signature.ts';
import type { Analysis } from '../python/index.ts';
import type { SymbolTableEntry } from '../python/symtable/entry.ts';
import { BlockType, Scope, SymbolFlags } from '../python/symtable/flags.ts';
import { mangle } from '../python/symtable/mangle.ts';
import { boundName, enclosingClassName, visitBlock, ownerOf } from './names.ts';
import { isFunction } from './nodes.ts';

/** What stands before the parenthesis of a call, as far as it can name a callable. */
export type Callee =
  | { readonly type: 'name'; readonly name: string }
  | { readonly type: 'attribute'; readonly value: Callee; readonly attr: string }
  | { readonly type: 'call'; readonly func: Callee };

/** A callable, and how it is called. */
export interface Callable {
  /** `f`, `C`, `method`. */
  readonly name: string;
  readonly signature: Signature;
  /** Where it is defined. */
  readonly node: FunctionDef | Lambda | ClassDef;
  /** What else decides about the call: decorators and base classes whose effect is not known. */
  readonly caveats: readonly string[];
}

/** A value, as far as it can be told. */
type Value =
  | {
      readonly type: 'function';
      readonly name: string;
      readonly node: FunctionDef | Lambda;
      readonly entry: SymbolTableEntry;
      readonly bound: boolean;
    }
  | { readonly type: 'class'; readonly node: ClassDef }
  | { readonly type: 'instance'; readonly node: ClassDef }
  | { readonly type: 'super'; readonly node: ClassDef; readonly ofClass: boolean };

/** Aliases, instances and bases are followed so far; longer chains may be circles. */
const MOST_STEPS = 12;

/** Decorators that leave the signature that inspect shows as it is. */
const TRANSPARENT = new Set([
  'abc.abstractmethod',
  'abstractmethod',
  'asynccontextmanager',
  'atexit.register',
  'cache',
  'classmethod',
  'contextlib.asynccontextmanager',
  'contextlib.contextmanager',
  'contextmanager',
  'final',
  'functools.cache',
  'functools.lru_cache',
  'lru_cache',
  'overload',
  'override',
  'staticmethod',
  'types.coroutine',
  'typing.final',
  'typing.overload',
  'typing.override',
]);

/**
 * The callables that a callee can mean in a block, the one defined last before `offset` first. Several where a name
 * is bound more than once.
 */
export function callablesOf(
  analysis: Analysis,
  callee: Callee,
  entry: SymbolTableEntry,
  offset: number,
): Callable[] {
  const resolver = new Resolver(analysis, offset);
  const found: Callable[] = [];
  for (const value of resolver.values(callee, entry)) {
    const callable = resolver.callable(value);
    if (callable && !found.some(({ node }) => node === callable.node)) found.push(callable);
  }
  return found;
}

class Resolver {
  private steps = 0;

  constructor(
    private readonly analysis: Analysis,
    private readonly offset: number,
  ) {}

  values(callee: Callee, entry: SymbolTableEntry): Value[] {
    if (++this.steps > MOST_STEPS) return [];
    switch (callee.type) {
      case 'name':
        return this.named(callee.name, entry);
      case 'attribute':
        return this.values(callee.value, entry).flatMap(value => this.attribute(value, callee.attr, entry));
      case 'call': {
        if (callee.func.type === 'name' && callee.func.name === 'super') return this.superOf(entry);
        return this.values(callee.func, entry).flatMap((value): Value[] =>
          value.type === 'class' ? [{ type: 'instance', node: value.node }] : [],
        );
      }
    }
  }

  // ---- Names -----------------------------------------------------------------------------------------------

  private named(spelled: string, entry: SymbolTableEntry): Value[] {
    const name = mangle(enclosingClassName(entry), spelled);
    const block = this.bindingBlock(name, entry);
    if (!block) return [];
    const bindings: { start: number; value: Value }[] = [];
    const { symbolTable } = this.analysis;
    visitBlock(this.analysis, block, node => {
      const value = this.bound(node, name, block);
      if (value) bindings.push({ start: node.start, value });
      return undefined;
    });
    const before = bindings.filter(({ start }) => start < this.offset);
    // What runs later can see what is defined later.
    const visible = block === entry && block !== symbolTable.top && before.length > 0 ? before : bindings;
    const rank = (start: number): number =>
      start < this.offset ? this.offset - start : start + this.analysis.text.length;
    return visible.sort((a, b) => rank(a.start) - rank(b.start)).map(({ value }) => value);
  }

  /** The block whose binding a name means. */
  private bindingBlock(name: string, entry: SymbolTableEntry): SymbolTableEntry | undefined {
    const { top } = this.analysis.symbolTable;
    switch (entry.scope(name)) {
      case Scope.LOCAL:
      case Scope.CELL:
        return entry;
      case Scope.FREE:
        return ownerOf(name, entry) ?? top;
      case Scope.GLOBAL_EXPLICIT:
      case Scope.GLOBAL_IMPLICIT:
        return top;
      default:
        // Broken text: the tree may lack the very call. Look outwards as the symbol table would.
        for (let block: SymbolTableEntry | null = entry; block; block = block.parent) {
          const visible = block === entry || block.type !== BlockType.Class;
          if (visible && (block.flags(name) & SymbolFlags.DEF_BOUND) !== 0) return block;
        }
        return undefined;
    }
  }

  /** What a node binds a name to. */
  private bound(node: Node, name: string, block: SymbolTableEntry): Value | undefined {
    const mangled = (spelled: string): string => mangle(enclosingClassName(block), spelled);
    if (
      node.kind === NodeKind.Assign ||
      node.kind === NodeKind.NamedExpr ||
      node.kind === NodeKind.AnnAssign
    ) {
      const targets = node.kind === NodeKind.Assign ? node.targets : [node.target];
      const named = targets.some(target => target.kind === NodeKind.Name && mangled(target.id) === name);
      return named && node.value ? this.valueOf(node.value, name, block) : undefined;
    }
    const spelled = boundName(node);
    if (spelled === undefined || mangled(spelled) !== name) return undefined;
    if (isFunction(node)) return { type: 'function', name: node.name, node, entry: block, bound: false };
    if (node.kind === NodeKind.ClassDef) return { type: 'class', node };
    if (node.kind === NodeKind.Arg) return this.firstArgument(name, block);
    return undefined;
  }

  /** What an expression on the right of an assignment gives. */
  private valueOf(node: Expression, name: string, block: SymbolTableEntry): Value | undefined {
    if (node.kind === NodeKind.Lambda) return { type: 'function', name, node, entry: block, bound: false };
    const callee = calleeOf(node);
    const values = callee ? this.values(callee, block) : [];
    return values.length === 1 ? values[0] : undefined;
  }

  /** `self` and `cls`: the first parameter of a method. */
  private firstArgument(name: string, block: SymbolTableEntry): Value | undefined {
    const { node, parent } = block;
    if (!isFunction(node) || parent?.type !== BlockType.Class || parent.node.kind !== NodeKind.ClassDef)
      return undefined;
    const first = [...node.args.posonlyargs, ...node.args.args][0];
    if (first === undefined || mangle(parent.name, first.arg) !== name) return undefined;
    const decorators = node.decorator_list.map(dotted);
    if (decorators.includes('staticmethod') && node.name !== '__new__') return undefined;
    const isClass = decorators.includes('classmethod') || CLASS_METHODS.has(node.name);
    return { type: isClass ? 'class' : 'instance', node: parent.node };
  }

  // ---- Attributes ------------------------------------------------------------------------------------------

  private attribute(value: Value, attr: string, entry: SymbolTableEntry): Value[] {
    if (value.type === 'function') return [];
    const name = mangle(enclosingClassName(entry), attr);
    const ofInstance = value.type === 'instance' || (value.type === 'super' && !value.ofClass);
    const mro = this.mro(value.node);
    const classes = value.type === 'super' ? mro.slice(1) : mro;
    for (const owner of classes) {
      if (owner === 'unknown') return [];
      const members = this.members(owner, name);
      if (members.length > 0) return members.flatMap(member => bindMember(member, ofInstance));
    }
    return [];
  }

  /** What a class body itself binds a name to. */
  private members(node: ClassDef, name: string): Value[] {
    const block = this.analysis.symbolTable.block(node);
    if (!block || (block.flags(name) & SymbolFlags.DEF_BOUND) === 0) return [];
    const values: { start: number; value: Value }[] = [];
    visitBlock(this.analysis, block, inner => {
      const value = this.bound(inner, name, block);
      if (value) values.push({ start: inner.start, value });
      return undefined;
    });
    // The last one is what the class has in the end.
    return values.sort((a, b) => b.start - a.start).map(({ value }) => value);
  }

  private superOf(entry: SymbolTableEntry): Value[] {
    for (let block: SymbolTableEntry | null = entry; block; block = block.parent) {
      const { node, parent } = block;
      if (!isFunction(node) || parent?.type !== BlockType.Class || parent.node.kind !== NodeKind.ClassDef)
        continue;
      const ofClass =
        node.decorator_list.some(decorator => dotted(decorator) === 'classmethod') ||
        CLASS_METHODS.has(node.name);
      return [{ type: 'super', node: parent.node, ofClass }];
    }
    return [];
  }

  /**
   * The method resolution order as far as the file tells it: `unknown` stands for bases from elsewhere and all that
   * may follow them. CPython: Objects/typeobject.c, mro_implementation().
   */
  private mro(node: ClassDef, depth = 0): (ClassDef | 'unknown')[] {
    if (depth > MOST_STEPS) return [node, 'unknown'];
    const bases: (ClassDef | 'unknown')[] = [];
    const parent = this.blockAround(node);
    for (const base of node.bases) {
      if (dotted(base) === 'object') continue;
      const callee = calleeOf(base.kind === NodeKind.Subscript ? base.value : base);
      const values = callee && parent ? this.values(callee, parent) : [];
      const value = values.length === 1 ? values[0] : undefined;
      bases.push(value?.type === 'class' ? value.node : 'unknown');
    }
    const lists = bases.map(base => (base === 'unknown' ? [base] : this.mro(base, depth + 1)));
    return [node, ...merge([...lists, bases])];
  }

  private blockAround(node: ClassDef): SymbolTableEntry | undefined {
    const { symbolTable } = this.analysis;
    let block = symbolTable.block(node)?.parent ?? null;
    while (block?.type === BlockType.TypeParameters) block = block.parent;
    return block ?? undefined;
  }

  // ---- Signatures ------------------------------------------------------------------------------------------

  callable(value: Value): Callable | undefined {
    switch (value.type) {
      case 'function':
        return this.functionCallable(value.name, value);
      case 'class':
        return this.classCallable(value.node);
      case 'instance':
        return this.attribute(value, '__call__', this.analysis.symbolTable.top)
          .map(call => (call.type === 'function' ? this.functionCallable('__call__', call) : undefined))
          .find(call => call !== undefined);
      case 'super':
        return undefined;
    }
  }

  private functionCallable(
    name: string,
    { node, entry, bound }: Extract<Value, { type: 'function' }>,
  ): Callable | undefined {
    const plain = this.signature(node, entry);
    const signature = bound ? boundMethodSignature(plain) : plain;
    return signature && { name, signature, node, caveats: isFunction(node) ? opaqueDecorators(node) : [] };
  }

  private signature(node: FunctionDef | Lambda, entry: SymbolTableEntry): Signature {
    const { symbolTable, target } = this.analysis;
    return signatureOf(node, {
      privateName: enclosingClassName(entry),
      stringAnnotations: (symbolTable.futureFeatures & CodeFlags.FUTURE_ANNOTATIONS) !== 0,
      dialect: target.dialect,
    });
  }

  /** A class's signature is that of its `__new__` or `__init__`. CPython: Lib/inspect.py, _signature_from_callable(). */
  private classCallable(node: ClassDef): Callable | undefined {
    // A metaclass may define __call__, whatever the class says.
    if (node.keywords.some(({ arg }) => arg === 'metaclass' || arg === null)) return undefined;
    const mro = this.mro(node);
    const found = this.constructorOf(mro);
    const caveats = opaqueDecorators(node);
    if (!found) {
      // Nobody defines one: object's own takes nothing. A decorator or a base from elsewhere may.
      if (mro.includes('unknown') || caveats.length > 0) return undefined;
      return { name: node.name, signature: { parameters: [] }, node, caveats: [] };
    }
    const signature = boundMethodSignature(this.signature(found.node, found.entry));
    if (!signature) return undefined;
    if (isFunction(found.node)) caveats.push(...opaqueDecorators(found.node));
    return { name: node.name, signature, node, caveats };
  }

  private constructorOf(
    mro: readonly (ClassDef | 'unknown')[],
  ): Extract<Value, { type: 'function' }> | undefined {
    const own = (node: ClassDef, name: string): Extract<Value, { type: 'function' }> | undefined => {
      const member = this.members(node, name)[0];
      return member?.type === 'function' ? member : undefined;
    };
    /** The first of the MRO that has one of the names; undefined if that cannot be told. */
    const search = (names: readonly string[]): Extract<Value, { type: 'function' }> | undefined => {
      for (const node of mro) {
        if (node === 'unknown') return undefined;
        for (const name of names) {
          const found = own(node, name);
          if (found) return found;
        }
      }
      return undefined;
    };
    const { classSignature } = this.analysis.target.dialect.inspect;
    if (classSignature === 'mro') return search(['__new__', '__init__']);
    const first = mro[0];
    if (classSignature === 'own' && first !== undefined && first !== 'unknown') {
      const found = own(first, '__new__') ?? own(first, '__init__');
      if (found) return found;
    }
    const found = search(['__new__']);
    if (found || mro.includes('unknown')) return found;
    return search(['__init__']);
  }
}

const CLASS_METHODS = new Set(['__new__', '__init_subclass__', '__class_getitem__']);

/** What looking up a member of a class gives: methods are bound, properties are computed. */
function bindMember(member: Value, ofInstance: boolean): Value[] {
  if (member.type !== 'function') return [member];
  const { node } = member;
  const decorators = isFunction(node) ? node.decorator_list.map(dotted) : [];
  if (decorators.includes('staticmethod')) return [{ ...member, bound: false }];
  if (isFunction(node) && node.name === '__new__') return [{ ...member, bound: false }];
  const ofClass = decorators.includes('classmethod') || (isFunction(node) && CLASS_METHODS.has(node.name));
  if (ofClass) return [{ ...member, bound: true }];
  if (
    decorators.some(
      decorator =>
        decorator === 'property' || decorator?.endsWith('.setter') || decorator?.endsWith('cached_property'),
    )
  )
    return [];
  return [{ ...member, bound: ofInstance }];
}

/** The decorators whose effect on the signature is not known. */
function opaqueDecorators({ decorator_list }: FunctionDef | ClassDef): string[] {
  return decorator_list.flatMap(decorator => {
    const name = dotted(decorator.kind === NodeKind.Call ? decorator.func : decorator);
    return name !== undefined && TRANSPARENT.has(name) ? [] : [`@${name ?? '…'}`];
  });
}

/** `a.b.c` as text; undefined for other expressions. */
function dotted(node: Expression): string | undefined {
  let text = '';
  let inner = node;
  for (; inner.kind === NodeKind.Attribute; inner = inner.value) text = `.${inner.attr}${text}`;
  return inner.kind === NodeKind.Name ? inner.id + text : undefined;
}

/** A callee made of an expression of the tree. */
function calleeOf(node: Expression, depth = 0): Callee | undefined {
  if (depth > MOST_STEPS) return undefined;
  switch (node.kind) {
    case NodeKind.Name:
      return { type: 'name', name: node.id };
    case NodeKind.Attribute: {
      const value = calleeOf(node.value, depth + 1);
      return value && { type: 'attribute', value, attr: node.attr };
    }
    case NodeKind.Call: {
      const func = calleeOf(node.func, depth + 1);
      return func && { type: 'call', func };
    }
    default:
      return undefined;
  }
}

/** C3: the heads that are in no other list's tail, one after the other; what cannot be ordered is unknown. */
function merge(lists: readonly (readonly (ClassDef | 'unknown')[])[]): (ClassDef | 'unknown')[] {
  const result: (ClassDef | 'unknown')[] = [];
  let left = lists.filter(list => list.length > 0);
  while (left.length > 0) {
    const head = left.map(list => list[0]).find(first => left.every(list => !list.slice(1).includes(first)));
    if (head === undefined || head === 'unknown') return [...result, 'unknown'];
    result.push(head);
    left = left.map(list => (list[0] === head ? list.slice(1) : list)).filter(list => list.length > 0);
  }
  return result;
}
