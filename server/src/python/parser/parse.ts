// Tokens to AST: the parser put together. One recursive-descent parser reads the union of all versions' grammars;
// what the target does not have is reported where the target's own parser gives up.
import { NodeKind } from '../ast/kinds.ts';
import { type Expression } from '../ast/expressions.ts';
import { Module, type Node, type Statement } from '../ast/nodes.ts';
import { walk } from '../ast/visitor.ts';
import type { Break } from '../code/broken.ts';
import type { SourceError } from '../text/syntaxError.ts';
import { tokenize, type TokenizeResult } from '../tokenizer/tokenize.ts';
import { KEYWORDS, TokenKind, type Tokens } from '../tokenizer/tokens.ts';
import type { GrammarDialect } from '../versions/grammarDialect.ts';
import * as messages from './messages.ts';
import { CompoundParser } from './compound.ts';
import { fieldsWithTexts } from './fieldTexts.ts';
import { diagnose, explain, type Suspect } from './diagnosis/diagnose.ts';
import { isRaised, isTokenizerError } from './diagnosis/order.ts';
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
  /** What the errors break, in no order: code without one of these in it is whole in the tree. */
  readonly breaks: readonly Break[];
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
  const first = parser.refusal('file');
  if (!first) {
    const errors = parser.constantNames();
    return { module, errors, breaks: errors.map(breakAtStart), reported: parser.reported };
  }
  // The verdict stands; a better tree and more errors come from tokens in which what is unfinished ends early.
  const { nameTable, unfinished } = tokenized;
  const recovered = tokenize(text, tokenized.dialect, { recover: unfinished, nameTable });
  const second = new Parser(text, recovered, dialect, null);
  const tree = mended(second.file());
  const known = new Set([`${first.start} ${first.msg}`]);
  const explained = second.explained(first);
  const others = [...recovered.errors, ...explained].filter(({ start, msg }) => {
    const isNew = !known.has(`${start} ${msg}`);
    known.add(`${start} ${msg}`);
    return isNew;
  });
  const breaks = [...recovered.errors.map(breakAtStart), ...second.breaks(first, explained)];
  for (const { start, end } of recovered.guesses)
    breaks.push({ at: start, error: explained.find(error => error.start >= start) ?? first, to: end });
  return { module: tree, errors: [first, ...others], breaks, reported: second.reported };
}

const breakAtStart = (error: SourceError): Break => ({ at: error.start, error });

/** A broken text's tree, in which nodes that found no text end where they begin, and not before. */
function mended(module: Module): Module {
  walk(module, node => {
    if (node.end < node.start) node.end = node.start;
  });
  return module;
}

class Parser extends CompoundParser {
  readonly reported: Map<Node, NodePosition>;
  /** By offset of their beginning, what is wrong with strings and numbers; null if nothing is. */
  private readonly literals: Map<number, SourceError | null>;
  private places: PlaceOf | null = null;

  constructor(
    text: string,
    private readonly tokenized: TokenizeResult,
    dialect: GrammarDialect,
    outer: Parser | null,
  ) {
    super(text, tokenized.tokens, dialect);
    this.reported = outer?.reported ?? new Map<Node, NodePosition>();
    this.literals = outer?.literals ?? new Map<number, SourceError | null>();
    if (!outer) return;
    this.depth = outer.depth + 1;
  }

  file(): Module {
    const body: Statement[] = [];
    this.statements(body);
    return new Module(0, this.text.length, body);
  }

  /** CPython's error; null if it has none. */
  refusal(rule: 'file' | 'field', tokens: Tokens = this.tokenized.tokens): SourceError | null {
    const { tokenized, errors } = this;
    if (errors.length === 0 && tokenized.errors.length === 0 && this.deepest < SUSPICIOUS_DEPTH) return null;
    return diagnose(this.suspect(rule === 'field' ? 1 : 0, tokens), rule).error ?? errors.at(0) ?? null;
  }

  /** A name that is a constant once it is normalised (NFKC), which only some targets look for: the first one, if any. */
  constantNames(): readonly SourceError[] {
    if (!this.dialect.refusesConstantNames) return [];
    const { kinds, values, starts, ends, names } = this;
    for (let i = 0; i < this.count; i++) {
      if (kinds[i] !== TokenKind.NAME || values[i] >= KEYWORDS.length) continue;
      const name = names[values[i]];
      if (name !== 'None' && name !== 'True' && name !== 'False') continue;
      const msg = messages.constantIdentifier(name);
      return [{ type: 'ValueError', msg, start: starts[i], end: ends[i], position: {} }];
    }
    return [];
  }

  /** The errors in the words that CPython would have for them, were they its first; without those of the first's statement. */
  explained(first: SourceError): SourceError[] {
    const { errors, errorStatements, starts } = this;
    const later = errors.filter((_, i) => i < MOST_EXPLAINED && starts[errorStatements[i]] > first.start);
    const reasons = explain(
      this.suspect(0),
      later.map(error => errorStatements[errors.indexOf(error)]),
    );
    return errors.map(error => {
      const reason = reasons[later.indexOf(error)];
      return reason && reason.start <= error.end && reason.end >= error.start - NEAR ? reason : error;
    });
  }

  /** What its errors break; `explained` as that gives them. */
  breaks(first: SourceError, explained: readonly SourceError[]): Break[] {
    const { errors, errorPlaces } = this;
    const isFirst = (i: number): boolean => errors[i].start === first.start;
    const breaks: Break[] = explained.map((error, i) => ({
      at: errorPlaces[i],
      error: isFirst(i) ? first : error,
    }));
    for (const { start, end, error } of this.strayBlocks)
      breaks.push({ at: start, error: errors[error] ?? first, to: end });
    return errors.some((_, i) => isFirst(i)) ? breaks : [breakAtStart(first), ...breaks];
  }

