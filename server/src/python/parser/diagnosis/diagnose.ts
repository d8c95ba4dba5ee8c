// What CPython says of a text that it refuses: its grammar is run over the tokens as it runs it, first without the rules
// for errors and, if that fails, with them. This happens only to text that the parser has found to be wrong.
// CPython: Parser/pegen.c, _PyPegen_run_parser(); Parser/pegen_errors.c.
import type { ReportedPosition, SourceError } from '../../text/syntaxError.ts';
import { TokenKind } from '../../tokenizer/tokens.ts';
import type { TokenizeResult } from '../../tokenizer/tokenize.ts';
import type { GrammarDialect } from '../../versions/grammarDialect.ts';
import * as messages from '../messages.ts';
import { type ActionHost, makeActions, refuseToken } from './actions.ts';
import { COMPOUND } from './grammar/compound.ts';
import { DISPLAYS } from './grammar/displays.ts';
import { EXPRESSIONS } from './grammar/expressions.ts';
import { LL1 } from './grammar/ll1.ts';
import { PARAMETERS, parameterErrors } from './grammar/parameters.ts';
import { PATTERNS } from './grammar/patterns.ts';
import { STATEMENTS } from './grammar/statements.ts';
import { STRINGS } from './grammar/strings.ts';
import { Machine, Outcome } from './machine.ts';
import { readRules } from './notation.ts';
import { firstError, isTokenizerError, limitOf } from './order.ts';
import { compileProgram, type Program } from './program.ts';
import {
  bufferedPosition,
  bufferedRange,
  bufferPosition,
  bufferStart,
  endPosition,
  spanningPosition,
  type Source,
} from './tokenPlaces.ts';

/** A text that was refused, and what its diagnosis wants to know of it. */
export interface Suspect extends Source {
  readonly tokenized: TokenizeResult;
  readonly dialect: GrammarDialect;
  /** What is wrong with the strings that begin at a token, or with the number there. */
  readonly literalError: (token: number) => SourceError | null;
  /** Whether `from __future__ import barry_as_FLUFL` stands before a token. */
  readonly flufl: (token: number) => boolean;
  /** Whether the tokenizer knows an encoding. */
  readonly encodingIsTold: boolean;
  /** Whether the field that a token follows has a text to show of itself. */
  readonly fieldHasText: (token: number) => boolean;
}

/** What CPython's parser says, and how much work it was to find out. */
export interface Diagnosis {
  /** Null if it accepts the text. */
  readonly error: SourceError | null;
  readonly steps: number;
}

const programs = new WeakMap<GrammarDialect, Program>();

/** A dialect's grammar as a program, made when it is first wanted. */
export function programFor(dialect: GrammarDialect): Program {
  let program = programs.get(dialect);
  if (!program) {
    const errors = parameterErrors(dialect.parameterWord, dialect.nonDefault);
    const peg = [STATEMENTS, COMPOUND, PARAMETERS, errors, PATTERNS, EXPRESSIONS, DISPLAYS, STRINGS];
    const rows = dialect as unknown as Readonly<Record<string, unknown>>;
    const has = (row: string): boolean => {
      if (typeof rows[row] !== 'boolean') throw new Error(`grammar: no row ${row}`);
      return rows[row];
    };
    program = compileProgram(readRules(dialect.readsAheadOnly ? [LL1] : peg, has), !dialect.readsAheadOnly);
    programs.set(dialect, program);
  }
  return program;
}

/**
 * What CPython's parser says of a text.
 *
 * @param rule what the text is: a `file`, or a `field` of an f-string with parentheses around it
 */
export function diagnose(suspect: Suspect, rule: 'file' | 'field'): Diagnosis {
  const { dialect, tokens } = suspect;
  const program = programFor(dialect);
  const host: ActionHost = { ...suspect, tokens, level: levels(suspect), error: null };
  const machine = new Machine({
    program,
    tokens,
    actions: makeActions(program.actions, host),
    limit: limitOf(suspect),
    maxDepth: dialect.parserDepth,
    softKeywords: dialect.softKeywords,
  });
  let outcome = machine.run(rule, 0, false);
  if (outcome === Outcome.MATCHED) return { error: null, steps: machine.steps };
  const firstReach = machine.reach;
  if (outcome === Outcome.FAILED && !dialect.readsAheadOnly) outcome = machine.run(rule, 0, true);
  const { reach, steps } = machine;
  if (outcome === Outcome.TOO_DEEP) {
    const [start, end] = [tokens.starts[reach], tokens.ends[reach]];
    return { error: { type: 'MemoryError', msg: dialect.tooComplex, start, end, position: {} }, steps };
  }
  let generic = false;
  if (machine.forced) {
    const { token, spelling } = machine.forced;
    refuseToken(token, messages.expected(spelling), 'SyntaxError', host);
  } else if (outcome !== Outcome.REFUSED) {
    generic = true;
    // CPython 3.9 knows no more than how far it has read in all.
    refuseGenerically(dialect.readsOn ? firstReach : reach, host);
  }
  const error = firstError(suspect, host.error, generic, reach);
  if (dialect.readsOn) {
    const inCharacters = rule === 'file' && (dialect.byteColumns === 'never' || suspect.encodingIsTold);
    const position = error.position ?? (inCharacters ? positionOverLines(suspect, error, reach) : undefined);
    return { error: position ? { ...error, position } : error, steps };
  }
  if (isTokenizerError(error)) return { error: worded(error, suspect), steps };
  if (dialect.readsAheadOnly) return { error: worded(error, suspect, generic ? reach : undefined), steps };
  const isBuffered = rule === 'file' && suspect.encodingIsTold;
  const position = error.position ?? (isBuffered ? bufferedPosition(suspect, error.start, reach) : undefined);
  return { error: worded(position ? { ...error, position } : error, suspect, reach), steps };
}

