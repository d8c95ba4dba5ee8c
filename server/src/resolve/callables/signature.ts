// What inspect.signature() gives for a value. CPython: Lib/inspect.py, _signature_from_callable().
import { NodeKind } from '../../python/ast/kinds.ts';
import type { Expression } from '../../python/ast/expressions.ts';
import { boundMethodSignature, type Signature, signatureOf } from '../../python/inspect/signature.ts';
import { Messages } from '../../python/inspect/messages.ts';
import { type Parameter, ParameterKind } from '../../python/inspect/parameter.ts';
import { className, fullName } from '../classes/names.ts';
import { lookup } from '../classes/members.ts';
import { metaclassOf, mroOf } from '../classes/mro.ts';
import { bindMember } from '../classes/bind.ts';
import type {
  BoundMethodValue,
  Class,
  DescriptorValue,
  EvaluationScope,
  Evaluator,
  FunctionValue,
  InstanceValue,
  PartialValue,
  SourceClass,
  Value,
} from '../values.ts';
import { lastAssigned, writtenText } from './attributes.ts';
import { changedSignature, isNone, withAnnotationsOf } from './changedFunction.ts';
import { type Change, changesOf } from './changes.ts';
import { signatureContext } from './context.ts';
import { parametersNamed } from './models/generate.ts';
import { enumSignature } from './models/enums.ts';
import { pydanticFlavour, pydanticSignature } from './models/pydantic.ts';
import { partialSignature } from './models/partial.ts';
import { calledAsDict } from './models/typedDict.ts';
import { classSignature, explicitSignature } from './explicitSignature.ts';
import { textSignature } from './textSignature.ts';

/** A signature, or why CPython has none; undefined where it is not known. */
export type Description =
  | {
      readonly signature: Signature;
      /** The def, lambda or builtin function whose parameters these are. */
      readonly source?: Value;
    }
  | { readonly error: string };

/** Wrappers, partial objects and methods in each other are followed so far. */
const MOST_DEPTH = 30;

/** What inspect says of a text signature with a default that it cannot read. */
const NO_WARN = 'ValueError: <built-in function warn> builtin has invalid signature';

/** What `@overload` leaves of a function. CPython: Lib/typing.py, _overload_dummy() */
const OVERLOAD: Description = { signature: { parameters: parametersNamed(['*args', '**kwds']) } };

/** What inspect.signature() says of a value; `error` holds the words of its exception. */
export function describe(evaluator: Evaluator, value: Value, depth = 0): Description | undefined {
  if (depth > MOST_DEPTH) return undefined;
  switch (value.type) {
    case 'function':
      return describeFunction(evaluator, value, depth);
    case 'builtin': {
      const { signature, error } = value.function;
      const { library } = evaluator.modules.target.dialect;
      if (!library.warnSignature && fullName(value) === '_warnings.warn') return { error: NO_WARN };
      if (signature) return { signature, source: value };
      return error === undefined ? undefined : { error };
    }
    case 'method':
      return describeMethod(evaluator, value, depth);
    case 'partial':
      return describePartial(evaluator, value, depth, false);
    case 'class':
      return describeClass(evaluator, value.class, depth);
    case 'instance':
      return describeInstance(evaluator, value, depth);
    case 'descriptor':
      return describeDescriptor(evaluator, value, depth);
    case 'overloaded':
      return value.implementation ? describe(evaluator, value.implementation, depth + 1) : OVERLOAD;
    case 'opaque': {
      const cls = evaluator.modules.bundled.classNamed(value.qualname);
      return cls && !value.args ? describeClass(evaluator, cls, depth) : undefined;
    }
    default:
      return undefined;
  }
}

