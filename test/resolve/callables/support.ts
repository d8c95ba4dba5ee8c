// What inspect.signature() would say of something at the end of a module that is made of a text.
import { signatureText } from '../../../server/src/python/inspect/signature.ts';
import { describe } from '../../../server/src/resolve/callables/signature.ts';
import { analyze } from '../../../server/src/python/index.ts';
import { parseTarget } from '../../../server/src/python/versions/target.ts';
import { createEvaluator } from '../../../server/src/resolve/evaluate/evaluator.ts';
import { bundledFor } from '../../support/bundled.ts';
import { MemoryFiles, programOf } from '../../support/tree.ts';

/** The signature of `f`, or of `C.m`, at the end of a module `m`, or the error; undefined where it is not known. */
export function signature(source: string, name = 'f', series = '3.13'): string | undefined {
  const target = parseTarget(series)!;
  const program = programOf(new MemoryFiles({ '/m.py': source }), {
    target: series,
    bundled: bundledFor(target),
  });
  const module = program.open('/m.py', analyze(source, target));
  const evaluator = createEvaluator(program);
  const [outer, inner] = name.split('.');
  const [found] = evaluator.moduleMember(module, outer);
  const scope = { module, entry: module.analysis.symbolTable.top, offset: source.length, frame: undefined };
  const [value] = inner === undefined ? [found] : evaluator.attribute(found, inner, scope);
  const described = describe(evaluator, value);
  if (!described) return undefined;
  return 'error' in described ? described.error : signatureText(described.signature).text;
}
