// What CPython itself answers about its builtins, C modules and standard library, for callables whose source is not
// at hand: in the browser, without an installed Python, or because there is none but C. This file is the interface;
// tables.ts reads the table that server/tools/signatures makes by asking the interpreters of all targets. The answers
// are those of CPython on Linux; what other platforms have alone is missing, and some of what is there is Linux's own.
import type { Signature } from '../../python/inspect/signature.ts';

/** The answers of one target. Whatever is looked up is decoded then, and kept. */
export interface BundledLibrary {
  /** A module by its dotted name, `os.path` and private ones such as `_io` included. */
  module(name: string): BundledModule | undefined;
  /**
   * A class by the name that it has itself, `module.qualname`: `builtins.str`, `_io.TextIOWrapper`. Also those that
   * no module offers under that name: `builtins.dict_items`, `builtins.NoneType`, `builtins.generator`.
   */
  classNamed(qualified: string): BundledClass | undefined;
  /** The names of the modules that can be imported by users, sorted; private ones are left out. */
  moduleNames(): readonly string[];
  /**
   * The type of `left operator right` for instances of two classes of builtins or the standard library (qualified
   * names), where it has been tried: `('builtins.int', '/', 'builtins.int')` is `builtins.float`. In the answer,
   * `item`s of argument 0 are those of the left side, of argument 1 those of the right side. Undefined where it is
   * a TypeError, and where nobody has tried.
   */
  operation(left: string, operator: string, right: string): ResultType | undefined;
}

export interface BundledModule {
  readonly kind: 'module';
  readonly name: string;
  /** First line of the docstring. */
  readonly doc?: string;
  /** What the module offers under a public name (and some private ones); re-exports lead to what they mean. */
  member(name: string): BundledMember | undefined;
  /** The names that `member` knows, submodules that have to be imported on their own not included; sorted. */
  names(): readonly string[];
}

export type BundledMember = BundledFunction | BundledClass | BundledAttribute | BundledModule;

/** What can be known of a callable that is no class. */
interface Described {
  /** What `inspect.signature()` gives; its parameters have no `start` and `end`. */
  readonly signature?: Signature;
  /** Where it gives none: the exception, `ValueError: no signature found for builtin <built-in function iter>`. */
  readonly error?: string;
  /** `__text_signature__`, where there is one that inspect makes no signature of. */
  readonly textSignature?: string;
  /** First line of the docstring; only of what is written in C or has no signature. */
  readonly doc?: string;
}

export interface BundledFunction extends Described {
  /** `method`s are described as they are in the class, with `self`; `classmethod`s without `cls`. */
  readonly kind: 'function' | 'method' | 'classmethod' | 'staticmethod';
  /** The name that it was found under. */
  readonly name: string;
  /** `__qualname__`: `str.split` */
  readonly qualname: string;
  /** The name of the module that it was found in or, for what belongs to a class, of the class's module. */
  readonly module: string;
  /** The qualified name of its type: `builtins.function`, `builtins.method_descriptor`, `functools._lru_cache_wrapper`. */
  readonly type: string;
  /** The types that calls have been seen to return. */
  readonly result?: ResultType;
  /**
   * Where an argument's value decides (`mode='rb'` of `open`) or the number of arguments (`max(x)`). The first that
   * fits counts; where none does, `result`, but only if none of the parameters in them is given.
   */
  readonly cases?: readonly ResultCase[];
}

export interface BundledClass extends Described {
  readonly kind: 'class';
  readonly name: string;
  readonly qualname: string;
  /** `__module__` */
  readonly module: string;
  /** The qualified names of the classes of `__mro__`, its own first. */
  readonly mro: readonly string[];
  /** The qualified name of the metaclass: `builtins.type`, `abc.ABCMeta`, `enum.EnumMeta`. */
  readonly type: string;
  /** What a call makes where that says more than the class: `list(x)` → list of the items of argument 0. */
  readonly result?: ResultType;
  readonly cases?: readonly ResultCase[];
  /** What iteration over an instance gives. */
  readonly itemType?: ResultType;
  /**
   * What the class itself has under a name; or what it inherits, if it is known to give something else here (the
   * `result` differs).
   */
  member(name: string): BundledMember | undefined;
  /** What the first of the MRO's classes has that has it. */
  lookup(name: string): BundledMember | undefined;
  /** The names of what the class itself has, sorted. */
  names(): readonly string[];
}

/** A value that is neither a function nor a class. */
export interface BundledAttribute {
  /** A module's or class's own value, what a descriptor gives for an instance, or what instances have of their own. */
  readonly kind: 'attribute' | 'property' | 'instance';
  readonly name: string;
  /** The types of values that have been seen; undefined where none can be told. */
  readonly result?: ResultType;
  /** For a descriptor, the qualified name of its type: `builtins.property`, `builtins.getset_descriptor`. */
  readonly descriptor?: string;
  /** A value that can be called: what inspect.signature() says of it. */
  readonly signature?: Signature;
  readonly error?: string;
}

/** The alternatives, in no order that means anything: `re.match()` gives a `re.Match` or None. */
export type ResultType = readonly BundledType[];

export type BundledType =
  /** An instance of the class with this qualified name. Arguments as in `list[str]`, `dict[str, int]`, `tuple[A, B]`. */
  | {
      readonly type: 'instance';
      readonly name: string;
      /** Empty where nothing is known about them; so may one of them be. */
      readonly args: readonly ResultType[];
      /** For a tuple: it has any number of the only argument. */
      readonly variadic?: boolean;
    }
  /**
   * For a method of an instance (and of `itemType`s and properties): the type argument `index` of `self`; of a tuple,
   * which has one for each item, any of them. Of any other callable: what iteration over the positional argument
   * `index` gives. Iterators have what they give as their only type argument.
   */
  | { readonly type: 'item'; readonly index: number }
  /** The type of the positional argument `index`, counted without `self`; where it is not given, no alternative. */
  | { readonly type: 'argument'; readonly index: number }
  /** What a call of the positional argument `index` gives. */
  | { readonly type: 'returned'; readonly index: number }
  /** The argument's type if that is `str` or `bytes`, for anything else (a path, nothing) `str`. */
  | { readonly type: 'text'; readonly index: number }
  /** The type of `self`, or of the class that a class method is called on. */
  | { readonly type: 'self' };

/** What a call gives when an argument is this literal, or there are so many arguments. */
export type ResultCase =
  | {
      readonly parameter: string;
      /** `repr()` of the argument's value. */
      readonly literal: string;
      readonly result: ResultType;
    }
  | { readonly positional: number; readonly result: ResultType };
