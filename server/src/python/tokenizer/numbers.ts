// The end of a number literal, and what is wrong with it.
import type { TokenizerDialect } from '../versions/tokenizerDialect.ts';
import { Char, isDigit, isHexDigit, isNamePart } from './characters.ts';
import { Messages, type NumberKind, type Refusal } from './messages.ts';

/** A scanned number: where it ends, and if CPython refuses it, why and how far CPython had read then. */
interface NumberScan {
  end: number;
  refusal: Refusal | undefined;
  /** For a refusal that is reported as a range of the number: where the range ends. */
  rangeEnd: number | undefined;
  /** Offset after the last character that CPython had read, if there is a refusal. */
  read: number;
}

/**
 * Scans the number at `start`: a digit, or a period and a digit. If `lenient`, what follows it may be anything, and
 * zeros may lead it, as the tokenize module has it.
 *
 * CPython: Parser/lexer/lexer.c (before 3.12 Parser/tokenizer.c), tok_get(), from "Number" on.
 */
export function scanNumber(
  text: string,
  start: number,
  dialect: TokenizerDialect,
  lenient: boolean,
): NumberScan {
  return new NumberScanner(text, start, dialect, lenient).scan();
}

/** Keywords that may follow a number with no space between. */
const KEYWORDS_AFTER = ['and', 'else', 'for', 'if', 'in', 'is', 'not', 'or'];

const isOctalDigit = (c: number): boolean => c >= Char.ZERO && c < Char.ZERO + 8;
const isBinaryDigit = (c: number): boolean => c === Char.ZERO || c === Char.ZERO + 1;
const lower = (c: number): number => c | 32;
const letter = (character: string): number => character.charCodeAt(0);
const E = letter('e');
const J = letter('j');

class NumberScanner implements NumberScan {
  end: number;
  refusal: Refusal | undefined = undefined;
  rangeEnd: number | undefined = undefined;
  read = 0;

  constructor(
    private readonly text: string,
    start: number,
    private readonly dialect: TokenizerDialect,
    private readonly lenient: boolean,
  ) {
    this.end = start;
  }

  scan(): this {
    const first = this.peek();
    if (first === Char.DOT) {
      this.end++;
      this.fraction();
    } else if (first === Char.ZERO) this.afterZero();
    else if (this.decimalTail()) this.afterDecimal();
    return this;
  }

  /** The character at `end`; NaN after the text's last, which compares with nothing. */
  private peek(): number {
    return this.text.charCodeAt(this.end);
  }

  /** Notes the refusal; `read` characters from `end` on had been read. Always false. */
  private refuse(refusal: Refusal, read = 0): false {
    this.refusal = refusal;
    this.read = this.end + read;
    return false;
  }

  private afterZero(): void {
    this.end++;
    const radix = lower(this.peek());
    if (radix === letter('x')) this.radixDigits(isHexDigit, 'hexadecimal');
    else if (radix === letter('o')) this.radixDigits(isOctalDigit, 'octal');
    else if (radix === letter('b')) this.radixDigits(isBinaryDigit, 'binary');
    else this.moreZeros();
  }

  private radixDigits(accepts: (c: number) => boolean, kind: NumberKind): boolean {
    this.end++;
    do {
      if (this.peek() === Char.UNDERSCORE) this.end++;
      if (!accepts(this.peek())) {
        if (kind !== 'hexadecimal' && isDigit(this.peek())) {
          return this.invalidDigit(kind, this.dialect.invalidDigitIsRead ? 1 : 0);
        }
        return this.refuse(Messages.invalidLiteral(kind));
      }
      do this.end++;
      while (accepts(this.peek()));
    } while (this.peek() === Char.UNDERSCORE);
    if (kind !== 'hexadecimal' && isDigit(this.peek())) return this.invalidDigit(kind, 1);
    return this.verifyEnd(kind);
  }

  private invalidDigit(kind: NumberKind, read: number): boolean {
    return this.refuse(Messages.invalidDigit(this.text[this.end], kind), read);
  }

  /** After a leading zero: more zeros, or a decimal that only a period, an exponent or a j can save. */
  private moreZeros(): boolean {
    for (;;) {
      if (this.peek() === Char.UNDERSCORE) {
        this.end++;
        if (!isDigit(this.peek())) return this.refuse(Messages.invalidLiteral('decimal'));
      }
      if (this.peek() !== Char.ZERO) break;
      this.end++;
    }
    const rangeEnd = this.end + 1;
    const nonzero = isDigit(this.peek());
    if (nonzero && !this.decimalTail()) return false;
    const c = this.peek();
    if (c === Char.DOT || lower(c) === E || lower(c) === J) return this.afterDecimal();
    if (nonzero && !this.lenient) {
      if (this.dialect.leadingZerosHaveRange) this.rangeEnd = rangeEnd;
      return this.refuse(Messages.leadingZeros());
    }
    return this.verifyEnd('decimal');
  }

  /** Digits with single underscores between. CPython: tok_decimal_tail() */
  private decimalTail(): boolean {
    for (;;) {
      while (isDigit(this.peek())) this.end++;
      if (this.peek() !== Char.UNDERSCORE) return true;
      this.end++;
      if (!isDigit(this.peek())) return this.refuse(Messages.invalidLiteral('decimal'));
    }
  }

  private afterDecimal(): boolean {
    if (this.peek() === Char.DOT) {
      this.end++;
      return this.fraction();
    }
    return this.exponent();
  }

  private fraction(): boolean {
    if (isDigit(this.peek()) && !this.decimalTail()) return false;
    return this.exponent();
  }

  private exponent(): boolean {
    if (lower(this.peek()) === E) {
      const letterAt = this.end++;
      if (this.peek() === Char.PLUS || this.peek() === Char.MINUS) {
        this.end++;
        if (!isDigit(this.peek())) return this.refuse(Messages.invalidLiteral('decimal'));
      } else if (!isDigit(this.peek())) {
        this.end = letterAt;
        return this.verifyEnd('decimal');
      }
      if (!this.decimalTail()) return false;
    }
    if (lower(this.peek()) === J) {
      this.end++;
      return this.verifyEnd('imaginary');
    }
    return this.verifyEnd('decimal');
  }

  /** CPython: verify_end_of_number() */
  private verifyEnd(kind: NumberKind): boolean {
    const { verifyEndOfNumber } = this.dialect;
    const c = this.peek();
    if (
      this.lenient ||
      verifyEndOfNumber === 'no' ||
      !(isNamePart(c) || (c >= 128 && verifyEndOfNumber === 'unicode'))
    )
      return true;
    const follows = KEYWORDS_AFTER.some(keyword => {
      if (!this.text.startsWith(keyword, this.end)) return false;
      // `if`, `in` and `is` count even as the start of a longer name.
      return keyword.startsWith('i') || !isNamePart(this.text.charCodeAt(this.end + keyword.length));
    });
    return follows || this.refuse(Messages.invalidLiteral(kind));
  }
}
