// What the alternatives of the grammar do when they have matched: make a piece of tree, or refuse the text.
//
//   -> Kind              a piece of that kind (NodeKind)
//   -> call name         a function of this file
//   -> at a: words       refused at what is named a
//   -> range a b: words  from a to b
//   -> from a: words     from a to where the tokenizer has read
//   -> here: words       at the last token that was read
//   -> next: words       at the next token
//   -> indent: words     as `here`, an IndentationError; `indent a:` puts a's line for %d
//   -> target use a      if a cannot be a target for that use
//
// %s stands for what CPython calls the first of these.
// CPython: Parser/action_helpers.c and the actions in Grammar/python.gram.
import { NodeKind } from '../../ast/kinds.ts';
import type { SourceError, SyntaxErrorType } from '../../text/syntaxError.ts';
import { SoftKeyword, TokenKind } from '../../tokenizer/tokens.ts';
import type { GrammarDialect } from '../../versions/grammarDialect.ts';
import * as messages from '../messages.ts';
import { nameOfConstant, nameOfKind, type TargetUse } from '../targets.ts';
import { type Action, type ActionContext, REFUSED } from './machine.ts';
import { endOf, Piece, piecesOf, startOf, type Value } from './piece.ts';
import type { ActionSite } from './program.ts';
import {
  charactersBefore,
  isDiamond,
  lastLinePosition,
  layoutPosition,
  tokenStart,
  type Source,
} from './tokenPlaces.ts';

/** What actions need of the text that is parsed, and where they leave what is wrong with it. */
export interface ActionHost extends Source {
  readonly dialect: GrammarDialect;
  /** Whether `from __future__ import barry_as_FLUFL` stands before a token. */
  readonly flufl: (token: number) => boolean;
  /** Whether the field that a token follows has a text to show of itself. */
  readonly fieldHasText: (token: number) => boolean;
  /** Brackets that are open behind a token. */
  readonly level: (token: number) => number;
  /** What is wrong with the strings that begin at a token, or with the number there. */
  readonly literalError: (token: number) => SourceError | null;
  error: SourceError | null;
}

type Named = (name: string) => Value;
type Maker = (named: Named, context: ActionContext, host: ActionHost) => Value | typeof REFUSED;

/** The functions that a program's actions are, for one text. */
export function makeActions(sites: readonly ActionSite[], host: ActionHost): Action[] {
  return sites.map(site => makeAction(site, host));
}

function makeAction({ text, slots }: ActionSite, host: ActionHost): Action {
  const maker = makerOf(text);
  return (values, base, context) => {
    const named: Named = name => {
      const slot = slots.get(name);
      return slot === undefined ? null : values[base + slot];
    };
    return maker(named, context, host);
  };
}

const makers = new Map<string, Maker>();

/** What an action's text says; the same for every text, so kept. */
function makerOf(text: string): Maker {
  let maker = makers.get(text);
  if (!maker) {
    maker = readMaker(text);
    makers.set(text, maker);
  }
  return maker;
}

function readMaker(text: string): Maker {
  if (/^[A-Z]\w*$/.test(text)) return pieceMaker(NodeKind[text as keyof typeof NodeKind]);
  const call = /^call (\w+)$/.exec(text);
  if (call) {
    const found = CALLS[call[1]];
    if (!found) throw new Error(`grammar: no action ${call[1]}`);
    return found;
  }
  const target = /^target (\w+) (\w+)$/.exec(text);
  if (target)
    return (named, context, host) => refuseTarget(named(target[2]), target[1] as TargetUse, context, host);
  const refusal = /^(at|range|from|here|next|indent)((?: \w+)*): (.*)$/s.exec(text);
  if (!refusal) throw new Error(`grammar: no action ${text}`);
  const [first = '', second = ''] = refusal[2].trim().split(' ');
  return refusalMaker(refusal[1], first, second, refusal[3]);
}

