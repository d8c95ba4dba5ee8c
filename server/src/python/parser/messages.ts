// What the parser says of text that it refuses, in CPython's words.

export const INVALID_SYNTAX = 'invalid syntax';
export const UNEXPECTED_INDENT = 'unexpected indent';
export const UNEXPECTED_UNINDENT = 'unexpected unindent';
export const UNEXPECTED_EOF = 'unexpected EOF while parsing';

export const expected = (what: string): string => `expected '${what}'`;
export const expectedBlock = (after: string, lineno: number | string): string =>
  `expected an indented block after ${after} on line ${lineno}`;
export const EXPECTED_BLOCK = 'expected an indented block';
export const FORGOT_COMMA = 'invalid syntax. Perhaps you forgot a comma?';
export const MAYBE_COMPARISON = "invalid syntax. Maybe you meant '==' or ':=' instead of '='?";
export const PART_OF_STRING = 'invalid syntax. Is this intended to be part of the string?';
export const STATEMENT_AFTER_ELSE = "expected expression after 'else', but statement is given";
export const STATEMENT_BEFORE_IF = "expected expression before 'if', but statement is given";
export const EXPECTED_ELSE = "expected 'else' after 'if' expression";
export const NOT_AFTER_OPERATOR = "'not' after an operator must be parenthesized";
export const legacyPrint = (args: string): string =>
  `Missing parentheses in call to 'print'. Did you mean print(${args})?`;
export const LEGACY_EXEC = "Missing parentheses in call to 'exec'";
export const missingParentheses = (name: string): string =>
  `Missing parentheses in call to '${name}'. Did you mean ${name}(...)?`;

export const cannotAssign = (what: string): string => `cannot assign to ${what}`;
export const cannotAssignHere = (what: string): string =>
  `cannot assign to ${what} here. Maybe you meant '==' instead of '='?`;
export const cannotDelete = (what: string): string => `cannot delete ${what}`;
export const cannotName = (what: string): string => `cannot use assignment expressions with ${what}`;
export const illegalAugmented = (what: string): string =>
  `'${what}' is an illegal expression for augmented assignment`;
export const onlySingleTarget = (what: string): string => `only single target (not ${what}) can be annotated`;
export const ILLEGAL_ANNOTATION_TARGET = 'illegal target for annotation';
export const YIELD_TARGET = 'assignment to yield expression not possible';

export const POSITIONAL_AFTER_KEYWORD = 'positional argument follows keyword argument';
export const POSITIONAL_AFTER_UNPACKING = 'positional argument follows keyword argument unpacking';
export const ITERABLE_AFTER_UNPACKING = 'iterable argument unpacking follows keyword argument unpacking';
export const GENERATOR_PARENTHESES = 'Generator expression must be parenthesized';
export const ARGUMENT_ASSIGNMENT = 'expression cannot contain assignment, perhaps you meant "=="?';
export const EXPECTED_ARGUMENT = 'expected argument value expression';
export const ASSIGN_TO_UNPACKING = 'cannot assign to iterable argument unpacking';
export const ASSIGN_TO_KEYWORD_UNPACKING = 'cannot assign to keyword argument unpacking';
export const INVALID_STAR = 'Invalid star expression';

export const STARRED_HERE = 'cannot use starred expression here';
export const STARRED_HERE_CANT = "can't use starred expression here";
export const DOUBLE_STARRED_HERE = 'cannot use double starred expression here';
export const UNPACKING_IN_COMPREHENSION = 'iterable unpacking cannot be used in comprehension';
export const DICT_UNPACKING_IN_COMPREHENSION = 'dict unpacking cannot be used in dict comprehension';
export const COMPREHENSION_TARGET = 'did you forget parentheses around the comprehension target?';
export const IN_EXPECTED = "'in' expected after for-loop variables";
export const COLON_AFTER_KEY = "':' expected after dictionary key";
export const VALUE_AFTER_KEY = "expression expected after dictionary key and ':'";
export const STARRED_DICT_VALUE = 'cannot use a starred expression in a dictionary value';

