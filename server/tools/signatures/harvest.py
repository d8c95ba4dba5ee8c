"""Prints what this interpreter says about its builtins, its C modules and its standard library, as JSON lines.

Each module is imported in a process of its own (in pyodide, which has none, all in this one), because some modules
change others. What depends on the machine is left out or replaced: addresses, folders, the values of attributes.

usage: harvest.py [--experiments also|only|no] [MODULE...]

Lines, by their key "is":

    module     name, doc
    function   module, name (dotted below the module: "Pool.map"), kind, type, qualname, and an answer
    class      module, name, type, mro, hidden (no module has it under its name), and an answer
    attribute  module, name, kind, type (of the value, or of the descriptor), and an answer if it can be called
    alias      module, name, target: what the name means is recorded elsewhere
    result     target, of (call, attribute, item), result, case
    operation  left, operator, right, result

An answer is "signature", a list: parameters as [kind, name, default, annotation] and last the return annotation; or
"error" with "text"; and "doc".
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
import sysconfig
import types
import warnings

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))  # isolated interpreters do not look there
import experiments  # noqa: E402
del sys.path[0]

IN_BROWSER = sys.platform == 'emscripten'

# Importing these opens a browser or a window, prints, ends the process, or is a test or a demonstration.
NOT_IMPORTED = {
    'antigravity', 'idlelib', 'lib2to3.pgen2.conv', 'pip', 'setuptools', 'site', 'sitecustomize', 'test', 'this',
    'turtledemo', 'usercustomize', 'xxlimited', 'xxlimited_35', 'xxlimited_3_13', 'xxsubtype', 'pkg_resources', 'wheel',
    'ensurepip._bundled', 'distutils.command.bdist_msi',
}
NO_PART = {'test', 'tests', '__main__', 'idle_test'}
# Modules under whose name something may be recorded that they do not define: what they are changes by platform.
PLATFORM_CLASSES = {'PosixPath': 'Path', 'PurePosixPath': 'PurePath', '_UnixSelectorEventLoop': 'AbstractEventLoop'}


# ---- Modules -------------------------------------------------------------------------------------------------------

def in_c_module(name):
    return not (getattr(sys.modules.get(name), '__file__', None) or '').endswith('.py')


def is_private(part):
    return part.startswith('_') and part != '__future__'


STDLIB = os.path.dirname(os.path.dirname(json.__file__))
EXTENSIONS = os.path.join(sysconfig.get_path('platstdlib') or '', 'lib-dynload')


def is_imported(name):
    parts = name.split('.')
    if parts[0] == 'encodings' and len(parts) > 1 and parts[1] not in ('aliases', 'idna', 'utf_8'):
        return False  # a hundred codecs with the same functions, which are called by the registry
    return not (NO_PART.intersection(parts) or any('.'.join(parts[:i + 1]) in NOT_IMPORTED for i in range(len(parts))))


def modules_in(folders, prefix=''):
    for _, name, is_package in pkgutil.iter_modules(folders):
        full = prefix + name
        if is_private(name) or not is_imported(full):
            continue
        yield full
        if is_package:
            yield from modules_in([os.path.join(folder, name) for folder in folders], full + '.')


def module_names():
    known = getattr(sys, 'stdlib_module_names', None)
    # Private ones too: the library's sources import from them, and nobody else can tell what is there.
    names = {name for name in sys.builtin_module_names if is_imported(name)}
    names.update(name for _, name, _ in pkgutil.iter_modules([EXTENSIONS])
                 if not name.startswith(('_test', '_xx', '_ctypes_test')) and is_imported(name))
    names.update(modules_in([STDLIB, EXTENSIONS]))
    names.update(['collections.abc', 'os.path', '__future__'])
    if known is not None:
        names = {name for name in names if name.split('.')[0] in known}
    return sorted(names)


# ---- Texts ---------------------------------------------------------------------------------------------------------

def without_machine(text):
    text = re.sub(r' at 0x[0-9a-fA-F]+', '', text)
    for folder in (STDLIB, sys.prefix, sys.base_prefix, os.getcwd(), os.path.expanduser('~')):
        if len(folder) > 1:
            text = text.replace(folder, '{prefix}')
    return re.sub(r"'\{prefix\}[^']*'", "'...'", text)


def first_line(doc):
    lines = doc.strip().splitlines() if isinstance(doc, str) else []
    return without_machine(lines[0].strip()) if lines else None


def forms(doc, name):
    """The ways to call something that a docstring begins with, and the first line of what it says then."""
    lines = doc.strip().splitlines() if isinstance(doc, str) else []
    blank = next((i for i, line in enumerate(lines) if not line.strip()), len(lines))
    found = [line.strip() for line in lines[:blank] if line.startswith(name + '(')]
    if not found or not lines[0].startswith(name + '('):
        return first_line(doc)
    return without_machine('\n'.join(found[:MOST_FORMS] + [line.strip() for line in lines[blank + 1:blank + 2]]))


MOST_FORMS = 8


def show(value):
    if value is os.environ:
        return 'environ({...})'
    try:
        # The order of a set depends on hashes.
        if type(value) in (set, frozenset) and len(value) > 1:
            inner = '{%s}' % ', '.join(sorted(map(repr, value)))
            return inner if type(value) is set else 'frozenset(%s)' % inner
        return without_machine(repr(value))
    except Exception:
        return '<%s>' % type(value).__name__


def show_annotation(annotation):
    return without_machine(inspect.formatannotation(annotation))


def answer(target, in_c):
    """What inspect.signature() says: {'signature'} or {'error', 'text'}; with {'doc'} where that says more."""
    result = {}
    try:
        signature = inspect.signature(target)
        result['signature'] = [
            [int(p.kind), p.name, None if p.default is p.empty else show(p.default),
             None if p.annotation is p.empty else show_annotation(p.annotation)]
            for p in signature.parameters.values()]
        result['signature'].append(
            None if signature.return_annotation is signature.empty else show_annotation(signature.return_annotation))
    except Exception as error:
        result['error'] = without_machine('%s: %s' % (type(error).__name__, error))
        text = getattr(target, '__text_signature__', None)
        if isinstance(text, str):
            result['text'] = text
    if in_c or 'error' in result:
        doc = getattr(target, '__doc__', None)
        doc = forms(doc, getattr(target, '__name__', '')) if 'error' in result else first_line(doc)
        if doc:
            result['doc'] = doc
    return result


# ---- Names ---------------------------------------------------------------------------------------------------------

def is_class(value):
    return issubclass(type(value), type)


def qualified(cls):
    name = PLATFORM_CLASSES.get(cls.__qualname__, cls.__qualname__) if is_class(cls) else cls.__qualname__
    module = cls.__module__
    if name == 'AbstractEventLoop':
        module = 'asyncio.events'
    return '%s.%s' % (module, name)


def home_of(value):
    """(module, dotted name) of the place that something says it is from, if it is there."""
    if isinstance(value, types.ModuleType):
        return None
    try:
        module, name = value.__module__, value.__qualname__
        if not isinstance(module, str) or not isinstance(name, str) or module == '__main__':
            return None
        found = sys.modules[module]
        for part in name.split('.'):
            found = inspect.getattr_static(found, part) if is_class(found) else getattr(found, part)
        if isinstance(found, staticmethod):
            found = found.__func__
    except Exception:
        return None
    return (module, name) if found is value else None


CACHED = type(functools.lru_cache()(lambda: 0))
FUNCTIONS = (types.FunctionType, types.BuiltinFunctionType, types.MethodType, CACHED)
PYTHON_FUNCTIONS = (types.FunctionType, types.MethodType, CACHED)
METHODS = (types.FunctionType, types.MethodDescriptorType, types.WrapperDescriptorType, functools.partialmethod,
           functools.singledispatchmethod, CACHED)
DESCRIPTORS = (property, types.GetSetDescriptorType, types.MemberDescriptorType, functools.cached_property,
               types.DynamicClassAttribute)
HEAP_TYPE = 1 << 9


def is_in_c(cls):
    """Whether a class is written in C: static types and those that have descriptors of C's own."""
    return not cls.__flags__ & HEAP_TYPE or any(
        getattr(value, '__objclass__', None) is cls and not isinstance(
            value, (types.GetSetDescriptorType, types.MemberDescriptorType)) for value in vars(cls).values())


