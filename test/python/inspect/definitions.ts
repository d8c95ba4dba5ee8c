// For the tests of inspect: the first def or lambda of a source.
import { NodeKind } from '../../../server/src/python/ast/kinds.ts';
import type { Lambda } from '../../../server/src/python/ast/expressions.ts';
import type { FunctionDef } from '../../../server/src/python/ast/nodes.ts';
import { walk } from '../../../server/src/python/ast/visitor.ts';
import { type Analysis, analyze } from '../../../server/src/python/index.ts';
import { type Signature, signatureOf } from '../../../server/src/python/inspect/signature.ts';
import type { Target } from '../../../server/src/python/versions/target.ts';

/** Every def and lambda of a file, outermost first. */
export function functionsOf({ module }: Analysis): (FunctionDef | Lambda)[] {
  const found: (FunctionDef | Lambda)[] = [];
  walk(module, node => {
    if (
      node.kind === NodeKind.FunctionDef ||
      node.kind === NodeKind.AsyncFunctionDef ||
      node.kind === NodeKind.Lambda
    )
      found.push(node);
  });
  return found;
}

/** The signature of a source's first def or lambda. */
export function firstSignature(source: string, target: Target): Signature {
  const analysis = analyze(source, target);
  return signatureOf(functionsOf(analysis)[0], {
    mangled: name => name,
    stringAnnotations: analysis.symbolTable.futureAnnotations,
    dialect: target.dialect,
  });
}
