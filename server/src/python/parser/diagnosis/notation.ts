// The notation in which `grammar/` is written, read into trees. A rule is a name with a colon and below it, indented,
// an alternative a line:
//
//   del_stmt:
//     'del' del_targets &(';' | NEWLINE)
//     invalid_del_stmt
//
// `'x'` is a token, `"x"` a name that is a keyword here only, CAPITALS a kind of token, everything else a rule.
// `( | )`, `[ ]`, `*`, `+`, `?`, `&`, `!`, `','.x+` (separated) mean what they mean in the reference of Python's grammar;
// `~` forbids to try later alternatives, `&&'x'` refuses whatever else is there. `a=` names a value for the action that
// follows `->`. `?row` and `?!row` at the start: the alternative exists where the dialect has that row, or has it not.
// A rule marked `memo` is one whose result CPython keeps: it is the same with and without the rules of the second pass.
// A rule marked `left` is left-recursive there. Here it is a loop: alternatives that begin with `+` are tried behind what
// there is so far, again and again. A rule marked `flat` is not one of CPython's, which nests no deeper for it.
import { KEYWORDS, TokenKind } from '../../tokenizer/tokens.ts';

/** A part of an alternative. */
export type Element =
  | { readonly type: 'token'; readonly kind: TokenKind }
  | { readonly type: 'soft'; readonly word: string }
  | { readonly type: 'rule'; readonly name: string }
  | { readonly type: 'group'; readonly alternatives: readonly Alternative[] }
  | { readonly type: 'optional'; readonly element: Element }
  | {
      readonly type: 'repeat';
      readonly element: Element;
      readonly separator: Element | null;
      readonly least: 0 | 1;
    }
  | { readonly type: 'look'; readonly element: Element; readonly wanted: boolean }
  | { readonly type: 'forced'; readonly kind: TokenKind; readonly spelling: string }
  | { readonly type: 'cut' };

export interface Item {
  readonly name: string | null;
  readonly element: Element;
}

export interface Alternative {
  readonly items: readonly Item[];
  /** What follows `->`. */
  readonly action: string | null;
  /** It continues what the rule has read so far. */
  readonly tail: boolean;
}

export interface Rule {
  readonly name: string;
  readonly memo: boolean;
  readonly left: boolean;
  readonly flat: boolean;
  readonly alternatives: readonly Alternative[];
}

/** Rows of a dialect that are true. */
export type HasRow = (row: string) => boolean;

const OPERATORS: Readonly<Record<string, TokenKind>> = {
  '(': TokenKind.LPAR,
  ')': TokenKind.RPAR,
  '[': TokenKind.LSQB,
  ']': TokenKind.RSQB,
  '{': TokenKind.LBRACE,
  '}': TokenKind.RBRACE,
  ':': TokenKind.COLON,
  ',': TokenKind.COMMA,
  ';': TokenKind.SEMI,
  '.': TokenKind.DOT,
  '...': TokenKind.ELLIPSIS,
  '->': TokenKind.RARROW,
  ':=': TokenKind.COLONEQUAL,
  '!': TokenKind.EXCLAMATION,
  '@': TokenKind.AT,
  '=': TokenKind.EQUAL,
  '+': TokenKind.PLUS,
  '-': TokenKind.MINUS,
  '*': TokenKind.STAR,
  '/': TokenKind.SLASH,
  '|': TokenKind.VBAR,
  '&': TokenKind.AMPER,
  '<': TokenKind.LESS,
  '>': TokenKind.GREATER,
  '%': TokenKind.PERCENT,
  '==': TokenKind.EQEQUAL,
  '!=': TokenKind.NOTEQUAL,
  '<=': TokenKind.LESSEQUAL,
  '>=': TokenKind.GREATEREQUAL,
  '~': TokenKind.TILDE,
  '^': TokenKind.CIRCUMFLEX,
  '<<': TokenKind.LEFTSHIFT,
  '>>': TokenKind.RIGHTSHIFT,
  '**': TokenKind.DOUBLESTAR,
  '//': TokenKind.DOUBLESLASH,
  '+=': TokenKind.PLUSEQUAL,
  '-=': TokenKind.MINEQUAL,
  '*=': TokenKind.STAREQUAL,
  '/=': TokenKind.SLASHEQUAL,
  '%=': TokenKind.PERCENTEQUAL,
  '&=': TokenKind.AMPEREQUAL,
  '|=': TokenKind.VBAREQUAL,
  '^=': TokenKind.CIRCUMFLEXEQUAL,
  '<<=': TokenKind.LEFTSHIFTEQUAL,
  '>>=': TokenKind.RIGHTSHIFTEQUAL,
  '**=': TokenKind.DOUBLESTAREQUAL,
  '//=': TokenKind.DOUBLESLASHEQUAL,
  '@=': TokenKind.ATEQUAL,
};