class Harvest:
    """The records of one process."""

    def __init__(self):
        self.records = []
        self.seen = set()

    def add(self, what, module, name, **fields):
        record = {'is': what, 'module': module, 'name': name}
        record.update((key, value) for key, value in fields.items() if value is not None)
        self.records.append(record)

    def add_module(self, name):
        module = importlib.import_module(name)
        # os.path is another name of a module, which says itself what its name is; so does _io, but "io" is another.
        own = module.__name__
        if sys.modules.get(own) is not module:
            own = name
        if own != name:
            self.add('alias', name, '', target=own)
            if own in self.seen:
                return
        self.add_module_itself(module, own)

    def add_module_itself(self, module, own):
        self.seen.add(own)
        self.records.append({'is': 'module', 'module': own, 'name': '', 'doc': first_line(module.__doc__)})
        exported = getattr(module, '__all__', None)
        exported = set(exported) if exported is not None else None
        for attribute, value in sorted(vars(module).items()):
            if attribute in ('__builtins__', '__cached__', '__doc__', '__file__', '__loader__', '__name__',
                             '__package__', '__path__', '__spec__', '__warningregistry__', '__annotations__',
                             '__conditional_annotations__', '__annotate__', '__annotate_func__'):
                continue
            if attribute.startswith('_') and not in_c_module(own) and attribute not in (exported or ()):
                continue
            if own == 'builtins' and attribute == '_':
                continue
            self.add_member(own, attribute, value, exported)

    def add_member(self, module, name, value, exported):
        if isinstance(value, types.ModuleType):
            # Modules that others import for themselves are no part of them.
            if value.__name__ == '%s.%s' % (module, name) or name in (exported or ()) or name == 'path':
                self.add('alias', module, name, target=value.__name__, of='module')
                if getattr(value, '__spec__', None) is None and value.__name__ not in self.seen:
                    self.add_module_itself(value, value.__name__)  # it cannot be imported, such as sys.monitoring
            return
        home = home_of(value) if callable(value) else None
        if home and home != (module, name):
            foreign = home[0] != module
            public = not any(map(is_private, home[0].split('.') + home[1].split('.'))) and is_imported(home[0])
            if foreign and not in_c_module(module) and (name not in exported if exported is not None else public):
                return
            self.add('alias', module, name, target='%s.%s' % home)
            self.add_value(home[0], home[1], value)
        elif exported is not None and name not in exported and not home and getattr(
                value, '__module__', module) not in (module, None) and not isinstance(value, FUNCTIONS):
            return
        else:
            self.add_value(module, name, value)

    def add_value(self, module, name, value):
        if (module, name) in self.seen:
            return
        self.seen.add((module, name))
        if is_class(value):
            own = (value.__module__, value.__qualname__)
            if home_of(value) is None and own != (module, name) and self.is_free(*own):
                # types.FunctionType is builtins.function, which builtins does not have.
                self.add('alias', module, name, target='%s.%s' % own)
                self.add_hidden(value)
            else:
                self.add_class(module, name, value)
        elif isinstance(value, FUNCTIONS):
            self.add_function(module, name, 'function', value, value)
        else:
            self.add_attribute(module, name, value)

    @staticmethod
    def is_free(module, name):
        """Whether a module has nothing under a name, so that it can stand for what says that it is from there."""
        return (isinstance(module, str) and module in sys.modules and '<' not in name and '.' not in name
                and not hasattr(sys.modules[module], name))

    def add_function(self, module, name, kind, target, stored):
        in_c = not isinstance(inspect.unwrap(target) if callable(target) else target, PYTHON_FUNCTIONS)
        qualname = getattr(target, '__qualname__', None)
        self.add('function', module, name, kind=kind, type=qualified(type(stored)),
                 qualname=qualname if isinstance(qualname, str) and qualname != name else None,
                 **answer(target, in_c))

    def add_attribute(self, module, name, value, kind='attribute'):
        fields = {}
        if callable(value) and type(value).__module__ != 'typing':
            fields = answer(value, False)
            fields.pop('doc', None)
        self.add('attribute', module, name, kind=kind, type=None if value is None else qualified(type(value)), **fields)

    def add_class(self, module, name, cls, hidden=None):
        """The class, what it has itself, and the classes of its MRO that are nowhere else."""
        in_c = is_in_c(cls)
        # A named tuple may have a subclass of its own name: nobody can tell the two by it, so that they are one here.
        members, others = dict(vars(cls)), []
        for base in cls.__mro__[1:]:
            if (base.__module__, base.__qualname__) == (cls.__module__, cls.__qualname__):
                members = {**vars(base), **members}
            else:
                others.append(base)
        self.seen.add(qualified(cls))
        self.seen.add((module, name))
        self.add('class', module, name, type=qualified(type(cls)), mro=list(dict.fromkeys(map(qualified, others))),
                 hidden=hidden, qualname=None if cls.__qualname__ == name else cls.__qualname__,
                 home=None if cls.__module__ == module else cls.__module__, **answer(cls, in_c))
        for attribute, stored in sorted(members.items()):
            dunder = attribute.startswith('__') and attribute.endswith('__')
            if (is_private(attribute) and not dunder) or attribute in ('__new_member__', '__annotate__', '__annotate_func__'):
                continue
            self.add_class_member(module, '%s.%s' % (name, attribute), attribute, dunder, cls, stored)
        for base in cls.__mro__[1:]:
            self.add_hidden(base)

    def add_class_member(self, module, name, attribute, dunder, cls, stored):
        if is_class(stored):
            home = home_of(stored)
            if home == (module, name):
                self.add_class(module, name, stored)
            elif home and not dunder:
                self.add('alias', module, name, target='%s.%s' % home)
                self.add_hidden(stored)
            return
        kind = ('classmethod' if isinstance(stored, (classmethod, types.ClassMethodDescriptorType))
                else 'staticmethod' if isinstance(stored, (staticmethod, types.BuiltinFunctionType))
                else 'method' if isinstance(stored, METHODS) else None)
        if kind:
            target = stored.__func__ if isinstance(stored, staticmethod) else getattr(cls, attribute, stored)
            self.add_function(module, name, kind, target, stored)
        elif dunder and (cls.__flags__ & HEAP_TYPE or not isinstance(stored, DESCRIPTORS)):
            return
        elif isinstance(stored, DESCRIPTORS) or type(stored).__module__ != 'builtins' and any(
                '__get__' in vars(base) for base in type(stored).__mro__):
            self.add('attribute', module, name, kind='property', type=qualified(type(stored)))
        else:
            self.add_attribute(module, name, stored)

    def add_hidden(self, cls):
        """A class that something public needs, if no module has offered it yet."""
        if qualified(cls) in self.seen or cls.__module__ == '__main__' or cls.__module__ == 'experiments':
            return
        home = home_of(cls)
        if home:
            self.add_value(home[0], home[1], cls)
        else:
            name = qualified(cls)[len(cls.__module__) + 1:]
            if '<locals>' not in name:
                self.add_class(cls.__module__, name, cls, hidden=True)


