// What CPython says of a text that the parser has found wrong, or suspects to be too deep: its own error, and the words
// that it would have for the others.
import type { Break } from '../code/broken.ts';
import type { SourceError } from '../text/syntaxError.ts';
import { KEYWORDS, TokenKind, type Tokens } from '../tokenizer/tokens.ts';
import { parseNumberToken } from './atoms.ts';
import { diagnose, explain, type Suspect } from './diagnosis/diagnose.ts';
import { isRaised, isTokenizerError } from './diagnosis/order.ts';
import { fieldsWithTexts } from './fieldTexts.ts';
import * as messages from './messages.ts';
import { Parser } from './parser.ts';
import { parseSpecificationText, parseStrings } from './strings.ts';

/** From how many levels on CPython's parser may find a text too deep: it is asked. */
const SUSPICIOUS_DEPTH = 50;

/** How many errors behind the first are explained. */
const MOST_EXPLAINED = 100;

/** How far from an error its explanation may be. */
const NEAR = 200;

/** CPython's error; null if it has none. */
export function refusal(
  p: Parser,
  rule: 'file' | 'field',
  tokens: Tokens = p.tokenized.tokens,
): SourceError | null {
  const { tokenized, errors } = p;
  if (errors.length === 0 && tokenized.errors.length === 0 && p.deepest < SUSPICIOUS_DEPTH) return null;
  const { error } = diagnose(suspect(p, rule === 'field' ? 1 : 0, tokens), rule);
  const first = error ?? errors.at(0) ?? null;
  if (rule === 'field' || !first || first.inBytes !== undefined) return first;
  return isInBytes(p, first, error === null) ? { ...first, inBytes: true } : first;
}

/** Whether CPython tells the columns of an error in bytes; `ofTree`: its parser has none, but what makes the tree has. */
function isInBytes(p: Parser, error: SourceError, ofTree: boolean): boolean {
  switch (p.dialect.byteColumns) {
    case 'never':
      return false;
    case 'ofTree':
      // Those of fields of f-strings have places of their own.
      return ofTree && error.position === undefined;
    case 'unlessTold':
      return !p.encodingIsTold && !(isTokenizerError(error) && isRaised(error));
  }
}

/** A name that is a constant once it is normalised (NFKC), which only some targets look for: the first one, if any. */
export function constantNames(p: Parser): readonly SourceError[] {
  if (!p.dialect.refusesConstantNames) return [];
  const { kinds, values, starts, ends, names } = p;
  for (let i = 0; i < p.count; i++) {
    if (kinds[i] !== TokenKind.NAME || values[i] >= KEYWORDS.length) continue;
    const name = names[values[i]];
    if (name !== 'None' && name !== 'True' && name !== 'False') continue;
    const msg = messages.constantIdentifier(name);
    return [{ type: 'ValueError', msg, start: starts[i], end: ends[i], position: {} }];
  }
  return [];
}

/** The errors in the words that CPython would have for them, were they its first; without those of the first's statement. */
export function explainErrors(p: Parser, first: SourceError): SourceError[] {
  const { errors, errorStatements, starts } = p;
  const later = errors.filter((_, i) => i < MOST_EXPLAINED && starts[errorStatements[i]] > first.start);
  const reasons = explain(
    suspect(p, 0),
    later.map(error => errorStatements[errors.indexOf(error)]),
  );
  return errors.map(error => {
    const reason = reasons[later.indexOf(error)];
    return reason && reason.start <= error.end && reason.end >= error.start - NEAR ? reason : error;
  });
}

/** What its errors break; `explained` as that gives them. */
export function breaksOf(p: Parser, first: SourceError, explained: readonly SourceError[]): Break[] {
  const { errors, errorPlaces } = p;
  const isFirst = (i: number): boolean => errors[i].start === first.start;
  const breaks: Break[] = explained.map((error, i) => ({
    at: errorPlaces[i],
    error: isFirst(i) ? first : error,
  }));
  for (const { start, end, error } of p.strayBlocks)
    breaks.push({ at: start, error: errors[error] ?? first, to: end });
  return errors.some((_, i) => isFirst(i)) ? breaks : [breakAtStart(first), ...breaks];
}

function suspect(p: Parser, shift: number, tokens: Tokens = p.tokenized.tokens): Suspect {
  const { text, tokenized, dialect } = p;
  const errors = tokenized.errors.map(error => ({ ...error, token: error.token + shift }));
  return {
    text,
    tokens,
    dialect,
    lines: () => p.lines(),
    tokenized: { ...tokenized, errors },
    literalError: token => literalError(p, token - shift),
    flufl: token => token - shift > p.fluflFrom,
    encodingIsTold: p.encodingIsTold,
    fieldHasText: fieldsWithTexts(text, tokens, dialect.fieldTexts),
  };
}

/** What is wrong with the strings that begin at a token, or with the number there. */
function literalError(p: Parser, token: number): SourceError | null {
  const start = p.starts[token];
  const known = p.literals.get(start);
  if (known !== undefined) return known;
  const probe = new Parser(p.text, p.tokenized, p.dialect, p.rules, null);
  probe.depth = p.depth;
  probe.seek(token);
  if (probe.at(TokenKind.NUMBER)) parseNumberToken(probe);
  else if (probe.at(TokenKind.FSTRING_MIDDLE) || probe.at(TokenKind.TSTRING_MIDDLE))
    parseSpecificationText(probe);
  else parseStrings(probe);
  const error = probe.literalErrors.at(0) ?? null;
  p.literals.set(start, error);
  return error;
}

/** What an error breaks that is where it is. */
export const breakAtStart = (error: SourceError): Break => ({ at: error.start, error });
