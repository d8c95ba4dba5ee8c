// Bases, method resolution order and metaclass of a class, as far as its sources tell them. What is not known ends
// the order there: `complete` is false, and a lookup that finds nothing in it must not conclude that there is nothing.
import { NodeKind } from '../../python/ast/kinds.ts';
import type { Expression } from '../../python/ast/expressions.ts';
import type { BundledClass } from '../bundled/library.ts';
import { mroOf as linearise } from '../../python/inspect/mro.ts';
import type { Class, ClassValue, Evaluator, EvaluationScope, SourceClass, Value } from '../values.ts';
import { mroEntries, type WrittenBase } from './mroEntries.ts';
import { className, fullName } from './names.ts';

/** `__mro__` as far as it is known, the class itself first. */
export interface Mro {
  readonly classes: readonly Class[];
  /** Whether that is all of it; else unknown classes follow, and may stand between those after the first. */
  readonly complete: boolean;
  /** Why CPython refuses to make the class, if its bases have no order. */
  readonly typeError?: string;
}

interface Bases {
  readonly classes: readonly Class[];
  readonly complete: boolean;
}

interface Facts {
  mro?: Mro;
  /** null while it is not known. */
  metaclass?: Class | null;
  bases?: Bases;
  isInterface?: boolean;
  /** The metaclass that makes the class in the place of the one that its bases have. */
  rebuiltMetaclass?: Class;
  /**
   * The requests whose budget was used up before the MRO and the bases were known: there they are what was found, so
   * that nothing is looked for twice; the next request may find more.
   */
  mroRequest?: number | undefined;
  basesRequest?: number | undefined;
}

/** Facts live as long as the evaluator that found them out. */
const FACTS = new WeakMap<Evaluator, WeakMap<Class, Facts>>();

function factsOf(evaluator: Evaluator, cls: Class): Facts {
  let all = FACTS.get(evaluator);
  if (!all) FACTS.set(evaluator, (all = new WeakMap()));
  let facts = all.get(cls);
  if (!facts) all.set(cls, (facts = {}));
  return facts;
}

/** Whether something holds that was found in one request alone; in any if that is undefined. */
const holds = (evaluator: Evaluator, request: number | undefined): boolean =>
  request === undefined || request === evaluator.requestNumber;

/** Where the bases and keywords of a class statement are evaluated: inside its type parameters. */
function headScope({ module, node, scope }: SourceClass): EvaluationScope {
  const entry = module.analysis.symbolTable.typeParametersBlock(node);
  return entry ? { ...scope, entry } : scope;
}

/** `__bases__`: without any, `object`. */
export function basesOf(evaluator: Evaluator, cls: Class): Bases {
  const facts = factsOf(evaluator, cls);
  if (facts.bases && holds(evaluator, facts.basesRequest)) return facts.bases;
  facts.basesRequest = undefined;
  facts.bases = { classes: [], complete: false }; // for questions that come while they are being found
  const bases = findBases(evaluator, cls);
  facts.bases = bases;
  if (!evaluator.mayGoOn && !bases.complete) facts.basesRequest = evaluator.requestNumber;
  return bases;
}

function findBases(evaluator: Evaluator, cls: Class): Bases {
  const object = evaluator.builtinClass('builtins.object');
  const root = object && object !== cls ? [object] : [];
  if (cls.kind === 'synthetic') return { classes: cls.bases.length > 0 ? cls.bases : root, complete: true };
  if (cls.kind === 'class') return { classes: root, complete: true };
  const written: WrittenBase[] = [];
  const scope = headScope(cls);
  const isGeneric = (base: Class): boolean => inherits(evaluator, base, 'typing.Generic');
  const enumeration = simpleEnumBase(evaluator, cls);
  if (enumeration) return { classes: [enumeration], complete: true };
  let complete = true;
  for (const expression of cls.node.bases) {
    const base = writtenBase(evaluator, expression, scope, isGeneric);
    complete = base !== undefined;
    if (!base) break;
    written.push(base);
  }
  const rebuilt = rebuiltBy(evaluator, cls, written);
  if (rebuilt) {
    factsOf(evaluator, cls).rebuiltMetaclass = rebuilt.metaclass;
    return { classes: rebuilt.bases.length > 0 ? rebuilt.bases : root, complete };
  }
  const generic = evaluator.builtinClass('typing.Generic');
  // PEP 695: a class with type parameters has Generic[…] as its last base.
  if (complete && cls.node.type_params.length > 0 && generic) {
    written.push({ class: generic, form: 'subscripted' });
  }
  const classes = mroEntries(written, { generic, isGeneric, name: className });
  return { classes: classes.length > 0 || !complete ? classes : root, complete };
}

