// What changes between versions in the compiler: the order of code generation, what becomes of unreachable code,
// and what it refuses.
import { rowsAt, type Change } from './rows.ts';

export interface CompilerDialect {
  // ---- Code objects ----
  /** CO_NOFREE on code objects with neither cell nor free variables. */
  readonly nofreeFlag: boolean;
  /** CO_HAS_DOCSTRING and CO_METHOD. */
  readonly docstringAndMethodFlags: boolean;
  /** Code objects have co_qualname. */
  readonly hasQualnameAttribute: boolean;
  /** co_cellvars: sorted, or those that are also local variables first, in the order of co_varnames. */
  readonly cellvarsOrder: 'sorted' | 'localsFirst';
  /** co_firstlineno of a module: the line of the first instruction of its first block, or 1. */
  readonly moduleFirstlineno: 'firstInstruction' | 'one';
  /** Classes have `__firstlineno__` and `__static_attributes__`. */
  readonly classAttributes: boolean;
  /** Docstrings lose the indentation that their lines share. */
  readonly cleansDocstrings: boolean;
  /** A docstring that `-OO` leaves out is a statement of a constant. */
  readonly strippedDocstringsKeepLines: boolean;
  /** `-OO` takes docstrings out of the tree: a body of nothing else gets a `pass`, and a second string is no docstring. */
  readonly stripsDocstringsFromTree: boolean;
  /** A comprehension inlined in a class makes a cell of the class, even if the name is a free variable there. */
  readonly inlinedCellsOfClass: boolean;
  /** A list or set of constants, or that begins with `*`, is built empty and then extended. */
  readonly displaysBuiltFirst: boolean;
  /** 3.15: `C.m.__annotate__`; before, `C.__annotate__`. */
  readonly annotateQualnameHasFunction: boolean;
  /** Annotations of positional-only parameters come first, as the parameters do; before, after those of the others. */
  readonly annotatesInOrder: boolean;
  /** The values of type aliases and the bounds of type variables take `.format` (PEP 649). */
  readonly lazyScopesTakeFormat: boolean;

  // ---- Order of code generation ----
  /**
   * How exceptions are handled: by blocks that are pushed, with finally bodies as subroutines or generated again for each
   * way out; or by a table of handlers. codegen/exceptions has a file for each.
   */
  readonly exceptions: 'subroutines' | 'blockStack' | 'handlerTable';
  /** The test of a while loop is generated once, before the body, or again after it. */
  readonly whileTest: 'once' | 'twice';
  /** What PEP 709 leaves in co_varnames of a class: every name that the comprehension mentions, or its own alone. */
  readonly inlinedInClass: 'everyName' | 'ownNames';
  /** Which symbols of an inlined comprehension stand in for those around it, where they differ: all, or those it binds. */
  readonly inlinedSymbols: 'bound' | 'all';
  /** Annotations of functions: evaluated at the def, or in an `__annotate__` code object (PEP 649). */
  readonly annotations: 'atDefinition' | 'annotate';

  /** `__annotations__` is set up for annotated variables in match statements, too. */
  readonly annotationsInMatch: boolean;
  /** `from __future__ import annotations` spares the annotations of `a.b: c` and `(a): b`, as it does those of names. */
  readonly futureSparesAllAnnotations: boolean;

