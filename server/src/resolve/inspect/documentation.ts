// The documentation of an object as inspect.getdoc() finds it, its own or inherited, and whose it is.
import { NodeKind } from '../../python/ast/kinds.ts';
import { docstring, type Documented, type DocLookup, getdoc } from '../../python/inspect/doc.ts';
import { classOf, madeOf } from './definitions.ts';
import { lookup } from '../classes/members.ts';
import { mroOf } from '../classes/mro.ts';
import { className, classQualname } from '../classes/names.ts';
import type { Class, Evaluator, Value } from '../values.ts';

/** What getdoc() answers, and where from. */
export interface Documentation {
  /** undefined for None. */
  readonly text: string | undefined;
  /** The qualified name of the class or method whose docstring it is, if not the object's own. */
  readonly inheritedFrom?: string | undefined;
}

/** The documentation of a value; undefined where it is not known. CPython: Lib/inspect.py, getdoc(). */
export function documentationOf(evaluator: Evaluator, value: Value): Documentation | undefined {
  const { inspect } = evaluator.modules.target.dialect;
  if (value.type === 'module') {
    if (value.module.kind !== 'source') return undefined;
    const doc = docstring(value.module.analysis.module.body, inspect);
    return { text: getdoc(doc ?? null, { type: 'other' }, NOTHING, inspect) };
  }
  const own = ownDoc(evaluator, value);
  const documented = describe(evaluator, value);
  if (own === undefined || !documented) return undefined;
  const classes = new Classes(evaluator);
  const text = getdoc(own, documented, classes, inspect);
  if (text === undefined && classes.isUnknown) return undefined;
  return { text, inheritedFrom: own === null && text !== undefined ? classes.source : undefined };
}

const NOTHING: DocLookup<never, never> = {
  mro: () => [],
  isObject: () => false,
  classDoc: () => undefined,
  member: () => undefined,
  memberDoc: () => undefined,
};

/** `value.__doc__`: null for None, undefined where it is not known. */
function ownDoc(evaluator: Evaluator, value: Value): string | null | undefined {
  const { inspect } = evaluator.modules.target.dialect;
  switch (value.type) {
    case 'function': {
      const { attributes, node } = value;
      if (attributes?.wrapped) return ownDoc(evaluator, attributes.wrapped);
      if (value.opaqueDecorators && value.opaqueDecorators.length > 0) return undefined;
      return node.kind === NodeKind.Lambda ? null : (docstring(node.body, inspect) ?? null);
    }
    case 'method':
      return ownDoc(evaluator, value.function);
    case 'descriptor':
      return ownDoc(evaluator, value.function);
    case 'overloaded':
      return value.implementation && ownDoc(evaluator, value.implementation);
    case 'class':
      return value.class.kind === 'source' ? (docstring(value.class.node.body, inspect) ?? null) : undefined;
    default:
      return undefined;
  }
}

function describe(evaluator: Evaluator, value: Value): Documented<Class, object> | undefined {
  switch (value.type) {
    case 'class':
      return { type: 'class', cls: value.class };
    case 'function': {
      const cls = classOf(evaluator, value.module, value.scope.entry);
      return { type: 'function', cls, name: value.name, member: identity(value) };
    }
    case 'method': {
      const { function: inner, self } = value;
      return inner.type === 'function' ? { type: 'method', cls: self.class, name: inner.name } : undefined;
    }
    case 'descriptor': {
      const { function: inner, descriptor } = value;
      if (inner.type !== 'function') return undefined;
      const type =
        descriptor === 'property'
          ? 'property'
          : descriptor === 'cached_property'
            ? 'cachedProperty'
            : undefined;
      const cls = classOf(evaluator, inner.module, inner.scope.entry);
      return type && { type, cls, name: inner.name, member: identity(inner) };
    }
    default:
      return undefined;
  }
}

/** What tells members apart: the def that they were made of. */
const identity = (value: Value): object => madeOf(value) ?? value;

/** Looks members up, and remembers whose documentation came last. */
class Classes implements DocLookup<Class, object> {
  source: string | undefined;
  /** Something was asked for the documentation of which not all is known. */
  isUnknown = false;
  private readonly members = new Map<object, { readonly value: Value; readonly owner: Class }>();

  constructor(private readonly evaluator: Evaluator) {}

  mro(cls: Class): readonly Class[] {
    return mroOf(this.evaluator, cls).classes;
  }

  isObject(cls: Class): boolean {
    return className(cls) === 'builtins.object';
  }

  classDoc(cls: Class): string | null | undefined {
    this.source = classQualname(cls);
    return this.known({ type: 'class', class: cls });
  }

  member(cls: Class, name: string): object | undefined {
    const found = lookup(this.evaluator, cls, name);
    if (!found || found === 'unknown' || found.values.length === 0) return undefined;
    const [value] = found.values;
    const key = identity(value);
    this.members.set(key, { value, owner: found.owner });
    return key;
  }

  memberDoc(member: object): string | null | undefined {
    const found = this.members.get(member);
    if (!found) return undefined;
    const { value, owner } = found;
    const name = value.type === 'function' ? value.name : '';
    this.source = `${classQualname(owner)}${name === '' ? '' : `.${name}`}`;
    return this.known(value);
  }

  private known(value: Value): string | null | undefined {
    const doc = ownDoc(this.evaluator, value);
    if (doc === undefined) this.isUnknown = true;
    return doc;
  }
}
