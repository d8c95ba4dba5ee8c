// What the evaluator's parts share: the evaluator itself, its caches and what it hands on to its parts. The parts
// import only this, and so need not import each other in circles.
import type { ConstantValue } from '../../python/constants/values.ts';
import type { Arg, Call, Expression, Lambda } from '../../python/ast/expressions.ts';
import type { ClassDef, FunctionDef, Import, ImportFrom } from '../../python/ast/nodes.ts';
import type { SymbolTableEntry } from '../../python/symtable/entry.ts';
import type {
  CallArguments,
  Class,
  Evaluator,
  Frame,
  FunctionValue,
  InstanceValue,
  ClassValue,
  EvaluationScope,
  SourceClass,
  SourceModule,
  Value,
  Values,
} from '../values.ts';
import type { Binding, BlockIndex, ContentWrite } from './bindings.ts';
import type { FlowPoint } from './flow.ts';
import type { Memo, Reads } from './memo.ts';

/** What is kept about a module as long as the module is. */
export interface ModuleCache {
  readonly indexes: Map<SymbolTableEntry, BlockIndex>;
  readonly classes: Map<ClassDef, SourceClass>;
  readonly subclasses: Map<ClassDef, readonly SourceClass[]>;
  /** What class statements make. */
  readonly madeClasses: Memo<ClassDef>;
  readonly functions: Map<FunctionDef | Lambda, FunctionValue>;
  readonly expressions: Memo<Expression>;
  readonly annotations: Memo<Expression>;
  readonly bindings: Memo<Binding>;
  readonly results: Memo<FunctionDef | Lambda>;
  /** Of the module's namespace. */
  readonly members: Memo<string>;
  /** A class that a call makes differs from call to call. */
  readonly classMembers: WeakMap<SourceClass, Memo<string>>;
  readonly instanceAttributes: WeakMap<SourceClass, Memo<string>>;
  /** Which methods of a class set which attributes on their first parameter. */
  readonly attributeWrites: Map<ClassDef, ReadonlyMap<string, readonly AttributeWrite[]>>;
  /** What is bound by `global`, and by texts such as in `globals()['f'] = …`; names of classes as `C.name`. */
  globalWrites: ReadonlyMap<string, readonly AttributeWrite[]> | undefined;
  /** What is put into containers that a block's keys name. */
  readonly contents: Map<SymbolTableEntry, Map<string, readonly ContentPlace[]>>;
  /** What callers pass for parameters. */
  readonly passed: Memo<Arg>;
  /** Calls by the last name of what is called; undefined while nobody has asked. */
  calls: ReadonlyMap<string, readonly CallPlace[]> | undefined;
  readonly failing: Map<Import | ImportFrom, boolean | undefined>;
  /** What tests are for the target; null where that is not known. */
  readonly decisions: Map<Expression, boolean | null>;
  /** What functions without arguments return for the target; null where that is not known. */
  readonly constantResults: Map<FunctionDef, ConstantValue | null>;
  readonly starExports: Map<string, readonly Binding[]>;
  /** `__all__`; null if there is none, undefined while nobody has asked. */
  exportedNames: ReadonlySet<string> | null | undefined;
}

export type AttributeOwner = 'instance' | 'class' | 'subclass';

/** A binding in another block than the one whose name it binds. */
export interface AttributeWrite {
  readonly binding: Binding;
  readonly entry: SymbolTableEntry;
  /** On what: an instance, the class, or in __init_subclass__() a class below it. */
  readonly on: AttributeOwner;
}

/** A call, and the block that it is evaluated in. */
export interface CallPlace {
  readonly call: Call;
  readonly entry: SymbolTableEntry;
}

/** Something put into a container, and the block that does so. */
export interface ContentPlace {
  readonly write: ContentWrite;
  readonly entry: SymbolTableEntry;
}

/** The arguments of a call that is followed; evaluated when asked for. */
export interface Arguments {
  /** How many positional ones are certain to be there. */
  readonly count: number;
  /** `*args` or `**kwargs` may bring more. */
  readonly isOpen: boolean;
  positional(index: number): Values | undefined;
  keyword(name: string): Values | undefined;
  /** The keywords that are certain to be there. */
  readonly keywords: readonly string[];
  /** The expressions, where they were written. */
  readonly written: CallArguments | undefined;
  readonly scope: EvaluationScope;
}

export interface Context extends Evaluator {
  cache(module: SourceModule): ModuleCache;
  index(module: SourceModule, entry: SymbolTableEntry): BlockIndex;
  /** Runs a computation that depends on no call once: its result is kept if nothing cut it short. */
  memo<Key>(memo: Memo<Key>, key: Key, compute: () => Values): Values;
  /** Says that the current computation depends on the call that it belongs to. */
  read(what: Reads): void;
  functionValue(node: FunctionDef | Lambda, scope: EvaluationScope): FunctionValue;
  sourceClass(node: ClassDef, scope: EvaluationScope): SourceClass;
  /** An instance of a class by its qualified name; unknown if there is no such class. */
  instance(qualified: string, details?: InstanceDetails): Values;
  /** A class by its qualified name: from its source if there is one. */
  classNamed(qualified: string): Class | undefined;
  callWith(value: Value, args: Arguments, scope: EvaluationScope): Values;
  /** What a name is at a place. */
  name(spelled: string, scope: EvaluationScope): Values;
  binding(binding: Binding, scope: EvaluationScope): Values;
  isInstance(value: Value, cls: Class): boolean;
  /** How many calls are being followed with their arguments. */
  frames: number;
  builtin(name: string): Values;
  /** Whether a module's own code binds a name. */
  binds(module: SourceModule, name: string): boolean;
  globalWrites(module: SourceModule, name: string): readonly AttributeWrite[];
  moduleFlow(module: SourceModule, name: string): readonly FlowPoint[];
  /** Whether a module belongs to the standard library, so that the bundled answers are about it. */
  isLibrary(module: SourceModule): boolean;
  stringOf(value: Value): string | undefined;
  decorated(value: FunctionValue | ClassValue, scope: EvaluationScope): Values;
  /** The class whose body or method a scope is in. */
  classAround(scope: EvaluationScope): SourceClass | undefined;
}

export type InstanceDetails = Pick<InstanceValue, 'args' | 'elements' | 'constant' | 'entries'>;

/** The same place with another offset. */
export function at(scope: EvaluationScope, offset: number): EvaluationScope {
  return scope.offset === offset ? scope : { ...scope, offset };
}

/** The call that a block belongs to among those that are being followed. */
export function frameOf(entry: SymbolTableEntry, frame: Frame | undefined): Frame | undefined {
  for (let candidate = frame; candidate; candidate = candidate.outer) {
    for (let block: SymbolTableEntry | null = entry; block; block = block.parent)
      if (block === candidate.entry) return candidate;
  }
  return undefined;
}