function describeFunction(
  evaluator: Evaluator,
  value: FunctionValue,
  depth: number,
): Description | undefined {
  const change = value.attributes?.parameters;
  if (change) {
    const { wrapped, signature, type } = value.attributes;
    const attributes = {
      ...(wrapped && { wrapped }),
      ...(signature && { signature }),
      ...(type && { type }),
    };
    const inner = describeFunction(evaluator, { ...value, attributes }, depth + 1);
    if (!inner || 'error' in inner) return inner;
    const parameters = change(inner.signature.parameters);
    return parameters && { ...inner, signature: { ...inner.signature, parameters } };
  }
  const changes = changesOf(evaluator, value);
  for (const { type } of changes.values()) if (type === 'unknown') return undefined;
  const explicit = changes.get('__signature__');
  if (explicit?.type === 'set' && !isNone(explicit.value))
    return describeExplicit(evaluator, explicit, depth);
  const replaced = changes.get('__wrapped__');
  if (replaced?.type === 'set' && !explicit) {
    const values = evaluator.evaluate(replaced.value, at(replaced.scope, replaced.value.start));
    return values.length === 1 ? describe(evaluator, values[0], depth + 1) : undefined;
  }
  const wrapped = value.attributes?.wrapped;
  if (wrapped && !replaced) return describe(evaluator, wrapped, depth + 1);
  const written = changes.get('__text_signature__');
  if (written?.type === 'set') {
    const text = writtenText(evaluator, written);
    const signature = text && textSignature(text, value.module.analysis.target);
    if (signature) return { signature, source: value };
    if (text !== '') return undefined;
  }
  const signature = ownSignature(evaluator, value);
  const changed = changedSignature(evaluator, signature, changes, fn => ownSignature(evaluator, fn));
  if (!wrapped || replaced?.type !== 'deleted' || changes.has('__annotations__'))
    return changed && { signature: changed, source: value };
  // update_wrapper() left the annotations of what it wrapped.
  const isPlain =
    wrapped.type === 'function' && !wrapped.attributes && changesOf(evaluator, wrapped).size === 0;
  const both = changed && isPlain && withAnnotationsOf(changed, ownSignature(evaluator, wrapped));
  return both ? { signature: both, source: value } : undefined;
}

/** What a def or lambda says itself. */
function ownSignature(evaluator: Evaluator, value: FunctionValue): Signature {
  const { node, scope, module } = value;
  const block =
    node.kind === NodeKind.Lambda ? undefined : module.analysis.symbolTable.typeParametersBlock(node);
  const signature = signatureOf(node, signatureContext(evaluator, scope, block));
  return withoutEmpty(evaluator, signature, value);
}

/** What `__signature__` is; a name stands for what it is assigned in the same block. */
function describeExplicit(
  evaluator: Evaluator,
  { value, scope }: Extract<Change, { type: 'set' }>,
  depth: number,
): Description | undefined {
  const expression = value.kind === NodeKind.Name ? lastAssigned(scope, value.id) : value;
  if (!expression) return undefined;
  const explicit = explicitSignature(evaluator, expression, at(scope, expression.start));
  return explicit && ('of' in explicit ? describe(evaluator, explicit.of, depth + 1) : explicit);
}

const at = (scope: EvaluationScope, offset: number): EvaluationScope => ({ ...scope, offset });

/** A default that is inspect's mark for no default is none. CPython: Parameter.empty */
function withoutEmpty(evaluator: Evaluator, signature: Signature, { node, scope }: FunctionValue): Signature {
  const isMarked = ({ default: text }: Parameter): boolean => text !== undefined && EMPTY.test(text);
  if (!signature.parameters.some(isMarked)) return signature;
  const { args, defaults, kwonlyargs, kw_defaults: keywordDefaults, posonlyargs } = node.args;
  const positional = [...posonlyargs, ...args];
  const values = new Map<number, Expression | null>(
    kwonlyargs.map((arg, i) => [arg.start, keywordDefaults[i]]),
  );
  defaults.forEach((value, i) =>
    values.set(positional[positional.length - defaults.length + i].start, value),
  );
  const parameters = signature.parameters.map(parameter => {
    const value = isMarked(parameter) ? values.get(parameter.start ?? -1) : undefined;
    const isEmpty =
      value && evaluator.evaluate(value, scope).some(found => fullName(found) === 'inspect._empty');
    return isEmpty ? { ...parameter, default: undefined } : parameter;
  });
  return { ...signature, parameters };
}

