// contextlib.contextmanager() and asynccontextmanager(): calls of the decorated generator function give a context manager.
import type { Evaluator, Value, Values } from '../../values.ts';

/** The function, with calls that give an instance of contextlib's class around what the generator yields. */
export function contextManagerResult(evaluator: Evaluator, subject: Value, isAsync: boolean): Value {
  if (subject.type !== 'function') return subject;
  const result = (generators: Values): Values => {
    const module = evaluator.modules.module('contextlib');
    if (!module) return [];
    const name = isAsync ? '_AsyncGeneratorContextManager' : '_GeneratorContextManager';
    return evaluator.moduleMember(module, name).flatMap((value): Values => {
      if (value.type !== 'class') return [];
      const items = generators.flatMap(generator =>
        generator.type === 'instance' ? (generator.args?.[0] ?? []) : [],
      );
      return [{ type: 'instance', class: value.class, args: [items] }];
    });
  };
  return { ...subject, attributes: { ...subject.attributes, result } };
}
