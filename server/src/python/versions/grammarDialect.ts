// What changes between versions in the grammar. The parser accepts the union of all versions; a row that is a
// feature says whether the target has it, the other rows say how its parser places and words things.
import type { DerivedNames } from '../text/characterNames.ts';
import { rowsAt, type Change } from './rows.ts';

/** What ast.dump() prints. */
export interface DumpDialect {
  /** Fields that are None. */
  readonly showNone: boolean;
  /** Lists that are empty. */
  readonly showEmpty: boolean;
  readonly showLoad: boolean;
  /** Index and ExtSlice around subscripts, and slices without positions. */
  readonly indexNodes: boolean;
  readonly typeParams: boolean;
  readonly lazyImports: boolean;
  /** Whether keywords and aliases have positions. */
  readonly placedKeywords: boolean;
  readonly placedAliases: boolean;
}

const TOO_COMPLEX = 'Parser stack overflowed - Python source too complex to parse';

const DUMP_3_8: DumpDialect = {
  showNone: true,
  showEmpty: true,
  showLoad: true,
  indexNodes: true,
  typeParams: false,
  lazyImports: false,
  placedKeywords: false,
  placedAliases: false,
};
const DUMP_3_9: DumpDialect = { ...DUMP_3_8, showNone: false, indexNodes: false, placedKeywords: true };
const DUMP_3_10: DumpDialect = { ...DUMP_3_9, placedAliases: true };
const DUMP_3_12: DumpDialect = { ...DUMP_3_10, typeParams: true };
const DUMP_3_13: DumpDialect = { ...DUMP_3_12, showEmpty: false };
const DUMP_3_15: DumpDialect = { ...DUMP_3_13, showLoad: false, lazyImports: true };

/** What is called differently when it is refused as a target. */
export interface ExpressionNames {
  readonly operator: string;
  readonly dict: string;
  readonly ellipsis: string;
}

const OLD_NAMES: ExpressionNames = { operator: 'operator', dict: 'dict display', ellipsis: 'Ellipsis' };
const NAMES: ExpressionNames = { operator: 'expression', dict: 'dict literal', ellipsis: 'ellipsis' };

/**
 * Which punctuation counts: that of fields outside of specifications, or of those in one, too. Of the latter the first
 * ends the text, or the last, which may be the `!` of `!=` or not. `own`: each field has the text that stands in it.
 */
export type FieldTexts = 'outermost' | 'firstEnd' | 'lastEnd' | 'lastEndPastUnequal' | 'own';

export interface GrammarDialect {
  readonly dump: DumpDialect;

  // ---- Features: what the target's grammar has ----
  /** PEP 614: any expression after `@`; before, a dotted name with at most one call. */
  readonly anyDecorator: boolean;
  /** `with (a as b, c as d):`, which 3.9's parser accepts before it was official. */
  readonly parenthesizedWith: boolean;
  /** Stars in lists without parentheses: `for x in *a, b:`, `x += *a, b`. */
  readonly starredLists: boolean;
  /** Assignment expressions without parentheses in subscripts. */
  readonly bareWalrusInSubscript: boolean;
  /** PEP 634: match statements. */
  readonly matchStatement: boolean;
  /** PEP 654: `except*`. */
  readonly exceptStar: boolean;
  /** PEP 646: `x[*a]`. */
  readonly starredSubscript: boolean;
  /** PEP 646: `*args: *T`. */
  readonly starredAnnotation: boolean;
  /** PEP 695: `type X = …`, `def f[T]()`, `class C[T]`. */
  readonly typeParameters: boolean;
  /** PEP 696: `[T = int]`. */
  readonly typeParameterDefaults: boolean;
  /** PEP 701: f-strings are tokens; before, they are strings that the parser takes apart. */
  readonly fstringTokens: boolean;
  /** PEP 750: t-strings. */
  readonly templateStrings: boolean;
  /** PEP 758: `except A, B:`. */
  readonly bareExceptTuple: boolean;
  /** PEP 798: `[*a for a in b]`, `{**a for a in b}`. */
  readonly comprehensionUnpacking: boolean;
  /** A plus sign before a number in a pattern. */
  readonly plusPatterns: boolean;
  /** The sign is no part of the tree there. */
  readonly plusPatternIsNumber: boolean;
  /** PEP 810: `lazy import a`. */
  readonly lazyImports: boolean;

