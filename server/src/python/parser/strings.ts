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
import { type Node } from '../ast/nodes.ts';
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
import { Cursor } from './cursor.ts';
import { fieldTexts, type TextRange } from './fieldTexts.ts';
import * as messages from './messages.ts';

export const EMPTY_STR = strConstant('');
const EMPTY_BYTES: BytesConstant = { type: ConstantType.Bytes, value: new Uint8Array(0) };

/** What the letters before a string's quotes say, and where its body is. */
export interface StringShape {
  readonly bytes: boolean;
  readonly raw: boolean;
  readonly formatted: boolean;
  /** The prefix is a small `u`, which Constant.kind remembers. */
  readonly u: boolean;
  readonly bodyStart: number;
  readonly bodyEnd: number;
}

/** Reads prefix and quotes of the STRING `text[start, end)`; a string that never ends has a body all the same. */
export function stringShape(text: string, start: number, end: number): StringShape {
  let i = start;
  let bytes = false;
  let raw = false;
  let formatted = false;
  for (; i < end; i++) {
    const unit = text.charCodeAt(i);
    if (unit === 0x22 || unit === 0x27) break;
    const letter = unit | 32;
    if (letter === 0x62) bytes = true;
    else if (letter === 0x72) raw = true;
    else if (letter === 0x66) formatted = true;
  }
  const quote = text.charCodeAt(i);
  const triple = i + 3 <= end && text.charCodeAt(i + 1) === quote && text.charCodeAt(i + 2) === quote;
  const size = triple && end - i >= 6 ? 3 : 1;
  const closed = text.charCodeAt(end - 1) === quote && end - size >= i + size;
  return {
    bytes,
    raw,
    formatted,
    u: text.charCodeAt(start) === 0x75,
    bodyStart: Math.min(i + size, end),
    bodyEnd: closed ? end - size : end,
  };
}

/** The parts of an f-string: text that is still being gathered, and what lies between. */
export type StringPart = Constant | FormattedValue | Interpolation;

/**
 * Whether something rare occurs within a range of the text, without a search for each range: remembers where the next
 * one is. Ranges mostly grow, but go back where the parser does.
 */
class Occurrences {
  private from = 0;
  private next = -1;

  /** `find` gives the first at or after an offset, or -1. */
  constructor(private readonly find: (from: number) => number) {}

  within(start: number, end: number): boolean {
    if (start < this.from || start > this.next) {
      this.from = start;
      const found = this.find(start);
      this.next = found === -1 ? Infinity : found;
    }
    return this.next < end;
  }
}

export abstract class StringParser extends Cursor {
  private readonly backslashes = new Occurrences(from => this.text.indexOf('\\', from));
  private readonly returns = new Occurrences(from => this.text.indexOf('\r', from));
  /** Bytes that could not be decoded. */
  private readonly undecoded = new Occurrences(from => {
    UNDECODED.lastIndex = from;
    return UNDECODED.exec(this.text)?.index ?? -1;
  });
  /** The token that begins the f-string here, if it is one of tokens. */
  private stringStart = 0;
  /** By the token that begins a string, what its fields show of themselves. */
  private readonly textsByString = new Map<number, ReadonlyMap<number, TextRange>>();
  /** Whether the text here is that of a format specification. */
  private inSpecification = false;
  /** The token behind the strings that are being put together. */
  private afterStrings = 0;

  protected abstract annotatedRhs(): Expression;
  /** Notes that CPython reports the place `start` to `end` for a node that stands elsewhere. */
  protected abstract report(node: Node, start: number, end: number): void;
  /** Takes apart an f-string of the time before PEP 701 into parts. */
  protected abstract formattedStringParts(
    shape: StringShape,
    at: number,
    first: number,
    last: number,
  ): StringPart[];

  /** One or more string tokens. */
  protected strings(): Expression {
    if (this.at(TokenKind.STRING)) {
      const next = this.peek(1);
      if (next !== TokenKind.STRING && next !== TokenKind.FSTRING_START && next !== TokenKind.TSTRING_START) {
        const start = this.starts[this.pos];
        const end = this.ends[this.pos];
        const quote = this.text.charCodeAt(start);
        if (
          (quote === 0x22 || quote === 0x27) &&
          !this.backslashes.within(start, end) &&
          !this.undecoded.within(start, end) &&
          !(this.text.charCodeAt(start + 1) === quote)
        ) {
          // The commonest string: no prefix, one quote, no escape. An empty or triple-quoted one goes the long way.
          this.advance();
          const closed = end - start > 1 && this.text.charCodeAt(end - 1) === quote;
          return new Constant(
            start,
            end,
            strConstant(this.text.slice(start + 1, closed ? end - 1 : end)),
            null,
          );
        }
      }
    }
    return this.concatenation();
  }