  // ---- Instructions ----
  /** FOR_ITER pops the exhausted iterator, or END_FOR does, or an instruction of its own. */
  readonly endOfFor: 'nothing' | 'endFor' | 'popTop' | 'popIter';
  /** An asynchronous loop's end leads to where it awaited: for the monitoring of branches. */
  readonly marksAsyncLoops: boolean;
  /** The value of `and` and `or` is popped by the jump that tests it, or tested as a copy, or by a pseudo-instruction. */
  readonly boolOps: 'orPop' | 'copy' | 'jumpIf';
  /** Functions of the interpreter are called by number; before, each is an instruction. */
  readonly intrinsics: boolean;
  /** Methods are loaded by LOAD_METHOD, or by LOAD_ATTR with a bit. */
  readonly methodLoads: 'opcode' | 'attributeBit';
  /** Attributes of super() are loaded in one instruction. */
  readonly superInstructions: boolean;
  /** `a[b:c]` has instructions of its own. */
  readonly sliceInstructions: boolean;
  /** A class body finds its cells by LOAD_FROM_DICT_OR_DEREF, behind its dict; before, by LOAD_CLASSDEREF. */
  readonly readsClassDict: boolean;
  /** What is thrown into `yield from` and await is handled there; before, by SEND. */
  readonly handlesThrow: boolean;
  /** The first clause of `except*` copies the group before it makes the list of what is raised, or after. */
  readonly groupCopy: 'beforeList' | 'afterList';
  /** In a with statement, the code that ends the handler comes before the code for a swallowed exception, or after it. */
  readonly withCleanup: 'first' | 'last';
  /** The return at the end is generated always, or unless there is one. */
  readonly returnsAtEnd: 'always' | 'unlessReturned';
  /** `with` looks special methods up one by one, or both in one instruction. */
  readonly withMethods: 'before' | 'special';
  /** AssertionError is a global, or has an instruction of its own, or it and its like are common constants. */
  readonly assertionError: 'global' | 'opcode' | 'commonConstant';
  /** `is`, `in` and the match of an exception are operators of COMPARE_OP, as `<` is. */
  readonly allComparesAlike: boolean;
  /** In a comprehension, `for y in [x]` is an assignment. */
  readonly assignsSingleItems: boolean;
  /** `a[b]` is an instruction of its own, or one of the binary operators. */
  readonly subscripts: 'opcode' | 'binaryOp';
  /** Slices of constants are constants. */
  readonly constantSlices: boolean;
  /** A call with `**` has a flag, or NULL in the place of keywords that are not there. */
  readonly keywordsOfUnpacking: 'flag' | 'null';
  /** What follows a generic class in its block is mangled as in that class; `genericClassMangling: 'leaks'` of symbol tables. */
  readonly genericClassMangles: boolean;
  /** What a generator expression or comprehension goes through becomes an iterator inside of it, or before it, too. */
  readonly outermostIterator: 'before' | 'inside' | 'both';
  /** Where a case that matches pops the subject: at its pattern, or where its body begins. */
  readonly popsSubject: 'pattern' | 'next';
  /** Builtins whose call with a generator expression is a loop in place, where they are the builtins. */
  readonly inlinedBuiltins: readonly string[];
  /** Asynchronous generator expressions are taken for plain ones there. */
  readonly inlinesAsync: boolean;
  /** How many places of the stack an iterator takes: its index, or NULL, lies beside it. */
  readonly iteratorSize: 1 | 2;
  /** A generator begins with making itself; that of a generator expression after making its iterator. */
  readonly generatorsBeginThemselves: boolean;
  /** Imports tell whether they are lazy, or must not be (PEP 810). */
  readonly lazyImports: boolean;

  // ---- Unreachable code and constants ----
  /** `if 0:` and `while 0:` are not generated at all, or generated and removed by the optimiser. */
  readonly constantBranches: 'notEmitted' | 'optimized';
  /** Operators on constants are computed before code generation, on the AST, or after it, where no test sees them. */
  readonly constantFolding: 'ast' | 'flowgraph';
  /** Constants in the value of `:=` are folded as others are. */
  readonly foldsNamedExpressions: boolean;
  /** Annotations that are text elsewhere (PEP 563) are folded where they are evaluated nevertheless. */
  readonly foldsTextAnnotations: boolean;
  /** `__debug__` is folded in the dotted names of patterns, too. */
  readonly foldsPatternNames: boolean;
  /** `del __debug__` deletes nothing: in 3.8 the optimiser puts True or False there, too, which is left on the stack. */
  readonly foldsDeletedDebug: boolean;
  /** `f""` is the constant '' for the optimiser. */
  readonly emptyJoinedStrIsConstant: boolean;
  /** What the optimiser does with constants, nested code among them, that no reachable instruction loads. */
  readonly unusedConstants: 'keep' | 'trimTail' | 'dropAllButFirst';
  /** `if x is None:` is one instruction, for which None is no constant. */
  readonly jumpsIfNone: boolean;
  /** The keys of a dict, of keywords and of keyword-only defaults are one constant, a tuple, after the values. */
  readonly constantKeyMaps: boolean;
  /** `'%s' % (x,)` is an f-string for the optimiser. */
  readonly formatsAtCompileTime: boolean;
  /** The first constant of a function without docstring is None. */
  readonly firstConstantIsNone: boolean;
  /** What MATCH_CLASS and MATCH_KEYS leave is compared with None and unpacked; before, each item is subscribed. */
  readonly unpacksMatches: boolean;
  /** After a nested code object co_consts has its qualified name, or a class's name. */
  readonly qualnameConstants: boolean;
  /**
   * When code objects of different nodes on one line are equal, and so one constant: if all but their lines is, if all
   * is, or never, as columns tell them apart.
   */
  readonly equalCode: 'butForLines' | 'whole' | 'never';

