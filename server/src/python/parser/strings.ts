// Strings: one or more STRING, f-string and t-string tokens side by side make one node.
// CPython: Parser/action_helpers.c, _PyPegen_concatenate_strings(); Parser/string_parser.c.
import { NodeKind } from '../ast/kinds.ts';
import {
  Constant,
  type Expression,
  FormattedValue,
  Interpolation,
  JoinedStr,
  TemplateStr,
} from '../ast/expressions.ts';
import {
  concatenate,
  decodeBytes,
  decodeString,
  isLiteralError,
  type LiteralError,
  normalizeNewlines,
  strConstant,
} from '../constants/literals.ts';
import { type BytesConstant, ConstantType, type StrConstant } from '../constants/values.ts';
import { undecodedMessage } from '../text/utf8.ts';
import { TokenKind } from '../tokenizer/tokens.ts';
import { fieldTexts, type TextRange } from './fieldTexts.ts';
import * as messages from './messages.ts';
import type { Parser } from './parser.ts';
import { type StringPart, stringShape, type StringShape } from './stringParts.ts';

export const EMPTY_STR = strConstant('');
const EMPTY_BYTES: BytesConstant = { type: ConstantType.Bytes, value: new Uint8Array(0) };

/** One or more string tokens. */
export function parseStrings(p: Parser): Expression {
  if (p.at(TokenKind.STRING)) {
    const next = p.peek(1);
    if (next !== TokenKind.STRING && next !== TokenKind.FSTRING_START && next !== TokenKind.TSTRING_START) {
      const start = p.starts[p.pos];
      const end = p.ends[p.pos];
      const quote = p.text.charCodeAt(start);
      if (
        (quote === 0x22 || quote === 0x27) &&
        !p.backslashes.within(start, end) &&
        !p.undecoded.within(start, end) &&
        !(p.text.charCodeAt(start + 1) === quote)
      ) {
        // The commonest string: no prefix, one quote, no escape. An empty or triple-quoted one goes the long way.
        p.advance();
        const closed = end - start > 1 && p.text.charCodeAt(end - 1) === quote;
        return new Constant(start, end, strConstant(p.text.slice(start + 1, closed ? end - 1 : end)), null);
      }
    }
  }
  return parseConcatenation(p);
}

function parseConcatenation(p: Parser): Expression {
  const first = p.pos;
  let last = first;
  for (let i = first; ; last = i, i = afterString(p, i)) {
    const kind = p.kinds[i];
    if (kind !== TokenKind.STRING && kind !== TokenKind.FSTRING_START && kind !== TokenKind.TSTRING_START)
      break;
    if (i === last && i !== first) break;
  }
  p.afterStrings = last + 1;
  const start = p.starts[first];
  const parts: StringPart[] = [];
  const seen = { bytes: false, str: false, formatted: false, template: false };
  let u: 'u' | null = null;
  let isFirst = true;
  for (;;) {
    const at = p.pos;
    if (p.at(TokenKind.STRING)) {
      const shape = stringShape(p.text, p.starts[at], p.ends[at]);
      if (isFirst && shape.u) u = 'u';
      p.advance();
      if (shape.formatted) {
        seen.formatted = true;
        for (const part of p.formattedStringParts(shape, at, first, last)) parts.push(part);
      } else {
        if (shape.bytes) seen.bytes = true;
        else seen.str = true;
        parts.push(parsePlainString(p, shape, at));
      }
    } else if (p.at(TokenKind.FSTRING_START)) {
      seen.formatted = true;
      parseFormattedString(p, parts, TokenKind.FSTRING_MIDDLE, TokenKind.FSTRING_END);
    } else if (p.at(TokenKind.TSTRING_START)) {
      seen.template = true;
      parseFormattedString(p, parts, TokenKind.TSTRING_MIDDLE, TokenKind.TSTRING_END);
    } else break;
    isFirst = false;
  }
  const end = p.lastEnd();
  if (seen.bytes && (seen.str || seen.formatted) && !seen.template) {
    // A parser that makes the tree later knows all of the strings; others are at what follows them.
    const [from, to] = p.dialect.readsAheadOnly ? [start, end] : [p.starts[p.pos], p.ends[p.pos]];
    p.failLiteral({ type: 'SyntaxError', msg: messages.MIXED_BYTES, start: from, end: to });
  }
  if (seen.template && (seen.bytes || seen.str || seen.formatted)) {
    p.fail(messages.MIXED_TEMPLATE, start, end);
  }
  if (seen.bytes && !seen.formatted && !seen.template) return joinBytes(parts, start, end, u);
  return joinParts(p, parts, start, end, u, seen);
}

