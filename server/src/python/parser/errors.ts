// Which error is CPython's: the parser reads tokens as it needs them, so the tokenizer's errors and the parser's
// meet in the order of the text, and a few rules say who speaks first.
// CPython: Parser/pegen_errors.c, _Pypegen_set_syntax_error(), _PyPegen_tokenize_full_source_to_check_for_errors().
import type { SourceError } from '../text/syntaxError.ts';
import type { TokenizeResult } from '../tokenizer/tokenize.ts';
import type { FirstFailure } from './cursor.ts';

/** All errors, CPython's first. */
export function firstErrors(
  errors: readonly SourceError[],
  failure: FirstFailure | null,
  tokenized: TokenizeResult,
): readonly SourceError[] {
  if (tokenized.errors.length === 0) return errors;
  if (!failure) return [...tokenized.errors, ...errors];
  return [...tokenized.errors, ...errors];
}