  // ---- Instructions ----
  /**
   * How a call is laid out. CALL_FUNCTION and its like; PRECALL and CALL, with a null below what is called; without
   * PRECALL, names of keywords in KW_NAMES; CALL_KW, with the null above what is called.
   */
  readonly calls: 'function' | 'precall' | 'kwNames' | 'callKw';
  /** What moves values on the stack: ROT_TWO, DUP_TOP and their like, or SWAP and COPY, which say how deep. */
  readonly stackMoves: 'rotations' | 'swaps';
  /** Each operator is an instruction, and each augmented one; or they are numbers, of BINARY_OP. */
  readonly operators: 'opcodes' | 'binaryOp';
  /** `yield from` and await are one instruction; later a loop around SEND. */
  readonly delegatesAtOnce: boolean;
  /** RESUME begins functions, and follows where they yield. */
  readonly resumes: boolean;
  /** Generators and their like begin with GEN_START. */
  readonly marksGenerators: boolean;
  /** What an asynchronous generator yields is wrapped by an instruction; before, by YIELD_VALUE. */
  readonly wrapsAsyncValues: boolean;
  /** Statements that make no code are NOPs, so that tracing sees their lines (PEP 626). */
  readonly keepsLines: boolean;
  /**
   * Which methods are loaded and called as such: of calls without keywords, or of all but what an import gave.
   * CPython: maybe_optimize_method_call().
   */
  readonly methodCalls: 'positional' | 'notImported';
  /** How much calls and displays put on the stack at once, if they can do with less. CPython: STACK_USE_GUIDELINE. */
  readonly stackGuideline: number;
  /** The names of annotated parameters are keys, one constant behind all annotations, or each comes before its own. */
  readonly annotationNames: 'lastAsKeys' | 'eachBefore';
  /** The docstring of a function is a statement of a constant. */
  readonly visitsDocstrings: boolean;
  /** Tests are made bools before a jump or `not` looks at them. */
  readonly convertsTests: boolean;
  /**
   * Jumps that are always taken: forwards or to a place in the code; or of one kind; or of two, of which those past other
   * branches do not look for interrupts.
   */
  readonly jumps: 'byDirection' | 'one' | 'byInterrupts';
  /** Where a basic block begins, besides at labels: nowhere; where code generation says so; behind each jump or exit. */
  readonly blocksBegin: 'atLabels' | 'whereSaid' | 'behindJumps';
  /** How many bits COMPARE_OP's argument has below the operator; none of them is set where there are none. */
  readonly comparisonShift: 0 | 4 | 5;
  /** FORMAT_VALUE converts and formats; later there are instructions for each. */
  readonly formatValue: boolean;
  /** MAKE_FUNCTION takes defaults, annotations and closure; later SET_FUNCTION_ATTRIBUTE does. */
  readonly functionTakesParts: boolean;
  /** The target of a for loop keeps its line by a NOP. */
  readonly forTargetNop: boolean;
  /** The argument of YIELD_VALUE says whether it stands in `yield from` or await. */
  readonly yieldTellsDelegation: boolean;

  // ---- Places ----
  /** Instructions are placed where the walk is, or each is given its place. */
  readonly locations: 'current' | 'explicit';
  /** The first instruction alone of those in a line tells it, and the first one of each statement. */
  readonly linesOnce: boolean;
  /** Slices, and tuples with slices, have places of their own. */
  readonly slicesAreExpressions: boolean;
  /** With `locations: 'current'`: parts of statements and expressions set the place, too, and some code is in no line. */
  readonly placesParts: boolean;
  /** What asks whether an asynchronous loop has ended is placed at the first statement of its else. */
  readonly asyncElseEndsLoop: boolean;
  /** Where getting and asking the iterator of a for statement is placed. */
  readonly forPlace: 'statement' | 'iterable';
  /** Where entering and leaving context managers is placed. */
  readonly withPlace: 'statement' | 'item';
  /** Where getting and asking the iterators of a comprehension is placed. */
  readonly comprehensionPlace: 'comprehension' | 'iterable';
  /**
   * Three and more constants that a class is called with are one tuple, which forgets its body and name: a bug that
   * shows if there is `**` as well.
   */
  readonly dropsPushedArguments: boolean;
  /**
   * Where the jump behind the body of a case is placed, and what comes after a `case _` that is an else: at what the body
   * ends with, or nowhere.
   */
  readonly caseEndPlace: 'body' | 'nowhere';
  /** `del` of an attribute is placed at its name, as the other uses of attributes are. */
  readonly deletesAtName: boolean;
  /** Where decorators are called: at the definition, or at each. */
  readonly decoratorPlace: 'definition' | 'decorator';
  /** Where a failed assertion is raised. */
  readonly assertPlace: 'statement' | 'test';
  /** Where the value of a lambda is returned: at the start of its line, or at the value. */
  readonly lambdaReturnPlace: 'line' | 'value';
  /** Where the scope of a type variable's bound is made, and returns. */
  readonly boundPlace: 'parameter' | 'bound';

