// Tokens to AST: the parser put together. One recursive-descent parser reads the union of all versions' grammars;
// what the target does not have is reported where the target's own parser gives up.
import { Module, type Node, type Statement } from '../ast/nodes.ts';
import type { SourceError } from '../text/syntaxError.ts';
import type { TokenizeResult } from '../tokenizer/tokenize.ts';
import type { GrammarDialect } from '../versions/grammarDialect.ts';
import { CompoundParser } from './compound.ts';
import { firstErrors } from './errors.ts';
import type { StringPart } from './strings.ts';

/** A place as CPython reports it: lines from 1, columns in UTF-8 bytes from 0. */
export interface NodePosition {
  readonly lineno: number;
  readonly col_offset: number;
  readonly end_lineno: number;
  readonly end_col_offset: number;
}

export interface ParseResult {
  readonly module: Module;
  /** CPython's error first, if it has one; then what else is wrong, for the editor. */
  readonly errors: readonly SourceError[];
  /** Places that CPython reports for nodes in f-strings, where it takes them apart as strings and they are odd. */
  readonly reported: ReadonlyMap<Node, NodePosition>;
}

class Parser extends CompoundParser {
  readonly reported = new Map<Node, NodePosition>();

  file(): Module {
    const body: Statement[] = [];
    this.statements(body);
    return new Module(0, this.text.length, body);
  }

  protected formattedStringParts(): StringPart[] {
    return [];
  }
}

/**
 * The AST of a file. Broken text gives a tree too: what could be parsed, with `Invalid` nodes for what could not.
 *
 * @param text the file's text, whose tokens `tokenized` has
 */
export function parse(text: string, tokenized: TokenizeResult, dialect: GrammarDialect): ParseResult {
  const parser = new Parser({ text, dialect }, tokenized.tokens);
  const module = parser.file();
  return {
    module,
    errors: firstErrors(parser.errors, parser.firstFailure, tokenized),
    reported: parser.reported,
  };
}