function pieceMaker(kind: NodeKind): Maker {
  const hasItems =
    kind === NodeKind.List ||
    kind === NodeKind.Tuple ||
    kind === NodeKind.Starred ||
    kind === NodeKind.Compare;
  return (named, context) => {
    const items = hasItems ? itemsOf(kind, named) : NO_PIECES;
    const flag = kind === NodeKind.Compare && beginsWithIn(named('b'), context);
    return piece(kind, context, items, flag);
  };
}

function piece(
  kind: NodeKind,
  { start, pos, tokens }: ActionContext,
  items: readonly Piece[],
  flag: boolean,
): Piece {
  return new Piece(kind, start, tokens.starts[start], tokens.ends[Math.max(start, pos - 1)], items, flag);
}

function itemsOf(kind: NodeKind, named: Named): readonly Piece[] {
  const items = piecesOf(named('a'));
  return kind === NodeKind.Compare ? items : [...items, ...piecesOf(named('b'))];
}

function beginsWithIn(pairs: Value, { tokens }: ActionContext): boolean {
  const first = Array.isArray(pairs) ? (pairs as readonly Value[])[0] : null;
  return typeof first === 'number' && tokens.kinds[first] === TokenKind.IN;
}

const NO_PIECES: readonly Piece[] = [];

// ---- Refusals ----

function refusalMaker(where: string, first: string, second: string, words: string): Maker {
  return (named, context, host) => {
    const a = named(first);
    let msg = words;
    if (msg.includes('%s')) msg = msg.replaceAll('%s', nameOf(a, host));
    if (msg.includes('%d')) msg = msg.replace('%d', String(host.lines().lineno(startOf(a, host.tokens))));
    const start = typeof a === 'number' ? tokenStart(host, a) : startOf(a, host.tokens);
    switch (where) {
      case 'at':
        return refuseAt(a, a, msg, host);
      case 'range':
        return refuseAt(a, named(second), msg, host);
      case 'from':
        return refuse(
          { type: 'SyntaxError', msg, start, end: start, position: toReach(start, context, host) },
          host,
        );
      case 'indent':
        return refuseToken(context.reach, msg, 'IndentationError', host);
      case 'next':
        return refuseToken(context.pos, msg, 'SyntaxError', host);
      default:
        return refuseToken(context.reach, msg, 'SyntaxError', host);
    }
  };
}

function refuse(error: SourceError, host: ActionHost): typeof REFUSED {
  host.error = error;
  return REFUSED;
}

function refuseAt(a: Value, b: Value, msg: string, host: ActionHost): typeof REFUSED {
  const start = typeof a === 'number' ? tokenStart(host, a) : startOf(a, host.tokens);
  return refuse({ type: 'SyntaxError', msg, start, end: endOf(b, host.tokens) }, host);
}

/** CPython: RAISE_SYNTAX_ERROR, and its like for the next token. */
export function refuseToken(
  at: number,
  msg: string,
  type: SyntaxErrorType,
  host: ActionHost,
): typeof REFUSED {
  const position = layoutPosition(host, at) ?? lineEndPosition(host, at);
  // Where it has words of its own, `<>` is two operators.
  const isHalf = host.dialect.wordsNotEqual && isDiamond(host, at) && !isFlufl(host, at);
  const end = isHalf ? host.tokens.starts[at] + 1 : host.tokens.ends[at];
  const range = { type, msg, start: tokenStart(host, at), end };
  return refuse(position ? { ...range, position } : range, host);
}

/** The end of a line that has a comment is one column wide, behind the comment. */
function lineEndPosition(host: ActionHost, at: number): SourceError['position'] {
  const { kinds, starts } = host.tokens;
  const start = tokenStart(host, at);
  if (kinds[at] !== TokenKind.NEWLINE || start === starts[at] || !host.dialect.newlineHasWidth)
    return undefined;
  const lineno = host.lines().lineno(start);
  const [offset, end] = [charactersBefore(host, start) + 1, charactersBefore(host, starts[at]) + 2];
  return { lineno, offset, end_lineno: lineno, end_offset: end };
}

