"""Compiles sources to .pyc files as py_compile does, or looks into .pyc files that are given.

The question: {"sources": [text, ...], "mtime": seconds} or {"files": [base64, ...], "sources": [text, ...],
"optimize": level}. The answer: for each source {"timestamp": base64, "checked-hash": base64, "unchecked-hash":
base64}; or for each file whether what is loaded from it differs from what compile() makes of its source, and where.
"""
import base64
import importlib.util
import json
import marshal
import os
import py_compile
import sys
import tempfile
import warnings

FILENAME = 'module.py'


def fields(code):
    names = sorted(name for name in dir(code) if name.startswith('co_') and not callable(getattr(code, name)))
    result = {}
    with warnings.catch_warnings():
        warnings.simplefilter('ignore')
        for name in names:
            result[name] = getattr(code, name)
    if hasattr(code, '_varname_from_oparg'):
        result['localsplus'] = localsplus(code)
    return result


def localsplus(code):
    result = []
    while True:
        try:
            result.append(code._varname_from_oparg(len(result)))
        except IndexError:
            return result


def described(value):
    """A constant, so that 0.0, -0.0, 0 and False are not equal, nor lists of which constants are the same object."""
    if isinstance(value, (tuple, frozenset)):
        items = [described(item) for item in value]
        return type(value).__name__, items if isinstance(value, tuple) else sorted(items, key=repr)
    if isinstance(value, slice):
        return 'slice', described((value.start, value.stop, value.step))
    return type(value).__name__, repr(value)


def difference(a, b, where='<module>'):
    if type(a) is not type(b):
        return '%s: %r, %r' % (where, a, b)
    if not hasattr(a, 'co_code'):
        return None if described(a) == described(b) else '%s: %r, %r' % (where, a, b)
    ours, theirs = fields(a), fields(b)
    for name in theirs:
        if name == 'co_consts':
            if len(ours[name]) != len(theirs[name]):
                return '%s: co_consts %r, %r' % (where, ours[name], theirs[name])
            for x, y in zip(ours[name], theirs[name]):
                found = difference(x, y, '%s.%s' % (where, getattr(y, 'co_name', 'co_consts')))
                if found:
                    return found
        elif ours[name] != theirs[name]:
            return '%s: %s %r, %r' % (where, name, ours[name], theirs[name])
    return None


SHARED_FIELDS = ('co_linetable', 'co_exceptiontable', 'co_consts', 'co_names')


def shared(code, seen=None):
    """Which constants and tables are one object: the index of the first for each, in the order of a walk."""
    seen = {} if seen is None else seen
    result = []
    if sys.version_info >= (3, 11):
        # Most others are made anew when they are asked for.
        result = [seen.setdefault(id(getattr(code, name)), len(seen)) for name in SHARED_FIELDS]
    for value in code.co_consts:
        if hasattr(value, 'co_code'):
            result += shared(value, seen)
        elif value is not None and not isinstance(value, (bool, type(...))):
            result.append(seen.setdefault(id(value), len(seen)))
    return result


def compiled(source, mtime):
    result = {}
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, 'source.py')
        with open(path, 'w', encoding='utf-8', newline='') as file:
            file.write(source)
        os.utime(path, (mtime, mtime))
        for mode in py_compile.PycInvalidationMode:
            out = py_compile.compile(
                path, os.path.join(folder, 'out.pyc'), FILENAME, doraise=True, invalidation_mode=mode
            )
            with open(out, 'rb') as file:
                result[mode.name.lower().replace('_', '-')] = base64.b64encode(file.read()).decode()
    return result


def examined(file, source, optimize):
    data = base64.b64decode(file)
    if data[:4] != importlib.util.MAGIC_NUMBER:
        return 'magic number %r' % data[:4]
    ours = marshal.loads(data[16:])
    theirs = compile(source, FILENAME, 'exec', dont_inherit=True, optimize=optimize)
    return difference(ours, theirs) or (
        None if shared(ours) == shared(theirs) else 'shared constants: %r, %r' % (shared(ours), shared(theirs))
    )


def main():
    question = json.load(sys.stdin)
    warnings.simplefilter('ignore')
    sys.setrecursionlimit(5000)
    if 'files' in question:
        pairs = zip(question['files'], question['sources'])
        json.dump([examined(file, source, question.get('optimize', 0)) for file, source in pairs], sys.stdout)
    else:
        json.dump([compiled(source, question['mtime']) for source in question['sources']], sys.stdout)


if __name__ == '__main__':
    main()