/** What the metaclass of a temporary class among the bases makes in its `__new__`: `with_metaclass(Meta, Base)`. */
function rebuiltBy(
  evaluator: Evaluator,
  cls: SourceClass,
  written: readonly WrittenBase[],
): ClassValue['rebuilt'] {
  for (const { class: base } of written) {
    if (base.kind !== 'synthetic' || !base.metaclass) continue;
    const [create] = evaluator.ownMember(base.metaclass, '__new__');
    const dict = evaluator.builtinClass('builtins.dict');
    if (create?.type !== 'function' || !dict) continue;
    const metaclass: Value = { type: 'class', class: base.metaclass, making: cls };
    const namespace: Value = { type: 'instance', class: dict, making: cls };
    for (const value of evaluator.apply(create, [[metaclass], [], [], [namespace]], create.scope))
      if (value.type === 'class' && value.rebuilt) return value.rebuilt;
  }
  return undefined;
}

/** `@_simple_enum(IntEnum)` makes an enumeration of a class. CPython: Lib/enum.py, _simple_enum() */
function simpleEnumBase(evaluator: Evaluator, { node, scope }: SourceClass): Class | undefined {
  for (const decorator of node.decorator_list) {
    if (decorator.kind !== NodeKind.Call || decorator.args.length === 0) continue;
    const names = evaluator.evaluate(decorator.func, scope).map(fullName);
    if (!names.includes('enum._simple_enum')) continue;
    const [base] = evaluator.evaluate(decorator.args[0], scope);
    return base?.type === 'class' ? base.class : undefined;
  }
  return undefined;
}

/** The class that a base expression stands for, and how: a class, a subscripted one, or something with `__mro_entries__`. */
function writtenBase(
  evaluator: Evaluator,
  expression: Expression,
  scope: EvaluationScope,
  isGeneric: (cls: Class) => boolean,
): WrittenBase | undefined {
  if (expression.kind === NodeKind.Starred) return undefined;
  const isSubscript = expression.kind === NodeKind.Subscript;
  for (const value of evaluator.evaluate(isSubscript ? expression.value : expression, scope)) {
    if (value.type === 'class') {
      const { class: cls, isTypingAlias } = value;
      if (isTypingAlias) return { class: cls, form: 'typing' };
      // list[int] is no alias of typing's.
      return { class: cls, form: isSubscript && isGeneric(cls) ? 'subscripted' : 'class' };
    }
    const replaced = evaluator.builtinClass(MRO_ENTRIES.get(fullName(value) ?? '') ?? '');
    if (replaced) return { class: replaced, form: 'class' };
  }
  return undefined;
}

/** What stands for a class among the bases and is a function or the like itself: `__mro_entries__`. */
const MRO_ENTRIES: ReadonlyMap<string, string> = new Map([
  ['typing.NamedTuple', 'builtins.tuple'],
  ['typing.TypedDict', 'builtins.dict'],
]);

/**
 * Whether a class statement makes an interface of zope.interface, whose functions have no `self`: among its bases is an
 * instance of InterfaceClass, or such an interface.
 */
export function isInterface(evaluator: Evaluator, cls: Class): boolean {
  if (cls.kind !== 'source' || cls.node.bases.length === 0) return false;
  const facts = factsOf(evaluator, cls);
  if (facts.isInterface !== undefined) return facts.isInterface;
  facts.isInterface = false; // a class that is its own base
  const scope = headScope(cls);
  facts.isInterface = cls.node.bases.some(
    base =>
      base.kind !== NodeKind.Starred &&
      evaluator
        .evaluate(base, scope)
        .some(value =>
          value.type === 'instance'
            ? className(value.class) === 'zope.interface.interface.InterfaceClass'
            : value.type === 'class' && isInterface(evaluator, value.class),
        ),
  );
  return facts.isInterface;
}

/** `__mro__`. CPython: Objects/typeobject.c, mro_implementation(). */
export function mroOf(evaluator: Evaluator, cls: Class): Mro {
  const facts = factsOf(evaluator, cls);
  if (facts.mro && holds(evaluator, facts.mroRequest)) return facts.mro;
  facts.mroRequest = undefined;
  facts.mro = { classes: [cls], complete: false }; // a class that is its own base
  const mro = findMro(evaluator, cls);
  facts.mro = mro;
  if (!evaluator.mayGoOn && !mro.complete) facts.mroRequest = evaluator.requestNumber;
  return mro;
}

function findMro(evaluator: Evaluator, cls: Class): Mro {
  if (cls.kind === 'class') return bundledMro(evaluator, cls);
  const bases = basesOf(evaluator, cls);
  const mros = bases.classes.map(base => mroOf(evaluator, base));
  const complete = bases.complete && mros.every(mro => mro.complete);
  const classes = linearise(
    cls,
    bases.classes,
    {
      name: base => base.name,
      mro: base => mroOf(evaluator, base).classes,
    },
    evaluator.modules.target.dialect.inspect,
  );
  if ('typeError' in classes) return { classes: [cls], complete: false, ...(complete && classes) };
  if (complete) return { classes, complete };
  const told = libraryMro(evaluator, cls);
  if (told) return told;
  // Unknown classes stand before what all classes have in the end; what the first base is known to have comes first.
  const first = mros.length > 0 ? mros[0].classes : [];
  return { classes: [cls, ...first.filter(base => base.kind !== 'class')], complete };
}

