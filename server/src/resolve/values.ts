// What an expression can be at run time, as far as the sources tell: modules, classes, functions, methods, instances.
// Plain data that the evaluator makes, the class model reads and the callables turn into signatures. A union is
// an array; an empty one means that nothing is known, which is never an error.
import type { Analysis } from '../python/index.ts';
import type { Expression, Lambda } from '../python/ast/expressions.ts';
import type { ClassDef, FunctionDef } from '../python/ast/nodes.ts';
import type { ConstantValue } from '../python/constants/values.ts';
import type { SymbolTableEntry } from '../python/symtable/entry.ts';
import type { Parameter } from '../python/inspect/parameter.ts';
import type { Target } from '../python/versions/target.ts';
import type { BundledClass, BundledFunction, BundledLibrary, BundledModule } from './bundled/library.ts';

/** What an expression may be, the likeliest first. Empty: not known. */
export type Values = readonly Value[];

export type Value =
  | ModuleValue
  | ClassValue
  | InstanceValue
  | FunctionValue
  | BuiltinFunctionValue
  | BoundMethodValue
  | DescriptorValue
  | PartialValue
  | OverloadedValue
  | SuperValue
  | TypeVarValue
  | OpaqueValue;

// ---- Modules ---------------------------------------------------------------------------------------------------

/** A module with source: of the workspace, of a library or an open document. Replaced, not updated, by an edit. */
export interface SourceModule {
  readonly kind: 'source';
  /** `__name__`, absolute: `email.mime.text`. */
  readonly name: string;
  /** As the file system names it. */
  readonly path: string;
  /** An `__init__` file: relative imports start here. */
  readonly isPackage: boolean;
  readonly isStub: boolean;
  readonly analysis: Analysis;
}

/** A folder without `__init__` on the search path (PEP 420). */
export interface NamespacePackage {
  readonly kind: 'namespace';
  readonly name: string;
  readonly folders: readonly string[];
}

/** Told apart by `kind`: 'source', 'namespace', 'module' (bundled). */
export type Module = SourceModule | NamespacePackage | BundledModule;

export interface ModuleValue {
  readonly type: 'module';
  readonly module: Module;
}

// ---- Where code runs -------------------------------------------------------------------------------------------

/** Where an expression is evaluated. */
export interface EvaluationScope {
  readonly module: SourceModule;
  /** The block that looks names up. */
  readonly entry: SymbolTableEntry;
  /** Bindings before this UTF-16 offset come first; those of other blocks count wherever they are. */
  readonly offset: number;
  /** What the parameters of the functions around are in a call that is followed; none where nobody calls. */
  readonly frame: Frame | undefined;
}

/** One call of a function that is being followed: its parameters' values, and those of the functions around it. */
export interface Frame {
  /** The function's block. */
  readonly entry: SymbolTableEntry;
  /** What the call passes for a parameter, or its default value; evaluated when asked for. */
  parameter(name: string): Values;
  readonly outer: Frame | undefined;
}

// ---- Classes and instances -------------------------------------------------------------------------------------

/** A class statement in a source. */
export interface SourceClass {
  readonly kind: 'source';
  readonly name: string;
  readonly qualname: string;
  readonly module: SourceModule;
  readonly node: ClassDef;
  /** The class body's block. */
  readonly entry: SymbolTableEntry;
  /** Where the class statement is evaluated. */
  readonly scope: EvaluationScope;
}

/** A class that a call makes: `namedtuple('P', 'x y')`, `Enum('E', 'a b')`, `type('T', (A,), {})`, `NewType`. */
export interface SyntheticClass {
  readonly kind: 'synthetic';
  readonly name: string;
  readonly module: string;
  readonly bases: readonly Class[];
  readonly metaclass?: Class;
  /** What the class itself has, methods unbound. */
  readonly members: ReadonlyMap<string, Values>;
  /** Where it is made. */
  readonly definition: { readonly module: SourceModule; readonly node: Expression } | undefined;
}

/** Told apart by `kind`: 'source', 'class' (bundled), 'synthetic'. One class is one object: compare by ===. */
export type Class = SourceClass | BundledClass | SyntheticClass;