# ---- Processes -----------------------------------------------------------------------------------------------------

def harvest_here(names, trials):
    """The records of some modules, or of the experiments, as far as they can be had in this process."""
    harvest = Harvest()
    for name in names:
        try:
            if name == 'sys':
                harvest.add_module(name)  # with the streams that a program has
                continue
            with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
                harvest.add_module(name)
        except BaseException as error:
            print('%s: %s: %s' % (name, type(error).__name__, error), file=sys.stderr)
    if trials:
        for record in experiments.run(harvest.add_hidden, home_of, qualified):
            harvest.records.append(record)
    return harvest.records


def harvest_apart(names, trials, seconds=120):
    """The same in a process of its own, which ends by force after some time."""
    reading, writing = os.pipe()
    sys.stdout.flush()
    child = os.fork()
    if child == 0:
        try:
            signal.alarm(seconds)
            with open(os.devnull) as nothing:
                os.dup2(nothing.fileno(), 0)
            records = json.dumps(harvest_here(names, trials)).encode()
            with os.fdopen(writing, 'wb') as out:
                out.write(records)
        finally:
            os._exit(0)  # a module may have started threads
    os.close(writing)
    with os.fdopen(reading, 'rb') as answers:
        text = answers.read()
    os.waitpid(child, 0)
    if not text:
        print('%s: no answer' % (names or 'experiments'), file=sys.stderr)
    return json.loads(text.decode()) if text else []