/** What CPython says of a class of the standard library that has a source as well. */
function libraryClass(evaluator: Evaluator, cls: Class): BundledClass | undefined {
  return cls.kind === 'source' && evaluator.isLibrary(cls.module)
    ? evaluator.modules.bundled.classNamed(className(cls))
    : undefined;
}

function libraryMetaclass(evaluator: Evaluator, cls: Class): Class | undefined {
  const bundled = libraryClass(evaluator, cls);
  return bundled && evaluator.builtinClass(bundled.type);
}

/** The MRO of a class of the standard library whose bases its sources leave open, as CPython tells it. */
function libraryMro(evaluator: Evaluator, cls: Class): Mro | undefined {
  const bundled = libraryClass(evaluator, cls);
  const mro = bundled && bundledMro(evaluator, bundled);
  return mro?.complete ? { classes: [cls, ...mro.classes.slice(1)], complete: true } : undefined;
}

function bundledMro(evaluator: Evaluator, cls: Extract<Class, { kind: 'class' }>): Mro {
  const classes: Class[] = [cls];
  for (const name of cls.mro.slice(1)) {
    const base = evaluator.builtinClass(name);
    if (!base) return { classes, complete: false };
    classes.push(base);
  }
  return { classes, complete: true };
}

/** `type(cls)`; undefined where it is not known. CPython: Objects/typeobject.c, _PyType_CalculateMetaclass(). */
export function metaclassOf(evaluator: Evaluator, cls: Class): Class | undefined {
  const facts = factsOf(evaluator, cls);
  if (facts.metaclass !== undefined) return facts.metaclass ?? undefined;
  facts.metaclass = null;
  const metaclass = findMetaclass(evaluator, cls);
  // What a request that has used up its budget does not find another one may.
  facts.metaclass = metaclass ?? (evaluator.mayGoOn ? null : undefined);
  return metaclass;
}

function findMetaclass(evaluator: Evaluator, cls: Class): Class | undefined {
  const type = evaluator.builtinClass('builtins.type');
  if (cls.kind === 'class') return evaluator.builtinClass(cls.type) ?? type;
  let winner: Class | undefined = type;
  if (cls.kind === 'source') {
    for (const { arg, value } of cls.node.keywords) {
      if (arg === null) return undefined; // **kwargs may hold one
      if (arg !== 'metaclass') continue;
      const [named] = evaluator.evaluate(value, headScope(cls));
      if (named?.type !== 'class') return undefined;
      winner = named.class;
    }
    winner = addedMetaclass(evaluator, cls) ?? winner;
  }
  const bases = basesOf(evaluator, cls);
  const { rebuiltMetaclass } = factsOf(evaluator, cls);
  if (rebuiltMetaclass) return rebuiltMetaclass;
  if (cls.kind === 'synthetic' && cls.metaclass) return cls.metaclass;
  if (!bases.complete) return winner === type ? libraryMetaclass(evaluator, cls) : winner;
  for (const base of bases.classes) {
    const metaclass = metaclassOf(evaluator, base);
    if (!metaclass) return undefined;
    if (winner && metaclass !== winner && isSubclass(evaluator, metaclass, winner)) winner = metaclass;
  }
  return winner;
}

/** `@six.add_metaclass(Meta)` makes the class anew: also of a copy of six that a package has. */
function addedMetaclass(evaluator: Evaluator, { node, scope }: SourceClass): Class | undefined {
  for (const decorator of node.decorator_list) {
    if (decorator.kind !== NodeKind.Call || decorator.args.length !== 1) continue;
    const { func, args } = decorator;
    const name = func.kind === NodeKind.Attribute ? func.attr : func.kind === NodeKind.Name ? func.id : '';
    if (name !== 'add_metaclass') continue;
    const isSix = evaluator
      .evaluate(func, scope)
      .some(value => /(?:^|\.)six\.add_metaclass$/.test(fullName(value) ?? ''));
    const [metaclass] = isSix ? evaluator.evaluate(args[0], scope) : [];
    if (metaclass?.type === 'class') return metaclass.class;
  }
  return undefined;
}

/** `issubclass(cls, ancestor)`, as far as it is known. */
export function isSubclass(evaluator: Evaluator, cls: Class, ancestor: Class): boolean {
  return mroOf(evaluator, cls).classes.includes(ancestor);
}

/** Whether a class has one with this full name in its MRO: `enum.Enum`. */
export function inherits(evaluator: Evaluator, cls: Class, name: string): boolean {
  return mroOf(evaluator, cls).classes.some(base => className(base) === name);
}
