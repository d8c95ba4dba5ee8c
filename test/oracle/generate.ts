// Odd programs: what the grammar allows and libraries hardly ever write. fast-check makes a stream of choices, and
// the writer follows the grammar with them: what it writes is by and large valid for the target, with few names,
// so that scopes get into each other's way.
import fc from 'fast-check';
import type { Target } from '../../server/src/python/versions/target.ts';
import type { Source } from './corpora.ts';

/** `count` programs for a target; the same for the same seed. */
export function generatedSources(count: number, seed: number, target: Target): Source[] {
  const streams = fc.sample(choices, { numRuns: count, seed });
  return streams.map((stream, index) => ({
    name: `program ${index} of seed ${seed}`,
    read: () => Buffer.from(program(stream, target)),
  }));
}

/** What a program is made of: numbers, each a choice; where they end, the simplest choice is taken. */
export const choices = fc.array(fc.nat(0xffff), { minLength: 40, maxLength: 700, size: 'max' });

/** The program that a list of choices stands for. */
export const program = (choices: readonly number[], target: Target): string =>
  new Writer(choices, target).module();

const NAMES = ['a', 'b', 'x', 'y', '__p', '_q'];
// Names that NFKC makes equal: U+FB01 is "fi", U+212A "K", U+00AA "a", U+1D4B8 "c"; and one that is beyond the BMP.
const UNICODE_NAMES = ['\ufb01', 'fi', '\u212a', 'K', '\u00aa', '\u{1d4b8}', 'é', '\u{20000}'];
const SPECIAL_NAMES = [
  '__class__',
  'super',
  '__debug__',
  'print',
  'type',
  'match',
  'case',
  '_',
  'self',
  '__p__',
];

/** Where the writer is: what may stand there. */
interface Place {
  readonly kind: 'module' | 'class' | 'function';
  readonly async: boolean;
  readonly loop: boolean;
  readonly depth: number;
  /** In a comprehension of a class body and the like: no `:=`, no `yield`. */
  readonly plain: boolean;
}

const DEEPEST = 5;

class Writer {
  #at = 0;
  readonly #grammar;
  #lines: string[] = [];
  #indentation = '';

  constructor(
    private readonly choices: readonly number[],
    target: Target,
  ) {
    this.#grammar = target.dialect.grammar;
  }

  // ---- Choices ---------------------------------------------------------------------------------------------

