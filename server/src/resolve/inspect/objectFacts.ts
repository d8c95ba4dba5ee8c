// All that inspect could be asked of an object, as plain data: what `colens inspect --json` prints.
import { NodeKind } from '../../python/ast/kinds.ts';
import type { Expression } from '../../python/ast/expressions.ts';
import { CodeFlags, flagName } from '../../python/code/flags.ts';
import { type FullArgSpec, getFullArgSpec } from '../../python/inspect/argspec.ts';
import { commentsBefore, moduleComments } from '../../python/inspect/comments.ts';
import { sourceLines } from '../../python/inspect/lines.ts';
import { signatureText } from '../../python/inspect/signature.ts';
import {
  stateNames,
  suspendableKind,
  suspensionPoints,
  type SuspensionPoint,
} from '../../python/inspect/suspension.ts';
import { callableOf } from '../callable.ts';
import { changesOf } from '../callables/changes.ts';
import { basesOf, mroOf } from '../classes/mro.ts';
import { className, fullName } from '../classes/names.ts';
import type { Evaluator, FunctionValue, Value } from '../values.ts';
import { type ClosureVariables, closureVariables } from './closure.ts';
import { wrappedFlags } from './definitions.ts';
import { documentationOf } from './documentation.ts';
import { sourcedObject, sourceLine } from './objectSource.ts';
import { predicates } from './predicates.ts';
import { classTreeOf, type ClassTreeFacts, moduleClassTree, type Wrapper, wrappers } from './structure.ts';

/** What is not known is absent; null is Python's None. */
export interface ObjectFacts {
  readonly name?: string;
  readonly qualname?: string;
  readonly module?: string;
  readonly file?: string;
  /** From 1: the first line of the source, decorators included. */
  readonly line?: number;
  readonly predicates?: readonly string[];
  readonly signature?: string;
  /** Why CPython has no signature. */
  readonly signatureError?: string;
  /** Decorators whose effect is not known: the rest is told of the object as it is defined. */
  readonly opaqueDecorators?: readonly string[];
  readonly doc?: string | null;
  readonly docInheritedFrom?: string;
  readonly comments?: string | null;
  readonly bases?: readonly string[];
  readonly mro?: readonly string[];
  /** Why CPython does not make the class. */
  readonly mroError?: string;
  /** getclasstree() of a class's MRO, or of the classes that a module defines. */
  readonly classTree?: ClassTreeFacts;
  /** What unwrap() goes along, the object itself first. */
  readonly wrappers?: readonly Wrapper[];
  /** Of what a def or lambda makes; a decorator may have put a wrapper in its place, whose own is another one. */
  readonly fullargspec?: FullArgSpecFacts;
  readonly flags?: readonly string[];
  readonly closurevars?: ClosureVariables;
  readonly states?: readonly string[];
  readonly suspensionPoints?: readonly SuspensionFacts[];
}

interface FullArgSpecFacts extends Omit<FullArgSpec, 'kwonlydefaults' | 'annotations'> {
  readonly kwonlydefaults: Readonly<Record<string, string>> | null;
  readonly annotations: Readonly<Record<string, string>>;
}

interface SuspensionFacts {
  readonly kind: SuspensionPoint['kind'];
  readonly line: number;
  /** Source text. */
  readonly delegate: string | null;
  readonly bound: readonly string[];
  readonly maybeBound: readonly string[];
}

export function objectFacts(evaluator: Evaluator, value: Value): ObjectFacts {
  const callable = value.type === 'module' ? undefined : callableOf(evaluator, value);
  const documentation = documentationOf(evaluator, value);
  const described = predicates(evaluator, value);
  return {
    ...(value.type === 'module' ? { name: value.module.name } : {}),
    ...(callable && { name: callable.name, qualname: callable.qualname, module: callable.module }),
    ...sourceFacts(value),
    ...(described && { predicates: described }),
    // A stub is no answer of inspect's.
    ...(callable?.signature &&
      !callable.definition?.module.isStub && { signature: signatureText(callable.signature).text }),
    ...(callable?.error !== undefined && { signatureError: callable.error }),
    ...(callable && callable.caveats.length > 0 && { opaqueDecorators: callable.caveats }),
    ...(documentation && { doc: documentation.text ?? null }),
    ...(documentation?.inheritedFrom !== undefined && { docInheritedFrom: documentation.inheritedFrom }),
    ...(value.type === 'class' && classFacts(evaluator, value)),
    ...moduleFacts(evaluator, value),
    ...wrapperFacts(evaluator, value),
    ...functionFacts(evaluator, value),
  };
}