export const namedAfterStar = (w: string): string => `named ${w}s must follow bare *`;
export const slashFirst = (w: string): string => `at least one ${w} must precede /`;
export const SLASH_ONCE = '/ may appear only once';
export const SLASH_BEFORE_STAR = '/ must be ahead of *';
export const starOnce = (w: string): string =>
  w === 'parameter' ? '* may appear only once' : '* argument may appear only once';
export const COMMA_AFTER_SLASH = 'expected comma between / and *';
export const varargDefault = (w: string): string => `var-positional ${w} cannot have default value`;
export const kwargDefault = (w: string): string => `var-keyword ${w} cannot have default value`;
export const afterKwarg = (w: string): string => `${w}s cannot follow var-keyword ${w}`;
export const EXPECTED_DEFAULT = 'expected default value expression';
export const PARENTHESIZED_PARAMETERS = 'Function parameters cannot be parenthesized';
export const PARENTHESIZED_LAMBDA_PARAMETERS = 'Lambda expression parameters cannot be parenthesized';

export const IMPORT_TRAILING_COMMA = 'trailing comma not allowed without surrounding parentheses';
export const IMPORT_NAMES = "Expected one or more names after 'import'";
export const IMPORT_FROM = "Did you mean to use 'from ... import ...' instead?";
export const EXPECTED_HANDLER = "expected 'except' or 'finally' block";
export const EXCEPT_MIXED = "cannot have both 'except' and 'except*' on the same 'try'";
export const EXCEPT_PARENTHESES = 'multiple exception types must be parenthesized';
export const EXCEPT_PARENTHESES_AS = "multiple exception types must be parenthesized when using 'as'";
export const exceptTarget = (star: boolean, what: string): string =>
  `cannot use except${star ? '*' : ''} statement with ${what}`;
export const EXCEPT_TYPES = 'expected one or more exception types';

export const PATTERN_WILDCARD_TARGET = "cannot use '_' as a target";
export const PATTERN_TARGET = 'invalid pattern target';
export const PATTERN_ORDER = 'positional patterns follow keyword patterns';
export const PATTERN_REAL = 'real number required in complex literal';
export const PATTERN_IMAGINARY = 'imaginary number required in complex literal';

export const TYPE_PARAMETERS_EMPTY = 'Type parameter list cannot be empty';
export const typeParameterBound = (what: string, kind: string): string => `cannot use ${what} with ${kind}`;

/** A field that shows its text, but for which the tokenizer has kept none. */
export const CONSTANT_WITHOUT_VALUE = "field 'value' is required for Constant";
export const MIXED_BYTES = 'cannot mix bytes and nonbytes literals';
export const MIXED_TEMPLATE = 'cannot mix t-string literals with string or bytes literals';
export const unicodeError = (text: string): string => `(unicode error) ${text}`;
export const valueError = (text: string): string => `(value error) ${text}`;
export const unicodeEscape = (start: number, end: number, reason: string): string =>
  start === end
    ? `'unicodeescape' codec can't decode byte 0x5c in position ${start}: ${reason}`
    : `'unicodeescape' codec can't decode bytes in position ${start}-${end}: ${reason}`;
export const invalidHexEscape = (at: number): string => `invalid \\x escape at position ${at}`;
export const tooManyDigits = (digits: number): string =>
  `Exceeds the limit (4300 digits) for integer string conversion: value has ${digits} digits; use sys.set_int_max_str_digits() to increase the limit - Consider hexadecimal for huge integer literals to avoid decimal conversion limits.`;

export const fieldNeedsExpression = (prefix: string, before: string): string =>
  `${prefix}-string: valid expression required before '${before}'`;
export const fieldExpression = (prefix: string): string =>
  `${prefix}-string: expecting a valid expression after '{'`;
export const fieldExpecting = (prefix: string, what: string): string => `${prefix}-string: expecting ${what}`;
export const missingConversion = (prefix: string): string => `${prefix}-string: missing conversion character`;
export const invalidConversion = (prefix: string): string => `${prefix}-string: invalid conversion character`;
export const conversionSpace = (prefix: string, exclamation: string): string =>
  `${prefix}-string: conversion type must come right after the ${exclamation} mark`;
