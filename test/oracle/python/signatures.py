"""Prints what inspect.signature() answers for the functions, methods and classes of modules written in Python.

usage: signatures.py [--timeout SECONDS] [--path FOLDER] [MODULE...]

Without modules: those of the standard library that can be imported, private ones included. A line of JSON each:

    {"module": "json.decoder", "items": [["JSONDecoder.decode", "method", SIGNATURE], ...]}
    {"module": "winreg", "error": "ModuleNotFoundError: ..."}

SIGNATURE is {"parameters": [[NAME, KIND, DEFAULT, ANNOTATION], ...], "returns": TEXT} or {"error": TEXT}. KIND counts
from 0 (positional-only); DEFAULT and the texts of annotations are absent or null where there is none. A default is
its repr() without addresses. Each module is imported in a process of its own where there is fork().
"""
import argparse
import contextlib
import functools
import importlib
import inspect
import io
import json
import os
import pkgutil
import re
import signal
import sys
import types
import warnings

# Modules that do something when they are imported, and programs.
SKIPPED = {'antigravity', 'idlelib', 'pip', 'sitecustomize', 'test', 'this', 'turtledemo', 'usercustomize', '__phello__',
           '__hello__', 'ensurepip', 'site-packages'}
SKIPPED_PARTS = {'test', 'tests', '__main__', 'idle_test'}
STDLIB = os.path.dirname(os.path.dirname(json.__file__))
CACHED = type(functools.lru_cache()(lambda: 0))
FUNCTIONS = (types.FunctionType, types.MethodType, functools.partial, CACHED)
METHODS = FUNCTIONS + (classmethod, staticmethod, functools.partialmethod, functools.singledispatchmethod)


# Modules

def submodules(paths, prefix=''):
    for _, name, is_package in pkgutil.iter_modules(paths):
        if prefix + name in SKIPPED or name in SKIPPED_PARTS:
            continue
        yield prefix + name
        if is_package:
            yield from submodules([os.path.join(path, name) for path in paths], prefix + name + '.')


# Signatures

def default_text(value):
    try:
        return re.sub(r' at 0x[0-9a-fA-F]+', '', repr(value))
    except Exception:
        return '<%s>' % type(value).__name__


def annotation_text(annotation):
    return re.sub(r' at 0x[0-9a-fA-F]+', '', inspect.formatannotation(annotation))


def describe(target):
    try:
        signature = inspect.signature(target)
        parameters = []
        for parameter in signature.parameters.values():
            item = [parameter.name, int(parameter.kind), None, None]
            if parameter.default is not parameter.empty:
                item[2] = default_text(parameter.default)
            if parameter.annotation is not parameter.empty:
                item[3] = annotation_text(parameter.annotation)
            parameters.append(item)
        result = {'parameters': parameters}
        if signature.return_annotation is not signature.empty:
            result['returns'] = annotation_text(signature.return_annotation)
        return result
    except Exception as error:
        return {'error': re.sub(r' at 0x[0-9a-fA-F]+', '', '%s: %s' % (type(error).__name__, error))}


# What a module defines

def code_of(value):
    while True:
        if isinstance(value, (classmethod, staticmethod, types.MethodType)):
            value = value.__func__
        elif isinstance(value, (functools.partial, functools.partialmethod, functools.singledispatchmethod)):
            value = value.func
        elif hasattr(value, '__wrapped__'):
            value = value.__wrapped__
        else:
            return getattr(value, '__code__', None)


def is_written_in_c(cls):
    kinds = (types.WrapperDescriptorType, types.MethodDescriptorType, types.ClassMethodDescriptorType)
    return any(isinstance(value, kinds) and value.__objclass__ is cls
               or isinstance(value, types.BuiltinFunctionType) and value.__self__ is cls
               for value in vars(cls).values())


class Collector:
    def __init__(self, module):
        self.module = module
        self.items = []
        self.seen = set()

    def is_home(self, value):
        if getattr(value, '__module__', None) == self.module.__name__:
            return True
        code = code_of(value)
        return code is not None and code.co_filename in (self.file, '<frozen %s>' % self.module.__name__)

    def collect(self):
        name = self.module.__name__
        self.file = getattr(self.module, '__file__', None) or ''
        for attribute, value in list(vars(self.module).items()):
            if isinstance(value, type):
                if value.__module__ == name and value.__qualname__ == attribute:
                    self.add_class(attribute, value)
            elif type(value) in FUNCTIONS and code_of(value) is not None and self.is_home(value):
                self.items.append([attribute, 'function', describe(value)])
        return self.items

    def add_class(self, path, cls):
        if cls in self.seen or is_written_in_c(cls):
            return
        self.seen.add(cls)
        self.items.append([path, 'class', describe(cls)])
        for attribute, stored in list(vars(cls).items()):
            inner = '%s.%s' % (path, attribute)
            if isinstance(stored, type):
                if stored.__module__ == cls.__module__ and stored.__qualname__ == '%s.%s' % (cls.__qualname__, attribute):
                    self.add_class(inner, stored)
            elif type(stored) in METHODS and code_of(stored) is not None:
                try:
                    target = getattr(cls, attribute)
                except AttributeError:
                    continue
                self.items.append([inner, 'method', describe(target)])


# Processes

def collect_here(name):
    try:
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            module = importlib.import_module(name)
            if not (module.__spec__.origin or '').endswith(('.py', 'frozen')):
                return {'module': name, 'error': 'not written in Python'}
            return {'module': name, 'items': Collector(module).collect()}
    except BaseException as error:  # some modules are not for this platform
        return {'module': name, 'error': '%s: %s' % (type(error).__name__, error)}


def collect_apart(name, timeout):
    """As collect_here, in a child process of its own."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        os.dup2(os.open(os.devnull, os.O_RDWR), 1)
        signal.alarm(timeout)
        with os.fdopen(writer, 'w') as out:
            json.dump(collect_here(name), out)
        os._exit(0)  # without waiting for threads that the module started
    os.close(writer)
    with os.fdopen(reader) as answer:
        text = answer.read()
    os.waitpid(child, 0)
    return json.loads(text) if text else {'module': name, 'error': 'the process ended without an answer'}


def main():
    parser = argparse.ArgumentParser(description=__doc__.split('\n')[0])
    parser.add_argument('modules', nargs='*', metavar='MODULE', help='default: the whole standard library')
    parser.add_argument('--timeout', type=int, default=30)
    parser.add_argument('--path', help='where the modules are, if not in the library')
    options = parser.parse_args()
    if options.path:
        sys.path.insert(0, options.path)
    warnings.simplefilter('ignore')
    sys.argv[1:] = []
    apart = hasattr(os, 'fork') and sys.platform != 'emscripten'
    for name in options.modules or sorted(submodules([STDLIB])):
        print(json.dumps(collect_apart(name, options.timeout) if apart else collect_here(name)), flush=True)


if __name__ == '__main__':
    main()