/** Index of the token after the string that begins at token `at`. */
function afterString(p: Parser, at: number): number {
  if (p.kinds[at] === TokenKind.STRING) return at + 1;
  let depth = 0;
  for (let i = at; i < p.count; i++) {
    const kind = p.kinds[i];
    if (kind === TokenKind.FSTRING_START || kind === TokenKind.TSTRING_START) depth++;
    else if (kind === TokenKind.FSTRING_END || kind === TokenKind.TSTRING_END) {
      if (--depth === 0) return i + 1;
    }
  }
  return p.count - 1;
}

function joinBytes(parts: StringPart[], start: number, end: number, u: 'u' | null): Expression {
  const arrays: Uint8Array[] = [];
  let length = 0;
  for (const part of parts) {
    if (part.kind !== NodeKind.Constant || part.value.type !== ConstantType.Bytes) continue;
    arrays.push(part.value.value);
    length += part.value.value.length;
  }
  if (arrays.length === 1) return new Constant(start, end, { type: ConstantType.Bytes, value: arrays[0] }, u);
  const value = new Uint8Array(length);
  let at = 0;
  for (const array of arrays) {
    value.set(array, at);
    at += array.length;
  }
  return new Constant(start, end, { type: ConstantType.Bytes, value }, u);
}

function joinParts(
  p: Parser,
  parts: StringPart[],
  start: number,
  end: number,
  u: 'u' | null,
  seen: { readonly formatted: boolean; readonly template: boolean },
): Expression {
  const isFormatted = seen.formatted || seen.template;
  if (!isFormatted && parts.length === 1 && parts[0].kind === NodeKind.Constant) return parts[0];
  const values = mergeParts(parts, isFormatted);
  if (isFormatted && !p.dialect.fstringTokens) placeConstants(p, values, start, end, u);
  if (seen.template) return new TemplateStr(start, end, values);
  if (seen.formatted) return new JoinedStr(start, end, values);
  const only = values[0];
  const value = only?.kind === NodeKind.Constant ? only.value : EMPTY_STR;
  return new Constant(start, end, value, u);
}

/** Before PEP 701 the constants of an f-string have the place and the kind of all the string. */
export function placeConstants(
  p: Parser,
  values: readonly Expression[],
  start: number,
  end: number,
  u: 'u' | null,
): void {
  for (const value of values) {
    if (value.kind !== NodeKind.Constant) continue;
    value.stringKind = u;
    p.report(value, start, end);
  }
}

const isEmpty = ({ value, codePoints }: StrConstant): boolean => value === '' && !codePoints;

/** Neighbouring constants become one, and empty ones vanish if the string is formatted. */
export function mergeParts(parts: readonly StringPart[], isFormatted: boolean): Expression[] {
  const values: Expression[] = [];
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i];
    if (part.kind !== NodeKind.Constant || part.value.type !== ConstantType.Str) {
      values.push(part);
      continue;
    }
    let value: StrConstant = part.value;
    let end = part.end;
    const pieces = [value];
    while (i + 1 < parts.length) {
      const next = parts[i + 1];
      if (next.kind !== NodeKind.Constant || next.value.type !== ConstantType.Str) break;
      pieces.push(next.value);
      end = next.end;
      i++;
    }
    if (pieces.length > 1) {
      value = pieces.some(piece => piece.codePoints)
        ? pieces.reduce(concatenate)
        : strConstant(pieces.map(piece => piece.value).join(''));
    }
    if (isFormatted && isEmpty(value)) continue;
    if (pieces.length === 1) values.push(part);
    else values.push(new Constant(part.start, end, value, part.stringKind));
  }
  return values;
}

// ---- Plain strings ----

/** `text[start, end)` with line breaks as CPython has them. */
export function sourceText(p: Parser, start: number, end: number): string {
  const slice = p.text.slice(start, end);
  return p.returns.within(start, end) ? normalizeNewlines(slice) : slice;
}

function parsePlainString(p: Parser, shape: StringShape, at: number): Constant {
  const start = p.starts[at];
  const end = p.ends[at];
  const { bodyStart, bodyEnd } = shape;
  const raw = shape.raw || !p.backslashes.within(bodyStart, bodyEnd);
  if (!shape.bytes) {
    return new Constant(start, end, decodeText(p, bodyStart, bodyEnd, raw, at), shape.u ? 'u' : null);
  }
  const value = decodeBytes(sourceText(p, bodyStart, bodyEnd), raw);
  if (!isLiteralError(value)) return new Constant(start, end, value, null);
  refuseLiteral(p, value, at);
  return new Constant(start, end, EMPTY_BYTES, null);
}

