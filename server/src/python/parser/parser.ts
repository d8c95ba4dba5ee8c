// The state that the functions of the grammar work on: the cursor among the tokens, what is known of the text of strings,
// and the places of nodes that CPython reports elsewhere. Rules that call each other across files, as an expression
// contains displays that contain expressions, are handed in. CPython: Parser/pegen.h, struct Parser.
import { type Expression, Invalid } from '../ast/expressions.ts';
import type { Node } from '../ast/nodes.ts';
import type { ReportedPlace } from '../ast/reportedPlace.ts';
import type { SourceError } from '../text/syntaxError.ts';
import type { TokenizeResult } from '../tokenizer/tokenize.ts';
import type { GrammarDialect } from '../versions/grammarDialect.ts';
import { STARTS_EXPRESSION } from './classes.ts';
import { Cursor } from './cursor.ts';
import type { TextRange } from './fieldTexts.ts';
import { filePlaces, type PlaceOf } from './places.ts';
import { Occurrences, type StringPart, type StringShape } from './stringParts.ts';

/** The rules that files below theirs call. Each begins at the current token and ends behind what it has read. */
export interface Rules {
  expression(p: Parser): Expression;
  bitwiseOr(p: Parser): Expression;
  binary(p: Parser, level: number): Expression;
  unary(p: Parser): Expression;
  lambda(p: Parser): Expression;
  yieldExpression(p: Parser): Expression;
  annotatedRhs(p: Parser): Expression;
  /** Takes apart the f-string token `at` of the time before PEP 701, one of the strings `first` to `last`. */
  formattedStringParts(p: Parser, shape: StringShape, at: number, first: number, last: number): StringPart[];
}

/** What may be a byte that could not be decoded: a low surrogate that is not the second half of a character. */
const UNDECODED = /(?<![\ud800-\udbff])[\udc80-\udcff]/g;

export class Parser extends Cursor {
  readonly reported: Map<Node, ReportedPlace>;
  /** By offset of their beginning, what is wrong with strings and numbers; null if nothing is. */
  readonly literals: Map<number, SourceError | null>;
  /** Where CPython says that an offset is; null until that is asked. */
  places: PlaceOf | null = null;
  /** The token behind which the file wants `<>` for `!=`. */
  fluflFrom = Infinity;
  /** Whether the tokenizer knows an encoding, from the file or since it reads no file. */
  encodingIsTold = true;

  readonly backslashes = new Occurrences(from => this.text.indexOf('\\', from));
  readonly returns = new Occurrences(from => this.text.indexOf('\r', from));
  /** Bytes that could not be decoded. */
  readonly undecoded = new Occurrences(from => {
    UNDECODED.lastIndex = from;
    return UNDECODED.exec(this.text)?.index ?? -1;
  });
  /** The token that begins the f-string here, if it is one of tokens. */
  stringStart = 0;
  /** By the token that begins a string, what its fields show of themselves. */
  readonly textsByString = new Map<number, ReadonlyMap<number, TextRange>>();
  /** Whether the text here is that of a format specification. */
  inSpecification = false;
  /** The token behind the strings that are being put together. */
  afterStrings = 0;

  /** A parser of a text's tokens; `outer` is that of the f-string whose field they are. */
  constructor(
    text: string,
    readonly tokenized: TokenizeResult,
    dialect: GrammarDialect,
    readonly rules: Rules,
    outer: Parser | null,
  ) {
    super(text, tokenized.tokens, dialect);
    this.reported = outer?.reported ?? new Map<Node, ReportedPlace>();
    this.literals = outer?.literals ?? new Map<number, SourceError | null>();
    if (outer) this.depth = outer.depth + 1;
  }

  // ---- Rules of files above ----

  expression(): Expression {
    return this.rules.expression(this);
  }

  /** What stands behind a star, and wherever else an expression is none with `or`, `and`, `not` or comparisons. */
  bitwiseOr(): Expression {
    return this.rules.bitwiseOr(this);
  }

  binary(level: number): Expression {
    return this.rules.binary(this, level);
  }

  unary(): Expression {
    return this.rules.unary(this);
  }

  lambda(): Expression {
    return this.rules.lambda(this);
  }

  yieldExpression(): Expression {
    return this.rules.yieldExpression(this);
  }

  annotatedRhs(): Expression {
    return this.rules.annotatedRhs(this);
  }

  formattedStringParts(shape: StringShape, at: number, first: number, last: number): StringPart[] {
    return this.rules.formattedStringParts(this, shape, at, first, last);
  }

  // ---- What every file needs ----

  startsExpression(): boolean {
    return STARTS_EXPRESSION[this.kind] === 1;
  }

  /** In the place of an expression that is not there. */
  invalid(start: number, end: number): Expression {
    return new Invalid(start, end, []);
  }

  placeOf(offset: number): ReturnType<PlaceOf> {
    this.places ??= filePlaces(this.lines());
    return this.places(offset);
  }

  /** Notes that CPython reports the place `start` to `end` for a node that stands elsewhere. */
  report(node: Node, start: number, end: number): void {
    if (this.reported.has(node)) return;
    const first = this.placeOf(start);
    const last = this.placeOf(end);
    this.reported.set(node, {
      lineno: first.lineno,
      col_offset: first.column,
      end_lineno: last.lineno,
      end_col_offset: last.column,
    });
  }
}