export interface ClassValue {
  readonly type: 'class';
  readonly class: Class;
  /** `list[int]`: what instances made by it hold. */
  readonly args?: readonly Values[];
  /** `tuple[int, str]` */
  readonly elements?: readonly Values[];
  /** Not the class itself, but what typing has for it: `typing.List`. */
  readonly isTypingAlias?: true;
  /** What a decorator has made of it that adds methods for its fields. */
  readonly fields?: FieldModel;
  /** For a metaclass that is called: the class that it makes. */
  readonly making?: Class;
  /** What another metaclass is called with by the one that was to make the class: `with_metaclass(Meta, Base)`. */
  readonly rebuilt?: { readonly metaclass: Class; readonly bases: readonly Class[] };
  /** As of a FunctionValue. */
  readonly opaqueDecorators?: readonly string[];
  /** As of an InstanceValue. */
  readonly isInferred?: true;
}

/** `@dataclass(frozen=True)`: the decorator that makes methods from a class's fields, and the options that it was given. */
export interface FieldModel {
  readonly maker: 'dataclass' | 'attrs' | 'pydantic.dataclass';
  /** What an option is; empty where it is not given. */
  option(name: string): Values;
}

export interface InstanceValue {
  readonly type: 'instance';
  readonly class: Class;
  /** Type arguments: of `list[T]` one, of `dict[K, V]` two. */
  readonly args?: readonly Values[];
  /** Of a tuple whose items are known one by one. */
  readonly elements?: readonly Values[];
  /** Of a literal. */
  readonly constant?: ConstantValue;
  /** For a dict whose keys are all known: what it holds by key. */
  readonly entries?: ReadonlyMap<string, Values>;
  /** For the namespace that a metaclass gets: the class that is made of it. */
  readonly making?: Class;
  /** Only some calls of a public function that pass it say so, or the method that is overridden: it may be something else. */
  readonly isInferred?: true;
  /** `__wrapped__` and `__signature__`, where the constructor sets them on an instance. */
  readonly attributes?: FunctionAttributes;
}

// ---- Callables -------------------------------------------------------------------------------------------------

/** What functools.wraps() and their like have set on a function. */
export interface FunctionAttributes {
  /** `__wrapped__` */
  readonly wrapped?: Value;
  /** `__signature__` */
  readonly signature?: Values;
  /** What it is where that is no function: `functools._lru_cache_wrapper`. */
  readonly type?: string;
  /** What a decorator makes of the parameters in the `__signature__` that it sets; undefined where that fails. */
  readonly parameters?: (parameters: readonly Parameter[]) => readonly Parameter[] | undefined;
  /** What else a decorator sets on it: `register` of a singledispatch function. */
  readonly members?: ReadonlyMap<string, Value>;
  /** What a call gives, where a decorator decides it: `contextmanager`. */
  readonly result?: (values: Values) => Values;
}

/** A def or lambda, undecorated or after decorators that return it. */
export interface FunctionValue {
  readonly type: 'function';
  readonly name: string;
  readonly module: SourceModule;
  readonly node: FunctionDef | Lambda;
  /** Where the def is evaluated. */
  readonly scope: EvaluationScope;
  readonly attributes?: FunctionAttributes;
  /** Decorators whose effect is not known, as written: `@app.route`. The function is shown as defined. */
  readonly opaqueDecorators?: readonly string[];
  /** As of an InstanceValue. */
  readonly isInferred?: true;
}

/** A function or method descriptor of a module without source. */
export interface BuiltinFunctionValue {
  readonly type: 'builtin';
  readonly function: BundledFunction;
}

export interface BoundMethodValue {
  readonly type: 'method';
  readonly function: Value;
  /** `__self__`: an instance, or the class of a classmethod. */
  readonly self: InstanceValue | ClassValue;
}

/** What a class holds that a lookup on it or on an instance turns into something else. */
export interface DescriptorValue {
  readonly type: 'descriptor';
  readonly descriptor:
    | 'staticmethod'
    | 'classmethod'
    | 'property'
    | 'cached_property'
    | 'partialmethod'
    | 'singledispatchmethod';
  /** The function inside; of a property its getter; of a partialmethod a PartialValue. */
  readonly function: Value;
}

/** functools.partial */
export interface PartialValue {
  readonly type: 'partial';
  readonly function: Value;
  readonly args: readonly Expression[];
  readonly keywords: ReadonlyMap<string, Expression>;
  /** Where the arguments are evaluated. */
  readonly scope: EvaluationScope;
}

