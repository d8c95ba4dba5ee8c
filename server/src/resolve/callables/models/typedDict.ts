// typing.TypedDict: dicts whose keys are declared, by a class statement or by a call. CPython: Lib/typing.py, _TypedDictMeta.
import { NodeKind } from '../../../python/ast/kinds.ts';
import type { Expression } from '../../../python/ast/expressions.ts';
import { fullName } from '../../classes/names.ts';
import { mroOf } from '../../classes/mro.ts';
import type {
  Class,
  Evaluator,
  EvaluationScope,
  SourceClass,
  SyntheticClass,
  Value,
  Values,
} from '../../values.ts';
import { type Arguments, stringOf } from '../arguments.ts';
import { classOfCall, definitionOf } from './classOfCall.ts';
import { asStaticMethod, generatedMethod, parametersNamed } from './generate.ts';

interface Keys {
  readonly annotations: ReadonlyMap<string, Expression>;
  readonly scope: EvaluationScope;
}

/** What calls have declared. */
const KEYS = new WeakMap<SyntheticClass, Keys>();

/** `TypedDict('Movie', {'name': str, 'year': int})` */
export function typedDict(evaluator: Evaluator, { written }: Arguments): Values | undefined {
  if (!written) return undefined;
  const { call, scope } = written;
  const [first, fields] = call.args;
  const name = first && stringOf(evaluator.evaluate(first, scope));
  const dict = evaluator.builtinClass('builtins.dict');
  if (name === undefined || fields?.kind !== NodeKind.Dict || !dict) return [];
  const annotations = new Map<string, Expression>();
  fields.keys.forEach((key, i) => {
    const text = key && stringOf(evaluator.evaluate(key, scope));
    if (typeof text === 'string') annotations.set(text, fields.values[i]);
  });
  return [
    classOfCall(evaluator, written, name, () => {
      const members = new Map<string, Values>();
      const cls: SyntheticClass = {
        kind: 'synthetic',
        name,
        module: scope.module.name,
        bases: [dict],
        members,
        definition: definitionOf(written),
      };
      KEYS.set(cls, { annotations, scope });
      for (const member of ['__new__', '__annotate_func__']) {
        const made = memberOf(evaluator, cls, member);
        if (made) members.set(member, [made]);
      }
      return cls;
    }),
  ];
}

/** What TypedDict puts into its classes. */
function memberOf(evaluator: Evaluator, cls: Class, name: string): Value | undefined {
  const { library } = evaluator.modules.target.dialect;
  const method = (parameters: readonly string[]): Value =>
    asStaticMethod(generatedMethod(cls, name, { parameters: parametersNamed(parameters) }));
  if (name === '__new__') return library.typedDictNew ? method(['/cls', '*args', '**kwargs']) : undefined;
  return name === '__annotate_func__' && library.annotateFunction ? method(['format']) : undefined;
}

/** A member that `class Movie(TypedDict)` gets. */
export function typedDictMember(evaluator: Evaluator, cls: SourceClass, name: string): Value | undefined {
  const member = memberOf(evaluator, cls, name);
  return member && isTypedDict(evaluator, cls, 0) ? member : undefined;
}

/** What a key of such a dict holds; undefined if the class is none, or does not declare the key. */
export function typedDictValue(evaluator: Evaluator, cls: Class, key: string): Values | undefined {
  if (cls.kind === 'synthetic') {
    const keys = KEYS.get(cls);
    const annotation = keys?.annotations.get(key);
    return keys && annotation ? evaluator.annotation(annotation, keys.scope) : undefined;
  }
  if (cls.kind !== 'source' || cls.node.bases.length === 0 || !isTypedDict(evaluator, cls, 0))
    return undefined;
  const scope: EvaluationScope = {
    module: cls.module,
    entry: cls.entry,
    offset: cls.node.end,
    frame: cls.scope.frame,
  };
  for (const node of cls.node.body) {
    if (node.kind === NodeKind.AnnAssign && node.target.kind === NodeKind.Name && node.target.id === key)
      return evaluator.annotation(node.annotation, scope);
  }
  for (const base of mroOf(evaluator, cls).classes.slice(1)) {
    const values = typedDictValue(evaluator, base, key);
    if (values) return values;
  }
  return undefined;
}

/** dict, where that is what inspect finds to be called in the place of such a class. */
export function calledAsDict(evaluator: Evaluator, cls: Class): Class | undefined {
  if (evaluator.modules.target.dialect.library.typedDictNew || !isTypedDict(evaluator, cls, 0))
    return undefined;
  return evaluator.builtinClass('builtins.dict');
}

const MOST_DEPTH = 20;

/** Whether TypedDict is among the bases of a class, or of theirs: at run time all that is left of it is dict. */
function isTypedDict(evaluator: Evaluator, cls: Class, depth: number): boolean {
  if (cls.kind === 'synthetic') return KEYS.has(cls);
  if (cls.kind !== 'source' || depth > MOST_DEPTH) return false;
  return cls.node.bases.some(base =>
    evaluator
      .evaluate(base.kind === NodeKind.Subscript ? base.value : base, cls.scope)
      .some(
        value =>
          fullName(value) === 'typing.TypedDict' ||
          (value.type === 'class' && isTypedDict(evaluator, value.class, depth + 1)),
      ),
  );
}