/** The value of a str's text; an error in it is reported at the string token `at`, or where the target does. */
export function decodeText(p: Parser, start: number, end: number, raw: boolean, at: number): StrConstant {
  const body = sourceText(p, start, end);
  if (p.undecoded.within(start, end)) {
    const msg = undecodedMessage(p.text, start, end);
    if (msg !== undefined) refuseAt(p, messages.unicodeError(msg), at);
  }
  if (raw) return strConstant(body);
  const value = decodeString(body, p.dialect);
  if (!isLiteralError(value)) return value;
  refuseLiteral(p, value, at);
  return strConstant(body);
}

function refuseBytes(p: Parser, at: number): void {
  const { bytesAsciiAtLiteral, bytesAscii } = p.dialect;
  const place = bytesAsciiAtLiteral ? at : p.afterStrings;
  p.failLiteral({
    type: 'SyntaxError',
    msg: bytesAscii,
    start: p.starts[place],
    end: p.ends[place],
  });
}

function refuseLiteral(p: Parser, error: LiteralError, at: number): void {
  if (p.inSpecification && error.reason !== 'ascii') {
    // CPython lets the codec's own exception through, which has no place.
    const msg = messages.unicodeEscape(error.start, error.end, error.message);
    const range = { start: p.starts[at], end: p.ends[at] };
    p.failLiteral({ type: 'UnicodeDecodeError', msg, ...range, position: {} });
    return;
  }
  if (error.reason === 'ascii') refuseBytes(p, at);
  else if (error.reason === 'hex')
    refuseAt(p, messages.valueError(messages.invalidHexEscape(error.start)), at);
  else refuseAt(p, messages.unicodeError(messages.unicodeEscape(error.start, error.end, error.message)), at);
}

/** Before PEP 701 strings are decoded when the token behind them has been read, and errors are placed there. */
function refuseAt(p: Parser, msg: string, at: number): void {
  const { fstringTokens, literalErrorsAtString } = p.dialect;
  const inTokens = fstringTokens && p.kinds[at] !== TokenKind.STRING;
  // An f-string's text is decoded when its end has been read.
  const place =
    inTokens && !p.dialect.decodingErrorAtText
      ? afterString(p, p.stringStart) - 1
      : fstringTokens || literalErrorsAtString
        ? at
        : p.afterStrings;
  p.failLiteral({ type: 'SyntaxError', msg, start: p.starts[place], end: p.ends[place] });
}

// ---- f-strings and t-strings as tokens (PEP 701, PEP 750) ----

function parseFormattedString(p: Parser, parts: StringPart[], middle: TokenKind, endKind: TokenKind): void {
  const start = p.pos;
  const template = endKind === TokenKind.TSTRING_END;
  if (template && !p.dialect.templateStrings) p.lacks(start);
  const opening = p.text.slice(p.starts[start], p.ends[start]);
  const raw = opening.includes('r') || opening.includes('R');
  p.advance();
  p.depth++;
  const { stringStart } = p;
  p.stringStart = start;
  if (!p.tooDeep()) parseFormattedParts(p, parts, middle, raw, template, false);
  p.stringStart = stringStart;
  p.depth--;
  if (p.at(endKind)) p.advance();
  else {
    p.unexpected();
    while (!p.at(endKind) && !p.at(TokenKind.NEWLINE) && !p.at(TokenKind.ENDMARKER)) {
      p.seek(p.at(TokenKind.FSTRING_START) ? afterString(p, p.pos) : p.pos + 1);
    }
    p.accept(endKind);
  }
}

/** Literal text and replacement fields, up to what ends the string or its format specification. */
function parseFormattedParts(
  p: Parser,
  parts: StringPart[],
  middle: TokenKind,
  raw: boolean,
  template: boolean,
  inSpec: boolean,
): void {
  const first = p.pos;
  for (;;) {
    const at = p.pos;
    if (p.at(middle)) {
      const start = p.starts[at];
      const end = p.ends[at];
      const escaped = !raw || (inSpec && at === first && p.dialect.decodesRawSpecStart);
      const plain = !escaped || !p.backslashes.within(start, end);
      p.advance();
      p.inSpecification = inSpec;
      const value = decodeText(p, start, end, plain, at);
      p.inSpecification = false;
      // The second of two braces belongs to no token, but to the constant; a line break in 3.12 to neither.
      const next = p.starts[p.pos];
      const brace = next > end && (p.text[end] === '{' || p.text[end] === '}');
      // A continued line alone: no part of the string, so that what is merged does not begin or end with it.
      if (isEmpty(value) && (!inSpec || p.dialect.specificationTexts === 'merged')) continue;
      parts.push(new Constant(start, brace ? next : end, value, null));
    } else if (p.at(TokenKind.LBRACE)) parseReplacementField(p, parts, middle, raw, template, inSpec);
    else return;
  }
}

