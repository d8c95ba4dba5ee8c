// Signatures that are given as text: `f.__text_signature__ = '(a, b=1)'`. CPython: Lib/inspect.py, _signature_fromstr().
import { NodeKind } from '../../python/ast/kinds.ts';
import { analyze } from '../../python/index.ts';
import { ParameterKind } from '../../python/inspect/parameter.ts';
import { type Signature, signatureOf } from '../../python/inspect/signature.ts';
import type { Target } from '../../python/versions/target.ts';

/** The signature of a text; undefined if it is none. The parameters stand nowhere in a source. */
export function textSignature(text: string, target: Target): Signature | undefined {
  // `$self` is what is bound, `/` may be missing in what is older than it.
  const plain = text.replace(/\$(?=\w)/, '');
  const analysis = analyze(`def _${plain}: pass`, target);
  const [node] = analysis.module.body;
  if (analysis.parsed.errors.length > 0 || node?.kind !== NodeKind.FunctionDef) return undefined;
  const signature = signatureOf(node, {
    mangled: name => name,
    stringAnnotations: false,
    dialect: target.dialect,
  });
  const parameters = signature.parameters.map(({ name, kind, default: value }) => ({
    name,
    kind,
    ...(value !== undefined && kind !== ParameterKind.VAR_POSITIONAL && { default: value }),
  }));
  return { parameters };
}
