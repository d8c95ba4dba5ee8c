// What the compiler refuses, in CPython's words. CPython: Python/compile.c and Python/codegen.c.
export const MESSAGES = {
  returnOutsideFunction: "'return' outside function",
  returnValueInAsyncGenerator: "'return' with value in async generator",
  breakOutsideLoop: "'break' outside loop",
  continueOutsideLoop: "'continue' not properly in loop",
  leavesExceptStar: "'break', 'continue' and 'return' cannot appear in an except* block",
  bareExceptNotLast: "default 'except:' must be last",
  yieldOutsideFunction: "'yield' outside function",
  yieldFromOutsideFunction: "'yield from' outside function",
  yieldFromInAsync: "'yield from' inside async function",
  awaitOutsideFunction: "'await' outside function",
  awaitOutsideAsync: "'await' outside async function",
  asyncForOutside: "'async for' outside async function",
  asyncWithOutside: "'async with' outside async function",
  asyncComprehensionOutside: 'asynchronous comprehension outside of an asynchronous function',
  assignDebug: 'cannot assign to __debug__',
  deleteDebug: 'cannot delete __debug__',
  lateFuture: 'from __future__ imports must occur at the beginning of the file',
  tooManyBlocks: 'too many statically nested blocks',
  tooManyStarTargets: 'too many expressions in star-unpacking assignment',
  twoStarTargets: 'two starred expressions in assignment',
  multipleStarTargets: 'multiple starred expressions in assignment',
  starredTarget: 'starred assignment target must be in a list or tuple',
  starredExpression: "can't use starred expression here",
  repeatedKeyword: (name: string): string => `keyword argument repeated: ${name}`,
  repeatedKeywordUnnamed: 'keyword argument repeated',
  typeParameterOrder: (name: string): string =>
    `non-default type parameter '${name}' follows default type parameter`,
  duplicateStore: (name: string): string => `multiple assignments to name '${name}' in pattern`,
  captureMakesUnreachable: (name: string): string =>
    `name capture '${name}' makes remaining patterns unreachable`,
  wildcardMakesUnreachable: 'wildcard makes remaining patterns unreachable',
  differentNames: 'alternative patterns bind different names',
  multipleStarPatterns: 'multiple starred names in sequence pattern',
  multipleStarExpressionsInPattern: 'multiple starred expressions in sequence pattern',
  tooManyStarPatterns: 'too many expressions in star-unpacking sequence pattern',
  repeatedAttribute: (name: string): string => `attribute name repeated in class pattern: ${name}`,
  patternValue: 'patterns may only match literals and attribute lookups',
  mappingKey: 'mapping pattern keys may only match literals and attribute lookups',
  duplicateKey: (repr: string): string => `mapping pattern checks duplicate key (${repr})`,
  lostCell: (
    name: string,
    unit: string,
    code: { readonly name: string; readonly freevars: readonly string[] },
  ): string => {
    const freevars = code.freevars.map(freevar => `'${freevar}'`).join(', ');
    const tuple = code.freevars.length === 1 ? `(${freevars},)` : `(${freevars})`;
    return `compiler_lookup_arg(name='${name}') with reftype=5 failed in ${unit}; freevars of code ${code.name}: ${tuple}`;
  },
  /** Of lone surrogates: the first, if it is one, and where they are. */
  unencodable: (surrogate: number, first: number, last: number): string => {
    const which =
      first === last
        ? `character '\\u${surrogate.toString(16)}' in position ${first}`
        : `characters in position ${first}-${last}`;
    return `'utf-8' codec can't encode ${which}: surrogates not allowed`;
  },
  /** CPython goes on with addresses and tables. */
  unknownScope: (name: string, unit: string): string =>
    `_PyST_GetScope(name='${name}') failed: unknown scope in unit ${unit}`,
} as const;
