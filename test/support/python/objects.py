"""Classes of real modules and what is in them, as facts, and what inspect says of them.

Reads a list of module names; writes {"classes": [...], "members": [...], "tree": [...]}. Classes refer to each other by
their numbers. A member is something in the namespace of a class: what it is, and the predicates and documentation
that inspect has for it. What cannot be told by plain facts is left out: metaclasses of their own, odd `__doc__`.
"""
import abc
import functools
import importlib
import inspect
import json
import sys
import types
import warnings

warnings.simplefilter('ignore')

PREDICATES = [name for name in dir(inspect) if name.startswith('is') and name != 'iskeyword']
KINDS = {
    types.FunctionType: 'function',
    types.BuiltinFunctionType: 'builtin',
    types.MethodDescriptorType: 'methodDescriptor',
    types.WrapperDescriptorType: 'wrapperDescriptor',
    types.ClassMethodDescriptorType: 'classMethodDescriptor',
    types.GetSetDescriptorType: 'getSetDescriptor',
    types.MemberDescriptorType: 'memberDescriptor',
    property: 'property',
    classmethod: 'classmethod',
    staticmethod: 'staticmethod',
    functools.cached_property: 'cachedProperty',
    type(functools.lru_cache(None)(len)): 'lruCacheWrapper',
    functools.singledispatchmethod: 'singledispatchmethod',
    types.MethodType: 'method',
    types.ModuleType: 'module',
    types.CodeType: 'code',
}

classes = []
numbers = {}


def number(cls):
    """The number of a class, which is added with all its bases if it is new."""
    if cls not in numbers:
        for base in cls.__mro__[1:]:
            number(base)
        if cls not in numbers:
            numbers[cls] = len(classes)
            classes.append(cls)
    return numbers[cls]


def is_plain(cls):
    doc = cls.__dict__.get('__doc__')
    return type(cls) in (type, abc.ABCMeta) and (doc is None or isinstance(doc, str))


def class_facts(cls):
    return {
        'name': cls.__name__,
        'module': cls.__module__,
        'qualname': cls.__qualname__,
        'bases': [number(base) for base in cls.__bases__],
        'mro': [number(base) for base in cls.__mro__],
        'meta': type(cls).__name__,
        'doc': cls.__doc__ if isinstance(cls.__doc__, str) else None,
        'plain': all(is_plain(base) for base in cls.__mro__),
        'abstract': bool(getattr(cls, '__abstractmethods__', ())),
        'predicates': holding(cls),
        'getdoc': inspect.getdoc(cls),
    }


def holding(thing):
    return [name for name in PREDICATES if getattr(inspect, name)(thing)]


def described(thing):
    """What a thing is, in the terms of a description; None if there is none."""
    if isinstance(thing, type):
        return {'type': 'class', 'isAbstract': inspect.isabstract(thing)}
    kind = KINDS.get(type(thing))
    if kind is None:
        return None
    found = {'type': kind}
    if kind == 'function':
        found['flags'] = thing.__code__.co_flags
    if kind == 'module':
        found['isPackage'] = hasattr(thing, '__path__')
    if kind == 'method':
        found['func'] = described(thing.__func__)
        if found['func'] is None:
            return None
    return found


def place(function):
    """Where a function says that it belongs: its module and the qualified name of its class."""
    qualname = getattr(function, '__qualname__', '')
    return [getattr(function, '__module__', None), qualname.rpartition('.')[0], getattr(function, '__name__', None)]


def member_facts(cls, name, raw):
    try:
        seen = getattr(cls, name)
    except AttributeError:
        return None
    doc = getattr(seen, '__doc__', None)
    facts = {
        'cls': number(cls),
        'name': name,
        'identity': id(seen),
        'doc': doc if isinstance(doc, str) else None,
        'described': described(seen),
    }
    if facts['described'] is None:
        return facts
    facts['predicates'] = holding(seen)
    facts['raw'] = described(raw)
    if facts['raw'] is not None:
        facts['rawPredicates'] = holding(raw)
    if not isinstance(seen, type):
        facts['getdoc'] = inspect.getdoc(seen)
    if isinstance(seen, types.FunctionType):
        facts['place'] = place(seen)
    elif isinstance(seen, property) and seen.fget is not None:
        facts['place'] = place(seen.fget)
        facts['place'][2] = getattr(seen, '__name__', None) or facts['place'][2]
    elif isinstance(seen, functools.cached_property):
        facts['place'] = place(seen.func)
        facts['place'][2] = seen.attrname
    elif isinstance(seen, types.MethodType):
        facts['place'] = [None, None, getattr(seen.__func__, '__name__', None)]
    return facts


def docs_of_metaclass(cls):
    """The documentation of what a class has from its metaclass alone."""
    found = {}
    for name in dir(type(cls)):
        doc = getattr(getattr(cls, name, None), '__doc__', None)
        if isinstance(doc, str) and not any(name in vars(base) for base in cls.__mro__):
            found[name] = doc
    return found


def entries(tree):
    return [entries(entry) if isinstance(entry, list) else number(entry[0]) for entry in tree]


for module_name in json.load(sys.stdin):
    try:
        module = importlib.import_module(module_name)
    except ImportError:
        continue
    for value in list(vars(module).values()):
        if isinstance(value, type) and value.__module__ == module_name:
            number(value)

class_list = [class_facts(cls) for cls in list(classes)]
members = []
for cls, facts in zip(list(classes), class_list):
    if facts['plain']:
        for name, raw in list(vars(cls).items()):
            found = member_facts(cls, name, raw)
            if found:
                members.append(found)
given = [cls for cls in classes if cls.__module__ != 'builtins']
json.dump({
    'classes': class_list,
    'members': members,
    'metaclasses': {'type': docs_of_metaclass(object), 'ABCMeta': docs_of_metaclass(abc.ABC)},
    'given': [number(cls) for cls in given],
    'tree': entries(inspect.getclasstree(given)),
    'unique': entries(inspect.getclasstree(given, unique=True)),
}, sys.stdout)