/** Reads the rules of some parts of a grammar, those alternatives that a dialect has. */
export function readRules(parts: readonly string[], has: HasRow): Map<string, Rule> {
  const rules = new Map<string, Rule>();
  for (const part of parts) {
    let alternatives: Alternative[] = [];
    for (const line of part.split('\n')) {
      if (line.trim() === '') continue;
      const head = /^(\w+)( memo)?( left)?( flat)?:$/.exec(line);
      if (head) {
        alternatives = [];
        rules.set(head[1], {
          name: head[1],
          memo: head[2] !== undefined || head[3] !== undefined,
          left: head[3] !== undefined,
          flat: head[4] !== undefined,
          alternatives,
        });
      } else {
        const alternative = readLine(line.trim(), has);
        if (alternative) alternatives.push(alternative);
      }
    }
  }
  return rules;
}

function readLine(line: string, has: HasRow): Alternative | null {
  let rest = line;
  for (let row = /^\?(!?)(\w+)\s*/.exec(rest); row; row = /^\?(!?)(\w+)\s*/.exec(rest)) {
    if (has(row[2]) === (row[1] === '!')) return null;
    rest = rest.slice(row[0].length);
  }
  const tail = rest.startsWith('+ ');
  if (tail) rest = rest.slice(2);
  const arrow = / -> /.exec(rest);
  const action = arrow ? rest.slice(arrow.index + arrow[0].length) : null;
  const body = arrow ? rest.slice(0, arrow.index) : rest;
  return { items: new Reader(body).alternatives()[0].items, action, tail };
}

/** Reads one line's elements. */
class Reader {
  private at = 0;

  constructor(private readonly text: string) {}

  alternatives(): Alternative[] {
    const found: Alternative[] = [];
    let items: Item[] = [];
    for (;;) {
      const next = this.peek();
      if (next === '' || next === ')' || next === ']') break;
      if (next === '|') {
        this.skip('|');
        found.push({ items, action: null, tail: false });
        items = [];
      } else items.push(this.item());
    }
    found.push({ items, action: null, tail: false });
    return found;
  }

  private peek(): string {
    while (this.text[this.at] === ' ') this.at++;
    return this.text[this.at] ?? '';
  }

  private skip(what: string): void {
    if (!this.text.startsWith(what, this.at)) throw new Error(`grammar: ${what} expected in ${this.text}`);
    this.at += what.length;
  }

  private word(pattern: RegExp): string | null {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text);
    if (!found) return null;
    this.at += found[0].length;
    return found[0];
  }

  private item(): Item {
    const name = this.word(/[a-z]\w*=/y);
    return { name: name ? name.slice(0, -1) : null, element: this.prefixed() };
  }

  private prefixed(): Element {
    const next = this.peek();
    if (next === '~') {
      this.skip('~');
      return { type: 'cut' };
    }
    if (this.text.startsWith('&&', this.at)) {
      this.skip('&&');
      const spelling = this.quoted("'");
      return { type: 'forced', kind: tokenKind(spelling), spelling };
    }
    if (next === '&' || next === '!') {
      this.skip(next);
      return { type: 'look', element: this.primary(), wanted: next === '&' };
    }
    return this.repeated(this.primary());
  }

  private repeated(element: Element): Element {
    switch (this.text[this.at]) {
      case '*':
        this.at++;
        return { type: 'repeat', element, separator: null, least: 0 };
      case '+':
        this.at++;
        return { type: 'repeat', element, separator: null, least: 1 };
      case '?':
        this.at++;
        return { type: 'optional', element };
      case '.': {
        this.at++;
        const repeated = this.primary();
        this.skip('+');
        return { type: 'repeat', element: repeated, separator: element, least: 1 };
      }
    }
    return element;
  }

  private primary(): Element {
    switch (this.peek()) {
      case '(': {
        this.skip('(');
        const alternatives = this.alternatives();
        this.skip(')');
        return { type: 'group', alternatives };
      }
      case '[': {
        this.skip('[');
        const alternatives = this.alternatives();
        this.skip(']');
        const [only] = alternatives;
        const single = alternatives.length === 1 && only.items.length === 1 && only.items[0].name === null;
        return {
          type: 'optional',
          element: single ? only.items[0].element : { type: 'group', alternatives },
        };
      }
      case "'":
        return { type: 'token', kind: tokenKind(this.quoted("'")) };
      case '"':
        return { type: 'soft', word: this.quoted('"') };
    }
    const word = this.word(/\w+/y);
    if (word === null) throw new Error(`grammar: an element expected at ${this.text.slice(this.at)}`);
    if (word !== word.toUpperCase()) return { type: 'rule', name: word };
    // CPython asks for comments that it is not told of; that it has read the token counts.
    if (word === 'TYPE_COMMENT') return { type: 'token', kind: TokenKind.COMMENT };
    if (word === 'SOFT_KEYWORD') return { type: 'soft', word: '' };
    return { type: 'token', kind: TokenKind[word as keyof typeof TokenKind] };
  }

  private quoted(quote: string): string {
    this.skip(quote);
    const end = this.text.indexOf(quote, this.at);
    const word = this.text.slice(this.at, end);
    this.at = end + 1;
    return word;
  }
}

function tokenKind(spelling: string): TokenKind {
  const keyword = (KEYWORDS as readonly string[]).indexOf(spelling);
  const kind = keyword === -1 ? OPERATORS[spelling] : TokenKind.FALSE + keyword;
  if (kind === undefined) throw new Error(`grammar: no token ${spelling}`);
  return kind;
}