function sourceFacts(value: Value): ObjectFacts {
  // Neither findsource() nor getcomments() unwraps.
  const object = sourcedObject(value, false);
  if (!object) return {};
  const { module, sourced } = object;
  const file = module.path;
  const lines = sourceLines(module.analysis.text);
  if (sourced.type === 'module') return { file, comments: moduleComments(lines) ?? null };
  const line = sourceLine(object);
  if (line === undefined) return { file };
  return { file, line: line + 1, comments: commentsBefore(lines, line) ?? null };
}

function classFacts(evaluator: Evaluator, { class: cls }: Extract<Value, { type: 'class' }>): ObjectFacts {
  const bases = basesOf(evaluator, cls);
  const mro = mroOf(evaluator, cls);
  const classTree = classTreeOf(evaluator, cls);
  return {
    ...(bases.complete && cls.kind !== 'class' && { bases: bases.classes.map(className) }),
    ...(mro.complete && { mro: mro.classes.map(className) }),
    ...(mro.typeError !== undefined && { mroError: `TypeError: ${mro.typeError}` }),
    ...(classTree && { classTree }),
  };
}

function moduleFacts(evaluator: Evaluator, value: Value): ObjectFacts {
  if (value.type !== 'module' || value.module.kind !== 'source') return {};
  const classTree = moduleClassTree(evaluator, value.module);
  return classTree ? { classTree } : {};
}

function wrapperFacts(evaluator: Evaluator, value: Value): ObjectFacts {
  const chain = wrappers(evaluator, value);
  return chain ? { wrappers: chain } : {};
}

function functionFacts(evaluator: Evaluator, value: Value): ObjectFacts {
  const fn = functionIn(value);
  const object = fn && fn.module.analysis.codeObjectOf(fn.node);
  if (!fn || !object) return {};
  const { analysis } = fn.module;
  const { text, lines } = analysis;
  // What is known of the def is of another code object.
  if (changesOf(evaluator, fn).has('__code__')) return {};
  const flags = wrappedFlags(evaluator, fn, object.flags);
  const kind = suspendableKind(object.flags);
  const fullargspec = fullArgSpec(evaluator, fn);
  const closurevars = closureVariables(evaluator, fn.module, fn.node);
  const points = kind && suspensionPoints(analysis, fn.node);
  return {
    ...(fullargspec && { fullargspec }),
    ...(flags !== undefined && { flags: flagNamesOf(flags) }),
    ...(closurevars && { closurevars }),
    ...(kind && {
      states: stateNames(kind, analysis.target.dialect.inspect),
    }),
    ...(points && {
      suspensionPoints: points.map(point => ({
        kind: point.kind,
        line: lines.lineno(point.node.start),
        delegate: point.delegate ? text.slice(point.delegate.start, point.delegate.end) : null,
        bound: point.bound,
        maybeBound: point.maybeBound,
      })),
    }),
  };
}

/** Decorators that leave the function itself in place. */
const KEEPING = new Set(['abc.abstractmethod', 'builtins.classmethod', 'builtins.staticmethod']);

/** A method's function, bound or not, has its first parameter. */
function fullArgSpec(evaluator: Evaluator, fn: FunctionValue): FullArgSpecFacts | undefined {
  const { node, scope } = fn;
  // It does not follow wrappers.
  if (changesOf(evaluator, fn).has('__wrapped__')) return undefined;
  const isKept = (decorator: Expression): boolean =>
    evaluator.evaluate(decorator, scope).some(value => KEEPING.has(fullName(value) ?? ''));
  if (node.kind !== NodeKind.Lambda && !node.decorator_list.every(isKept)) return undefined;
  const callable = callableOf(evaluator, fn);
  if (!callable?.signature || fn.module.isStub) return undefined;
  const { kwonlydefaults, annotations, ...others } = getFullArgSpec(callable.signature);
  return {
    ...others,
    kwonlydefaults: kwonlydefaults && Object.fromEntries(kwonlydefaults),
    annotations: Object.fromEntries(annotations),
  };
}

function functionIn(value: Value): FunctionValue | undefined {
  switch (value.type) {
    case 'function':
      return value;
    case 'method':
      return functionIn(value.function);
    case 'overloaded':
      return value.implementation && functionIn(value.implementation);
    default:
      return undefined;
  }
}

const flagNamesOf = (flags: number): string[] =>
  Object.values(CodeFlags)
    .filter((bit): bit is CodeFlags => typeof bit === 'number' && (flags & bit) !== 0)
    .map(flagName);