  // ---- Grammar that went away ----
  /** `(*a)` is a starred expression in parentheses, which the compiler refuses; 3.8. */
  readonly starredGroup: boolean;
  /** A condition of a comprehension may be a lambda; 3.8. */
  readonly lambdaInComprehensionIf: boolean;
  /** `del *a` is refused by the compiler, and not by the parser. */
  readonly starredDeletion: boolean;
  /** `__debug__` as a target and repeated keywords are refused with the tree, and not by the compiler; 3.8. */
  readonly refusesNames: boolean;

  // ---- Words: errors that the target has a message of its own for ----
  /** "cannot use starred expression here"; before, "can't". */
  readonly cannot: (msg: string) => string;
  /** Double stars in parentheses, stars without an operand. */
  readonly wordsStars: boolean;
  /** "cannot assign to iterable argument unpacking" */
  readonly wordsStarAssignment: boolean;
  /** "expected argument value expression" */
  readonly wordsMissingArgument: boolean;
  /** "cannot assign to True" for keywords of a call. */
  readonly wordsConstantKeyword: boolean;
  /** "did you forget parentheses around the comprehension target?" */
  readonly wordsComprehensionTarget: boolean;
  /** What is missing or too much in a dict display. */
  readonly wordsDictEntries: boolean;
  /** "'in' expected after for-loop variables" */
  readonly wordsIn: boolean;
  /** "Perhaps you forgot a comma?" */
  readonly wordsComma: boolean;
  /** What an indented block was expected after, and on which line. */
  readonly wordsBlock: boolean;
  /** "expected ':'" at the end of a header's line. */
  readonly wordsColon: boolean;
  /** "cannot have both 'except' and 'except*' on the same 'try'" */
  readonly wordsMixedHandlers: boolean;
  /** "multiple exception types must be parenthesized" */
  readonly wordsExcept: boolean;
  /** "'elif' block follows an 'else' block" */
  readonly wordsElif: boolean;
  /** What is wrong with an import, instead of "invalid syntax". */
  readonly wordsImport: boolean;
  /** "cannot use subscript as import target" */
  readonly wordsImportTarget: boolean;
  /** "cannot use attribute as pattern target" */
  readonly wordsPatternTarget: boolean;
  /** "Type parameter list cannot be empty" */
  readonly wordsEmptyTypeParameters: boolean;
  /** A def without parentheses: "expected '('". */
  readonly wordsDefParenthesis: boolean;
  /** A def's colon is asked for whatever stands there; no other header's is. */
  readonly forcesDefColon: boolean;
  /** "'(' was never closed" */
  readonly wordsUnclosed: boolean;
  /** Before the parser refuses a text, it reads the rest of it for errors of the tokenizer. */
  readonly readsOn: boolean;
  /** `from __future__ import barry_as_FLUFL` makes `<>` the operator, and `!=` none. */
  readonly readsFlufl: boolean;
  /** "Maybe you meant '!=' instead of '<>'?" */
  readonly wordsNotEqual: boolean;
  /** Assignment expressions without parentheses in set displays. */
  readonly bareWalrusInSet: boolean;
  /** "Maybe you meant '==' or ':=' instead of '='?" */
  readonly wordsComparison: boolean;
  /** What is called a mark in the conversion of a field: 3.12 misspells it. */
  readonly exclamation: string;
  /** The text's end is "unexpected EOF while parsing". */
  readonly eofIsUnexpected: boolean;
  /** "Is this intended to be part of the string?" */
  readonly wordsString: boolean;
  /** "expected expression after 'else', but statement is given" and its like */
  readonly wordsStatement: boolean;
  /** "cannot use except statement with attribute" */
  readonly wordsExceptTarget: boolean;
  /** An error at the end of a line is one column wide. */
  readonly newlineHasWidth: boolean;
  /** Where the texts end that fields show of themselves, as `{a!=b=}` does. */
  readonly fieldTexts: FieldTexts;
  /** The texts of a format specification: kept as they are, or put together; empty ones are counted, or not even that. */
  readonly specificationTexts: 'kept' | 'counted' | 'merged';
  /** A specification that is one text begins at its colon. */
  readonly specificationTextAtColon: boolean;
  /** Escapes in the text that `{'\\n'=}` shows of itself are decoded. */
  readonly decodesFieldText: boolean;
  /** A `#` in a string of a field begins a comment, as far as the text is concerned that the field shows of itself. */
  readonly commentsInFieldStrings: boolean;
  /** A quote behind a backslash ends a string of a field, as far as comments in the field's text are concerned. */
  readonly escapedQuotesEndFieldStrings: boolean;
  /** A raw f-string is not raw right behind the colon of a field. */
  readonly decodesRawSpecStart: boolean;
  /** The text of an Interpolation has the blanks at its end. */
  readonly interpolationKeepsBlanks: boolean;
  /** A wrong conversion is found before what follows it. */
  readonly conversionFirst: boolean;
  /** What is wrong with `/`, `*`, `**` and defaults among parameters. */
  readonly wordsParameters: boolean;
  /** What is said of a parameter without default behind one with. */
  readonly nonDefault: string;
  /** What a parameter is called in errors. */
  readonly parameterWord: 'argument' | 'parameter';
  /** What the tokenizer refuses in a field of an f-string is placed by lines of the field. */
  readonly fieldHasOwnLines: boolean;
  /** "f-string: expression required before '!'" */
  readonly wordsFieldStart: boolean;
  /** A parameter without default behind `/` and one with has words of its own. */
  readonly wordsParameterRange: boolean;
  /** "Did you mean print("hello")?", with the line's text, where the error is found. */
  readonly printsLegacyText: boolean;
  /** Which errors have columns in bytes: those of what makes the tree, or all if the file does not tell its encoding. */
  readonly byteColumns: 'never' | 'ofTree' | 'unlessTold';
  /** Where a line is the last one read, its columns are counted from the beginning of the tokenizer's buffer, which may be lines before. */
  readonly countsFromBuffer: boolean;
  /** What is said of a bytes literal beyond ASCII. */
  readonly bytesAscii: string;
  /** That is said at the literal, and not at the token behind it. */
  readonly bytesAsciiAtLiteral: boolean;
  /** Words for a trailing comma in `with`, `raise from`, `**rest` before other keys, `assert a = b`. */
  readonly wordsClauses: boolean;
  /** "'not' after an operator must be parenthesized" */
  readonly wordsNot: boolean;

