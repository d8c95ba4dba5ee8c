// f-strings before PEP 701: the tokenizer gives them as strings, and here they are taken apart. Their expressions
// are found by counting brackets and quotes, and each is parsed on its own.
// CPython: Parser/string_parser.c of 3.11, fstring_find_literal(), fstring_find_expr(); Python/ast.c of 3.8.
import { Constant, type Expression, FormattedValue, JoinedStr } from '../ast/expressions.ts';
import { strConstant } from '../constants/literals.ts';
import type { StrConstant } from '../constants/values.ts';
import * as messages from './messages.ts';
import type { StringPart, StringShape } from './stringParts.ts';

/** What taking apart an f-string needs of the parser around it. */
export interface FStringHost {
  readonly text: string;
  /** Whether the target says what the missing expression should stand before. */
  readonly wordsFieldStart: boolean;
  /** Says what is wrong with the f-string. */
  refuse(msg: string): void;
  /** The value of literal text. */
  decode(start: number, end: number, raw: boolean): StrConstant;
  /** The text as CPython has it, line breaks normalised. */
  source(start: number, end: number): string;
  /** Parses the expression in `text[start, end)`, behind the brace before it. */
  expression(start: number, end: number): Expression;
  /** The format specification's parts as values of a node. */
  merge(parts: readonly StringPart[]): Expression[];
  /** Notes that CPython gives a node the place of the whole string. */
  placed<T extends FormattedValue | JoinedStr>(node: T): T;
}

const MAX_BRACKETS = 200;
const CLOSING: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };
const isSpace = (character: string): boolean => /^[ \t\n\r\v\f]$/.test(character);

/** The parts of one f-string token. */
export function legacyParts(shape: StringShape, host: FStringHost): StringPart[] {
  return new Reader(shape, host).parts(0);
}

class Reader {
  private readonly text: string;
  private readonly end: number;
  private at: number;
  private failed = false;

  constructor(
    private readonly shape: StringShape,
    private readonly host: FStringHost,
  ) {
    this.text = host.text;
    this.at = shape.bodyStart;
    this.end = shape.bodyEnd;
  }

  /** Literal text and fields up to the string's end; in a format specification up to its closing brace. */
  parts(level: number): StringPart[] {
    const parts: StringPart[] = [];
    while (!this.failed) {
      const start = this.at;
      const doubled = this.literal(level, parts);
      if (this.failed) break;
      if (doubled) continue;
      if (this.at >= this.end || this.text[this.at] === '}') break;
      this.field(level, parts);
      if (this.at === start) break;
    }
    if (!this.failed && level > 0 && (this.at >= this.end || this.text[this.at] !== '}')) {
      this.refuse(messages.FSTRING_BRACE);
    }
    return parts;
  }

  private refuse(msg: string): void {
    if (!this.failed) this.host.refuse(msg);
    this.failed = true;
  }

  /** Text up to a brace. True if that was a doubled one: there is more text behind it. */
  private literal(level: number, parts: StringPart[]): boolean {
    const { text, end } = this;
    const start = this.at;
    let i = start;
    let stop = end;
    let next = end;
    let doubled = false;
    while (i < end) {
      const character = text[i++];
      if (!this.shape.raw && character === '\\' && i < end) {
        const escaped = text[i++];
        if (escaped === 'N') {
          if (i < end && text[i++] === '{') while (i < end && text[i++] !== '}');
          continue;
        }
        if (escaped === '\r' && text[i] === '\n') i++;
        // A brace behind a backslash counts as one without.
        if (escaped !== '{' && escaped !== '}') continue;
        i--;
      } else if (character === '{' || character === '}') i--;
      else continue;
      const brace = text[i];
      if (level === 0 && i + 1 < end && text[i + 1] === brace) {
        stop = i + 1;
        next = i + 2;
        doubled = true;
      } else {
        if (level === 0 && brace === '}') this.refuse(messages.FSTRING_SINGLE_BRACE);
        stop = next = i;
      }
      break;
    }
    this.at = next;
    if (stop > start && !this.failed) {
      parts.push(new Constant(start, stop, this.host.decode(start, stop, this.shape.raw), null));
    }
    return doubled;
  }