  // ---- Refusals ----
  /** The compiler looks for awaits and async statements; from 3.14 the symbol table does. */
  readonly checksInSymtable: boolean;
  /** Async comprehensions are accepted in comprehensions of async functions, with any nesting. */
  readonly asyncComprehensionInComprehension: boolean;
  /** The compiler refuses to bind `__debug__`: in 3.8 the parser does, from 3.14 on the symbol table. */
  readonly refusesAssigningDebug: boolean;
  /** `del __debug__` is refused. */
  readonly refusesDeletingDebug: boolean;
  /** More than one starred target: `two starred expressions…` or `multiple starred expressions…`. */
  readonly multipleStarsWording: 'two' | 'multiple';
  /** `'yield from' outside function`; before, it is called `'yield'`. */
  readonly yieldFromHasOwnWords: boolean;
  /** `keyword argument repeated: name`. */
  readonly repeatedKeywordIsNamed: boolean;
  /** A late `from __future__` import is told by its line, not its place. */
  readonly lateFutureByLine: boolean;
  /** CO_MAXBLOCKS: how deep blocks may nest. */
  readonly maxBlocks: number;
  /** Too many blocks are refused at a place, or without saying where. */
  readonly placesBlockLimit: boolean;
  /** Generators and coroutines have a frame block of their own around the body; bodies of functions begin with a label. */
  readonly stopIterationBlock: boolean;
  /** StopIteration that leaves a generator's body becomes RuntimeError by a handler; before, as it is raised. */
  readonly guardsGenerators: boolean;
  /** An inlined comprehension that has variables of its own is a frame block. */
  readonly inlinedComprehensionBlock: boolean;
  /** Errors are reported where code generation is, or at the node at fault. */
  readonly errorPlace: 'current' | 'node';
  /** Where `__debug__` is refused. */
  readonly debugPlace: 'current' | 'node';
  /** A keyword that a call has twice is reported at its own column, but in the line of the call: 3.9. */
  readonly repeatedKeywordLine: 'call' | 'keyword';
  /** Code generation has moved on to the handler when it looks whether `except:` is the last. */
  readonly bareExceptPlace: 'current' | 'node';
  /** Where code is before its first statement: in line 0, if it is not a class's, or in the line of its definition. */
  readonly scopesBegin: 'lineZero' | 'classesPlaced' | 'definition';
  /** Errors have ends of their own. */
  readonly errorEnds: boolean;
}