  /** A format specification has the place of all the strings beside it. */
  readonly specificationHasStringPlace: boolean;
  /** What is wrong with strings is said where they begin, and not at what follows them. */
  readonly literalErrorsAtString: boolean;

  // ---- Errors: how the second pass differs ----
  readonly expressionNames: ExpressionNames;
  /** "cannot", where 3.9 and before say "can't". */
  readonly saysCannot: boolean;
  /** The parser reads a token ahead and never goes back; all that it says is where it stopped. 3.8. */
  readonly readsAheadOnly: boolean;
  /** Words of the keywords that are keywords in some places only. */
  readonly softKeywords: readonly string[];
  /** How deep the parser's rules may be nested, and what is said where they are deeper. */
  readonly parserDepth: number;
  readonly tooComplex: string;
  /** What can be a target, but stands where none can, is "invalid syntax" at once. */
  readonly refusesGoodTargets: boolean;
  /** A comma behind imported names is refused at the end of a line only. */
  readonly importCommaEndsLine: boolean;
  /** The colon of a def is asked for by name in the second pass only. */
  readonly forcesInSecondPass: boolean;
  /** `*Ts: int` among type parameters is refused in the first pass. */
  readonly boundRefusedAtOnce: boolean;
  /** A missing `in` is found in the first pass. */
  readonly inRefusedAtOnce: boolean;
  /** `f(**a, *b)` is refused from the comma on, or at its star; in 3.10 where the arguments begin. */
  readonly unpackingFromComma: boolean;
  /** "Perhaps you forgot a comma?" behind an expression of several lines is said of the last of them. */
  readonly commaAtLastLine: boolean;
  readonly unpackingAtStar: boolean;
  /** A star without an expression is refused in the first pass. */
  readonly starRefusedAtOnce: boolean;
  /** A parameter without default is named where it stands. */
  readonly nonDefaultAtParameter: boolean;
  /** The first element of a comprehension forbids to read it as anything else. */
  readonly comprehensionCuts: boolean;
  /** What is wrong with the text of an f-string is said of that text, and not of the quotes behind it. */
  readonly decodingErrorAtText: boolean;
  /** Names that read as `None`, `True` or `False` once they are normalised are refused with the tree. */
  readonly refusesConstantNames: boolean;
  /** In 3.8 the dotted name of an imported module is not normalised (NFKC). */
  readonly dottedNamesAsWritten: boolean;
  /** Brackets are read as comprehensions first. */
  readonly comprehensionFirst: boolean;
  /** "cannot use double starred expression here" */
  readonly wordsDoubleStarredGroup: boolean;
  /** "cannot use dict unpacking here" and its like */
  readonly wordsUnpackingHere: boolean;
  /** "cannot unpack only part of a conditional expression" */
  readonly wordsPartOfConditional: boolean;
  /** "case statement must be inside match statement" */
  readonly wordsCase: boolean;