  private concatenation(): Expression {
    const first = this.pos;
    let last = first;
    for (let i = first; ; last = i, i = this.afterString(i)) {
      const kind = this.kinds[i];
      if (kind !== TokenKind.STRING && kind !== TokenKind.FSTRING_START && kind !== TokenKind.TSTRING_START)
        break;
      if (i === last && i !== first) break;
    }
    this.afterStrings = last + 1;
    const start = this.starts[first];
    const parts: StringPart[] = [];
    const seen = { bytes: false, str: false, formatted: false, template: false };
    let u: 'u' | null = null;
    let isFirst = true;
    for (;;) {
      const at = this.pos;
      if (this.at(TokenKind.STRING)) {
        const shape = stringShape(this.text, this.starts[at], this.ends[at]);
        if (isFirst && shape.u) u = 'u';
        this.advance();
        if (shape.formatted) {
          seen.formatted = true;
          for (const part of this.formattedStringParts(shape, at, first, last)) parts.push(part);
        } else {
          if (shape.bytes) seen.bytes = true;
          else seen.str = true;
          parts.push(this.plainString(shape, at));
        }
      } else if (this.at(TokenKind.FSTRING_START)) {
        seen.formatted = true;
        this.formattedString(parts, TokenKind.FSTRING_MIDDLE, TokenKind.FSTRING_END);
      } else if (this.at(TokenKind.TSTRING_START)) {
        seen.template = true;
        this.formattedString(parts, TokenKind.TSTRING_MIDDLE, TokenKind.TSTRING_END);
      } else break;
      isFirst = false;
    }
    const end = this.lastEnd();
    if (seen.bytes && (seen.str || seen.formatted) && !seen.template) {
      const [from, to] = [this.starts[this.pos], this.ends[this.pos]];
      this.failLiteral({ type: 'SyntaxError', msg: messages.MIXED_BYTES, start: from, end: to });
    }
    if (seen.template && (seen.bytes || seen.str || seen.formatted)) {
      this.fail(messages.MIXED_TEMPLATE, start, end);
    }
    if (seen.bytes && !seen.formatted && !seen.template) return this.joinBytes(parts, start, end, u);
    return this.joinParts(parts, start, end, u, seen);
  }

  /** Index of the token after the string that begins at token `at`. */
  private afterString(at: number): number {
    if (this.kinds[at] === TokenKind.STRING) return at + 1;
    let depth = 0;
    for (let i = at; i < this.count; i++) {
      const kind = this.kinds[i];
      if (kind === TokenKind.FSTRING_START || kind === TokenKind.TSTRING_START) depth++;
      else if (kind === TokenKind.FSTRING_END || kind === TokenKind.TSTRING_END) {
        if (--depth === 0) return i + 1;
      }
    }
    return this.count - 1;
  }

  private joinBytes(parts: StringPart[], start: number, end: number, u: 'u' | null): Expression {
    const arrays: Uint8Array[] = [];
    let length = 0;
    for (const part of parts) {
      if (part.kind !== NodeKind.Constant || part.value.type !== ConstantType.Bytes) continue;
      arrays.push(part.value.value);
      length += part.value.value.length;
    }
    if (arrays.length === 1)
      return new Constant(start, end, { type: ConstantType.Bytes, value: arrays[0] }, u);
    const value = new Uint8Array(length);
    let at = 0;
    for (const array of arrays) {
      value.set(array, at);
      at += array.length;
    }
    return new Constant(start, end, { type: ConstantType.Bytes, value }, u);
  }

  private joinParts(
    parts: StringPart[],
    start: number,
    end: number,
    u: 'u' | null,
    seen: { readonly formatted: boolean; readonly template: boolean },
  ): Expression {
    const isFormatted = seen.formatted || seen.template;
    if (!isFormatted && parts.length === 1 && parts[0].kind === NodeKind.Constant) return parts[0];
    const values = this.mergeParts(parts, isFormatted);
    if (isFormatted && !this.dialect.fstringTokens) this.placeConstants(values, start, end, u);
    if (seen.template) return new TemplateStr(start, end, values);
    if (seen.formatted) return new JoinedStr(start, end, values);
    const only = values[0];
    const value = only?.kind === NodeKind.Constant ? only.value : EMPTY_STR;
    return new Constant(start, end, value, u);
  }

