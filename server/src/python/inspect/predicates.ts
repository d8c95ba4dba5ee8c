// The predicates of the inspect module, of a plain description of an object. CPython: Lib/inspect.py, isfunction() and
// its like.
import { CodeFlags } from '../code/flags.ts';
import type { InspectDialect } from '../versions/inspectDialect.ts';

/** What an object is, as far as the predicates look at it. */
export type Described =
  | { readonly type: 'module'; readonly isPackage?: boolean }
  /** `isAbstract`: abstract methods are left, and the metaclass is ABCMeta. */
  | { readonly type: 'class'; readonly isAbstract?: boolean }
  /** A def or lambda; `flags` are its code's, `marked` what inspect.markcoroutinefunction() leaves. */
  | { readonly type: 'function'; readonly flags: number; readonly marked?: boolean }
  /** A bound method of a function, or of another callable. */
  | { readonly type: 'method'; readonly func: Described }
  | { readonly type: 'partial' | 'partialmethod'; readonly func: Described }
  | { readonly type: BuiltinType }
  /** An instance of another class, by what that class has; `flags` are those of a generator's code. */
  | { readonly type: 'instance'; readonly methods: readonly string[] }
  | { readonly type: 'generator'; readonly flags: number };

/** Types of the interpreter's own and of functools. */
export type BuiltinType =
  | 'builtin'
  | 'methodWrapper'
  | 'methodDescriptor'
  | 'wrapperDescriptor'
  | 'classMethodDescriptor'
  | 'getSetDescriptor'
  | 'memberDescriptor'
  | 'property'
  | 'classmethod'
  | 'staticmethod'
  | 'cachedProperty'
  | 'lruCacheWrapper'
  | 'singledispatchmethod'
  | 'singledispatchmethodResult'
  | 'coroutine'
  | 'asyncGenerator'
  | 'code'
  | 'frame'
  | 'traceback';

/** Which methods the types have that make an object a descriptor. */
const DESCRIPTOR_METHODS: Partial<Record<BuiltinType | 'partialmethod', readonly string[]>> = {
  methodDescriptor: ['__get__'],
  wrapperDescriptor: ['__get__'],
  classMethodDescriptor: ['__get__'],
  getSetDescriptor: ['__get__', '__set__', '__delete__'],
  memberDescriptor: ['__get__', '__set__', '__delete__'],
  property: ['__get__', '__set__', '__delete__'],
  classmethod: ['__get__'],
  staticmethod: ['__get__'],
  cachedProperty: ['__get__'],
  lruCacheWrapper: ['__get__'],
  singledispatchmethod: ['__get__'],
  partialmethod: ['__get__'],
};

const isDescriptor = (object: Described, method: string, dialect: InspectDialect): boolean => {
  switch (object.type) {
    case 'instance':
      return object.methods.includes(method);
    case 'partial':
      return method === '__get__' && dialect.partialIsDescriptor;
    case 'function':
    case 'method':
    case 'class':
    case 'module':
    case 'generator':
      return false;
    default:
      return DESCRIPTOR_METHODS[object.type]?.includes(method) ?? false;
  }
};

/** CPython: _has_code_flag() */
function hasCodeFlag(object: Described, flag: CodeFlags, dialect: InspectDialect): boolean {
  let found = object;
  if (dialect.flagsOfPartialMethods) {
    while (found.type === 'partial' || found.type === 'partialmethod') found = found.func;
  }
  found = unwrapped(found);
  if (dialect.flagsOfFunctionLike) while (found.type === 'method') found = found.func;
  return found.type === 'function' && (found.flags & flag) !== 0;
}

/** Past bound methods, then past partials. */
function unwrapped(object: Described): Described {
  let found = object;
  while (found.type === 'method') found = found.func;
  while (found.type === 'partial') found = found.func;
  return found;
}

type Predicate = (object: Described, dialect: InspectDialect) => boolean;

const isOf =
  (...types: Described['type'][]): Predicate =>
  object =>
    types.includes(object.type);

/** What is neither class nor method nor function, which are descriptors and yet not shown as such. */
const isOther: Predicate = ({ type }) => type !== 'class' && type !== 'method' && type !== 'function';

const isMethodDescriptor: Predicate = (object, dialect) =>
  isOther(object, dialect) &&
  !(object.type === 'partial' && dialect.partialIsNoMethodDescriptor) &&
  isDescriptor(object, '__get__', dialect) &&
  !isDescriptor(object, '__set__', dialect) &&
  !(dialect.methodDescriptorsLackDelete && isDescriptor(object, '__delete__', dialect));

/** In the order of the documentation. */
const PREDICATES: Readonly<Record<string, Predicate>> = {
  ismodule: isOf('module'),
  ispackage: (object, { packagePredicate }) =>
    packagePredicate && object.type === 'module' && !!object.isPackage,
  isclass: isOf('class'),
  ismethod: isOf('method'),
  isfunction: isOf('function'),
  isgeneratorfunction: (object, dialect) => hasCodeFlag(object, CodeFlags.GENERATOR, dialect),
  isgenerator: isOf('generator'),
  iscoroutinefunction(object, dialect) {
    if (hasCodeFlag(object, CodeFlags.COROUTINE, dialect)) return true;
    const found = unwrapped(object);
    return dialect.coroutineMark && found.type === 'function' && !!found.marked;
  },
  iscoroutine: isOf('coroutine'),
  isawaitable: object =>
    object.type === 'coroutine' ||
    (object.type === 'generator' && (object.flags & CodeFlags.ITERABLE_COROUTINE) !== 0) ||
    (object.type === 'instance' && object.methods.includes('__await__')),
  isasyncgenfunction: (object, dialect) => hasCodeFlag(object, CodeFlags.ASYNC_GENERATOR, dialect),
  isasyncgen: isOf('asyncGenerator'),
  istraceback: isOf('traceback'),
  isframe: isOf('frame'),
  iscode: isOf('code'),
  isbuiltin: isOf('builtin'),
  ismethodwrapper: (object, dialect) => dialect.methodWrapperIsRoutine && object.type === 'methodWrapper',
  isroutine: (object, dialect) =>
    isOf('builtin', 'function', 'method')(object, dialect) ||
    isMethodDescriptor(object, dialect) ||
    (dialect.methodWrapperIsRoutine && object.type === 'methodWrapper') ||
    (dialect.singledispatchIsRoutine && object.type === 'singledispatchmethodResult'),
  isabstract: object => object.type === 'class' && !!object.isAbstract,
  ismethoddescriptor: isMethodDescriptor,
  isdatadescriptor: (object, dialect) =>
    isOther(object, dialect) &&
    (isDescriptor(object, '__set__', dialect) || isDescriptor(object, '__delete__', dialect)),
  isgetsetdescriptor: isOf('getSetDescriptor'),
  ismemberdescriptor: isOf('memberDescriptor'),
};

/** The names of the predicates that hold, in the order of inspect's documentation. */
export const predicatesOf = (object: Described, dialect: InspectDialect): string[] =>
  Object.keys(PREDICATES).filter(name => PREDICATES[name](object, dialect));