  // ---- Literals ----
  /** Decimal integers of more than 4300 digits are refused. */
  readonly integerDigitLimit: boolean;
  /** The version of the Unicode database, for `\\N{…}`. */
  readonly unicodeVersion: string;
  /** Which names of derived characters `\\N{…}` knows. */
  readonly derivedNames: DerivedNames;

  // ---- Positions ----
  /** A compound statement ends with its last token, a semicolon too; in 3.8 with its last statement. */
  readonly endsAtToken: boolean;
  /** Where the interpreter places expressions in f-strings that are taken apart by the parser. */
  readonly fstringPositions: 'firstToken' | 'pointer' | 'trimmed';
  /** In 3.8 a starred argument ends with its expression, without the parentheses around that. */
  readonly starredArgumentEndsAtValue: boolean;
  /** In 3.8 a keyword-only parameter ends with its name, without the annotation. */
  readonly keywordOnlyEndsAtName: boolean;
}

const BASE: GrammarDialect = {
  dump: DUMP_3_8,
  anyDecorator: false,
  parenthesizedWith: false,
  starredLists: false,
  bareWalrusInSubscript: false,
  matchStatement: false,
  exceptStar: false,
  starredSubscript: false,
  starredAnnotation: false,
  typeParameters: false,
  typeParameterDefaults: false,
  fstringTokens: false,
  templateStrings: false,
  bareExceptTuple: false,
  comprehensionUnpacking: false,
  lazyImports: false,
  plusPatterns: false,
  plusPatternIsNumber: false,
  starredGroup: true,
  lambdaInComprehensionIf: true,
  starredDeletion: true,
  refusesNames: true,
  cannot: msg => msg.replace('cannot', "can't"),
  wordsStars: false,
  wordsStarAssignment: false,
  wordsMissingArgument: false,
  wordsConstantKeyword: true,
  wordsComprehensionTarget: false,
  wordsDictEntries: false,
  wordsIn: false,
  wordsComma: false,
  wordsNot: false,
  wordsClauses: false,
  bytesAsciiAtLiteral: true,
  specificationHasStringPlace: true,
  literalErrorsAtString: true,
  bytesAscii: 'bytes can only contain ASCII literal characters.',
  printsLegacyText: true,
  byteColumns: 'ofTree',
  countsFromBuffer: true,
  wordsParameterRange: false,
  fieldHasOwnLines: true,
  wordsFieldStart: false,
  parameterWord: 'argument',
  nonDefault: 'non-default argument follows default argument',
  wordsParameters: false,
  conversionFirst: false,
  newlineHasWidth: false,
  fieldTexts: 'own',
  specificationTexts: 'merged',
  specificationTextAtColon: false,
  decodesFieldText: false,
  commentsInFieldStrings: false,
  escapedQuotesEndFieldStrings: false,
  decodesRawSpecStart: false,
  interpolationKeepsBlanks: false,
  wordsExceptTarget: false,
  wordsStatement: false,
  wordsString: false,
  eofIsUnexpected: true,
  exclamation: 'exclamanation',
  wordsComparison: false,
  bareWalrusInSet: false,
  readsFlufl: false,
  wordsNotEqual: false,
  wordsUnclosed: false,
  readsOn: false,
  wordsBlock: false,
  wordsColon: false,
  wordsMixedHandlers: false,
  wordsExcept: false,
  wordsElif: false,
  wordsImport: false,
  wordsImportTarget: false,
  wordsPatternTarget: false,
  wordsEmptyTypeParameters: false,
  wordsDefParenthesis: false,
  forcesDefColon: false,
  expressionNames: OLD_NAMES,
  saysCannot: false,
  readsAheadOnly: true,
  softKeywords: [],
  parserDepth: 1700,
  tooComplex: '',
  refusesGoodTargets: true,
  importCommaEndsLine: false,
  forcesInSecondPass: false,
  boundRefusedAtOnce: false,
  inRefusedAtOnce: false,
  unpackingFromComma: false,
  commaAtLastLine: false,
  unpackingAtStar: true,
  starRefusedAtOnce: false,
  nonDefaultAtParameter: false,
  comprehensionCuts: true,
  decodingErrorAtText: false,
  refusesConstantNames: false,
  comprehensionFirst: false,
  wordsDoubleStarredGroup: false,
  wordsUnpackingHere: false,
  wordsPartOfConditional: false,
  wordsCase: false,
  integerDigitLimit: true,
  unicodeVersion: '12.1.0',
  derivedNames: 'literal',
  endsAtToken: false,
  fstringPositions: 'firstToken',
  starredArgumentEndsAtValue: true,
  keywordOnlyEndsAtName: true,
  dottedNamesAsWritten: true,
};

