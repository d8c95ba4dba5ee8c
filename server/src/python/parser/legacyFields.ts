// f-strings before PEP 701 in the parser: what taking them apart needs of it, and their fields, each of which is a text of
// its own in parentheses. CPython: Parser/string_parser.c of 3.11, fstring_compile_expr(); Python/ast.c of 3.8.
import { NodeKind } from '../ast/kinds.ts';
import type { Expression } from '../ast/expressions.ts';
import { walk } from '../ast/visitor.ts';
import type { SourceError } from '../text/syntaxError.ts';
import { tokenize } from '../tokenizer/tokenize.ts';
import { TokenKind, type Tokens } from '../tokenizer/tokens.ts';
import { isRaised, isTokenizerError } from './diagnosis/order.ts';
import { parseFieldValue } from './displays.ts';
import { type FStringHost, legacyParts } from './legacyFStrings.ts';
import * as messages from './messages.ts';
import { Parser } from './parser.ts';
import { fieldPlaces, type FieldSite } from './places.ts';
import { refusal } from './refusal.ts';
import type { StringPart, StringShape } from './stringParts.ts';
import { decodeText, mergeParts, placeConstants, sourceText } from './strings.ts';

/** The parts of the f-string token `at`, one of the strings `first` to `last` that are put together. */
export function parseLegacyFString(
  p: Parser,
  shape: StringShape,
  at: number,
  first: number,
  last: number,
): StringPart[] {
  const start = p.starts[first];
  const end = p.ends[last];
  const u = p.text.startsWith('u', start) ? 'u' : null;
  // A format specification has the place of its own token, in 3.8 that of all the strings.
  const specStart = p.dialect.specificationHasStringPlace ? start : p.starts[at];
  const specEnd = p.dialect.specificationHasStringPlace ? end : p.ends[at];
  const host: FStringHost = {
    text: p.text,
    wordsFieldStart: p.dialect.wordsFieldStart,
    refuse: msg => {
      const [from, to] = p.dialect.literalErrorsAtString ? [first, last] : [last + 1, last + 1];
      p.failLiteral({ type: 'SyntaxError', msg, start: p.starts[from], end: p.ends[to] });
    },
    decode: (from, to, raw) => decodeText(p, from, to, raw, at),
    source: (from, to) => sourceText(p, from, to),
    expression: (from, to) =>
      parseField(p, {
        start: from,
        end: to,
        tokenStart: p.starts[at],
        tokenEnd: p.ends[at],
        firstStart: start,
        firstEnd: p.ends[first],
      }),
    merge: parts => {
      const values = mergeParts(parts, true);
      // All but the last constant of a specification have the place of all the strings.
      placeConstants(p, values.slice(0, -1), start, end, u);
      placeConstants(p, values.slice(-1), specStart, specEnd, specStart === start ? u : null);
      return values;
    },
    placed: node => {
      if (node.kind === NodeKind.JoinedStr) p.report(node, specStart, specEnd);
      else p.report(node, start, end);
      return node;
    },
  };
  return legacyParts(shape, host);
}

/** Parses the expression of a replacement field, as CPython does: as a text of its own, in parentheses. */
function parseField(p: Parser, site: FieldSite): Expression {
  if (p.tooDeep()) return p.invalid(site.start, site.end);
  const { dialect, nameTable } = p.tokenized;
  const options = { start: site.start, end: site.end, expression: true, nameTable };
  const tokenized = tokenize(p.text, dialect, options);
  const inner = new Parser(p.text, tokenized, p.dialect, p.rules, p);
  inner.places = fieldPlaces(
    p.text,
    site,
    tokenized.tokens,
    offset => p.placeOf(offset),
    p.dialect.fstringPositions,
  );
  const value = readField(inner, site);
  walk(value, node => inner.report(node, node.start, node.end));
  const error = refusal(inner, 'field', inParentheses(tokenized.tokens, site));
  if (error) p.failLiteral({ ...fieldError(p, error, inner, site), inBytes: false });
  return value;
}

/** An error in a field, as it is reported: columns count from the parenthesis that stands for the brace. */
function fieldError(p: Parser, error: SourceError, inner: Parser, site: FieldSite): SourceError {
  const { type, start, end } = error;
  const open = site.start - 1;
  if (isTokenizerError(error) && isRaised(error)) {
    // The tokenizer knows nothing of the string around it, but from 3.10 on the line.
    const { position } = error;
    const before = p.dialect.fieldHasOwnLines ? 0 : p.lines().lineno(site.start) - 1;
    if (position?.lineno === undefined || before === 0) return error;
    const lineno = position.lineno + before;
    return { ...error, position: { ...position, lineno, end_lineno: lineno } };
  }
  if (p.dialect.readsAheadOnly) {
    // It is a text of its own, and reading its last parenthesis has met its end.
    const lines = p.lines();
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

function readField(p: Parser, site: FieldSite): Expression {
  const value = p.at(TokenKind.YIELD)
    ? p.yieldExpression()
    : parseFieldValue(p, site.start - 1, site.end + 1);
  if (!p.at(TokenKind.ENDMARKER)) p.unexpected();
  return value;
}

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
