// Tokens to AST: the parser put together. One recursive-descent parser reads the union of all versions' grammars;
// what the target does not have is reported where the target's own parser gives up.
import { Module, type Node, type Statement } from '../ast/nodes.ts';
import type { ReportedPlace } from '../ast/reportedPlace.ts';
import { walk } from '../ast/visitor.ts';
import type { Break } from '../code/broken.ts';
import type { SourceError } from '../text/syntaxError.ts';
import { tokenize, type TokenizeResult } from '../tokenizer/tokenize.ts';
import type { GrammarDialect } from '../versions/grammarDialect.ts';
import { parseStatements } from './compound.ts';
import { parseBitwiseOr } from './displays.ts';
import {
  parseAnnotatedRhs,
  parseBinary,
  parseExpression,
  parseLambda,
  parseUnary,
  parseYieldExpression,
} from './expressions.ts';
import { parseLegacyFString } from './legacyFields.ts';
import { Parser, type Rules } from './parser.ts';
import { breakAtStart, breaksOf, constantNames, explainErrors, refusal } from './refusal.ts';

export interface ParseResult {
  readonly module: Module;
  /** CPython's error first, if it has one; then what else is wrong, for the editor. */
  readonly errors: readonly SourceError[];
  /** What the errors break, in no order: code without one of these in it is whole in the tree. */
  readonly breaks: readonly Break[];
  /** Places that CPython reports for nodes in f-strings, where it takes them apart as strings and they are odd. */
  readonly reported: ReadonlyMap<Node, ReportedPlace>;
}

/**
 * The AST of a file. Broken text gives a tree too: what could be parsed, with `Invalid` nodes for what could not.
 *
 * @param text the file's text, whose tokens `tokenized` has
 */
export function parse(
  text: string,
  tokenized: TokenizeResult,
  dialect: GrammarDialect,
  encodingIsTold = true,
): ParseResult {
  const parser = new Parser(text, tokenized, dialect, RULES, null);
  parser.encodingIsTold = encodingIsTold;
  const module = parseFile(parser);
  const first = refusal(parser, 'file');
  if (!first) {
    const errors = constantNames(parser);
    return { module, errors, breaks: errors.map(breakAtStart), reported: parser.reported };
  }
  // The verdict stands; a better tree and more errors come from tokens in which what is unfinished ends early.
  const { nameTable, unfinished } = tokenized;
  const recovered = tokenize(text, tokenized.dialect, { recover: unfinished, nameTable });
  const second = new Parser(text, recovered, dialect, RULES, null);
  second.encodingIsTold = encodingIsTold;
  const tree = mended(parseFile(second));
  const known = new Set([`${first.start} ${first.msg}`]);
  const explained = explainErrors(second, first);
  const others = [...recovered.errors, ...explained].filter(({ start, msg }) => {
    const isNew = !known.has(`${start} ${msg}`);
    known.add(`${start} ${msg}`);
    return isNew;
  });
  const breaks = [...recovered.errors.map(breakAtStart), ...breaksOf(second, first, explained)];
  for (const { start, end } of recovered.guesses)
    breaks.push({ at: start, error: explained.find(error => error.start >= start) ?? first, to: end });
  return { module: tree, errors: [first, ...others], breaks, reported: second.reported };
}

/** A broken text's tree, in which nodes that found no text end where they begin, and not before. */
function mended(module: Module): Module {
  walk(module, node => {
    if (node.end < node.start) node.end = node.start;
  });
  return module;
}

/** The rules that files below theirs call. */
const RULES: Rules = {
  expression: parseExpression,
  bitwiseOr: parseBitwiseOr,
  binary: parseBinary,
  unary: parseUnary,
  lambda: parseLambda,
  yieldExpression: parseYieldExpression,
  annotatedRhs: parseAnnotatedRhs,
  formattedStringParts: parseLegacyFString,
};

function parseFile(p: Parser): Module {
  const body: Statement[] = [];
  parseStatements(p, body);
  return new Module(0, p.text.length, body);
}