const EMPTY = /(?:^|[._])empty(?:'>)?$/;

/** Without the first parameter, which the method fills. */
function bound(description: Description | undefined): Description | undefined {
  if (!description || 'error' in description) return description;
  const signature = boundMethodSignature(description.signature);
  return signature ? { ...description, signature } : { error: `ValueError: ${Messages.noBoundParameter}` };
}

function describeMethod(
  evaluator: Evaluator,
  { function: inner, self }: BoundMethodValue,
  depth: number,
): Description | undefined {
  if (
    inner.type === 'descriptor' &&
    inner.descriptor === 'partialmethod' &&
    inner.function.type === 'partial'
  )
    return describePartial(evaluator, inner.function, depth, true);
  if (inner.type === 'descriptor' && inner.descriptor === 'singledispatchmethod')
    return describe(evaluator, inner.function, depth + 1);
  const description = bound(describe(evaluator, inner, depth + 1));
  if (!description || !('error' in description) || self.type !== 'instance') return description;
  return { error: ofObject(description.error, self.class) };
}

/** What is said of a method of a class in C, once it is bound; without the address. CPython: meth_repr() */
const ofObject = (error: string, cls: Class): string =>
  error.replace(/<method '(\w+)' of '[\w.]+' objects>/, (_, name: string) => {
    // Only types in C have their module's name in their own.
    const isPlain = cls.kind !== 'class' || cls.module === 'builtins';
    return `<built-in method ${name} of ${isPlain ? cls.name : className(cls)} object>`;
  });

/** A partial object, or a partialmethod on an instance, which passes `self` first. */
function describePartial(
  evaluator: Evaluator,
  value: PartialValue,
  depth: number,
  passesSelf: boolean,
): Description | undefined {
  const wrapped = describe(evaluator, value.function, depth + 1);
  if (!wrapped || 'error' in wrapped) return wrapped;
  const signature = partialSignature(evaluator, wrapped.signature, value, passesSelf);
  return signature && { ...wrapped, signature };
}

function describeDescriptor(
  evaluator: Evaluator,
  { descriptor, function: inner }: DescriptorValue,
  depth: number,
): Description | undefined {
  switch (descriptor) {
    case 'staticmethod':
      // The object itself, as a class body sees it.
      return evaluator.modules.target.dialect.library.staticMethodsAreCallable
        ? describe(evaluator, inner, depth + 1)
        : undefined;
    case 'singledispatchmethod':
      return describe(evaluator, inner, depth + 1);
    case 'partialmethod': {
      // Looked up on the class: the first parameter is left.
      if (inner.type !== 'partial') return undefined;
      const wrapped = describe(evaluator, inner.function, depth + 1);
      if (!wrapped || 'error' in wrapped) return wrapped;
      const signature = partialSignature(evaluator, wrapped.signature, inner, true);
      const [first] = wrapped.signature.parameters;
      if (!signature || !first) return undefined;
      if (first.kind === ParameterKind.VAR_POSITIONAL) return { ...wrapped, signature };
      return { ...wrapped, signature: { ...signature, parameters: [first, ...signature.parameters] } };
    }
    default:
      return undefined;
  }
}

/** An instance is called by its class's `__call__`. */
function describeInstance(
  evaluator: Evaluator,
  value: InstanceValue,
  depth: number,
): Description | undefined {
  const wrapped = value.attributes?.wrapped;
  if (wrapped) return describe(evaluator, wrapped, depth + 1);
  const found = lookup(evaluator, value.class, '__call__');
  if (!found || found === 'unknown') return undefined;
  const [first] = found.values;
  const isC = first.type === 'builtin' && NOT_USER_DEFINED.has(first.function.type);
  const byC = found.owner.kind === 'class' || isC ? calledByC(evaluator, value) : undefined;
  if (byC) return byC;
  const owner = { type: 'class', class: value.class } as const;
  const [member] = found.values;
  const isStatic =
    member.type === 'descriptor' &&
    (member.descriptor === 'staticmethod' || member.descriptor === 'classmethod');
  // What the class has is taken for a function, whatever it is.
  const takesFirst = isStatic && evaluator.modules.target.dialect.library.callLosesFirst;
  const to = { instance: takesFirst ? undefined : value, owner };
  const [call] = bindMember(evaluator, member, to, undefined);
  const description = call && describe(evaluator, call, depth + 1);
  return takesFirst ? bound(description) : description;
}

/** The getters of the module operator; instances of them and other classes in C have no signature of old. */
const OPERATORS = new Set(['operator.itemgetter', 'operator.attrgetter', 'operator.methodcaller']);

function calledByC(evaluator: Evaluator, { class: cls }: InstanceValue): Description | undefined {
  const name = className(cls);
  if (!evaluator.modules.target.dialect.library.slotsAreCalled)
    return { error: `ValueError: callable ${name} object is not supported by signature` };
  return OPERATORS.has(name) ? { signature: { parameters: parametersNamed(['/obj']) } } : undefined;
}

// ---- Classes ---------------------------------------------------------------------------------------------------

/** Types of functions and methods that are written in C. CPython: _NonUserDefinedCallables */
const NOT_USER_DEFINED = new Set([
  'builtins.wrapper_descriptor',
  'builtins.method-wrapper',
  'builtins.classmethod_descriptor',
  'builtins.builtin_function_or_method',
  'builtins.method_descriptor',
]);

/** What `__new__`, `__init__` or `__call__` a class has, on the class. */
type Method = { readonly owner: Class; readonly value: Value } | 'unknown' | undefined;

function userDefined(evaluator: Evaluator, cls: Class, name: string): Method {
  const found = lookup(evaluator, cls, name);
  if (!found || found === 'unknown') return found;
  const owner = { type: 'class', class: cls } as const;
  const values = found.values.flatMap(value =>
    bindMember(evaluator, value, { instance: undefined, owner }, undefined),
  );
  const [value] = values;
  if (!value) return 'unknown';
  const unwrapped = value.type === 'function' && value.attributes?.wrapped ? value.attributes.wrapped : value;
  if (unwrapped.type === 'builtin' && NOT_USER_DEFINED.has(unwrapped.function.type)) return undefined;
  // A slot that the bundled tables do not list belongs to C.
  if (value.type === 'instance' && value.constant) return undefined;
  return { owner: found.owner, value };
}

function describeClass(evaluator: Evaluator, cls: Class, depth: number): Description | undefined {
  if (cls.kind === 'class') {
    if (cls.signature) return { signature: cls.signature };
    return cls.error === undefined ? undefined : { error: cls.error };
  }
  const { typeError } = mroOf(evaluator, cls);
  if (typeError !== undefined) return { error: `TypeError: ${typeError}` };
  // Their metaclass's `__call__` is dict.
  const dict = calledAsDict(evaluator, cls);
  if (dict) return describeClass(evaluator, dict, depth + 1);
  const explicit = enumSignature(evaluator, cls);
  if (explicit) return { signature: explicit };
  const model = cls.kind === 'source' ? describeModel(evaluator, cls, depth) : undefined;
  if (model) return model === 'unknown' ? undefined : model;
  const metaclass = metaclassOf(evaluator, cls);
  if (!metaclass) return undefined;
  const given = cls.kind === 'source' ? classSignature(evaluator, cls) : undefined;
  if (given) return given === 'unknown' ? undefined : describe(evaluator, given, depth + 1);
  const call = userDefined(evaluator, metaclass, '__call__');
  if (call === 'unknown') return undefined;
  if (call) return callOf(evaluator, call.value, depth);
  const made = userConstructor(evaluator, cls);
  if (made === 'unknown') return undefined;
  if (made) return bound(describe(evaluator, made.value, depth + 1));
  return builtinConstructor(evaluator, cls);
}

/** A class whose metaclass sets `__signature__`. */
function describeModel(
  evaluator: Evaluator,
  cls: SourceClass,
  depth: number,
): Description | 'unknown' | undefined {
  const flavour = pydanticFlavour(evaluator, cls);
  if (!flavour) return undefined;
  const init = userDefined(evaluator, cls, '__init__');
  const described = init && init !== 'unknown' ? describe(evaluator, init.value, depth + 1) : undefined;
  if (!described || 'error' in described) return 'unknown';
  const signature = pydanticSignature(evaluator, cls, flavour, described.signature);
  return signature ? { signature } : 'unknown';
}

/** The metaclass's `__call__`, whatever that is. */
function callOf(evaluator: Evaluator, value: Value, depth: number): Description | undefined {
  const description = describe(evaluator, value, depth + 1);
  return value.type === 'class' ? description : bound(description);
}

/** The `__new__` or `__init__` that decides, if one is written in Python. */
function userConstructor(evaluator: Evaluator, cls: Class): Method {
  const { classSignature } = evaluator.modules.target.dialect.inspect;
  const create = userDefined(evaluator, cls, '__new__');
  const init = userDefined(evaluator, cls, '__init__');
  const [own, ...others] = mroOf(evaluator, cls).classes;
  const owns = (base: Class, name: string): boolean => {
    const found = lookup(evaluator, base, name);
    return found !== 'unknown' && found?.owner === base;
  };
  switch (classSignature) {
    case 'new':
      return create ?? init;
    case 'own':
      if (owns(own, '__new__')) return create;
      if (owns(own, '__init__')) return init;
      return create ?? init;
    case 'mro':
      for (const base of [own, ...others]) {
        if (create && create !== 'unknown' && owns(base, '__new__')) return create;
        if (init && init !== 'unknown' && owns(base, '__init__')) return init;
      }
      return create === 'unknown' || init === 'unknown' ? 'unknown' : undefined;
  }
}

/** Nothing in Python: the text signature of a base, or that of object. */
function builtinConstructor(evaluator: Evaluator, cls: Class): Description | undefined {
  const { classes, complete } = mroOf(evaluator, cls);
  if (!complete) return undefined;
  for (const base of classes) {
    if (base.kind !== 'class' || className(base) === 'builtins.object') continue;
    if (base.signature) return { signature: base.signature };
  }
  const name = className(cls);
  if (classes.some(base => className(base) === 'builtins.type'))
    return { error: `ValueError: callable <class '${name}'> is not supported by signature` };
  const builtins = classes.filter(base => base.kind === 'class' && className(base) !== 'builtins.object');
  const isPlain = builtins.every(base => !definesConstruction(evaluator, base));
  if (isPlain) return { signature: { parameters: [] } };
  return { error: `ValueError: no signature found for builtin type <class '${name}'>` };
}

/** Whether a class without source has a constructor of its own. */
function definesConstruction(evaluator: Evaluator, cls: Class): boolean {
  return evaluator.ownMember(cls, '__init__').length > 0 || evaluator.ownMember(cls, '__new__').length > 0;
}