/** Where an error is that concerns several lines; nothing for others. */
const positionOverLines = (
  suspect: Suspect,
  error: SourceError,
  reach: number,
): ReportedPosition | undefined =>
  (suspect.dialect.countsFromBuffer && !isTokenizerError(error)
    ? bufferedRange(suspect, error, reach)
    : undefined) ?? spanningPosition(suspect, error);

/**
 * Up to 3.9 a SyntaxError knows of `print` and `exec` by itself: whatever it is about, if the line has no parenthesis and
 * begins with one of them, or what is behind its first colon does. `reach`: a token, what the parser has in its buffer at
 * which is the line. CPython: Objects/exceptions.c, _report_missing_parentheses()
 */
function worded(error: SourceError, source: Suspect, reach?: number): SourceError {
  if (error.type !== 'SyntaxError') return error;
  const { text, tokens, lines } = source;
  const lineno =
    reach === undefined
      ? (error.position?.lineno ?? lines().lineno(error.start))
      : lines().lineno(tokens.ends[reach]);
  const start = reach === undefined ? lines().starts[lineno - 1] : bufferStart(source, reach);
  const line = text.slice(start, lines().starts.at(lineno) ?? text.length);
  if (line.includes('(')) return error;
  const msg =
    legacyMessage(line, 0) ?? (line.includes(':') ? legacyMessage(line, line.indexOf(':') + 1) : null);
  return msg === null ? error : { ...error, msg };
}

function legacyMessage(line: string, from: number): string | null {
  const statement = line.slice(from).trimStart();
  if (statement.startsWith('exec ')) return messages.LEGACY_EXEC;
  if (!statement.startsWith('print ')) return null;
  const args = statement
    .slice(6)
    .split(';', 1)[0]
    .replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, '');
  return messages.legacyPrint(args.endsWith(',') ? `${args} end=" "` : args);
}

/**
 * What the rules for errors say of single statements, each of which begins at a token: of those that follow CPython's
 * error, which it never gets to see. Nothing where they have nothing to say.
 */
export function explain(suspect: Suspect, statements: readonly number[]): (SourceError | null)[] {
  const { dialect, tokens } = suspect;
  if (dialect.readsAheadOnly || statements.length === 0) return statements.map(() => null);
  const program = programFor(dialect);
  const host: ActionHost = { ...suspect, tokens, level: levels(suspect), error: null };
  const machine = new Machine({
    program,
    tokens,
    actions: makeActions(program.actions, host),
    limit: tokens.count,
    maxDepth: dialect.parserDepth,
    softKeywords: dialect.softKeywords,
  });
  const budget = STEPS_PER_TOKEN * tokens.count;
  return statements.map((token, i) => {
    // A statement has one explanation, and all of them together are no more work than a diagnosis.
    if (statements.indexOf(token) < i || machine.steps > budget) return null;
    host.error = null;
    machine.reach = token - 1;
    const outcome = machine.run('statement', token, true);
    if (machine.forced)
      refuseToken(machine.forced.token, messages.expected(machine.forced.spelling), 'SyntaxError', host);
    return outcome === Outcome.REFUSED ? host.error : null;
  });
}

/** "invalid syntax" at a token, or what stands for it there. */
function refuseGenerically(at: number, host: ActionHost): void {
  const { dialect, tokens } = host;
  const kind = tokens.kinds[at];
  const isEnd = kind === TokenKind.ENDMARKER;
  if (dialect.readsAheadOnly && !isEnd && isBlockMissing(at, host)) {
    refuseToken(at, messages.EXPECTED_BLOCK, 'IndentationError', host);
    return;
  }
  if (kind === TokenKind.INDENT || kind === TokenKind.DEDENT) {
    const msg = kind === TokenKind.INDENT ? messages.UNEXPECTED_INDENT : messages.UNEXPECTED_UNINDENT;
    refuseToken(at, msg, 'IndentationError', host);
    return;
  }
  const msg = dialect.eofIsUnexpected && isEnd ? messages.UNEXPECTED_EOF : messages.INVALID_SYNTAX;
  refuseToken(at, msg, 'SyntaxError', host);
  if (dialect.readsAheadOnly && !isEnd && kind !== TokenKind.NEWLINE && host.error) {
    const position = bufferPosition(host, at);
    if (position) host.error = { ...host.error, position };
  }
  if (isEnd && host.error) {
    host.error = { ...host.error, position: endPosition(host, !dialect.eofIsUnexpected) };
  }
}

/** Work that all explanations of later errors may be, for each token. */
const STEPS_PER_TOKEN = 1000;

/** Whether a line that ends with a colon is followed by none that is indented. */
const isBlockMissing = (at: number, { tokens: { kinds } }: ActionHost): boolean =>
  at > 1 &&
  kinds[at] !== TokenKind.INDENT &&
  kinds[at - 1] === TokenKind.NEWLINE &&
  kinds[at - 2] === TokenKind.COLON;

/** Tells how many brackets are open behind a token. They are counted once, when that is first asked. */
function levels({ tokens }: Suspect): (token: number) => number {
  let counts: Int32Array | null = null;
  return token => {
    if (!counts) {
      counts = new Int32Array(tokens.count);
      let level = 0;
      for (let i = 0; i < tokens.count; i++) {
        switch (tokens.kinds[i]) {
          case TokenKind.LPAR:
          case TokenKind.LSQB:
          case TokenKind.LBRACE:
            level++;
            break;
          case TokenKind.RPAR:
          case TokenKind.RSQB:
          case TokenKind.RBRACE:
            level--;
        }
        counts[i] = level;
      }
    }
    return counts[token];
  };
}
