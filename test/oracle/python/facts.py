"""The facts of a source's code objects that need no bytecode: a tree in canonical JSON, one item a code object."""
import json
import sys
import types

FIELDS = ('argcount', 'posonlyargcount', 'kwonlyargcount', 'nlocals', 'flags', 'firstlineno', 'name', 'qualname',
          'varnames', 'cellvars', 'freevars')
DEPTH = 20000


def answer(source):
    code = compile(source, '<source>', 'exec', flags=0, dont_inherit=True, optimize=0)
    # Only now: up to 3.11 the compiler obeys the limit, too.
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(DEPTH)
    try:
        count = [0]
        return facts(code, count), count[0]
    finally:
        sys.setrecursionlimit(limit)


def facts(code, count):
    """JSON text, put together by hand: json.dumps() gives up on deep nesting."""
    count[0] += 1
    found = {}
    for field in FIELDS:
        if hasattr(code, 'co_' + field):
            found[field] = json.dumps(getattr(code, 'co_' + field), separators=(',', ':'))
    nested = [facts(constant, count) for constant in code.co_consts if isinstance(constant, types.CodeType)]
    found['children'] = '[%s]' % ','.join(nested)
    return '{%s}' % ','.join('"%s":%s' % (key, found[key]) for key in sorted(found))