/** typing.overload: the overloads as written, and the implementation, which is what inspect sees. */
export interface OverloadedValue {
  readonly type: 'overloaded';
  readonly overloads: Values;
  /** Absent in a stub. */
  readonly implementation: Value | undefined;
}

/** `super()` in a method of `class`, on behalf of `self`. */
export interface SuperValue {
  readonly type: 'super';
  readonly class: Class;
  readonly self: InstanceValue | ClassValue;
}

/** A type parameter; `bound` is what its values are at least. */
export interface TypeVarValue {
  readonly type: 'typevar';
  readonly name: string;
  /** Instances. */
  readonly bound: Values;
  /** How its repr() begins: covariant `+`, contravariant `-`, else `~`; nothing where the variance is inferred. */
  readonly sign?: '~' | '+' | '-';
}

/** Something there, of which only its text is known: a typing construct, a decorated value. */
export interface OpaqueValue {
  readonly type: 'opaque';
  /** `typing.Any`, `typing.Optional`. */
  readonly qualname: string;
  /** `X[args]`; of `A | B` and of type aliases what they are made of. */
  readonly args?: readonly Expression[];
  /** Where those are evaluated. */
  readonly scope?: EvaluationScope;
}

// ---- Who finds them --------------------------------------------------------------------------------------------

/** Finds modules; made by resolve/program.ts. */
export interface Modules {
  /** What CPython says about modules without source; also the builtins. */
  readonly bundled: BundledLibrary;
  readonly target: Target;
  /**
   * The module with an absolute name; its parents need not be looked at. `from` imports it: its folder is looked in,
   * too, as that of a script. One module is one object, until something changes that results about it may depend on:
   * then it is another object, so that whatever is kept by module in a WeakMap stays true.
   */
  module(name: string, from?: SourceModule): Module | undefined;
  /** `from ..package import x` in a module: the absolute name, undefined if it leaves the top. */
  absoluteName(from: SourceModule, module: string | null, level: number): string | undefined;
  /** A submodule of a package that nobody need have imported. */
  submodule(parent: Module, name: string): Module | undefined;
  /** The stub (`.pyi`) that describes a module which has a source as well. */
  stub(module: SourceModule): SourceModule | undefined;
}

/** What evaluates expressions; made by resolve/evaluate/evaluator.ts, and handed to what would otherwise import it. */
export interface Evaluator {
  readonly modules: Modules;
  /** False when the request has used up its depth or time: then nothing more is known. */
  readonly mayGoOn: boolean;
  /** Identifies the request that is running: what is found after its depth and time are used up holds for it alone. */
  readonly requestNumber: number;
  evaluate(expression: Expression, scope: EvaluationScope): Values;
  /** What instances an annotation promises: a string is parsed, `Optional[X]` is X and None. */
  annotation(expression: Expression, scope: EvaluationScope): Values;
  /** A name in a module's namespace, submodules and re-exports followed. */
  moduleMember(module: Module, name: string): Values;
  /** What a class body itself binds a name to, decorators applied, undescribed: descriptors stay descriptors. */
  ownMember(cls: Class, name: string): Values;
  /** What `__init_subclass__` of a class sets on the classes below it. */
  subclassMember(cls: SourceClass, name: string): Values;
  /** What instances get set on them: `self.name = …` in the class's methods. */
  instanceAttribute(cls: SourceClass, name: string): Values;
  /** `value.name`, as getattr() finds it: MRO, metaclass, descriptors, instance attributes. */
  attribute(value: Value, name: string, scope: EvaluationScope): Values;
  /** What calling a value gives. */
  call(value: Value, call: CallArguments, scope: EvaluationScope): Values;
  /** What calling a value with values gives: a decorator with what it decorates. */
  apply(value: Value, args: readonly Values[], scope: EvaluationScope): Values;
  /** What iteration over a value gives: `for item in value`. */
  items(value: Value, scope: EvaluationScope): Values;
  /** What a class statement makes: what its decorators and its metaclass give. */
  madeClass(cls: SourceClass): Values;
  /** The class of a builtin by its qualified name: `builtins.str`. */
  builtinClass(qualified: string): Class | undefined;
  /** Whether the bundled answers about a module of this name are about this very module: it is the standard library's. */
  isLibrary(module: SourceModule): boolean;
}

/** The arguments of a call as written; a Call node is one. */
export interface CallArguments {
  readonly args: readonly Expression[];
  readonly keywords: readonly { readonly arg: string | null; readonly value: Expression }[];
}
