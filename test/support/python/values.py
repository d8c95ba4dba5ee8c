"""What expressions are when a program runs: reads [{files: {path: text}, marked: path, spans: [[start, end], ...]}, ...].

Each program is written into a folder of its own; the marked file runs as __main__ with every span, in code points,
wrapped so that its values are noted. Prints for each program a list of sorted lists of descriptions.
"""
import json
import os
import runpy
import sys
import tempfile
import types

NAMED = {
    types.FunctionType: 'function',
    types.MethodType: 'method',
    types.BuiltinFunctionType: 'builtin',
    types.MethodDescriptorType: 'builtin',
    types.WrapperDescriptorType: 'builtin',
    types.MethodWrapperType: 'builtin',
    types.ClassMethodDescriptorType: 'builtin',
}


def name_of(value):
    module = getattr(value, '__module__', None)
    return value.__qualname__ if module in ('__main__', 'builtins', None) else '%s.%s' % (module, value.__qualname__)


def describe(value):
    if isinstance(value, types.ModuleType):
        return 'module ' + value.__name__
    if isinstance(value, type):
        return 'class ' + name_of(value)
    kind = NAMED.get(type(value))
    if kind:
        return kind + ' ' + name_of(value)
    return name_of(type(value))


def run(program):
    seen = [set() for _ in program['spans']]

    def note(index, value):
        seen[index].add(describe(value))
        return value

    with tempfile.TemporaryDirectory() as folder:
        for path, text in program['files'].items():
            full = os.path.join(folder, path.lstrip('/'))
            os.makedirs(os.path.dirname(full), exist_ok=True)
            if path == program['marked']:
                for index in reversed(range(len(program['spans']))):
                    start, end = program['spans'][index]
                    text = '%s__note__(%d, %s)%s' % (text[:start], index, text[start:end], text[end:])
            with open(full, 'w', encoding='utf-8') as file:
                file.write(text)
        known = set(sys.modules)
        sys.path.insert(0, folder)
        try:
            runpy.run_path(
                os.path.join(folder, program['marked'].lstrip('/')), {'__note__': note}, '__main__')
        finally:
            sys.path.remove(folder)
            for name in set(sys.modules) - known:
                if (getattr(sys.modules[name], '__file__', None) or '').startswith(folder):
                    del sys.modules[name]
            sys.path_importer_cache.clear()
    return [sorted(values) for values in seen]


print(json.dumps([run(program) for program in json.load(sys.stdin)]))
