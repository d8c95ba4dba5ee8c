// Tokens to AST: the parser put together. One recursive-descent parser reads the union of all versions' grammars;
// what the target does not have is reported where the target's own parser gives up.
import { NodeKind } from '../ast/kinds.ts';
import { type Expression } from '../ast/expressions.ts';
import { Module, type Node, type Statement } from '../ast/nodes.ts';
import { walk } from '../ast/visitor.ts';
import type { SourceError } from '../text/syntaxError.ts';
import { tokenize, type TokenizeResult } from '../tokenizer/tokenize.ts';
import { TokenKind } from '../tokenizer/tokens.ts';
import type { GrammarDialect } from '../versions/grammarDialect.ts';
import { CompoundParser } from './compound.ts';
import { orderErrors } from './errors.ts';
import { type FStringHost, legacyParts } from './legacyFStrings.ts';
import { fieldPlaces, filePlaces, type FieldSite, type PlaceOf } from './places.ts';
import type { StringPart, StringShape } from './strings.ts';

/** A place as CPython reports it: lines from 1, columns in UTF-8 bytes from 0. */
export interface NodePosition {
  readonly lineno: number;
  readonly col_offset: number;
  readonly end_lineno: number;
  readonly end_col_offset: number;
}

export interface ParseResult {
  readonly module: Module;
  /** CPython's error first, if it has one; then what else is wrong, for the editor. */
  readonly errors: readonly SourceError[];
  /** Places that CPython reports for nodes in f-strings, where it takes them apart as strings and they are odd. */
  readonly reported: ReadonlyMap<Node, NodePosition>;
}

/**
 * The AST of a file. Broken text gives a tree too: what could be parsed, with `Invalid` nodes for what could not.
 *
 * @param text the file's text, whose tokens `tokenized` has
 */
export function parse(text: string, tokenized: TokenizeResult, dialect: GrammarDialect): ParseResult {
  const parser = new Parser(text, tokenized, dialect, null);
  const module = parser.file();
  const errors = parser.ordered();
  if (errors.length === 0) return { module, errors, reported: parser.reported };
  // The verdict stands; a better tree and more errors come from tokens in which what is unfinished ends early.
  const { nameTable, unfinished } = tokenized;
  const second = new Parser(
    text,
    tokenize(text, tokenized.dialect, { recover: unfinished, nameTable }),
    dialect,
    null,
  );
  const tree = mended(second.file());
  const others = second
    .ordered()
    .filter(({ start, msg }) => start !== errors[0].start || msg !== errors[0].msg);
  return { module: tree, errors: [errors[0], ...others], reported: second.reported };
}

/** A broken text's tree, in which nodes that found no text end where they begin, and not before. */
function mended(module: Module): Module {
  walk(module, node => {
    if (node.end < node.start) node.end = node.start;
  });
  return module;
}

class Parser extends CompoundParser {
  readonly reported: Map<Node, NodePosition>;
  private places: PlaceOf | null = null;

  constructor(
    text: string,
    private readonly tokenized: TokenizeResult,
    dialect: GrammarDialect,
    outer: Parser | null,
  ) {
    super(text, tokenized.tokens, dialect);
    this.reported = outer?.reported ?? new Map<Node, NodePosition>();
    if (!outer) return;
    this.depth = outer.depth + 1;
    this.outerBrackets = 1;
  }

  file(): Module {
    const body: Statement[] = [];
    this.statements(body);
    return new Module(0, this.text.length, body);
  }

  /** The errors, CPython's first. */
  ordered(): readonly SourceError[] {
    const { text, tokenized, dialect, errors, firstFailure: failure } = this;
    return orderErrors({ text, lines: () => this.lines(), tokenized, dialect, errors, failure });
  }

  private placeOf(offset: number): ReturnType<PlaceOf> {
    this.places ??= filePlaces(this.lines());
    return this.places(offset);
  }

  protected report(node: Node, start: number, end: number): void {
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

  protected formattedStringParts(shape: StringShape, at: number, first: number, last: number): StringPart[] {
    const start = this.starts[first];
    const end = this.ends[last];
    const u = this.text.startsWith('u', start) ? 'u' : null;
    // A format specification has the place of its own token, in 3.8 that of all the strings.
    const specStart = this.dialect.ll1 ? start : this.starts[at];
    const specEnd = this.dialect.ll1 ? end : this.ends[at];
    const host: FStringHost = {
      text: this.text,
      wordsFieldStart: this.dialect.wordsFieldStart,
      refuse: msg =>
        this.failAt(msg, this.dialect.ll1 ? first : last + 1, this.dialect.ll1 ? last : last + 1),
      decode: (from, to, raw) => this.decodeText(from, to, raw, at),
      source: (from, to) => this.sourceText(from, to),
      expression: (from, to) =>
        this.fieldExpression({
          start: from,
          end: to,
          tokenStart: this.starts[at],
          tokenEnd: this.ends[at],
          firstStart: start,
          firstEnd: this.ends[first],
        }),
      merge: parts => {
        const values = this.mergeParts(parts, true);
        // All but the last constant of a specification have the place of all the strings.
        this.placeConstants(values.slice(0, -1), start, end, u);
        this.placeConstants(values.slice(-1), specStart, specEnd, specStart === start ? u : null);
        return values;
      },
      placed: node => {
        if (node.kind === NodeKind.JoinedStr) this.report(node, specStart, specEnd);
        else this.report(node, start, end);
        return node;
      },
    };
    return legacyParts(shape, host);
  }

  /** Parses the expression of a replacement field, as CPython does: as a text of its own, in parentheses. */
  private fieldExpression(site: FieldSite): Expression {
    if (this.tooDeep()) return this.invalid(site.start, site.end);
    const { dialect, nameTable } = this.tokenized;
    const options = { start: site.start, end: site.end, expression: true, nameTable };
    const tokenized = tokenize(this.text, dialect, options);
    const inner = new Parser(this.text, tokenized, this.dialect, this);
    inner.places = fieldPlaces(
      this.text,
      site,
      tokenized.tokens,
      offset => this.placeOf(offset),
      this.dialect.fstringPositions,
    );
    const value = inner.field(site);
    walk(value, node => inner.report(node, node.start, node.end));
    const error = inner.ordered()[0];
    if (error) this.fail(`f-string: ${error.msg}`, error.start, error.end, error.type);
    return value;
  }

  private field(site: FieldSite): Expression {
    const value = this.at(TokenKind.YIELD)
      ? this.yieldExpression()
      : this.fieldValue(site.start - 1, site.end + 1);
    if (!this.at(TokenKind.ENDMARKER)) this.unexpectedInBrackets();
    return value;
  }
}