  private suspect(shift: number, tokens: Tokens = this.tokenized.tokens): Suspect {
    const { text, tokenized, dialect } = this;
    const errors = tokenized.errors.map(error => ({ ...error, token: error.token + shift }));
    return {
      text,
      tokens,
      dialect,
      lines: () => this.lines(),
      tokenized: { ...tokenized, errors },
      literalError: token => this.literalError(token - shift),
      flufl: token => token - shift > this.fluflFrom,
      fieldHasText: fieldsWithTexts(text, tokens, dialect.fieldTexts),
    };
  }

  /** What is wrong with the strings that begin at a token, or with the number there. */
  private literalError(token: number): SourceError | null {
    const start = this.starts[token];
    const known = this.literals.get(start);
    if (known !== undefined) return known;
    const probe = new Parser(this.text, this.tokenized, this.dialect, null);
    probe.depth = this.depth;
    probe.seek(token);
    if (probe.at(TokenKind.NUMBER)) probe.number();
    else if (probe.at(TokenKind.FSTRING_MIDDLE) || probe.at(TokenKind.TSTRING_MIDDLE))
      probe.specificationText();
    else probe.strings();
    const error = probe.literalErrors.at(0) ?? null;
    this.literals.set(start, error);
    return error;
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
    const specStart = this.dialect.specificationHasStringPlace ? start : this.starts[at];
    const specEnd = this.dialect.specificationHasStringPlace ? end : this.ends[at];
    const host: FStringHost = {
      text: this.text,
      wordsFieldStart: this.dialect.wordsFieldStart,
      refuse: msg => {
        const [from, to] = this.dialect.literalErrorsAtString ? [first, last] : [last + 1, last + 1];
        this.failLiteral({ type: 'SyntaxError', msg, start: this.starts[from], end: this.ends[to] });
      },
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
    const error = inner.refusal('field', inParentheses(tokenized.tokens, site));
    if (error) this.failLiteral(this.fieldError(error, inner, site));
    return value;
  }

  /** An error in a field, as it is reported: columns count from the parenthesis that stands for the brace. */
  private fieldError(error: SourceError, inner: Parser, site: FieldSite): SourceError {
    const { type, start, end } = error;
    const open = site.start - 1;
    if (isTokenizerError(error) && isRaised(error)) {
      // The tokenizer knows nothing of the string around it, but from 3.10 on the line.
      const { position } = error;
      const before = this.dialect.fieldHasOwnLines ? 0 : this.lines().lineno(site.start) - 1;
      if (position?.lineno === undefined || before === 0) return error;
      const lineno = position.lineno + before;
      return { ...error, position: { ...position, lineno, end_lineno: lineno } };
    }
    if (this.dialect.readsAheadOnly) {
      // It is a text of its own, and reading its last parenthesis has met its end.
      const lines = this.lines();
      const lineno = lines.lineno(start) - lines.lineno(site.start) + 1;
      const from = lineno === 1 ? open : lines.starts[lines.lineno(start) - 1];
      const msg =
        start >= site.end && error.msg === messages.INVALID_SYNTAX ? messages.UNEXPECTED_EOF : error.msg;
      return { type, msg, start, end, position: { lineno, offset: start - from + 1 } };
    }
    const first = inner.placeOf(start);
    const last = inner.placeOf(end);
    const shift = inner.placeOf(open).column;
    const position = {
      lineno: first.lineno,
      offset: first.column - shift + 1,
      end_lineno: last.lineno,
      end_offset: last.column - shift + 1,
    };
    return { type, msg: `f-string: ${error.msg}`, start, end, position };
  }

  private field(site: FieldSite): Expression {
    const value = this.at(TokenKind.YIELD)
      ? this.yieldExpression()
      : this.fieldValue(site.start - 1, site.end + 1);
    if (!this.at(TokenKind.ENDMARKER)) this.unexpected();
    return value;
  }
}

/** From how many levels on CPython's parser may find a text too deep: it is asked. */
const SUSPICIOUS_DEPTH = 50;

/** How many errors behind the first are explained. */
const MOST_EXPLAINED = 100;

/** How far from an error its explanation may be. */
const NEAR = 200;

/** The tokens of a field with the parentheses that CPython puts around it. */
function inParentheses(tokens: Tokens, site: FieldSite): Tokens {
  let last = tokens.count;
  while (last > 0 && LAYOUT.has(tokens.kinds[last - 1])) last--;
  const count = tokens.count + 2;
  const kinds = new Uint8Array(count);
  const starts = new Int32Array(count);
  const ends = new Int32Array(count);
  const values = new Int32Array(count);
  for (let i = 0; i < tokens.count; i++) {
    const to = i < last ? i + 1 : i + 2;
    kinds[to] = tokens.kinds[i];
    starts[to] = tokens.starts[i];
    ends[to] = tokens.ends[i];
    values[to] = tokens.values[i];
  }
  kinds[0] = TokenKind.LPAR;
  starts[0] = site.start - 1;
  ends[0] = site.start;
  kinds[last + 1] = TokenKind.RPAR;
  starts[last + 1] = site.end;
  ends[last + 1] = site.end + 1;
  return { count, kinds, starts, ends, values, names: tokens.names };
}

const LAYOUT: ReadonlySet<TokenKind> = new Set([TokenKind.NEWLINE, TokenKind.DEDENT, TokenKind.ENDMARKER]);
