// Which parameter the arguments of a call go to while it is being written: the rules of Signature.bind_partial(), made
// to bear unpackings of unknown length and names that may yet become keywords; and what is wrong or still missing.
import { MESSAGES } from '../../../python/compiler/messages.ts';
import { bindPartial } from '../../../python/inspect/bind.ts';
import { type Parameter, ParameterKind } from '../../../python/inspect/parameter.ts';
import type { Signature } from '../../../python/inspect/signature.ts';
import {
  ITERABLE_AFTER_UNPACKING,
  POSITIONAL_AFTER_KEYWORD,
  POSITIONAL_AFTER_UNPACKING,
} from '../../../python/parser/messages.ts';
import type { InspectDialect } from '../../../python/versions/inspectDialect.ts';
import type { Argument, CallAt } from './arguments.ts';

/** How a call that is being written fits a signature. */
export interface Fit {
  /** Index of the parameter that the argument at the cursor goes to; undefined where none takes it. */
  readonly activeParameter: number | undefined;
  /** What cannot get right any more whatever is added: the message of bind's TypeError or of the SyntaxError. */
  readonly error: string | undefined;
  /** The parameters that must still get an argument, but for the active one. */
  readonly missing: readonly Parameter[];
}

/** The written arguments as bind takes them. */
interface Given {
  /** How many positional ones there are before any `*iterable`. */
  readonly positional: number;
  readonly star: boolean;
  /** A keyword or `**mapping`, behind which only such and `*iterable` may stand. */
  readonly keyword: boolean;
}

function givenBy(args: readonly Argument[]): Given {
  const star = args.findIndex(({ type }) => type === 'star');
  const certain = star < 0 ? args : args.slice(0, star);
  return {
    positional: certain.filter(({ type }) => type === 'positional' || type === 'empty').length,
    star: star >= 0,
    keyword: args.some(({ type }) => type === 'keyword' || type === 'doubleStar'),
  };
}

export function fitOf(signature: Signature, call: CallAt, dialect: InspectDialect): Fit {
  const active = activeParameter(signature, call);
  return {
    activeParameter: active,
    error: errorOf(signature, call, active, dialect),
    missing: missingOf(signature, call, active),
  };
}

// ---- The parameter -----------------------------------------------------------------------------------------------

/**
 * The parameter that Signature.bind_partial() would bind the current argument to, the others being as they are; of
 * one that is not written yet, the first that could be written there. A name alone that can only become a keyword
 * stands for the one parameter that begins so.
 */
function activeParameter(
  { parameters }: Signature,
  { arguments: args, current }: CallAt,
): number | undefined {
  const argument = args[current];
  const { positional, star, keyword } = givenBy(args.slice(0, current));
  const named = new Set(
    args.flatMap(({ type, name }, i) => (type === 'keyword' && i !== current ? [name] : [])),
  );
  const indexOf = (
    test: (kind: ParameterKind, name: string, index: number) => boolean,
  ): number | undefined => {
    const index = parameters.findIndex(({ kind, name }, i) => test(kind, name, i));
    return index < 0 ? undefined : index;
  };
  const collector = (wanted: ParameterKind): number | undefined => indexOf(kind => kind === wanted);
  /** Whether a parameter can still be given by keyword. */
  const isOpen = (kind: ParameterKind, name: string, index: number): boolean =>
    !named.has(name) &&
    (kind === ParameterKind.KEYWORD_ONLY ||
      (kind === ParameterKind.POSITIONAL_OR_KEYWORD && index >= positional));
  /** The parameter that a keyword means of which so much is written. */
  const keywordStarting = (typed: string): number | undefined => {
    if (typed === '') {
      // An `*iterable` is taken to fill those that go by position.
      const next = indexOf(
        (kind, name, i) => isOpen(kind, name, i) && !(star && kind === ParameterKind.POSITIONAL_OR_KEYWORD),
      );
      return next ?? collector(ParameterKind.VAR_KEYWORD);
    }
    const exact = indexOf((kind, name, i) => isOpen(kind, name, i) && name === typed);
    if (exact !== undefined) return exact;
    const fitting = parameters.flatMap(({ kind, name }, i) =>
      isOpen(kind, name, i) && name.startsWith(typed) ? [i] : [],
    );
    if (fitting.length === 0) return collector(ParameterKind.VAR_KEYWORD);
    return fitting.length === 1 ? fitting[0] : undefined;
  };

  switch (argument.type) {
    case 'keyword': {
      const open = indexOf((kind, name, index) => name === argument.name && isOpen(kind, name, index));
      if (open !== undefined) return open;
      const isTaken = parameters.some(({ kind, name }) => name === argument.name && isKeywordCapable(kind));
      return isTaken ? undefined : collector(ParameterKind.VAR_KEYWORD);
    }
    case 'doubleStar':
      return collector(ParameterKind.VAR_KEYWORD);
    default:
  }
  const isName = argument.type === 'empty' || argument.name !== undefined;
  const becomesKeyword = (): number | undefined =>
    isName ? keywordStarting(argument.name ?? '') : undefined;
  if (keyword && argument.type !== 'star') return becomesKeyword();
  if (star) {
    return (
      collector(ParameterKind.VAR_POSITIONAL) ?? (argument.type === 'star' ? undefined : becomesKeyword())
    );
  }
  const parameter = parameters.at(positional);
  if (!parameter || !isPositional(parameter.kind)) {
    return (
      collector(ParameterKind.VAR_POSITIONAL) ?? (argument.type === 'star' ? undefined : becomesKeyword())
    );
  }
  // A keyword elsewhere has the parameter already.
  const isTaken = parameter.kind === ParameterKind.POSITIONAL_OR_KEYWORD && named.has(parameter.name);
  return isTaken ? (argument.type === 'empty' ? keywordStarting('') : undefined) : positional;
}

