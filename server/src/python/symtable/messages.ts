// What the symbol table's passes say of a source that they refuse, in CPython's words.
// CPython: the #defines at the head of Python/symtable.c, and Python/future.c.
import { BlockType, ComprehensionType } from './flags.ts';

export const importStar = 'import * only allowed at module level';
export const nonlocalAtModuleLevel = 'nonlocal declaration not allowed at module level';
export const recursionError = 'maximum recursion depth exceeded during compilation';

export const duplicateArgument = (name: string, word: 'argument' | 'parameter'): string =>
  `duplicate ${word} '${name}' in function definition`;
export const duplicateTypeParameter = (name: string): string => `duplicate type parameter '${name}'`;
export const reservedTypeParameter = (name: string): string =>
  `reserved name '${name}' cannot be used for type parameter`;

/** `global x` or `nonlocal x` after x was used in another way in the same block. */
export type Declaration = 'global' | 'nonlocal';
export const declaredParameter = (name: string, as: Declaration): string =>
  `name '${name}' is parameter and ${as}`;
export const declaredAfterUse = (name: string, as: Declaration): string =>
  `name '${name}' is used prior to ${as} declaration`;
export const declaredAfterAssignment = (name: string, as: Declaration): string =>
  `name '${name}' is assigned to before ${as} declaration`;
export const declaredAnnotated = (name: string, as: Declaration): string =>
  `annotated name '${name}' can't be ${as}`;
export const nonlocalAndGlobal = (name: string): string => `name '${name}' is nonlocal and global`;
export const nonlocalUnbound = (name: string): string => `no binding for nonlocal '${name}' found`;
export const nonlocalTypeParameter = (name: string): string =>
  `nonlocal binding not allowed for type parameter '${name}'`;

export const namedExprRebindsIteration = (name: string): string =>
  `assignment expression cannot rebind comprehension iteration variable '${name}'`;
export const innerLoopRebindsNamedExpr = (name: string): string =>
  `comprehension inner loop cannot rebind assignment expression target '${name}'`;
export const namedExprInIterable =
  'assignment expression cannot be used in a comprehension iterable expression';

/** Blocks that `:=` in a comprehension cannot bind its target in. */
export const namedExprInComprehensionIn: Readonly<Partial<Record<BlockType, string>>> = {
  [BlockType.Class]: 'assignment expression within a comprehension cannot be used in a class body',
  [BlockType.TypeVariable]: 'assignment expression within a comprehension cannot be used in a TypeVar bound',
  [BlockType.TypeAlias]: 'assignment expression within a comprehension cannot be used in a type alias',
  [BlockType.TypeParameters]:
    'assignment expression within a comprehension cannot be used within the definition of a generic',
};

export const notInAnnotation = (what: string): string => `${what} cannot be used within an annotation`;
export const quotedNotInAnnotation = (what: string): string =>
  `'${what}' can not be used within an annotation`;
export const notInTypeVariable = (what: string, where: string): string =>
  `${what} cannot be used within ${where}`;
export const notInTypeAlias = (what: string): string => `${what} cannot be used within a type alias`;
export const notInGeneric = (what: string): string =>
  `${what} cannot be used within the definition of a generic`;
export const notInClassAnnotationScope = (what: string): string =>
  `Cannot use ${what} in annotation scope within class scope`;

export const yieldInComprehension: Readonly<Record<ComprehensionType, string>> = {
  [ComprehensionType.None]: '',
  [ComprehensionType.List]: "'yield' inside list comprehension",
  [ComprehensionType.Dict]: "'yield' inside dict comprehension",
  [ComprehensionType.Set]: "'yield' inside set comprehension",
  [ComprehensionType.Generator]: "'yield' inside generator expression",
};

export const assignToDebug = 'cannot assign to __debug__';
export const deleteDebug = 'cannot delete __debug__';
export const awaitOutsideFunction = "'await' outside function";
export const awaitOutsideAsyncFunction = "'await' outside async function";
export const asyncWithOutsideAsyncFunction = "'async with' outside async function";
export const asyncForOutsideAsyncFunction = "'async for' outside async function";
export const asyncComprehensionOutsideAsyncFunction =
  'asynchronous comprehension outside of an asynchronous function';

/** `lazy import` or `lazy from ... import` where PEP 810 does not allow it. */
export const lazyNotAllowed = (what: string, where: string): string =>
  `lazy ${what} not allowed inside ${where}`;
export const lazyStar = 'lazy from ... import * is not allowed';

export const lateFuture = 'from __future__ imports must occur at the beginning of the file';
export const notAChance = 'not a chance';
export const undefinedFeature = (name: string): string => `future feature ${name} is not defined`;