  #number(below: number): number {
    return this.#at < this.choices.length ? this.choices[this.#at++] % below : 0;
  }

  #chance(percent: number): boolean {
    return this.#at < this.choices.length && this.#number(100) < percent;
  }

  #pick<T>(list: readonly T[]): T {
    return list[this.#number(list.length)];
  }

  #some(least: number, most: number, make: () => string): string[] {
    return Array.from({ length: least + this.#number(most - least + 1) }, make);
  }

  #name(): string {
    if (this.#chance(6)) return this.#pick(UNICODE_NAMES);
    if (this.#chance(8)) return this.#pick(SPECIAL_NAMES.slice(0, 2));
    return this.#pick(NAMES);
  }

  /** A name that may be bound: not `__debug__`, which no version lets anybody assign to. */
  #target(): string {
    if (this.#chance(5)) return this.#pick(UNICODE_NAMES);
    if (this.#chance(5)) return this.#pick(SPECIAL_NAMES.filter(name => name !== '__debug__'));
    return this.#pick(NAMES);
  }

  #distinct(count: number): string[] {
    const found = new Map<string, string>();
    for (let i = 0; i < count; i++) {
      const name = this.#target();
      found.set(name.normalize('NFKC'), name);
    }
    return [...found.values()];
  }

  // ---- Statements --------------------------------------------------------------------------------------------

  module(): string {
    const place: Place = { kind: 'module', async: false, loop: false, depth: 0, plain: false };
    if (this.#chance(10)) this.#line(`"""${this.#pick(['doc', ' \\n  doc\\n ', 'ﬁ'])}"""`);
    if (this.#chance(15)) this.#line('from __future__ import annotations');
    do this.#statement(place);
    while (this.#at < this.choices.length);
    const text = this.#lines.join(this.#chance(5) ? '\r\n' : '\n');
    return this.#chance(90) ? `${text}\n` : text;
  }

  #line(text: string): void {
    const feed = this.#chance(1) ? '\f' : '';
    this.#lines.push(`${feed}${this.#indentation}${text}`);
    if (this.#chance(2)) this.#lines.push(this.#pick(['', '# é', '\f', '    # deeper']));
  }

  /** A suite: lines below, or simple statements behind the colon. */
  #suite(head: string, place: Place, body?: () => void): void {
    const deeper: Place = { ...place, depth: place.depth + 1 };
    if (!body && this.#chance(12)) {
      const simple = this.#some(1, 2, () => this.#simple(deeper));
      this.#line(`${head} ${simple.join(this.#pick(['; ', ';']))}${this.#chance(15) ? ';' : ''}`);
      return;
    }
    this.#line(head);
    const before = this.#indentation;
    this.#indentation += this.#pick(['    ', '    ', ' ', '\t']);
    const mark = this.#lines.length;
    body?.();
    const count = 1 + this.#number(3);
    for (let i = 0; i < count; i++) this.#statement(deeper);
    if (!this.#lines.slice(mark).some(line => line.trim() !== '' && !line.trim().startsWith('#')))
      this.#line('pass');
    this.#indentation = before;
  }

  #statement(place: Place): void {
    if (place.depth >= DEEPEST || this.#chance(45)) {
      const simple = this.#some(1, this.#chance(10) ? 3 : 1, () => this.#simple(place));
      this.#line(simple.join('; '));
      return;
    }
    const { matchStatement, exceptStar } = this.#grammar;
    switch (this.#number(matchStatement ? 12 : 11)) {
      case 0:
      case 1:
        return this.#function(place);
      case 2:
      case 3:
        return this.#class(place);
      case 4:
        return this.#if(place);
      case 5: {
        const prefix = place.async && this.#chance(40) ? 'async ' : '';
        this.#suite(`${prefix}for ${this.#targets()} in ${this.#iterable(place)}:`, { ...place, loop: true });
        if (this.#chance(25)) this.#suite('else:', place);
        return;
      }
      case 6:
        this.#suite(`while ${this.#test(place)}:`, { ...place, loop: true });
        if (this.#chance(25)) this.#suite('else:', place);
        return;
      case 7:
      case 8:
        return this.#try(place, exceptStar && this.#chance(30));
      case 9:
        return this.#with(place);
      case 10:
        return this.#dead(place);
      default:
        return this.#match(place);
    }
  }

  #function(place: Place): void {
    this.#decorators(place);
    const isAsync = this.#chance(30);
    const name = this.#chance(20) ? '__p' : this.#target();
    const parameters = this.#typeParameters(place);
    const returns = this.#chance(20) ? ` -> ${this.#annotation(place)}` : '';
    const head = `${isAsync ? 'async ' : ''}def ${name}${parameters}(${this.#parameters(place, true)})${returns}:`;
    const inside: Place = { kind: 'function', async: isAsync, loop: false, depth: place.depth, plain: false };
    this.#suite(head, inside, () => {
      if (this.#chance(20))
        this.#line(this.#pick(['"doc"', '"""doc\n  more"""', 'f"not"', "b'no'", '("doc" "doc")']));
      if (this.#chance(12)) this.#line(`global ${this.#pick(['a', 'b'])}`);
      if (this.#chance(20) && place.kind === 'function') this.#line(`nonlocal ${this.#pick(['x', '__p'])}`);
    });
  }

  #class(place: Place): void {
    this.#decorators(place);
    const bases = this.#some(0, 2, () => this.#expression(place, 1));
    if (this.#chance(15)) bases.push(`metaclass=${this.#expression(place, 1)}`);
    if (this.#chance(8)) bases.push(`**${this.#name()}`);
    const list = bases.length > 0 || this.#chance(20) ? `(${bases.join(', ')})` : '';
    const name = this.#pick(['A', 'B', '_A', '__C', '__', 'K']);
    const inside: Place = { kind: 'class', async: false, loop: false, depth: place.depth, plain: false };
    this.#suite(`class ${name}${this.#typeParameters(place)}${list}:`, inside, () => {
      if (this.#chance(15)) this.#line('"""doc"""');
      if (this.#chance(8)) this.#line(`global ${this.#pick(['a', '__p'])}`);
      if (this.#chance(20))
        this.#line(`def m(self): return ${this.#pick(['super()', '__class__', 'self.__p', 'super'])}`);
    });
  }

  #decorators(place: Place): void {
    while (this.#chance(18)) {
      if (this.#chance(40))
        this.#line(`@${this.#name()}(${this.#expression(place, 1)},\n    ${this.#name()})`);
      else if (this.#grammar.anyDecorator && this.#chance(40)) this.#line(`@${this.#expression(place, 1)}`);
      else this.#line(`@${this.#name()}.b`);
    }
  }

  /** `[T: int, *Ts = *x, **P]`, or nothing. */
  #typeParameters(place: Place): string {
    if (!this.#grammar.typeParameters || !this.#chance(30)) return '';
    const inner: Place = { ...place, plain: true };
    const names = this.#distinctFrom(['T', 'U', '__V', 'x', '_q'], 1 + this.#number(3));
    let defaults = false;
    const list = names.map((name, index) => {
      defaults ||= this.#grammar.typeParameterDefaults && this.#chance(25);
      const value = this.#scoped(inner);
      if (index > 0 && this.#chance(15)) return defaults ? `**${name} = [${value}]` : `**${name}`;
      if (index > 0 && this.#chance(15)) return defaults ? `*${name} = *${this.#pick(NAMES)}` : `*${name}`;
      const bound = this.#chance(40)
        ? `: ${this.#pick([this.#scoped(inner), '(int, str)', 'T', 'A', '__p'])}`
        : '';
      return `${name}${bound}${defaults ? ` = ${value}` : ''}`;
    });
    return `[${list.join(', ')}${this.#chance(10) ? ',' : ''}]`;
  }

  #distinctFrom(names: readonly string[], count: number): string[] {
    return [...new Set(Array.from({ length: count }, () => this.#pick(names)))];
  }

  /** What may stand in an annotation scope: a lambda or comprehension among others, but no `:=` and no `yield`. */
  #scoped(place: Place): string {
    return this.#pick([
      'int',
      'list[T]',
      'lambda: T',
      '[x for x in T]',
      '__p',
      'A.b',
      '(T, U)',
      this.#expression(place, 3),
    ]);
  }

  #annotation(place: Place): string {
    return this.#chance(30)
      ? this.#pick(["'a'", 'int', '__p', '[a for a in b]', 'lambda: a'])
      : this.#expression({ ...place, plain: true }, 3);
  }

  #parameters(place: Place, annotated: boolean): string {
    const names = this.#distinct(this.#number(5)).filter(name => !['match', 'case', 'print'].includes(name));
    const parts: string[] = [];
    let defaults = false;
    const stars = this.#chance(30) ? this.#number(names.length + 1) : -1;
    const slash = this.#chance(25) ? this.#number(names.length + 1) : -1;
    const annotation = (): string => (annotated && this.#chance(25) ? `: ${this.#annotation(place)}` : '');
    let star = false;
    names.forEach((name, index) => {
      if (index === stars) {
        star = true;
        if (this.#chance(50))
          parts.push(
            annotated && this.#grammar.starredAnnotation && this.#chance(20) ? '*args: *a' : '*args',
          );
        else parts.push('*');
      }
      if (index > 0 && index === slash && !star) parts.push('/');
      defaults ||= this.#chance(20);
      parts.push(`${name}${annotation()}${defaults ? `=${this.#expression(place, 2)}` : ''}`);
    });
    if (parts.at(-1) === '*') parts.pop();
    if (this.#chance(15)) parts.push(`**kw${annotation()}`);
    return parts.join(', ');
  }

  #if(place: Place): void {
    this.#suite(`if ${this.#test(place)}:`, place);
    while (this.#chance(15)) this.#suite(`elif ${this.#test(place)}:`, place);
    if (this.#chance(35)) this.#suite('else:', place);
  }

  /** Tests that compilers know the answer to are frequent here. */
  #test(place: Place): string {
    if (this.#chance(35)) {
      return this.#pick([
        '0',
        '1',
        'None',
        'True',
        'not 0',
        '__debug__',
        '""',
        '0 or a',
        '1 and 0',
        '()',
        'a and 0',
        '...',
        '1 if a else 0',
      ]);
    }
    return this.#expression(place, 2);
  }

  #try(place: Place, star: boolean): void {
    this.#suite('try:', place);
    const handlers = this.#number(3);
    const inside = star
      ? { ...place, loop: false, kind: place.kind === 'function' ? ('module' as const) : place.kind }
      : place;
    for (let i = 0; i < handlers; i++) {
      const types =
        this.#grammar.bareExceptTuple && this.#chance(20) ? 'a, b' : this.#pick(['a', '(a, b)', 'x.y']);
      const name = !types.startsWith('a,') && this.#chance(50) ? ` as ${this.#target()}` : '';
      this.#suite(`except${star ? '*' : ''} ${types}${name}:`, inside);
    }
    if (handlers === 0 || this.#chance(40)) {
      if (handlers > 0 && this.#chance(40)) this.#suite('else:', place);
      this.#suite('finally:', place);
    } else if (this.#chance(30)) {
      this.#suite('else:', place);
    }
  }

  #with(place: Place): void {
    const items = this.#some(1, 3, () => {
      const target = this.#chance(60)
        ? ` as ${this.#pick([this.#target(), '(a, *b)', '[x, y]', 'a.b', 'a[0]'])}`
        : '';
      return `${this.#expression(place, 2)}${target}`;
    });
    const prefix = place.async && this.#chance(40) ? 'async ' : '';
    const list = items.join(', ');
    const parenthesized = this.#grammar.parenthesizedWith && this.#chance(30);
    this.#suite(`${prefix}with ${parenthesized ? `(${list}${this.#pick(['', ',', '\n'])})` : list}:`, place);
  }

  /** Code that nobody reaches, with things in it that leave their traces all the same. */
  #dead(place: Place): void {
    const jump =
      place.kind === 'function'
        ? this.#pick(['return', 'raise'])
        : place.loop
          ? this.#pick(['break', 'continue'])
          : 'raise';
    switch (this.#number(4)) {
      case 0:
        this.#suite('if 0:', place, () => this.#function({ ...place, depth: place.depth + 1 }));
        return;
      case 1:
        this.#suite('while 1:', { ...place, loop: true }, () =>
          this.#line(this.#pick(['continue', 'break', 'pass'])),
        );
        return;
      case 2:
        this.#suite('if __debug__:', place);
        this.#suite('else:', place);
        return;
      default:
        this.#line(`if ${this.#name()}: ${jump}`);
        this.#suite('if 1:', place, () => {
          this.#line(jump);
          this.#class({ ...place, depth: place.depth + 1 });
        });
    }
  }

  #match(place: Place): void {
    this.#line(`match ${this.#chance(20) ? `${this.#name()}, *b` : this.#expression(place, 2)}:`);
    const before = this.#indentation;
    this.#indentation += '  ';
    const count = 1 + this.#number(3);
    for (let i = 0; i < count; i++) {
      this.#patternNames = new Set();
      const pattern = this.#pattern(0);
      const guarded = i < count - 1 && !this.#chance(60);
      const irrefutable =
        /^[(]*[\w\u0080-\uffff]+[)]*$/.test(pattern) && !/^[(]*(?:None|True|False|\d)/.test(pattern);
      const guard = guarded || (irrefutable && i < count - 1) ? ` if ${this.#expression(place, 2)}` : '';
      this.#suite(`case ${pattern}${guard}:`, { ...place, depth: place.depth + 1 });
    }
    this.#indentation = before;
  }

  #patternNames = new Set<string>();

  #capture(): string {
    const name = this.#target();
    const plain = name.normalize('NFKC');
    if (this.#patternNames.has(plain) || plain === '_') return '_';
    this.#patternNames.add(plain);
    return name;
  }

  #pattern(depth: number): string {
    if (depth > 2) return this.#pick(['_', '1', 'None', 'a.b', '"s"']);
    const inner = (): string => this.#pattern(depth + 1);
    switch (this.#number(12)) {
      case 0:
        return this.#capture();
      case 1:
        return this.#pick(['-1', '1+2j', '-1.5-3j', '"a" "b"', 'b"x"', 'None', 'True', '0x10']);
      case 2:
        return this.#pick(['a.b', 'a.__p.c']);
      case 3:
        return `[${[...this.#some(0, 2, inner), ...(this.#chance(50) ? [`*${this.#capture()}`] : [])].join(', ')}]`;
      case 4:
        return `(${inner()}, ${inner()})`;
      case 5:
        return `(${inner()})`;
      case 6: {
        const keys = this.#distinctFrom(['1', '"k"', 'a.b', '-2', 'None'], this.#number(3));
        const items = keys.map(key => `${key}: ${inner()}`);
        if (this.#chance(40)) items.push(`**${this.#capture()}`.replace('**_', '**rest'));
        return `{${items.join(', ')}}`;
      }
      case 7:
        return `${this.#pick(['A', 'a.B', '__C'])}(${this.#some(0, 2, inner).join(', ')})`;
      case 8:
        return `A(${this.#distinctFrom(['k', '__p', 'x'], 2)
          .map(name => `${name}=${inner()}`)
          .join(', ')})`;
      case 9:
        return `(${this.#pick(['1 | 2', '"a" | None', 'a.b | A()', '[] | {}'])})`;
      case 10: {
        const pattern = this.#pick(['1', 'A()', '[1, _]', '(1 | 2)']);
        const name = this.#capture();
        return name === '_' ? pattern : `${depth > 0 ? '(' : ''}${pattern} as ${name}${depth > 0 ? ')' : ''}`;
      }
      default:
        return '_';
    }
  }

  #simple(place: Place): string {
    const { typeParameters, lazyImports } = this.#grammar;
    switch (this.#number(20)) {
      case 0:
      case 1:
      case 2:
        return `${this.#some(1, 2, () => this.#targets()).join(' = ')} = ${this.#value(place)}`;
      case 3:
        return this.#expression(place, 0);
      case 4:
        return `${this.#single()} ${this.#pick(['+', '-', '*', '@', '//', '**', '>>', '|'])}= ${this.#value(place)}`;
      case 5: {
        const target = this.#pick([this.#target(), '(a)', 'a.b', 'a[x]', 'self.__p']);
        return `${target}: ${this.#annotation(place)}${this.#chance(50) ? ` = ${this.#value(place)}` : ''}`;
      }
      case 6:
        return `del ${this.#pick([this.#target(), '(a, b)', 'a.__p', 'x[0], y', '[a]'])}`;
      case 7: {
        const lazy =
          lazyImports && place.kind === 'module' && place.depth === 0 && this.#chance(30) ? 'lazy ' : '';
        const from = this.#pick(['.', '..a', 'a.b', '...']);
        return this.#pick([
          `${lazy}import a.b`,
          `${lazy}import a.b as __p, x`,
          `${lazy}from ${from} import a as y, (b)`.replace(', (b)', ', b'),
          `${lazy}from ${from} import (\n a, __p,\n)`,
        ]);
      }
      case 8:
        return `assert ${this.#expression(place, 2)}${this.#chance(40) ? `, ${this.#expression(place, 2)}` : ''}`;
      case 9:
        return this.#chance(50) ? 'pass' : '...';
      case 10:
        return `raise ${this.#expression(place, 2)}${this.#chance(30) ? ` from ${this.#name()}` : ''}`;
      case 11:
        return place.kind === 'function' ? `return${this.#returned(place)}` : this.#string(place);
      case 12:
        return place.loop ? this.#pick(['break', 'continue']) : this.#lambda(place);
      case 13:
        if (!typeParameters) return this.#comprehension(place);
        return `type ${this.#pick(['X', '__p', 'type', 'a'])}${this.#typeParameters(place)} = ${this.#scoped({ ...place, plain: true })}`;
      case 14:
        return this.#comprehension(place);
      case 15:
        return this.#lambda(place);
      case 16:
        return this.#string(place);
      case 17:
        return place.kind === 'function' ? this.#yield(place) : this.#name();
      case 18:
        return `(${this.#target()} := ${this.#expression(place, 1)})`;
      default:
        return this.#name();
    }
  }

  #returned(place: Place): string {
    if (place.async && this.#chance(50)) return ''; // an async generator may return nothing but that
    return this.#chance(80) ? ` ${this.#expression(place, 1)}` : '';
  }

  #yield(place: Place): string {
    if (place.async)
      return this.#pick([
        'await a',
        `await ${this.#name()}.b`,
        '[await a for x in y]',
        '[x async for x in y]',
        'yield',
        'yield a',
      ]);
    return this.#pick([
      'yield',
      `x = yield ${this.#expression(place, 1)}`,
      'yield from a',
      '(yield)',
      'a = b = yield',
    ]);
  }

  #value(place: Place): string {
    if (place.kind === 'function' && !place.async && !place.plain && this.#chance(5)) return 'yield a';
    return this.#chance(10) ? `*${this.#name()}, ${this.#name()}` : this.#expression(place, 0);
  }

  #single(): string {
    return this.#pick([this.#target(), 'a.__p', 'x[0]', 'self.y', 'a[x:y]']);
  }

  #targets(): string {
    if (!this.#chance(25)) return this.#single();
    return this.#pick(['a, b', '(a, *b)', '[x, [y, *a]]', '*a,', 'a.b, __p', 'x, (y, a[0])']);
  }

  #iterable(place: Place): string {
    if (this.#grammar.starredLists && this.#chance(8)) return '*a, b';
    return this.#chance(20)
      ? this.#pick(['[1, 2]', '(1, a)', '{1, 2}', 'a, b', '()'])
      : this.#expression(place, 1);
  }

  // ---- Expressions -------------------------------------------------------------------------------------------

  #expression(place: Place, depth: number): string {
    if (depth > 2 || this.#at >= this.choices.length) return this.#atom();
    const inner = (): string => this.#expression(place, depth + 1);
    switch (this.#number(26)) {
      case 0:
        return `(${inner()} ${this.#pick(['+', '-', '*', '@', '/', '%', '<<', '&', '^', '**'])} ${inner()})`;
      case 1:
        return `(${inner()} ${this.#pick(['and', 'or'])} ${inner()})`;
      case 2:
        return `(${this.#pick(['not ', '-', '~', '+'])}${inner()})`;
      case 3:
        return `(${inner()} ${this.#pick(['<', '==', 'in', 'not in', 'is', 'is not', '>='])} ${inner()})`;
      case 4:
        return `(${inner()} if ${inner()} else ${inner()})`;
      case 5:
        return `(${this.#lambda(place)})`;
      case 6:
      case 7:
      case 8:
        return this.#comprehension(place);
      case 9:
        return `${this.#name()}(${this.#arguments(place, depth + 1)})`;
      case 10:
        return `${this.#name()}.${this.#pick(['a', '__p', 'match', '\ufb01'])}`;
      case 11:
        return `${this.#name()}[${this.#subscript(inner)}]`;
      case 12:
        return this.#string(place);
      case 13:
        return `[${this.#some(0, 3, inner).join(', ')}]`;
      case 14:
        return `{${this.#some(1, 3, inner).join(', ')}}`;
      case 15:
        return `{${this.#some(0, 2, () => `${inner()}: ${inner()}`).join(', ')}${this.#chance(20) ? ',**a' : ''}}`.replace(
          '{,',
          '{',
        );
      case 16:
        return `(${inner()}, ${inner()})`;
      case 17:
        return place.plain ? inner() : `(${this.#target()} := ${inner()})`;
      case 18:
        return place.async && !place.plain ? `(await ${this.#name()})` : this.#name();
      case 19:
        return `(${inner()}\n${inner().startsWith('-') ? '' : '+'} ${this.#name()})`;
      case 20:
        return `(*${this.#name()}, ${inner()})`;
      case 21:
        return this.#name();
      default:
        return this.#atom();
    }
  }

  #subscript(inner: () => string): string {
    const choice = this.#number(6);
    if (choice === 0) return `${inner()}:`;
    if (choice === 1) return `::${inner()}, ${inner()}`;
    if (choice === 2 && this.#grammar.starredSubscript) return `*${this.#name()}`;
    return choice === 3 ? `${inner()}, ${inner()}` : inner();
  }

  #arguments(place: Place, depth: number): string {
    const parts = this.#some(0, 2, () => this.#expression(place, depth));
    if (this.#chance(10)) return this.#generator(place).slice(1, -1);
    if (this.#chance(10)) parts.push('*a');
    if (this.#chance(20)) parts.push(`__p=${this.#expression(place, depth)}`);
    if (this.#chance(10)) parts.push('**b');
    return parts.join(', ');
  }

  #atom(): string {
    if (this.#chance(50)) return this.#name();
    return this.#pick([
      '0',
      '1',
      '255',
      '-1',
      '1.5',
      '1e400',
      '2j',
      '0x_ff',
      '10**2',
      '...',
      'None',
      'True',
      '"s"',
      "'\\N{DIGIT ONE}'",
      "b'\\x00'",
      "r'\\d'",
      '()',
      '[]',
      '{}',
      'u"k"',
      '99999999999999999999',
    ]);
  }

  #lambda(place: Place): string {
    const inside: Place = { ...place, kind: 'function', async: false, loop: false };
    const parameters = this.#parameters(place, false);
    const body = this.#chance(6) && !place.plain ? '(yield)' : this.#expression(inside, 1);
    return `lambda${parameters ? ` ${parameters}` : ''}: ${body}`;
  }

  #generator(place: Place): string {
    return `(${this.#expression(place, 2)}${this.#clauses(place)})`;
  }

  #comprehension(place: Place): string {
    const clauses = this.#clauses(place);
    const inner = (): string => this.#element(place);
    const unpacking = this.#grammar.comprehensionUnpacking && this.#chance(20) ? '*' : '';
    switch (this.#number(5)) {
      case 0:
        return `{${inner()}: ${inner()}${clauses}}`;
      case 1:
        return `{${unpacking}${inner()}${clauses}}`;
      case 2:
        return `(${unpacking}${inner()}${clauses})`;
      default:
        return `[${unpacking}${inner()}${clauses}]`;
    }
  }

  /** An element: often one that puts a scope into the comprehension. */
  #element(place: Place): string {
    const walrus = place.kind !== 'class' && !place.plain;
    const choice = this.#number(8);
    if (choice === 0) return `[${this.#pick(NAMES)} for ${this.#pick(NAMES)} in ${this.#pick(NAMES)}]`;
    if (choice === 1) return `(lambda: ${this.#name()})`;
    if (choice === 2 && walrus) return `(z := ${this.#name()})`;
    if (choice === 3) return this.#pick(['__class__', 'super()', '(lambda: __class__)', '__p']);
    return this.#expression({ ...place, plain: true }, 2);
  }

  #clauses(place: Place): string {
    const inside: Place = { ...place, plain: true };
    const clause = (): string => {
      const prefix = place.async && this.#chance(25) ? ' async' : '';
      const target = this.#pick(['x', 'y', 'a', 'a, b', '[x, *y]', '__p', 'a.b', 'x[0]', '_q']);
      const iterable = this.#expression(inside, 2);
      const condition = this.#chance(25) ? ` if ${this.#expression(inside, 2)}` : '';
      return `${prefix} for ${target} in ${iterable}${condition}`;
    };
    return this.#some(1, this.#chance(20) ? 3 : 1, clause).join('');
  }

  /** A string, with luck a formatted one; the quotes inside differ where the target needs them to. */
  #string(place: Place): string {
    const inside: Place = { ...place, plain: true };
    const prefix = this.#pick([
      'f',
      'f',
      'F',
      'rf',
      'fR',
      ...(this.#grammar.templateStrings ? ['t', 'rt', 'T'] : []),
    ]);
    const quote = this.#pick(['"', '"""']);
    const field = (): string => {
      const nested = this.#grammar.fstringTokens;
      const expression =
        nested && this.#chance(30)
          ? this.#expression(inside, 2).replaceAll('\n', ' ')
          : this.#pick([
              'a',
              'x.y',
              'a[0]',
              '__p',
              '(lambda: a)',
              '[x for x in y]',
              'a if b else x',
              'a!=b',
              'super()',
              '__class__',
            ]);
      const safe = !nested && /["\\#]/.test(expression) ? 'a' : expression;
      const spaced = safe.startsWith('{') ? ` ${safe}` : safe;
      const conversion = this.#pick(['', '', '!r', '!s', '!a']);
      const spec = this.#pick(['', '', ':>{a}', ':.2f', ':{x!r:^{y}}'].slice(0, nested ? 5 : 4));
      return `{${spaced}${this.#chance(12) ? ' = ' : ''}${conversion}${spec}}`;
    };
    const middle = (): string =>
      this.#pick([
        '',
        'text',
        '{{',
        '}}',
        'é',
        "'",
        quote === '"""' ? '\n' : ' ',
        prefix.toLowerCase().includes('r') ? '\\d' : '\\n',
      ]);
    const parts = this.#some(1, 3, () => middle() + field());
    const text = `${prefix}${quote}${parts.join('')}${middle()}${quote}`;
    if (!this.#chance(15)) return text;
    return /^[rR]?[tT]/.test(prefix)
      ? `(${text} t"x")`
      : `(${text} ${this.#pick(['"x"', "f'{a}'", "'{y}'"])})`;
  }
}