const isPositional = (kind: ParameterKind): boolean =>
  kind === ParameterKind.POSITIONAL_ONLY || kind === ParameterKind.POSITIONAL_OR_KEYWORD;

const isKeywordCapable = (kind: ParameterKind): boolean =>
  kind === ParameterKind.POSITIONAL_OR_KEYWORD || kind === ParameterKind.KEYWORD_ONLY;

// ---- What does not fit -------------------------------------------------------------------------------------------

/** Whether a positional argument goes where keywords go, or is the beginning of some. */
const mayBecomeKeyword = (
  { parameters }: Signature,
  { name: typed }: Argument,
  active: number | undefined,
): boolean =>
  typed !== undefined &&
  (active !== undefined ||
    parameters.some(({ kind, name }) => isKeywordCapable(kind) && name.startsWith(typed)));

function errorOf(
  signature: Signature,
  { arguments: args, current }: CallAt,
  active: number | undefined,
  dialect: InspectDialect,
): string | undefined {
  const written = args.filter((argument, i) => {
    if (argument.type === 'empty') return false;
    // A name at the cursor does not count as long as it may become a keyword.
    return i !== current || argument.type !== 'positional' || !mayBecomeKeyword(signature, argument, active);
  });
  const syntaxError = syntaxErrorOf(written);
  if (syntaxError !== undefined) return syntaxError;
  const keywords = new Map<string, Argument>();
  for (const argument of written) {
    if (argument.type === 'keyword') keywords.set(argument.name ?? '', argument);
  }
  // Behind an `*iterable` nobody knows which are left.
  const star = written.findIndex(({ type }) => type === 'star');
  const certain = star < 0 ? written : written.slice(0, star);
  const positional = certain.filter(({ type }) => type === 'positional');
  const bound = bindPartial(signature, positional, keywords, dialect);
  return 'typeError' in bound ? bound.typeError : undefined;
}

/** What CPython's compiler says of the order of arguments. CPython: Grammar/python.gram, invalid_arguments. */
function syntaxErrorOf(args: readonly Argument[]): string | undefined {
  const keywords = new Set<string>();
  let hasKeyword = false;
  let hasMapping = false;
  for (const { type, name } of args) {
    if (type === 'positional' && hasMapping) return POSITIONAL_AFTER_UNPACKING;
    if (type === 'positional' && hasKeyword) return POSITIONAL_AFTER_KEYWORD;
    if (type === 'star' && hasMapping) return ITERABLE_AFTER_UNPACKING;
    if (type === 'doubleStar') hasMapping = true;
    if (type !== 'keyword' || name === undefined) continue;
    if (keywords.has(name)) return MESSAGES.repeatedKeyword(name);
    keywords.add(name);
    hasKeyword = true;
  }
  return undefined;
}

/** The parameters without default that no argument goes to; none where an unpacking may fill them. */
function missingOf(
  { parameters }: Signature,
  { arguments: args, current }: CallAt,
  active: number | undefined,
): Parameter[] {
  // What goes nowhere yet may still become anything.
  const written = args.filter(
    ({ type }, i) => type !== 'empty' && (i !== current || type !== 'positional' || active !== undefined),
  );
  const { positional, star } = givenBy(written);
  const mapping = written.some(({ type }) => type === 'doubleStar');
  const named = new Set(written.flatMap(({ type, name }) => (type === 'keyword' ? [name] : [])));
  return parameters.filter(({ kind, name, default: value }, i) => {
    if (value !== undefined || i === active) return false;
    if (isPositional(kind) && (i < positional || star)) return false;
    if (isKeywordCapable(kind) && (named.has(name) || mapping)) return false;
    return isPositional(kind) || isKeywordCapable(kind);
  });
}