  /** Before PEP 701 the constants of an f-string have the place and the kind of all the string. */
  protected placeConstants(values: readonly Expression[], start: number, end: number, u: 'u' | null): void {
    for (const value of values) {
      if (value.kind !== NodeKind.Constant) continue;
      value.stringKind = u;
      this.report(value, start, end);
    }
  }

  /** Neighbouring constants become one, and empty ones vanish if the string is formatted. */
  protected mergeParts(parts: readonly StringPart[], isFormatted: boolean): Expression[] {
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
      if (isFormatted && value.value === '' && !value.codePoints) continue;
      if (pieces.length === 1) values.push(part);
      else values.push(new Constant(part.start, end, value, part.stringKind));
    }
    return values;
  }

  // ---- Plain strings ----

  /** `text[start, end)` with line breaks as CPython has them. */
  protected sourceText(start: number, end: number): string {
    const slice = this.text.slice(start, end);
    return this.returns.within(start, end) ? normalizeNewlines(slice) : slice;
  }

  private plainString(shape: StringShape, at: number): Constant {
    const start = this.starts[at];
    const end = this.ends[at];
    const { bodyStart, bodyEnd } = shape;
    const raw = shape.raw || !this.backslashes.within(bodyStart, bodyEnd);
    if (!shape.bytes) {
      return new Constant(start, end, this.decodeText(bodyStart, bodyEnd, raw, at), shape.u ? 'u' : null);
    }
    const value = decodeBytes(this.sourceText(bodyStart, bodyEnd), raw);
    if (!isLiteralError(value)) return new Constant(start, end, value, null);
    this.refuseLiteral(value, at);
    return new Constant(start, end, EMPTY_BYTES, null);
  }

  /** The value of a str's text; an error in it is reported at the string token `at`, or where the target does. */
  protected decodeText(start: number, end: number, raw: boolean, at: number): StrConstant {
    const body = this.sourceText(start, end);
    if (this.undecoded.within(start, end)) {
      const msg = undecodedMessage(this.text, start, end);
      if (msg !== undefined) this.refuseAt(messages.unicodeError(msg), at);
    }
    if (raw) return strConstant(body);
    const value = decodeString(body, this.dialect);
    if (!isLiteralError(value)) return value;
    this.refuseLiteral(value, at);
    return strConstant(body);
  }

  private refuseBytes(at: number): void {
    const { bytesAsciiAtLiteral, bytesAscii } = this.dialect;
    const place = bytesAsciiAtLiteral ? at : this.afterStrings;
    this.failLiteral({
      type: 'SyntaxError',
      msg: bytesAscii,
      start: this.starts[place],
      end: this.ends[place],
    });
  }

  private refuseLiteral(error: LiteralError, at: number): void {
    if (this.inSpecification && error.reason !== 'ascii') {
      // CPython lets the codec's own exception through, which has no place.
      const msg = messages.unicodeEscape(error.start, error.end, error.message);
      const range = { start: this.starts[at], end: this.ends[at] };
      this.failLiteral({ type: 'UnicodeDecodeError', msg, ...range, position: {} });
      return;
    }
    if (error.reason === 'ascii') this.refuseBytes(at);
    else if (error.reason === 'hex')
      this.refuseAt(messages.valueError(messages.invalidHexEscape(error.start)), at);
    else
      this.refuseAt(messages.unicodeError(messages.unicodeEscape(error.start, error.end, error.message)), at);
  }

  /** Before PEP 701 strings are decoded when the token behind them has been read, and errors are placed there. */
  private refuseAt(msg: string, at: number): void {
    const { fstringTokens, literalErrorsAtString } = this.dialect;
    const inTokens = fstringTokens && this.kinds[at] !== TokenKind.STRING;
    // An f-string's text is decoded when its end has been read.
    const place =
      inTokens && !this.dialect.decodingErrorAtText
        ? this.afterString(this.stringStart) - 1
        : fstringTokens || literalErrorsAtString
          ? at
          : this.afterStrings;
    this.failLiteral({ type: 'SyntaxError', msg, start: this.starts[place], end: this.ends[place] });
  }

  // ---- f-strings and t-strings as tokens (PEP 701, PEP 750) ----

  private formattedString(parts: StringPart[], middle: TokenKind, endKind: TokenKind): void {
    const start = this.pos;
    const template = endKind === TokenKind.TSTRING_END;
    if (template && !this.dialect.templateStrings) this.lacks(start);
    const opening = this.text.slice(this.starts[start], this.ends[start]);
    const raw = opening.includes('r') || opening.includes('R');
    this.advance();
    this.depth++;
    const { stringStart } = this;
    this.stringStart = start;
    if (!this.tooDeep()) this.formattedParts(parts, middle, raw, template, false);
    this.stringStart = stringStart;
    this.depth--;
    if (this.at(endKind)) this.advance();
    else {
      this.unexpected();
      while (!this.at(endKind) && !this.at(TokenKind.NEWLINE) && !this.at(TokenKind.ENDMARKER)) {
        this.seek(this.at(TokenKind.FSTRING_START) ? this.afterString(this.pos) : this.pos + 1);
      }
      this.accept(endKind);
    }
  }

  /** Literal text and replacement fields, up to what ends the string or its format specification. */
  private formattedParts(
    parts: StringPart[],
    middle: TokenKind,
    raw: boolean,
    template: boolean,
    inSpec: boolean,
  ): void {
    const first = this.pos;
    for (;;) {
      const at = this.pos;
      if (this.at(middle)) {
        const start = this.starts[at];
        const end = this.ends[at];
        const escaped = !raw || (inSpec && at === first && this.dialect.decodesRawSpecStart);
        const plain = !escaped || !this.backslashes.within(start, end);
        this.advance();
        this.inSpecification = inSpec;
        const value = this.decodeText(start, end, plain, at);
        this.inSpecification = false;
        // The second of two braces belongs to no token, but to the constant; a line break in 3.12 to neither.
        const next = this.starts[this.pos];
        const brace = next > end && (this.text[end] === '{' || this.text[end] === '}');
        parts.push(new Constant(start, brace ? next : end, value, null));
      } else if (this.at(TokenKind.LBRACE)) this.replacementField(parts, middle, raw, template, inSpec);
      else return;
    }
  }

  private replacementField(
    parts: StringPart[],
    middle: TokenKind,
    raw: boolean,
    template: boolean,
    inSpec: boolean,
  ): void {
    const open = this.pos;
    const start = this.starts[open];
    this.advance();
    if (FIELD_ENDS.has(this.kind)) {
      this.unexpected();
      return this.skipField(open, parts);
    }
    const value = this.annotatedRhs();
    const debug = this.at(TokenKind.EQUAL);
    const equal = this.starts[this.pos];
    if (debug) this.advance();
    // The text of the field ends where its conversion, its specification or its closing brace begins.
    const mark = this.pos;
    const textEnd = this.starts[mark];
    let conversion = -1;
    let spec: Expression | null = null;
    if (!this.at(TokenKind.RBRACE)) {
      if (this.at(TokenKind.EXCLAMATION)) conversion = this.conversion();
      if (this.at(TokenKind.COLON)) spec = this.formatSpec(middle, raw, template);
    }
    if (!this.at(TokenKind.RBRACE)) {
      this.unexpected();
      this.skipField(open, null);
    } else this.advance();
    if (conversion !== -1) this.checkConversion(mark + 1);
    const end = this.lastEnd();
    if (debug && conversion === -1 && !spec) conversion = 0x72;
    if (debug) {
      const shown = this.textOfField(mark);
      if (!shown) {
        const msg = messages.CONSTANT_WITHOUT_VALUE;
        this.failLiteral({ type: 'ValueError', msg, start, end, position: {} });
      }
      const [first, last] = shown ?? [start + 1, textEnd];
      const text = this.debugText(this.fieldText(first, last), raw || inSpec, open);
      parts.push(new Constant(start + 1, textEnd, text, null));
    }
    if (template && !inSpec) {
      const text = this.fieldText(start + 1, debug ? equal : textEnd);
      const str = this.dialect.interpolationKeepsBlanks ? text : text.trimEnd();
      parts.push(new Interpolation(start, end, value, str, conversion, spec));
    } else parts.push(new FormattedValue(start, end, value, conversion, spec));
  }

  /** Where the text begins and ends that the field shows of itself which token `mark` follows; null if it has none. */
  private textOfField(mark: number): TextRange | null {
    let texts = this.textsByString.get(this.stringStart);
    if (!texts) {
      const { kinds, starts, ends, count } = this;
      texts = fieldTexts(
        this.text,
        { kinds, starts, ends, count },
        this.stringStart,
        this.dialect.fieldTexts,
      );
      this.textsByString.set(this.stringStart, texts);
    }
    return texts.get(mark) ?? null;
  }

  /** The text of a format specification that is read by itself. */
  protected specificationText(): void {
    const at = this.pos;
    this.stringStart = at;
    this.inSpecification = true;
    this.decodeText(
      this.starts[at],
      this.ends[at],
      !this.backslashes.within(this.starts[at], this.ends[at]),
      at,
    );
  }

  /** The text that a field shows of itself, which 3.12 decodes as if it were the string's. */
  private debugText(text: string, raw: boolean, at: number): StrConstant {
    if (raw || !this.dialect.decodesFieldText || !text.includes('\\')) return strConstant(text);
    const value = decodeString(text, this.dialect);
    if (!isLiteralError(value)) return value;
    this.refuseLiteral(value, at);
    return strConstant(text);
  }

  /** After an error in a replacement field: goes on behind its closing brace, if the string has one. */
  private skipField(open: number, parts: StringPart[] | null): void {
    let depth = 0;
    for (let i = open; i < this.count; i++) {
      const kind = this.kinds[i];
      if (kind === TokenKind.LBRACE) depth++;
      else if (kind === TokenKind.RBRACE && --depth === 0) {
        this.seek(i + 1);
        break;
      } else if (kind === TokenKind.NEWLINE) {
        this.seek(i);
        break;
      }
    }
    if (this.pos === open + 1 && !this.at(TokenKind.NEWLINE) && depth !== 0) this.seek(this.count - 1);
    if (parts) {
      const start = this.starts[open];
      parts.push(
        new FormattedValue(start, this.lastEnd(), this.invalid(this.ends[open], this.ends[open]), -1, null),
      );
    }
  }

  protected abstract invalid(start: number, end: number): Expression;

  private conversion(): number {
    const mark = this.pos;
    this.advance();
    if (!this.at(TokenKind.NAME)) {
      this.unexpected();
      return -1;
    }
    if (this.starts[this.pos] !== this.ends[mark]) this.unexpected();
    const letter = this.identifier().charCodeAt(0);
    this.advance();
    return letter;
  }

  private checkConversion(at: number): void {
    const name = this.names[this.values[at]];
    if (name !== 's' && name !== 'r' && name !== 'a') this.unexpected(at);
  }

  private formatSpec(middle: TokenKind, raw: boolean, template: boolean): Expression {
    const start = this.starts[this.pos];
    this.advance();
    const parts: StringPart[] = [];
    this.depth++;
    if (!this.tooDeep()) this.formattedParts(parts, middle, raw, template, true);
    this.depth--;
    return this.specification(start, parts);
  }

  /**
   * A specification of its parts. 3.12.1 takes them as they are, but for a single one without text; later several texts
   * and nothing else are put together like plain strings, and 3.12 counts those that are empty.
   * CPython: Parser/action_helpers.c, _PyPegen_setup_full_format_spec()
   */
  private specification(start: number, parts: readonly StringPart[]): Expression {
    const { specificationTexts } = this.dialect;
    const end = this.lastEnd();
    if (specificationTexts === 'kept' && parts.length > 1) return new JoinedStr(start, end, [...parts]);
    const values = this.mergeParts(parts, true);
    const texts = parts.filter(
      part =>
        part.kind === NodeKind.Constant &&
        (specificationTexts === 'counted' || part.value.type !== ConstantType.Str || part.value.value !== ''),
    );
    const isText = texts.length > 1 && parts.every(({ kind }) => kind === NodeKind.Constant);
    if (isText && values.length === 1 && values[0].kind === NodeKind.Constant) {
      const from = this.dialect.specificationTextAtColon ? start : parts[0].start;
      return new Constant(from, end, values[0].value, null);
    }
    return new JoinedStr(start, end, values);
  }

  /** The source of a replacement field, without comments. CPython: Parser/lexer/lexer.c, set_fstring_expr(). */
  private fieldText(start: number, end: number): string {
    const text = this.sourceText(start, end);
    if (!text.includes('#')) return text;
    const { commentsInFieldStrings, escapedQuotesEndFieldStrings } = this.dialect;
    if (commentsInFieldStrings) return text.replace(/#[^\n]*/g, '');
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
}

/** What cannot begin a field: it has no expression. */
const FIELD_ENDS: ReadonlySet<TokenKind> = new Set([
  TokenKind.EQUAL,
  TokenKind.EXCLAMATION,
  TokenKind.COLON,
  TokenKind.RBRACE,
]);

/** What may be a byte that could not be decoded: a low surrogate that is not the second half of a character. */
const UNDECODED = /(?<![\ud800-\udbff])[\udc80-\udcff]/g;