export const badConversion = (prefix: string, name: string): string =>
  `${prefix}-string: invalid conversion character '${name}': expected 's', 'r', or 'a'`;
export const fieldLambda = (prefix: string): string =>
  `${prefix}-string: lambda expressions are not allowed without parentheses`;

export const FSTRING_EMPTY = 'f-string: empty expression not allowed';
export const fstringRequired = (before: string): string => `f-string: expression required before '${before}'`;
export const FSTRING_SINGLE_BRACE = "f-string: single '}' is not allowed";
export const FSTRING_DEPTH = 'f-string: expressions nested too deeply';
export const FSTRING_BACKSLASH = 'f-string expression part cannot include a backslash';
export const FSTRING_HASH = "f-string expression part cannot include '#'";
export const FSTRING_PARENTHESES = 'f-string: too many nested parenthesis';
export const FSTRING_UNTERMINATED = 'f-string: unterminated string';
export const FSTRING_BRACE = "f-string: expecting '}'";
export const FSTRING_CONVERSION = "f-string: invalid conversion character: expected 's', 'r', or 'a'";
export const fstringUnmatched = (bracket: string): string => `f-string: unmatched '${bracket}'`;
export const fstringMismatched = (closing: string, opening: string): string =>
  `f-string: closing parenthesis '${closing}' does not match opening parenthesis '${opening}'`;
export const cannotUseAsPattern = (what: string): string => `cannot use ${what} as pattern target`;
export const importTarget = (what: string): string => `cannot use ${what} as import target`;
export const ELIF_AFTER_ELSE = "'elif' block follows an 'else' block";

export const neverClosed = (bracket: string): string => `'${bracket}' was never closed`;
export const OLD_NOT_EQUAL = "invalid syntax.  Maybe you meant '!=' instead of '<>'?";
export const FLUFL = "with Barry as BDFL, use '<>' instead of '!='";
export const LAZY_FUTURE = 'lazy from __future__ import is not allowed';

export const WITH_TRAILING_COMMA = "the last 'with' item has a trailing comma";
export const RAISE_FROM = "did you forget an expression between 'raise' and 'from'?";
export const RAISE_FROM_NOTHING = "did you forget an expression after 'from'?";
export const REST_NOT_LAST =
  'double star pattern must be the last (right-most) subpattern in the mapping pattern';
export const ASSIGN_DEBUG = 'cannot assign to __debug__';
export const REPEATED_KEYWORD = 'keyword argument repeated';
export const BARE_NAMED = 'cannot use named expression without parentheses here';

export const PART_OF_CONDITIONAL = 'cannot unpack only part of a conditional expression';
export const DICT_PART_OF_CONDITIONAL = 'cannot use dict unpacking on only part of a conditional expression';
export const STARRED_CONDITIONAL =
  'invalid starred expression. Did you forget to wrap the conditional expression in parentheses?';
export const DOUBLE_STARRED_CONDITIONAL =
  'invalid double starred expression. Did you forget to wrap the conditional expression in parentheses?';
export const STARRED_DICT_KEY = 'cannot use a starred expression in a dictionary key';
export const UNPACKING_DICT_KEY = 'cannot use dict unpacking in a dictionary key';
export const UNPACKING_DICT_VALUE = 'cannot use dict unpacking in a dictionary value';
export const DICT_UNPACKING_HERE = 'cannot use dict unpacking here';
export const UNPACKING_IN_LIST = 'cannot use dict unpacking in list comprehension';
export const UNPACKING_IN_GENERATOR = 'cannot use dict unpacking in generator expression';
export const CASE_OUTSIDE = 'case statement must be inside match statement';
export const LAZY_AFTER_FROM = "use 'lazy from ... ' instead of 'from ... lazy import'";
export const constantIdentifier = (name: string): string =>
  `identifier field can't represent '${name}' constant`;
