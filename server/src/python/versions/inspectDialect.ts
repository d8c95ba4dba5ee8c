// What changes between versions in the inspect module, and in what calls and classes complain of.
import { rowsAt, type Change } from './rows.ts';

export interface InspectDialect {
  /** bind() says "keyword-only" of a missing argument where the positional ones ended right before it. */
  readonly missingSaysKeywordOnly: boolean;
  /**
   * What bind() makes of a keyword with the name of a positional-only parameter. `refused`: an error at once.
   * `collected`: an error only if no `**kwargs` takes it. `missing`: collected too, but an error at once if the
   * parameter has no default.
   */
  readonly positionalOnlyAsKeyword: 'refused' | 'collected' | 'missing';
  /**
   * Which method a class's signature is that of. `new`: `__new__` if any class of the MRO has it, else `__init__`.
   * `own`: the same, but first the class's own `__new__`, then its own `__init__`. `mro`: the first class of the
   * MRO that has one of them, `__new__` first.
   */
  readonly classSignature: 'new' | 'own' | 'mro';
  /** Signature() lets parameters without default follow those with one where the kind changes. */
  readonly defaultsByKind: boolean;
  /** Signature() has an error of its own for a second `*args` or `**kwargs`. */
  readonly refusesSecondVariadic: boolean;
  /** Parameter() refuses keywords as names, but for positional-only parameters. */
  readonly refusesKeywordNames: boolean;
  /** The parameter of annotation scopes, `.format`, is shown as `format`. */
  readonly showsHiddenFormat: boolean;
  /** formatannotation() takes out every `typing.`, also one inside a longer name. */
  readonly stripsTypingAnywhere: boolean;
  /** A failed call names the function by its `__qualname__`; before, by its code's name. */
  readonly callsSayQualname: boolean;
  /** A failed call of a builtin names it by its `__qualname__`; before, by its name. */
  readonly builtinCallsSayQualname: boolean;
  /** A failed call suggests a parameter for a keyword that it does not know. */
  readonly callsSuggestKeywords: boolean;
  /** cleandoc() takes every kind of white space for indentation; later blanks alone. */
  readonly cleandocStripsAnySpace: boolean;
  /** The compiler takes the indentation out of docstrings. */
  readonly compilerCleansDoc: boolean;
  /** getdoc() inherits the documentation of a functools.cached_property. */
  readonly cachedPropertyDoc: boolean;
  /** `python -m inspect --details` tells where an object is defined, not where it was looked up. */
  readonly detailsOfDefinition: boolean;
  /** The line of a break in the words about a class that has no MRO. */
  readonly mroErrorBreak: string;
  /** How getsource() finds a class: by a pattern in the text, by its qualified name in the tree, by its first line. */
  readonly classSource: 'pattern' | 'qualname' | 'firstLine';
  /** getsource() goes up from a function's first line to the next that looks like the beginning of one. */
  readonly searchesFunctionStart: boolean;
  /**
   * What getblock() takes for the beginning of a block: a keyword, decorators ending at `)`; a keyword; or whatever
   * token comes first, where all but `def` and `class` end with their logical line.
   */
  readonly blockStart: 'keywordOrParenthesis' | 'keyword' | 'anyToken';

  /** What getclosurevars() looks at: every name in co_names, or what instructions load. */
  readonly closureVariables: 'names' | 'instructions';
  /** getattr_static() takes for a data descriptor also what has `__delete__` alone. */
  readonly deleteMakesDataDescriptor: boolean;
  /** ismethoddescriptor() is false of what has `__delete__`. */
  readonly methodDescriptorsLackDelete: boolean;
  /** ismethoddescriptor() is false of a functools.partial, which is a descriptor. */
  readonly partialIsNoMethodDescriptor: boolean;
  /** functools.partial has a `__get__`. */
  readonly partialIsDescriptor: boolean;
  /** ispackage() */
  readonly packagePredicate: boolean;
  /** ismethodwrapper(), and isroutine() is true of method wrappers. */
  readonly methodWrapperIsRoutine: boolean;
  /** isroutine() is true of what a singledispatchmethod gives. */
  readonly singledispatchIsRoutine: boolean;
  /** isgeneratorfunction() and its like take for a function what has the attributes of one: a bound method in a partial. */
  readonly flagsOfFunctionLike: boolean;
  /** isgeneratorfunction() and its like look into functools.partialmethod. */
  readonly flagsOfPartialMethods: boolean;
  /** inspect.markcoroutinefunction() */
  readonly coroutineMark: boolean;
  /** unwrap() does not follow the `__wrapped__` of a class. */
  readonly unwrapStopsAtClasses: boolean;
  /** getasyncgenstate() */
  readonly asyncGeneratorStates: boolean;
}