const CHANGES: readonly Change<GrammarDialect>[] = [
  {
    since: [9],
    rows: {
      readsAheadOnly: false,
      byteColumns: 'unlessTold',
      parserDepth: 6000,
      bareWalrusInSet: true,
      dump: DUMP_3_9,
      unicodeVersion: '13.0.0',
      anyDecorator: true,
      parenthesizedWith: true,
      starredLists: true,
      starredGroup: false,
      lambdaInComprehensionIf: false,
      starredDeletion: false,
      specificationHasStringPlace: false,
      literalErrorsAtString: false,
      bytesAsciiAtLiteral: false,
      refusesNames: false,
      endsAtToken: true,
      fstringPositions: 'pointer',
      starredArgumentEndsAtValue: false,
      keywordOnlyEndsAtName: false,
      dottedNamesAsWritten: false,
    },
  },
  {
    since: [10],
    rows: {
      expressionNames: NAMES,
      fieldHasOwnLines: false,
      saysCannot: true,
      softKeywords: ['_', 'case', 'match'],
      refusesGoodTargets: false,
      importCommaEndsLine: true,
      nonDefaultAtParameter: true,
      unpackingAtStar: false,
      comprehensionCuts: false,
      wordsDoubleStarredGroup: true,
      bytesAscii: 'bytes can only contain ASCII literal characters',
      printsLegacyText: false,
      eofIsUnexpected: false,
      wordsComparison: true,
      wordsUnclosed: true,
      readsOn: true,
      dump: DUMP_3_10,

      forcesDefColon: true,
      wordsExcept: true,
      wordsColon: true,
      wordsBlock: true,
      cannot: msg => msg,
      wordsDictEntries: true,
      wordsComma: true,
      wordsComprehensionTarget: true,
      matchStatement: true,
      bareWalrusInSubscript: true,
      fstringPositions: 'trimmed',
    },
  },
  {
    since: [11],
    rows: {
      unpackingAtStar: true,
      bytesAsciiAtLiteral: true,
      wordsMixedHandlers: true,
      wordsFieldStart: true,
      wordsParameters: true,
      wordsDefParenthesis: true,
      unicodeVersion: '14.0.0',
      exceptStar: true,
      starredSubscript: true,
      starredAnnotation: true,
    },
  },
  {
    since: [12],
    rows: {
      softKeywords: ['_', 'case', 'match', 'type'],
      tooComplex: TOO_COMPLEX,
      boundRefusedAtOnce: true,
      newlineHasWidth: true,
      fieldTexts: 'firstEnd',
      decodesFieldText: true,
      commentsInFieldStrings: true,
      decodesRawSpecStart: true,
      wordsParameterRange: true,
      nonDefault: 'parameter without a default follows parameter with a default',
      dump: DUMP_3_12,

      wordsStarAssignment: true,
      wordsMissingArgument: true,
      unicodeVersion: '15.0.0',
      typeParameters: true,
      fstringTokens: true,
    },
  },
  {
    since: [13],
    rows: {
      byteColumns: 'never',
      forcesInSecondPass: true,
      wordsIn: true,
      inRefusedAtOnce: true,
      starRefusedAtOnce: true,
      unpackingFromComma: true,
      unpackingAtStar: false,
      exclamation: 'exclamation',
      wordsStars: true,
      dump: DUMP_3_13,
      wordsEmptyTypeParameters: true,
      wordsImport: true,
      wordsNot: true,
      unicodeVersion: '15.1.0',

      typeParameterDefaults: true,
    },
  },
  {
    since: [14],
    rows: {
      specificationTextAtColon: true,
      inRefusedAtOnce: false,
      starRefusedAtOnce: false,
      readsFlufl: true,
      wordsNotEqual: true,
      conversionFirst: true,
      wordsExceptTarget: true,
      wordsStatement: true,
      wordsString: true,
      wordsPatternTarget: true,
      wordsImportTarget: true,
      wordsElif: true,
      unicodeVersion: '16.0.0',
      templateStrings: true,
      bareExceptTuple: true,
    },
  },
  {
    since: [15],
    rows: {
      softKeywords: ['_', 'case', 'lazy', 'match', 'type'],
      boundRefusedAtOnce: false,
      comprehensionFirst: true,
      wordsUnpackingHere: true,
      commaAtLastLine: true,
      wordsPartOfConditional: true,
      wordsCase: true,
      wordsClauses: true,
      plusPatterns: true,
      parameterWord: 'parameter',
      dump: DUMP_3_15,
      unicodeVersion: '17.0.0',
      comprehensionUnpacking: true,
      lazyImports: true,
    },
  },
  { since: [12], until: [12, 2], rows: { fieldTexts: 'outermost', specificationTexts: 'kept' } },
  // From somewhere between 3.12.1 and 3.12.7, and 3.13.0 and 3.13.2.
  { since: [12, 2], rows: { countsFromBuffer: false } },
  { since: [13], until: [13, 1], rows: { countsFromBuffer: true } },
  // Somewhere between 3.13.0 and 3.13.2, and then between 3.13.2 and 3.13.18, 3.14.2 and 3.14.10, 3.15.0rc1 and 3.15.2.
  { since: [13, 1], rows: { fieldTexts: 'lastEndPastUnequal', decodesFieldText: false } },
  { since: [14], rows: { fieldTexts: 'lastEnd' } },
  { since: [13, 3], until: [14], rows: { fieldTexts: 'own' } },
  { since: [14, 3], until: [15], rows: { fieldTexts: 'own' } },
  { since: [15, 1], rows: { fieldTexts: 'own' } },
  // Somewhere between 3.12.1 and 3.12.7.
  {
    since: [12, 2],
    until: [13],
    rows: {
      unpackingFromComma: true,
      unpackingAtStar: false,
      specificationTexts: 'counted',
      byteColumns: 'never',
    },
  },
  // Patch releases of 3.13 and 3.14 read such names in any case.
  // Somewhere between 3.13.2 and 3.13.18.
  {
    since: [13, 3],
    rows: {
      commentsInFieldStrings: false,
      refusesConstantNames: true,
      decodesRawSpecStart: false,
      readsFlufl: true,
      wordsNotEqual: true,
    },
  },
  { since: [13, 12], until: [14], rows: { derivedNames: 'canonical' } },
  { since: [14, 3], rows: { derivedNames: 'canonical' } },
  { since: [14], until: [14, 3], rows: { wordsNotEqual: false, escapedQuotesEndFieldStrings: true } },
  {
    since: [15],
    until: [15, 1],
    rows: { wordsNotEqual: false, escapedQuotesEndFieldStrings: true, plusPatternIsNumber: true },
  },
  // Somewhere between 3.14.2 and 3.14.10, and between 3.15.0rc1 and 3.15.2.
  { since: [14, 3], until: [15], rows: { interpolationKeepsBlanks: true, decodingErrorAtText: true } },
  { since: [15, 1], rows: { interpolationKeepsBlanks: true, decodingErrorAtText: true } },
];

export const grammarDialect = (minor: number, patch: number): GrammarDialect =>
  rowsAt(BASE, CHANGES, minor, patch);