/** Whether `<>` is the operator at a token, for which `!=` stands elsewhere. */
const isFlufl = (host: ActionHost, at: number): boolean => host.dialect.readsFlufl && host.flufl(at);

/** From an offset to where the tokenizer has read. */
function toReach(start: number, { reach, tokens }: ActionContext, host: ActionHost): SourceError['position'] {
  const lines = host.lines();
  const lineno = lines.lineno(start);
  let end = tokens.ends[reach];
  let extra = 0;
  if (tokens.kinds[reach] === TokenKind.NEWLINE) extra = 1;
  else if (tokens.kinds[reach] === TokenKind.ENDMARKER) end = host.text.length;
  return {
    lineno,
    offset: charactersBefore(host, start) + 1,
    end_lineno: lines.lineno(end),
    end_offset: charactersBefore(host, end) + extra,
  };
}

/** What CPython calls a value that it refuses. */
function nameOf(value: Value, { dialect, text, tokens }: ActionHost): string {
  if (typeof value === 'number') return text.slice(tokens.starts[value], tokens.ends[value]);
  if (!(value instanceof Piece)) return '';
  if (value.kind === NodeKind.Constant)
    return nameOfConstant(tokens.kinds[value.token], dialect.expressionNames);
  return nameOfKind(value.kind, dialect.expressionNames);
}

/** CPython: _PyPegen_get_invalid_target() */
function invalidTarget(found: Piece, use: TargetUse): Piece | null {
  switch (found.kind) {
    case NodeKind.List:
    case NodeKind.Tuple:
      for (const item of found.items) {
        const wrong = invalidTarget(item, use);
        if (wrong) return wrong;
      }
      return null;
    case NodeKind.Starred:
      return use === 'delete' ? found : found.items.length > 0 ? invalidTarget(found.items[0], use) : null;
    case NodeKind.Compare:
      if (use !== 'for') return found;
      return found.flag && found.items.length > 0 ? invalidTarget(found.items[0], use) : null;
    case NodeKind.Name:
    case NodeKind.Subscript:
    case NodeKind.Attribute:
      return null;
    default:
      return found;
  }
}

/** CPython: RAISE_SYNTAX_ERROR_INVALID_TARGET */
function refuseTarget(
  a: Value,
  use: TargetUse,
  context: ActionContext,
  host: ActionHost,
): Value | typeof REFUSED {
  const wrong = a instanceof Piece ? invalidTarget(a, use) : null;
  if (!wrong) {
    if (!host.dialect.refusesGoodTargets) return null;
    return refuseToken(context.reach, messages.INVALID_SYNTAX, 'SyntaxError', host);
  }
  const name = nameOf(wrong, host);
  return refuseAt(
    wrong,
    wrong,
    use === 'delete' ? messages.cannotDelete(name) : messages.cannotAssign(name),
    host,
  );
}

// ---- Functions ----