function parseReplacementField(
  p: Parser,
  parts: StringPart[],
  middle: TokenKind,
  raw: boolean,
  template: boolean,
  inSpec: boolean,
): void {
  const open = p.pos;
  const start = p.starts[open];
  p.advance();
  if (FIELD_ENDS.has(p.kind)) {
    p.unexpected();
    return skipField(p, open, parts);
  }
  const value = p.annotatedRhs();
  const debug = p.at(TokenKind.EQUAL);
  const equal = p.starts[p.pos];
  if (debug) p.advance();
  // The text of the field ends where its conversion, its specification or its closing brace begins.
  const mark = p.pos;
  const textEnd = p.starts[mark];
  let conversion = -1;
  let spec: Expression | null = null;
  if (!p.at(TokenKind.RBRACE)) {
    if (p.at(TokenKind.EXCLAMATION)) conversion = parseConversion(p);
    if (p.at(TokenKind.COLON)) spec = parseFormatSpec(p, middle, raw, template);
  }
  if (!p.at(TokenKind.RBRACE)) {
    p.unexpected();
    skipField(p, open, null);
  } else p.advance();
  if (conversion !== -1) checkConversion(p, mark + 1);
  const end = p.lastEnd();
  if (debug && conversion === -1 && !spec) conversion = 0x72;
  if (debug) {
    const shown = textOfField(p, mark);
    if (!shown) {
      const msg = messages.CONSTANT_WITHOUT_VALUE;
      p.failLiteral({ type: 'ValueError', msg, start, end, position: {} });
    }
    const [first, last] = shown ?? [start + 1, textEnd];
    const text = parseDebugText(p, parseFieldText(p, first, last), raw || inSpec, open);
    parts.push(new Constant(start + 1, textEnd, text, null));
  }
  if (template && !inSpec) {
    const shown = p.dialect.fieldTexts === 'own' ? null : textOfField(p, mark);
    const text = shown ? parseFieldText(p, ...shown) : parseFieldText(p, start + 1, debug ? equal : textEnd);
    const kept = shown ? withoutEqualSigns(text) : text;
    const str = p.dialect.interpolationKeepsBlanks ? kept : kept.trimEnd();
    parts.push(new Interpolation(start, end, value, str, conversion, spec));
  } else parts.push(new FormattedValue(start, end, value, conversion, spec));
}

/** A text without the equal signs at its end, and the blanks around them. */
function withoutEqualSigns(text: string): string {
  let end = text.length;
  while (end > 0 && (text[end - 1] === '=' || text[end - 1].trim() === '')) end--;
  return text.slice(0, end);
}

/** Where the text begins and ends that the field shows of itself which token `mark` follows; null if it has none. */
function textOfField(p: Parser, mark: number): TextRange | null {
  let texts = p.textsByString.get(p.stringStart);
  if (!texts) {
    const { kinds, starts, ends, count } = p;
    texts = fieldTexts(p.text, { kinds, starts, ends, count }, p.stringStart, p.dialect.fieldTexts);
    p.textsByString.set(p.stringStart, texts);
  }
  return texts.get(mark) ?? null;
}

/** The text of a format specification that is read by itself. */
export function parseSpecificationText(p: Parser): void {
  const at = p.pos;
  p.stringStart = at;
  p.inSpecification = true;
  decodeText(p, p.starts[at], p.ends[at], !p.backslashes.within(p.starts[at], p.ends[at]), at);
}

/** The text that a field shows of itself, which 3.12 decodes as if it were the string's. */
function parseDebugText(p: Parser, text: string, raw: boolean, at: number): StrConstant {
  if (raw || !p.dialect.decodesFieldText || !text.includes('\\')) return strConstant(text);
  const value = decodeString(text, p.dialect);
  if (!isLiteralError(value)) return value;
  refuseLiteral(p, value, at);
  return strConstant(text);
}

