// What the head of a class takes: bases, a metaclass, and the keywords that go to the metaclass's `__new__` and, as
// type.__new__() passes them on, to the `__init_subclass__` of the bases (PEP 487). It is shown as the signature that
// such a class statement has.
import { type Parameter, ParameterKind } from '../../../python/inspect/parameter.ts';
import type { Signature } from '../../../python/inspect/signature.ts';
import { type Callable, callableOf } from '../../../resolve/callable.ts';
import { parseExpression } from '../../../resolve/callee.ts';
import { metaclassOf } from '../../../resolve/classes/mro.ts';
import { className } from '../../../resolve/classes/names.ts';
import type { Class, ClassValue, Evaluator, EvaluationScope, Values } from '../../../resolve/values.ts';
import type { Argument, CallAt } from './arguments.ts';

/** `__new__(metacls, name, bases, namespace, …)`: what type.__call__() passes by itself. */
const OWN_ARGUMENTS = 4;

/** The class statement as a callable; none where its bases and metaclass take no keywords, or are not known. */
export function classHeadCallable(evaluator: Evaluator, call: CallAt, scope: EvaluationScope): Callable[] {
  const { text, target } = scope.module.analysis;
  const valuesOf = ({ type, start, end }: Argument): Values => {
    const source = text.slice(start, end);
    const written = type === 'keyword' ? source.slice(source.indexOf('=') + 1) : source;
    const expression = parseExpression(written.trim(), target);
    return expression ? evaluator.evaluate(expression, scope) : [];
  };
  const isClass = (value: Values[number]): value is ClassValue => value.type === 'class';
  const bases = call.arguments
    .filter(({ type }) => type === 'positional')
    .flatMap(argument => valuesOf(argument).filter(isClass));
  const explicit = call.arguments.find(({ name, type }) => type === 'keyword' && name === 'metaclass');
  const metaclass = explicit
    ? valuesOf(explicit).find(isClass)?.class
    : bases.map(base => metaclassOf(evaluator, base.class)).find(cls => cls && !isType(cls));
  const hook = bases
    .flatMap(base => evaluator.attribute(base, '__init_subclass__', scope))
    .map(value => callableOf(evaluator, value))
    .find(callable => callable?.signature && callable.signature.parameters.length > 0);
  const maker =
    metaclass && !isType(metaclass)
      ? evaluator
          .attribute({ type: 'class', class: metaclass }, '__new__', scope)
          .map(value => callableOf(evaluator, value))
          .find(callable => callable?.signature !== undefined)
      : undefined;
  const collects = ({ kind }: Parameter): boolean => kind === ParameterKind.VAR_KEYWORD;
  const ofMaker = maker?.signature?.parameters.slice(OWN_ARGUMENTS) ?? [];
  // A metaclass that takes no more keywords than it names passes none on.
  const ofHook = maker && !ofMaker.some(collects) ? [] : (hook?.signature?.parameters ?? []);
  const taken = hook ? [...ofMaker.filter(parameter => !collects(parameter)), ...ofHook] : ofMaker;
  const shown = maker ?? hook;
  if (!shown || !taken.some(parameter => !collects(parameter))) return [];
  return [
    {
      ...shown,
      name: text.slice(call.callee.start, call.callee.end),
      signature: headSignature(taken, metaclass),
      caveats: [],
    },
  ];
}

const isType = (cls: Class): boolean => className(cls) === 'builtins.type';

/** `(*bases, metaclass=type, a, b=1, **kwargs)` */
function headSignature(taken: readonly Parameter[], metaclass: Class | undefined): Signature {
  const parameters: Parameter[] = [
    { name: 'bases', kind: ParameterKind.VAR_POSITIONAL },
    { name: 'metaclass', kind: ParameterKind.KEYWORD_ONLY, default: metaclass ? metaclass.name : 'type' },
  ];
  const names = new Set(parameters.map(({ name }) => name));
  const add = (parameter: Parameter): void => {
    if (!names.has(parameter.name)) parameters.push(parameter);
    names.add(parameter.name);
  };
  for (const parameter of taken) {
    const { kind } = parameter;
    if (kind === ParameterKind.KEYWORD_ONLY || kind === ParameterKind.POSITIONAL_OR_KEYWORD) {
      add({ ...parameter, kind: ParameterKind.KEYWORD_ONLY });
    }
  }
  const collector = taken.find(({ kind }) => kind === ParameterKind.VAR_KEYWORD);
  if (collector) add(collector);
  return { parameters };
}
