// Diagnostics: why the target's CPython refuses the file, in its words.
import type { Analysis } from '../python/index.ts';
import type { SourceError } from '../python/text/syntaxError.ts';

/**
 * The error that CPython raises, if any. It stops there, and so do we: what a parser says after its first error
 * depends on how it recovers, and CPython's does not.
 */
export function diagnostics({ errors }: Analysis): readonly SourceError[] {
  return errors.slice(0, 1);
}