const BASE: CompilerDialect = {
  nofreeFlag: true,
  docstringAndMethodFlags: false,
  hasQualnameAttribute: false,
  cellvarsOrder: 'sorted',
  moduleFirstlineno: 'firstInstruction',
  classAttributes: false,
  cleansDocstrings: false,
  strippedDocstringsKeepLines: true,
  stripsDocstringsFromTree: false,
  inlinedCellsOfClass: false,
  displaysBuiltFirst: false,
  annotateQualnameHasFunction: false,
  annotatesInOrder: false,
  lazyScopesTakeFormat: false,
  exceptions: 'subroutines',
  whileTest: 'once',
  inlinedInClass: 'everyName',
  inlinedSymbols: 'all',
  annotations: 'atDefinition',
  annotationsInMatch: false,
  futureSparesAllAnnotations: false,
  endOfFor: 'nothing',
  marksAsyncLoops: false,
  boolOps: 'orPop',
  intrinsics: false,
  methodLoads: 'opcode',
  superInstructions: false,
  sliceInstructions: false,
  readsClassDict: false,
  handlesThrow: false,
  groupCopy: 'beforeList',
  withCleanup: 'first',
  returnsAtEnd: 'unlessReturned',
  withMethods: 'before',
  assertionError: 'global',
  allComparesAlike: true,
  assignsSingleItems: false,
  subscripts: 'opcode',
  constantSlices: false,
  keywordsOfUnpacking: 'flag',
  outermostIterator: 'before',
  genericClassMangles: false,
  popsSubject: 'pattern',
  inlinedBuiltins: [],
  inlinesAsync: false,
  iteratorSize: 1,
  generatorsBeginThemselves: false,
  lazyImports: false,
  constantBranches: 'notEmitted',
  constantFolding: 'ast',
  foldsNamedExpressions: false,
  foldsTextAnnotations: true,
  foldsPatternNames: true,
  foldsDeletedDebug: true,
  emptyJoinedStrIsConstant: false,
  unusedConstants: 'keep',
  jumpsIfNone: false,
  constantKeyMaps: true,
  formatsAtCompileTime: false,
  firstConstantIsNone: true,
  unpacksMatches: false,
  qualnameConstants: true,
  equalCode: 'butForLines',
  calls: 'function',
  stackMoves: 'rotations',
  methodCalls: 'positional',
  stackGuideline: Infinity,
  annotationNames: 'lastAsKeys',
  visitsDocstrings: true,
  operators: 'opcodes',
  delegatesAtOnce: true,
  resumes: false,
  marksGenerators: false,
  wrapsAsyncValues: false,
  keepsLines: false,
  convertsTests: false,
  jumps: 'byDirection',
  blocksBegin: 'atLabels',
  comparisonShift: 0,
  formatValue: true,
  functionTakesParts: true,
  forTargetNop: false,
  yieldTellsDelegation: false,
  locations: 'current',
  placesParts: false,
  asyncElseEndsLoop: false,
  linesOnce: true,
  slicesAreExpressions: false,
  forPlace: 'statement',
  withPlace: 'statement',
  comprehensionPlace: 'comprehension',
  dropsPushedArguments: false,
  caseEndPlace: 'body',
  deletesAtName: false,
  decoratorPlace: 'definition',
  assertPlace: 'statement',
  lambdaReturnPlace: 'line',
  boundPlace: 'parameter',
  checksInSymtable: false,
  asyncComprehensionInComprehension: false,
  refusesAssigningDebug: false,
  refusesDeletingDebug: false,
  multipleStarsWording: 'two',
  yieldFromHasOwnWords: false,
  repeatedKeywordIsNamed: false,
  lateFutureByLine: true,
  maxBlocks: 20,
  placesBlockLimit: false,
  stopIterationBlock: false,
  guardsGenerators: false,
  inlinedComprehensionBlock: false,
  errorPlace: 'current',
  debugPlace: 'current',
  repeatedKeywordLine: 'keyword',
  bareExceptPlace: 'current',
  scopesBegin: 'lineZero',
  errorEnds: false,
};