  /** `{expression = !conversion : specification}` */
  private field(level: number, parts: StringPart[]): void {
    const open = this.at;
    if (level >= 2) return this.refuse(messages.FSTRING_DEPTH);
    this.at++;
    const start = this.at;
    this.skipExpression();
    if (this.failed) return;
    const stop = this.at;
    if (stop >= this.end) return this.refuse(messages.FSTRING_BRACE);
    if (/^[ \t\n\f\r]*$/.test(this.text.slice(start, stop))) {
      const before = this.text[stop];
      const worded = this.host.wordsFieldStart && before !== '}';
      return this.refuse(worded ? messages.fstringRequired(before) : messages.FSTRING_EMPTY);
    }
    const value = this.host.expression(start, stop);
    let debug = false;
    if (this.text[this.at] === '=') {
      this.at++;
      while (this.at < this.end && isSpace(this.text[this.at])) this.at++;
      if (this.at >= this.end) return this.refuse(messages.FSTRING_BRACE);
      debug = true;
      parts.push(new Constant(start, this.at, strConstant(this.host.source(start, this.at)), null));
    }
    let conversion = -1;
    if (this.text[this.at] === '!') {
      this.at++;
      if (this.at >= this.end) return this.refuse(messages.FSTRING_BRACE);
      conversion = this.text.charCodeAt(this.at);
      if (!/[sra]/.test(this.text[this.at])) return this.refuse(messages.FSTRING_CONVERSION);
      this.at++;
    }
    if (this.at >= this.end) return this.refuse(messages.FSTRING_BRACE);
    let spec: JoinedStr | null = null;
    if (this.text[this.at] === ':') {
      const colon = this.at;
      this.at++;
      if (this.at >= this.end) return this.refuse(messages.FSTRING_BRACE);
      const inner = this.parts(level + 1);
      spec = this.host.placed(new JoinedStr(colon, this.at, this.host.merge(inner)));
    }
    if (this.at >= this.end || this.text[this.at] !== '}') return this.refuse(messages.FSTRING_BRACE);
    this.at++;
    if (debug && conversion === -1 && !spec) conversion = 0x72;
    parts.push(this.host.placed(new FormattedValue(open, this.at, value, conversion, spec)));
  }

  /** To what ends the expression: `!`, `:`, `=` or `}` outside of brackets and strings. */
  private skipExpression(): void {
    const { text, end } = this;
    const brackets: string[] = [];
    let quote = '';
    for (; this.at < end; this.at++) {
      const character = text[this.at];
      if (character === '\\') return this.refuse(messages.FSTRING_BACKSLASH);
      if (quote) {
        if (text.startsWith(quote, this.at) && this.at + quote.length <= end) {
          this.at += quote.length - 1;
          quote = '';
        }
        continue;
      }
      switch (character) {
        case "'":
        case '"':
          quote =
            text.startsWith(character.repeat(3), this.at) && this.at + 2 < end
              ? character.repeat(3)
              : character;
          this.at += quote.length - 1;
          continue;
        case '[':
        case '{':
        case '(':
          if (brackets.length >= MAX_BRACKETS) return this.refuse(messages.FSTRING_PARENTHESES);
          brackets.push(character);
          continue;
        case '#':
          return this.refuse(messages.FSTRING_HASH);
      }
      if (brackets.length === 0) {
        if (this.endsExpression(character)) break;
        if (character === '=' || character === '!') continue;
      }
      if (character === ']' || character === '}' || character === ')') {
        const opening = brackets.pop();
        if (opening === undefined) return this.refuse(messages.fstringUnmatched(character));
        if (CLOSING[opening] !== character)
          return this.refuse(messages.fstringMismatched(character, opening));
      }
    }
    if (quote) return this.refuse(messages.FSTRING_UNTERMINATED);
    const open = brackets.at(-1);
    if (open !== undefined) this.refuse(messages.fstringUnmatched(open));
  }

  /** Whether a character outside of brackets ends the expression; goes over comparisons. */
  private endsExpression(character: string): boolean {
    switch (character) {
      case '!':
      case '=':
      case '<':
      case '>':
        if (this.at + 1 < this.end && this.text[this.at + 1] === '=') {
          this.at++;
          return false;
        }
        return character === '!' || character === '=';
      default:
        return character === ':' || character === '}';
    }
  }
}
