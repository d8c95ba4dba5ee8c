// What the server has said of a code object or of a pass, in one form for everything that is shown as text.

import type {
  CodeObjectLink,
  CodeObjectResult,
  PassTextResult,
  PycResult,
  Range,
} from '../../../server/src/lsp/protocol.ts';

export interface Rendered {
  readonly text: string;
  /** Why the source is refused; `line` is from 1. */
  readonly error?: { readonly message: string; readonly line: number } | undefined;
  /** Parts of lines that lead somewhere. */
  readonly links: readonly CodeObjectLink[];
  /** What lines as a whole come from, in ascending order; of several for one line the first is the main one. */
  readonly places: readonly { readonly line: number; readonly source: Range }[];
  /** Whether places lie in each other, and only the innermost is meant. */
  readonly areNested: boolean;
  readonly sections: readonly RenderedSection[];
  /** Undefined for what is no code object. */
  readonly code: CodeObjectResult | undefined;
}

/** Lines for folding and for the outline; from 0, both inclusive. */
interface RenderedSection {
  readonly title: string;
  readonly startLine: number;
  readonly endLine: number;
}

export function ofCodeObject(result: CodeObjectResult): Rendered {
  const { text, error, links, instructions, sections } = result;
  const places = instructions.flatMap(({ line, source }) => (source ? [{ line, source }] : []));
  return { text, error, links, places, areNested: false, sections, code: result };
}

export function ofPass({ text, error, places, sections, pass }: PassTextResult): Rendered {
  return { text, error, links: [], places, areNested: pass === 'ast', sections, code: undefined };
}

export function ofPyc({ text, sections }: PycResult): Rendered {
  return { text, links: [], places: [], areNested: false, sections, code: undefined };
}
