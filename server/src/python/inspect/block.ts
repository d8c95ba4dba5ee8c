// The block of code that some lines begin with: inspect.getblock(), which reads tokens until the block is over.
// CPython: Lib/inspect.py, class BlockFinder, getblock().
import { pureTokenize } from '../tokenizer/pureTokenize.ts';
import { PhysicalLines, TokenLines } from '../tokenizer/tokenLines.ts';
import { tokenize } from '../tokenizer/tokenize.ts';
import { TokenKind } from '../tokenizer/tokens.ts';
import type { Dialect } from '../versions/dialect.ts';

/** A token as the module tokenize gives it, as far as it matters here; lines from 1, columns in code points. */
interface ModuleToken {
  readonly type: 'NEWLINE' | 'INDENT' | 'DEDENT' | 'COMMENT' | 'NL' | 'other';
  readonly string: string;
  readonly line: number;
  readonly column: number;
  readonly endColumn: number;
}

interface ModuleTokens {
  readonly tokens: readonly ModuleToken[];
  /** How the tokens end: at the end of the text, or with an exception, which getblock() catches or not. */
  readonly end: 'complete' | 'indentation' | 'error';
}

/** How many lines are looked at first; then four times as many. */
const FIRST_LOOK = 40;

/**
 * The lines of the block that begins at the index `start`; undefined where tokenize raises an exception that
 * getblock() does not catch.
 */
export function getBlock(
  lines: readonly string[],
  start: number,
  dialect: Dialect,
): readonly string[] | undefined {
  for (let count = FIRST_LOOK; ; count *= 4) {
    const some = lines.slice(start, start + count);
    const whole = start + count >= lines.length;
    const { tokens, end } = moduleTokens(some.join(''), dialect);
    const finder = new BlockFinder(dialect.inspect.blockStart);
    const last = tokens.findIndex(token => finder.eat(token));
    // What is told by the last lines may be told only because there are no more.
    if (!whole && (last < 0 || tokens[last].line >= count - 1)) continue;
    if (last < 0 && end === 'error') return undefined;
    return some.slice(0, finder.last);
  }
}

class BlockFinder {
  /** The number of lines that belong to the block so far. */
  last = 1;
  private indent = 0;
  private oneLine = false;
  private started = false;
  private passLine = false;
  private inDecorator = false;
  private decoratorHasArguments = false;
  private bodyColumn: number | undefined = undefined;

  constructor(private readonly start: Dialect['inspect']['blockStart']) {}

  /** Takes the next token; true if the block is over. CPython: tokeneater() */
  eat({ type, string, line, column, endColumn }: ModuleToken): boolean {
    if (!this.started && !this.inDecorator) {
      this.begin(type, string);
      this.passLine = true;
      return false;
    }
    if (this.start === 'keywordOrParenthesis' && type === 'other' && (string === '(' || string === ')')) {
      if (!this.inDecorator) return false;
      this.decoratorHasArguments = string === '(';
      if (string === ')') this.inDecorator = false;
      return false;
    }
    switch (type) {
      case 'NEWLINE':
        this.passLine = false;
        this.last = line;
        if (this.oneLine) return true;
        if (!this.decoratorHasArguments) this.inDecorator = false;
        return false;
      case 'INDENT':
        if (this.passLine) return false;
        if (this.started) this.bodyColumn ??= endColumn;
        this.indent++;
        this.passLine = true;
        return false;
      case 'DEDENT':
        if (this.passLine) return false;
        return --this.indent <= 0;
      case 'COMMENT':
        if (!this.passLine && this.bodyColumn !== undefined && column >= this.bodyColumn) this.last = line;
        return false;
      case 'NL':
        return false;
      case 'other':
        return !this.passLine && this.indent === 0;
    }
  }

  private begin(type: ModuleToken['type'], string: string): void {
    const isKeyword = string === 'def' || string === 'class';
    if (this.start === 'anyToken') {
      if (type === 'INDENT' || type === 'COMMENT' || type === 'NL' || string === 'async') return;
      if (string === '@') this.inDecorator = true;
      else {
        this.oneLine = !isKeyword;
        this.started = true;
      }
    } else if (string === '@') this.inDecorator = true;
    else if (isKeyword || string === 'lambda') {
      this.oneLine = string === 'lambda';
      this.started = true;
    }
  }
}

function moduleTokens(text: string, { tokenizer }: Dialect): ModuleTokens {
  if (tokenizer.tokenizeModuleIsCompilers) return compilersTokens(text, tokenizer);
  const collector = new Collector(tokenizer.unicode);
  const { error } = pureTokenize(text, 'utf-8', tokenizer, collector);
  const end = error === undefined ? 'complete' : error.includes('unindent') ? 'indentation' : 'error';
  return { tokens: collector.tokens, end };
}

const TYPES = new Set(['NEWLINE', 'INDENT', 'DEDENT', 'COMMENT', 'NL']);

/** Keeps the tokens of which others print lines. */
class Collector extends TokenLines {
  readonly tokens: ModuleToken[] = [];

  override add(
    type: string,
    string: string,
    line: number,
    column: number,
    _: number,
    endColumn: number,
  ): void {
    if (type === 'ENCODING') return;
    this.tokens.push({
      type: TYPES.has(type) ? (type as ModuleToken['type']) : 'other',
      string,
      line,
      column,
      endColumn,
    });
  }
}

const KINDS: Partial<Record<TokenKind, ModuleToken['type']>> = {
  [TokenKind.NEWLINE]: 'NEWLINE',
  [TokenKind.INDENT]: 'INDENT',
  [TokenKind.DEDENT]: 'DEDENT',
  [TokenKind.COMMENT]: 'COMMENT',
  [TokenKind.NL]: 'NL',
};

/** From 3.12 on. CPython: Python/Python-tokenize.c, tokenizeriter_next() */
function compilersTokens(text: string, dialect: Dialect['tokenizer']): ModuleTokens {
  const { tokens, errors } = tokenize(text, dialect, { extraTokens: true });
  const error = errors.at(0);
  const lines = new PhysicalLines(text);
  const result: ModuleToken[] = [];
  let near = 0;
  for (let i = 0; i < Math.min(tokens.count, error?.token ?? Infinity); i++) {
    const kind: TokenKind = tokens.kinds[i];
    const [start, end] = [tokens.starts[i], tokens.ends[i]];
    const atEnd = kind === TokenKind.ENDMARKER || (kind === TokenKind.DEDENT && start === text.length);
    const line = atEnd ? lines.count : lines.lineOf(start, near);
    near = Math.min(line, lines.count - 1);
    result.push({
      type: KINDS[kind] ?? 'other',
      string: text.slice(start, end),
      line: line + 1,
      column: atEnd ? 0 : lines.column(line, start),
      endColumn: atEnd ? 0 : lines.column(line, end),
    });
  }
  if (!error) return { tokens: result, end: 'complete' };
  const caught = error.type === 'IndentationError' || error.type === 'TabError';
  return { tokens: result, end: caught ? 'indentation' : 'error' };
}