const CALLS: Readonly<Record<string, Maker>> = {
  /** A string or several, or a number: what is wrong with a literal is found when it is read. */
  literal(_named, context, host) {
    const error = host.literalError(context.start);
    if (error) return refuse(error, host);
    return piece(literalKind(context, host), context, NO_PIECES, false);
  },

  /** What a call's arguments are: those by position, and whether there is `**` among the others. */
  args(named, context) {
    const rest = named('b');
    const positional = [
      ...piecesOf(named('a')),
      ...piecesOf(rest).filter(({ kind }) => kind === NodeKind.Starred),
    ];
    return piece(
      NodeKind.Call,
      context,
      positional,
      piecesOf(rest).some(({ flag }) => flag),
    );
  },

  both: named => [named('a'), named('b')],

  /** A clause of a comprehension ends with the expression that it ends with, without the parentheses around that. */
  clause: named => {
    const conditions = named('b');
    return Array.isArray(conditions) && conditions.length > 0 ? (conditions.at(-1) as Value) : named('a');
  },

  /** Strings of two kinds side by side. */
  mixedTemplate(named, _context, host) {
    const strings = named('a') as readonly Value[];
    return refuseAt(strings.at(-1) ?? null, named('b'), messages.MIXED_TEMPLATE, host);
  },

  /** `**mapping` among keywords. */
  mapping: (_named, context) => piece(NodeKind.Keyword, context, NO_PIECES, true),

  /** `!=`, unless `<>` is wanted. */
  notEqual(_named, context, host) {
    const at = context.pos - 1;
    const old = isDiamond(host, at);
    if (!isFlufl(host, at)) return old ? null : at;
    return old ? at : refuseToken(context.reach, messages.FLUFL, 'SyntaxError', host);
  },

  /** `<>` where it is no operator. */
  oldNotEqual(_named, context, host) {
    const at = context.pos - 1;
    if (!isDiamond(host, at) || isFlufl(host, at)) return null;
    return refuseAt(at, at, messages.OLD_NOT_EQUAL, host);
  },

  /** Two expressions side by side. */
  missingComma(named, context, host) {
    const a = named('a');
    if (isLegacy(a, host) || host.level(context.pos - 1) === 0) return null;
    refuseAt(a, named('b'), messages.FORGOT_COMMA, host);
    const position =
      host.dialect.commaAtLastLine && lastLinePosition(host, host.error!.start, endOf(a, host.tokens));
    if (position) host.error = { ...host.error!, position };
    return REFUSED;
  },

  /** `print a` */
  legacy(named, _context, host) {
    const a = named('a');
    if (!isLegacy(a, host)) return null;
    const name = typeof a === 'number' ? host.text.slice(host.tokens.starts[a], host.tokens.ends[a]) : '';
    return refuseAt(a, named('b'), messages.missingParentheses(name), host);
  },

  /** A generator without parentheses among other arguments; alone it needs none. */
  generatorArgument(named, _context, host) {
    const { items } = named('a') as Piece;
    if (items.length <= 1) return null;
    const last = items[items.length - 1];
    return refuseAt(last, named('b') ?? last, messages.GENERATOR_PARENTHESES, host);
  },

  positionalAfterKeyword(named, context, host) {
    const { flag } = named('a') as Piece;
    const msg = flag ? messages.POSITIONAL_AFTER_UNPACKING : messages.POSITIONAL_AFTER_KEYWORD;
    return refuseToken(context.reach, msg, 'SyntaxError', host);
  },

  /** A key without colon: CPython places this at the key's last byte, and without an end. */
  keyWithoutColon(named, _context, host) {
    const a = named('a');
    const start = startOf(a, host.tokens);
    const end = endOf(a, host.tokens);
    const lines = host.lines();
    const position = {
      lineno: lines.lineno(start),
      offset: charactersBefore(host, end),
      end_lineno: lines.lineno(end),
      end_offset: 0,
    };
    return refuse(
      { type: 'SyntaxError', msg: messages.COLON_AFTER_KEY, start: end - 1, end, position },
      host,
    );
  },

  bound(named, context, host) {
    const e = named('e');
    const what = e instanceof Piece && e.kind === NodeKind.Tuple ? 'constraints' : 'bound';
    const colon = named('a');
    const kind = host.tokens.kinds[context.start] === TokenKind.STAR ? 'TypeVarTuple' : 'ParamSpec';
    const start = startOf(colon, host.tokens);
    const msg = messages.typeParameterBound(what, kind);
    return refuse(
      { type: 'SyntaxError', msg, start, end: start, position: toReach(start, context, host) },
      host,
    );
  },

  real: (_named, context, host) => complexPart(context, host, false),
  imaginary: (_named, context, host) => complexPart(context, host, true),

  /** `!r` */
  conversion(_named, context, host) {
    const mark = context.start;
    const { starts, ends } = host.tokens;
    const prefix = host.tokens.kinds[mark] === TokenKind.EXCLAMATION ? prefixAt(mark, host) : 'f';
    if (starts[mark + 1] !== ends[mark]) {
      return refuseAt(mark, mark + 1, messages.conversionSpace(prefix, host.dialect.exclamation), host);
    }
    if (host.dialect.conversionFirst) return checkConversion(mark + 1, prefix, host);
    return mark + 1;
  },

  /** A replacement field, all of it. */
  field(named, context, host) {
    const name = named('b');
    const equal = named('d');
    if (typeof equal === 'number' && !host.fieldHasText(equal + 1)) {
      const [start, end] = [host.tokens.starts[context.start], host.tokens.ends[equal]];
      return refuse(
        { type: 'ValueError', msg: messages.CONSTANT_WITHOUT_VALUE, start, end, position: {} },
        host,
      );
    }
    if (typeof name === 'number' && !host.dialect.conversionFirst) {
      const checked = checkConversion(name, prefixAt(name, host), host);
      if (checked === REFUSED) return REFUSED;
    }
    return piece(NodeKind.FormattedValue, context, NO_PIECES, false);
  },

  /** The future import that has an effect on the parser. */
  lazyFuture(named, context, host) {
    const a = named('a');
    const lazy = named('l');
    const { tokens } = host;
    if (
      typeof lazy === 'number' &&
      typeof a === 'number' &&
      tokens.names[tokens.values[a]] === '__future__'
    ) {
      return refuseToken(context.reach, messages.LAZY_FUTURE, 'SyntaxError', host);
    }
    return context.start;
  },
};

