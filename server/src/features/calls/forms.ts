// How a builtin without a signature is called, as its docstring begins: `max(iterable, *[, default=obj, key=func])`.
import type { Callable } from '../../resolve/callable.ts';

export interface DocumentedForms {
  /** The ways to call it, a line each; none where it has a signature, or the docstring shows none. */
  readonly forms: readonly string[];
  /** What the docstring says besides. */
  readonly summary: string;
}

export function formsOf({ doc = '', name, signature }: Callable): DocumentedForms {
  if (signature) return { forms: [], summary: doc };
  const lines = doc.split('\n');
  const isForm = (line: string): boolean => line.startsWith(`${name}(`);
  return { forms: lines.filter(isForm), summary: lines.filter(line => !isForm(line)).join('\n') };
}
