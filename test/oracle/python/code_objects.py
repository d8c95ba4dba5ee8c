"""Every field of a source's code objects, nested ones among the constants: one JSON object, keys sorted.

Equal code objects give equal texts. A constant is an array that begins with a tag: ["i", "-ff"] for an int,
["f", "3ff8000000000000"] for the bytes of a float, ["code", {...}] for a code object, and so on.
"""
import json
import struct
import sys
import types

NUMBERS = ('argcount', 'posonlyargcount', 'kwonlyargcount', 'nlocals', 'stacksize', 'flags', 'firstlineno', 'name',
           'qualname')
NAMES = ('varnames', 'cellvars', 'freevars', 'names')
BYTES = ('code', 'linetable', 'exceptiontable')
DEPTH = 20000


def answer(source, optimize):
    code = compile(source, '<source>', 'exec', flags=0, dont_inherit=True, optimize=optimize)
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(DEPTH)
    try:
        count = [0]
        return code_text(code, count), count[0]
    finally:
        sys.setrecursionlimit(limit)


def text(value):
    return json.dumps(value, separators=(',', ':'))


def code_text(code, count):
    """JSON, put together by hand: json.dumps() gives up on deep nesting."""
    count[0] += 1
    found = {}
    for field in NUMBERS + NAMES:
        if hasattr(code, 'co_' + field):
            found[field] = text(getattr(code, 'co_' + field))
    for field in BYTES:
        if hasattr(code, 'co_' + field):
            found[field] = text(getattr(code, 'co_' + field).hex())
    if 'linetable' not in found:
        found['lnotab'] = text(code.co_lnotab.hex())
    found['consts'] = array([constant(value, count) for value in code.co_consts])
    return '{%s}' % ','.join('"%s":%s' % (field, found[field]) for field in sorted(found))


def array(items):
    return '[%s]' % ','.join(items)


def constant(value, count):
    kind = type(value)
    if value is None or kind is bool:
        return text([repr(value)])
    if value is Ellipsis:
        return text(['...'])
    if kind is int:
        return text(['i', '%x' % value])
    if kind is float:
        return text(['f', float_bytes(value)])
    if kind is complex:
        return text(['c', float_bytes(value.real), float_bytes(value.imag)])
    if kind is str:
        # Whoever reads JSON would join halves of surrogate pairs.
        has_surrogates = any(0xD800 <= ord(character) <= 0xDFFF for character in value)
        return text(['cp', [ord(character) for character in value]] if has_surrogates else ['s', value])
    if kind is bytes:
        return text(['b', value.hex()])
    if kind is tuple:
        return array(['"t"', array([constant(item, count) for item in value])])
    if kind is frozenset:
        return array(['"fs"', array(sorted([constant(item, count) for item in value]))])
    if kind is slice:
        return array(['"sl"'] + [constant(item, count) for item in (value.start, value.stop, value.step)])
    if kind is types.CodeType:
        return array(['"code"', code_text(value, count)])
    return text(['?', kind.__name__, repr(value)])


def float_bytes(value):
    return struct.pack('>d', value).hex()
