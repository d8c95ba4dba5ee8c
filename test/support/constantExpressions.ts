// Random expressions of constants, displays of sets, and calls of functions of floats, the same for the same seed.
// Literals of all types and forms, edge values often; operators on anything, numbers more often than not.

export class ConstantExpressions {
  constructor(private state: number) {}

  /** From 0 to 1, without 1. */
  private next(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), this.state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  private below = (limit: number): number => Math.floor(this.next() * limit);
  private pick = <Item>(items: readonly Item[]): Item => items[this.below(items.length)];
  private often = (share: number): boolean => this.next() < share;

  private int(): string {
    const edge = ['0', '1', '63', '64', '127', '128', '129', '256', '257', '4096', '4097', '0x7fff_ffff_ffff_ffff', '0b1', '0o17', '9007199254740993', '0xffffffffffffffffffffffffffffffff', '1_000_000_007', '10000000000000000000000000000001', '9223372036854775808']; // prettier-ignore
    if (this.often(0.4)) return this.pick(edge);
    return this.often(0.6)
      ? String(this.below(300))
      : String(BigInt(this.below(2 ** 53)) * BigInt(this.below(2 ** 40)));
  }

  private float(): string {
    const edge = ['0.0', '1.', '.5', '2.5', '1e308', '1e-308', '5e-324', '1e999', '1E+16', '1e22', '0.1', '1_0.2_5', '4503599627370497.5', '100.0', '101.0']; // prettier-ignore
    if (this.often(0.4)) return this.pick(edge);
    if (this.often(0.5)) return (this.below(8000) / 8).toFixed(3);
    return (this.next() * 10 ** (this.below(40) - 20)).toExponential();
  }

  private number = (): string => {
    if (this.often(0.25)) return `${this.float()}j`;
    return this.often(0.5) ? this.int() : this.float();
  };

  private sequence = (): string =>
    this.pick(["''", "'ab'", "'é😀'", "'\\ud83d'", "'\\ude00x'", "'a' * 100", "b''", "b'a\\xff'", '()', '(1,)', "('a', 1.5, (2,))", '(0.0, -0.0)']); // prettier-ignore

  private literal(): string {
    if (this.often(0.6)) return this.number();
    if (this.often(0.6)) return this.sequence();
    return this.pick(['None', '...', 'True', 'False', '__debug__', 'y']);
  }

  private arithmetic(depth: number): string {
    if (depth === 0 || this.often(0.15)) return this.number();
    if (this.often(0.15)) return `${this.pick(['-', '+', '~'])}(${this.arithmetic(depth - 1)})`;
    const operator = this.pick(['+', '-', '*', '/', '//', '%', '**', '<<', '>>', '|', '&', '^']);
    return `(${this.arithmetic(depth - 1)}) ${operator} (${this.arithmetic(depth - 1)})`;
  }

  /** An expression; mostly one that has a value. */
  expression(depth = 2): string {
    if (depth === 0 || this.often(0.1)) return this.literal();
    if (this.often(0.5)) return this.arithmetic(depth);
    if (this.often(0.3))
      return `(${this.sequence()}) * (${this.pick(['0', '1', '3', '41', '129', '257', '-1', 'True'])})`;
    if (this.often(0.4))
      return `(${this.sequence()})[${this.pick(['0', '1', '-1', '2', '-3', 'True', '1.5'])}]`;
    if (this.often(0.3)) return `(${this.expression(depth - 1)}, ${this.expression(depth - 1)})`;
    const operator = this.pick(['+', '-', '*', '/', '%', '@', '<<', '&']);
    return `(${this.expression(depth - 1)}) ${operator} (${this.expression(depth - 1)})`;
  }

  private item(): string {
    if (this.often(0.5)) return String(this.below(64));
    if (this.often(0.4)) return this.float();
    if (this.often(0.5)) return `${this.int()} - ${this.below(5)}.5j`;
    return this.often(0.5)
      ? `(${Array.from({ length: this.below(4) }, () => `${this.item()},`).join('')})`
      : '-2';
  }

  /** A display of numbers and tuples, whose hashes do not change from run to run. */
  set(): string {
    const size = 1 + this.below(this.often(0.1) ? 80 : 8);
    return `{${Array.from({ length: size }, () => this.item()).join(', ')}}`;
  }

  /** A function of math and its arguments. */
  call(): [name: string, args: number[]] {
    const name = this.pick(['pow', 'exp', 'log', 'sin', 'cos', 'hypot', 'atan2']);
    const value = (): number =>
      this.often(0.5) ? this.next() * 10 : 10 ** (this.below(40) - 20 + this.next());
    const signed = (): number => (this.often(0.5) ? -value() : value());
    if (name === 'log') return [name, [value()]];
    if (name === 'pow') return [name, [value(), this.often(0.7) ? this.next() * 10 - 5 : signed()]];
    return name === 'hypot' || name === 'atan2' ? [name, [signed(), signed()]] : [name, [signed()]];
  }
}