const BASE: InspectDialect = {
  missingSaysKeywordOnly: false,
  positionalOnlyAsKeyword: 'refused',
  classSignature: 'new',
  defaultsByKind: true,
  refusesSecondVariadic: false,
  refusesKeywordNames: false,
  showsHiddenFormat: false,
  stripsTypingAnywhere: true,
  callsSayQualname: false,
  builtinCallsSayQualname: false,
  callsSuggestKeywords: false,
  cleandocStripsAnySpace: true,
  compilerCleansDoc: false,
  cachedPropertyDoc: false,
  detailsOfDefinition: false,
  mroErrorBreak: '\n',
  classSource: 'pattern',
  searchesFunctionStart: true,
  blockStart: 'keywordOrParenthesis',
  closureVariables: 'names',
  deleteMakesDataDescriptor: false,
  methodDescriptorsLackDelete: false,
  partialIsNoMethodDescriptor: false,
  partialIsDescriptor: false,
  packagePredicate: false,
  methodWrapperIsRoutine: false,
  singledispatchIsRoutine: false,
  flagsOfFunctionLike: false,
  flagsOfPartialMethods: false,
  coroutineMark: false,
  unwrapStopsAtClasses: false,
  asyncGeneratorStates: false,
};

const CHANGES: readonly Change<InspectDialect>[] = [
  {
    since: [9],
    rows: {
      classSignature: 'own',
      classSource: 'qualname',
      builtinCallsSayQualname: true,
    },
  },
  {
    since: [10],
    rows: {
      stripsTypingAnywhere: false,
      callsSayQualname: true,
      blockStart: 'keyword',
      flagsOfFunctionLike: true,
    },
  },
  {
    since: [11],
    rows: {
      classSignature: 'mro',
      defaultsByKind: false,
      refusesKeywordNames: true,
      deleteMakesDataDescriptor: true,
      methodWrapperIsRoutine: true,
    },
  },
  {
    since: [12],
    rows: {
      missingSaysKeywordOnly: true,
      coroutineMark: true,
      asyncGeneratorStates: true,
    },
  },
  // 3.12.1 is as before and 3.12.7 as after; the releases between them were not looked at.
  { since: [12, 4], rows: { positionalOnlyAsKeyword: 'collected', unwrapStopsAtClasses: true } },
  {
    since: [13],
    rows: {
      callsSuggestKeywords: true,
      cleandocStripsAnySpace: false,
      compilerCleansDoc: true,
      mroErrorBreak: ' ',
      classSource: 'firstLine',
      searchesFunctionStart: false,
      methodDescriptorsLackDelete: true,
      partialIsDescriptor: true,
      partialIsNoMethodDescriptor: true,
      flagsOfPartialMethods: true,
    },
  },
  // 3.13.0 is as before, 3.13.2 as after.
  { since: [13, 1], rows: { closureVariables: 'instructions' } },
  // 3.13.2 is as before, 3.13.18 as after.
  { since: [13, 3], rows: { positionalOnlyAsKeyword: 'missing', blockStart: 'anyToken' } },
  {
    since: [14],
    rows: {
      refusesSecondVariadic: true,
      partialIsNoMethodDescriptor: false,
      packagePredicate: true,
      singledispatchIsRoutine: true,
    },
  },
  // 3.14.2 is as before, 3.14.10 as after.
  { since: [14, 3], rows: { showsHiddenFormat: true } },
  { since: [15], rows: { detailsOfDefinition: true, cachedPropertyDoc: true } },
];

export const inspectDialect = (minor: number, patch: number): InspectDialect =>
  rowsAt(BASE, CHANGES, minor, patch);