def main():
    parser = argparse.ArgumentParser(description=__doc__.split('\n')[0])
    parser.add_argument('modules', nargs='*', metavar='MODULE', help='default: the whole standard library')
    parser.add_argument('--experiments', choices=['also', 'only', 'no'], default='also')
    options = parser.parse_args()
    warnings.simplefilter('ignore')
    os.environ.update(TZ='UTC', HOME='/nonexistent')
    names = [] if options.experiments == 'only' else options.modules or module_names()
    run = harvest_here if IN_BROWSER else harvest_apart
    results = [run([name], False) for name in names]
    if options.experiments != 'no':
        results.append(run([], True))
    # What the module itself says of its own counts more than what was seen on the way.
    records, rank = {}, {}
    for index, result in enumerate(results):
        own = names[index] if index < len(names) else None
        for record in result:
            key = (record.get('module', ''), record['name'], '') if 'module' in record else json.dumps(
                [record.get(field) for field in ('is', 'target', 'of', 'case', 'left', 'operator', 'right')])
            key = json.dumps(key)
            better = 0 if record.get('module') == own else 1
            if key not in records or better < rank[key]:
                records[key], rank[key] = record, better
    for key in sorted(records):
        print(json.dumps(records[key], sort_keys=True))
    print('%s: %d modules, %d records' % (sys.version.split()[0], len(names), len(records)), file=sys.stderr)


if __name__ == '__main__':
    main()
