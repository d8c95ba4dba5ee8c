"""Compiles what marshalled.py would, and answers with the canonical record of each module, positions included, and for
each of its code objects, outermost first, its lines and its exception table."""
import dis
import json
import struct
import sys
import types

from marshalled import compiled

FIELDS = ('argcount', 'posonlyargcount', 'kwonlyargcount', 'nlocals', 'stacksize', 'flags', 'firstlineno', 'name',
          'qualname', 'varnames', 'cellvars', 'freevars', 'names')


def text(value):
    return json.dumps(value, sort_keys=True, separators=(',', ':'))


def constant(value):
    kind = type(value)
    if value is None or value is True or value is False:
        return text([repr(value)])
    if value is Ellipsis:
        return text(['...'])
    if kind is int:
        return text(['i', '%x' % value])
    if kind is float:
        return text(['f', struct.pack('>d', value).hex()])
    if kind is complex:
        return text(['c', struct.pack('>d', value.real).hex(), struct.pack('>d', value.imag).hex()])
    if kind is str and any(0xD800 <= ord(c) <= 0xDFFF for c in value):
        return text(['cp', [ord(c) for c in value]])
    if kind is str:
        return text(['s', value])
    if kind is bytes:
        return text(['b', value.hex()])
    if kind is tuple:
        return '["t",[%s]]' % ','.join(map(constant, value))
    if kind is frozenset:
        return '["fs",[%s]]' % ','.join(sorted(map(constant, value)))
    if kind is slice:
        return '["sl",%s]' % ','.join(map(constant, (value.start, value.stop, value.step)))
    return '["code",%s]' % record(value)


def record(code):
    items = {name: text(getattr(code, 'co_' + name)) for name in FIELDS if hasattr(code, 'co_' + name)}
    items['code'] = text(code.co_code.hex())
    if sys.version_info >= (3, 10):
        items['linetable'] = text(code.co_linetable.hex())
    else:
        items['lnotab'] = text(code.co_lnotab.hex())
    if sys.version_info >= (3, 11):
        items['exceptiontable'] = text(code.co_exceptiontable.hex())
        items['positions'] = text(list(code.co_positions()))
    items['consts'] = '[%s]' % ','.join(map(constant, code.co_consts))
    return '{%s}' % ','.join('"%s":%s' % item for item in sorted(items.items()))


def lines(code):
    if sys.version_info >= (3, 10):
        return [line for line in code.co_lines() if line[1] > line[0]]
    starts = list(dis.findlinestarts(code))
    ends = [start for start, _ in starts[1:]] + [len(code.co_code)]
    return [(start, end, line) for (start, line), end in zip(starts, ends)]


def handlers(code):
    if sys.version_info < (3, 11):
        return []
    return [(e.start, e.end, e.target, e.depth, e.lasti) for e in dis._parse_exception_table(code)]


def units(code):
    yield {'lines': lines(code), 'handlers': handlers(code)}
    for value in code.co_consts:
        if isinstance(value, types.CodeType):
            yield from units(value)


def main():
    answers = [{'json': record(code), 'units': list(units(code))} for _, code in compiled()]
    json.dump(answers, sys.stdout)


main()