/** CPython: _PyPegen_check_legacy_stmt() */
function isLegacy(value: Value, { tokens }: ActionHost): boolean {
  let at = -1;
  if (typeof value === 'number') at = value;
  else if (value instanceof Piece && value.kind === NodeKind.Name) at = value.token;
  if (at === -1) return false;
  const name = tokens.values[at];
  return name === SoftKeyword.PRINT || name === SoftKeyword.EXEC;
}

function literalKind({ start, pos, tokens }: ActionContext, { text }: ActionHost): NodeKind {
  for (let i = start; i < pos; i++) {
    const kind = tokens.kinds[i];
    if (kind === TokenKind.FSTRING_START) return NodeKind.JoinedStr;
    if (kind === TokenKind.TSTRING_START) return NodeKind.TemplateStr;
    if (kind === TokenKind.STRING && isFormatted(text, tokens.starts[i])) return NodeKind.JoinedStr;
  }
  return NodeKind.Constant;
}

/** Whether a string token has an `f` before its quotes. */
function isFormatted(text: string, start: number): boolean {
  const first = text.charCodeAt(start) | 0x20;
  return first === 0x66 || (first === 0x72 && (text.charCodeAt(start + 1) | 0x20) === 0x66);
}

/** CPython: _PyPegen_ensure_real(), _PyPegen_ensure_imaginary() */
function complexPart(context: ActionContext, host: ActionHost, imaginary: boolean): Value | typeof REFUSED {
  const at = context.pos - 1;
  const last = host.text.charCodeAt(host.tokens.ends[at] - 1) | 0x20;
  if ((last === 0x6a) === imaginary) return piece(NodeKind.Constant, context, NO_PIECES, false);
  return refuseAt(at, at, imaginary ? messages.PATTERN_IMAGINARY : messages.PATTERN_REAL, host);
}

/** Whether a token of a field is in an f-string or a t-string. */
function prefixAt(token: number, { tokens }: ActionHost): string {
  let depth = 0;
  for (let i = token; i >= 0; i--) {
    const kind = tokens.kinds[i];
    if (kind === TokenKind.FSTRING_END || kind === TokenKind.TSTRING_END) depth++;
    else if (kind === TokenKind.FSTRING_START || kind === TokenKind.TSTRING_START) {
      if (depth-- === 0) return kind === TokenKind.TSTRING_START ? 't' : 'f';
    }
  }
  return 'f';
}

function checkConversion(at: number, prefix: string, host: ActionHost): Value | typeof REFUSED {
  const name = host.tokens.names[host.tokens.values[at]];
  if (name === 's' || name === 'r' || name === 'a') return at;
  return refuseAt(at, at, messages.badConversion(prefix, name), host);
}
