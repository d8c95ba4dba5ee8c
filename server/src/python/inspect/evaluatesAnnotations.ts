// Whether functions evaluate the annotations of those defined in them.
import type { Analysis } from '../index.ts';

/** Neither where they are kept as strings, nor where they have code of their own. CPython: codegen_annotations(). */
export const evaluatesAnnotations = ({ symbolTable, target }: Analysis): boolean =>
  target.dialect.compiler.annotations !== 'annotate' && !symbolTable.futureAnnotations;