/** After an error in a replacement field: goes on behind its closing brace, if the string has one. */
function skipField(p: Parser, open: number, parts: StringPart[] | null): void {
  let depth = 0;
  for (let i = open; i < p.count; i++) {
    const kind = p.kinds[i];
    if (kind === TokenKind.LBRACE) depth++;
    else if (kind === TokenKind.RBRACE && --depth === 0) {
      p.seek(i + 1);
      break;
    } else if (kind === TokenKind.NEWLINE) {
      p.seek(i);
      break;
    }
  }
  if (p.pos === open + 1 && !p.at(TokenKind.NEWLINE) && depth !== 0) p.seek(p.count - 1);
  if (parts) {
    const start = p.starts[open];
    parts.push(new FormattedValue(start, p.lastEnd(), p.invalid(p.ends[open], p.ends[open]), -1, null));
  }
}

function parseConversion(p: Parser): number {
  const mark = p.pos;
  p.advance();
  if (!p.at(TokenKind.NAME)) {
    p.unexpected();
    return -1;
  }
  if (p.starts[p.pos] !== p.ends[mark]) p.unexpected();
  const letter = p.identifier().charCodeAt(0);
  p.advance();
  return letter;
}

function checkConversion(p: Parser, at: number): void {
  const name = p.names[p.values[at]];
  if (name !== 's' && name !== 'r' && name !== 'a') p.unexpected(at);
}

function parseFormatSpec(p: Parser, middle: TokenKind, raw: boolean, template: boolean): Expression {
  const start = p.starts[p.pos];
  p.advance();
  const parts: StringPart[] = [];
  p.depth++;
  if (!p.tooDeep()) parseFormattedParts(p, parts, middle, raw, template, true);
  p.depth--;
  return parseSpecification(p, start, parts);
}

/**
 * A specification of its parts. 3.12.1 takes them as they are, but for a single one without text; later several texts
 * and nothing else are put together like plain strings, and 3.12 counts those that are empty.
 * CPython: Parser/action_helpers.c, _PyPegen_setup_full_format_spec()
 */
function parseSpecification(p: Parser, start: number, parts: readonly StringPart[]): Expression {
  const { specificationTexts } = p.dialect;
  const end = p.lastEnd();
  if (specificationTexts === 'kept' && parts.length > 1) return new JoinedStr(start, end, [...parts]);
  const values = mergeParts(parts, true);
  const texts = parts.filter(
    part =>
      part.kind === NodeKind.Constant &&
      (specificationTexts === 'counted' || part.value.type !== ConstantType.Str || part.value.value !== ''),
  );
  const isText = texts.length > 1 && parts.every(({ kind }) => kind === NodeKind.Constant);
  if (isText && values.length === 1 && values[0].kind === NodeKind.Constant) {
    const from = p.dialect.specificationTextAtColon ? start : parts[0].start;
    return new Constant(from, end, values[0].value, null);
  }
  return new JoinedStr(start, end, values);
}

/** The source of a replacement field, without comments. CPython: Parser/lexer/lexer.c, set_fstring_expr(). */
function parseFieldText(p: Parser, start: number, end: number): string {
  const text = sourceText(p, start, end);
  if (!text.includes('#')) return text;
  const { commentsInFieldStrings, escapedQuotesEndFieldStrings } = p.dialect;
  if (commentsInFieldStrings) return text.replace(/#[^\n]*/g, '');
  if (escapedQuotesEndFieldStrings && !hasComment(text)) return text;
  let result = '';
  let quote = '';
  for (let i = 0; i < text.length; i++) {
    const character = text[i];
    if (quote) {
      if (character === '\\' && !escapedQuotesEndFieldStrings) result += text[i++];
      else if (text.startsWith(quote, i)) {
        result += quote;
        i += quote.length - 1;
        quote = '';
        continue;
      }
      result += text[i] ?? '';
      continue;
    }
    if (character === '"' || character === "'") {
      quote = text.startsWith(character.repeat(3), i) ? character.repeat(3) : character;
      result += quote;
      i += quote.length - 1;
    } else if (character === '#') {
      while (i < text.length && text[i] !== '\n') i++;
      if (i < text.length) result += '\n';
    } else result += character;
  }
  return result;
}

/** Whether a `#` begins a comment: where backslashes are looked at, though they are not when comments are left out. */
function hasComment(text: string): boolean {
  let quote = '';
  for (let i = 0; i < text.length; i++) {
    const character = text[i];
    if (character === '\\') i++;
    else if (character === '"' || character === "'") {
      if (!quote) quote = character;
      else if (character === quote) quote = '';
    } else if (character === '#' && !quote) return true;
  }
  return false;
}

/** What cannot begin a field: it has no expression. */
const FIELD_ENDS: ReadonlySet<TokenKind> = new Set([
  TokenKind.EQUAL,
  TokenKind.EXCLAMATION,
  TokenKind.COLON,
  TokenKind.RBRACE,
]);