const CHANGES: readonly Change<CompilerDialect>[] = [
  {
    since: [9],
    rows: {
      exceptions: 'blockStack',
      dropsPushedArguments: true,
      displaysBuiltFirst: true,
      assertionError: 'opcode',
      allComparesAlike: false,
      assignsSingleItems: true,
      linesOnce: false,
      asyncElseEndsLoop: true,
      foldsTextAnnotations: false,
      foldsDeletedDebug: false,
      slicesAreExpressions: true,
      placesBlockLimit: true,
      refusesAssigningDebug: true,
      repeatedKeywordLine: 'call',
      multipleStarsWording: 'multiple',
      repeatedKeywordIsNamed: true,
    },
  },
  {
    since: [10],
    rows: {
      keepsLines: true,
      asyncElseEndsLoop: false,
      foldsTextAnnotations: true,
      blocksBegin: 'whereSaid',
      foldsNamedExpressions: true,
      visitsDocstrings: false,
      stackGuideline: 30,
      annotationNames: 'eachBefore',
      placesParts: true,
      refusesDeletingDebug: true,
      moduleFirstlineno: 'one',
      futureSparesAllAnnotations: true,
      constantBranches: 'optimized',
      unusedConstants: 'trimTail',
      whileTest: 'twice',
      scopesBegin: 'classesPlaced',
      marksGenerators: true,
      repeatedKeywordLine: 'keyword',
      bareExceptPlace: 'node',
      errorEnds: true,
    },
  },
  {
    since: [11],
    rows: {
      nofreeFlag: false,
      hasQualnameAttribute: true,
      cellvarsOrder: 'localsFirst',
      exceptions: 'handlerTable',
      unpacksMatches: true,
      jumpsIfNone: true,
      formatsAtCompileTime: true,
      qualnameConstants: false,
      equalCode: 'never',
      calls: 'precall',
      stackMoves: 'swaps',
      marksGenerators: false,
      scopesBegin: 'definition',
      dropsPushedArguments: false,
      caseEndPlace: 'nowhere',
      deletesAtName: true,
      decoratorPlace: 'decorator',
      annotationsInMatch: true,
      methodCalls: 'notImported',
      operators: 'binaryOp',
      jumps: 'one',
      blocksBegin: 'behindJumps',
      delegatesAtOnce: false,
      resumes: true,
      wrapsAsyncValues: true,
      asyncComprehensionInComprehension: true,
    },
  },
  {
    since: [12],
    rows: {
      unusedConstants: 'dropAllButFirst',
      calls: 'kwNames',
      locations: 'explicit',
      endOfFor: 'endFor',
      boolOps: 'copy',
      intrinsics: true,
      methodLoads: 'attributeBit',
      superInstructions: true,
      sliceInstructions: true,
      readsClassDict: true,
      handlesThrow: true,
      groupCopy: 'afterList',
      withCleanup: 'last',
      returnsAtEnd: 'always',
      guardsGenerators: true,
      comparisonShift: 4,
      lateFutureByLine: false,
      errorPlace: 'node',
      debugPlace: 'node',
    },
  },
  // What 3.12.1 and 3.12.7 differ in; which release in between changed it was not looked at.
  { since: [12], until: [12, 7], rows: { equalCode: 'whole', inlinedSymbols: 'bound' } },
  {
    since: [12, 7],
    rows: {
      yieldFromHasOwnWords: true,
      maxBlocks: 21,
      stopIterationBlock: true,
      forPlace: 'iterable',
      withPlace: 'item',
      comprehensionPlace: 'iterable',
      assertPlace: 'test',
      lambdaReturnPlace: 'value',
    },
  },
  {
    since: [13],
    rows: {
      emptyJoinedStrIsConstant: true,
      classAttributes: true,
      cleansDocstrings: true,
      strippedDocstringsKeepLines: false,
      calls: 'callKw',
      convertsTests: true,
      jumps: 'byInterrupts',
      comparisonShift: 5,
      formatValue: false,
      functionTakesParts: false,
      forTargetNop: true,
      endOfFor: 'popTop',
      yieldTellsDelegation: true,
      boundPlace: 'bound',
    },
  },
  {
    since: [14],
    rows: {
      stripsDocstringsFromTree: true,
      foldsPatternNames: false,
      inlinedCellsOfClass: true,
      docstringAndMethodFlags: true,
      lazyScopesTakeFormat: true,
      whileTest: 'once',
      inlinedInClass: 'ownNames',
      annotations: 'annotate',
      constantFolding: 'flowgraph',
      constantKeyMaps: false,
      firstConstantIsNone: false,
      checksInSymtable: true,
      endOfFor: 'popIter',
      marksAsyncLoops: true,
      boolOps: 'jumpIf',
      withMethods: 'special',
      assertionError: 'commonConstant',
      subscripts: 'binaryOp',
      constantSlices: true,
      keywordsOfUnpacking: 'null',
      outermostIterator: 'before',
      popsSubject: 'next',
      inlinedBuiltins: ['all', 'any', 'tuple'],
      refusesAssigningDebug: false,
    },
  },
  { since: [12], until: [12, 2], rows: { genericClassMangles: true } },
  // python/cpython#127682: 3.13.1 began to make the iterator twice; 3.13.0 did not.
  { since: [13, 1], until: [14], rows: { outermostIterator: 'both' } },
  // Patch releases of 3.13 and 3.14 brought this; compared were 3.13.2, 3.13.18, 3.14.2 and 3.14.10.
  { since: [13, 3], rows: { inlinedComprehensionBlock: true } },
  { since: [14], until: [14, 3], rows: { inlinedComprehensionBlock: false, inlinesAsync: true } },
  { since: [15], until: [15, 1], rows: { inlinedComprehensionBlock: false } },
  {
    since: [15],
    rows: {
      annotateQualnameHasFunction: true,
      annotatesInOrder: true,
      outermostIterator: 'inside',
      inlinedBuiltins: ['all', 'any', 'tuple', 'list', 'set'],
      iteratorSize: 2,
      generatorsBeginThemselves: true,
      lazyImports: true,
    },
  },
];

export const compilerDialect = (minor: number, patch: number): CompilerDialect =>
  rowsAt(BASE, CHANGES, minor, patch);
