"""Every attribute of each dis.Instruction of a source's code objects.

First their names, in order. Then for each code object, those nested in it after it, a line with its name, first line and
exception table, and a line for each instruction: a JSON array of the values. Constants are written as in code_objects,
functions and classes by name. Every other source, by the number of its bytes, has the code that an interpreter begins with
where dis can show that. The order of a frozenset's elements changes from run to run: characters of texts with one are sorted.
"""
import dis
import inspect
import json
import re
import sys
import types

from code_objects import constant

ADDRESS = re.compile(' at 0x[0-9a-fA-F]+, file "')
CONSTANTS = set(dis.hasconst)
DEPTH = 20000
# LOAD_COMMON_CONSTANT tells the constant, not its number.
VALUES = None in getattr(dis, '_common_constants', ())
# What an opcode is specialised from.
BASE = getattr(dis, '_deoptop', lambda opcode: opcode)
NAMES = sorted(name for name in dir(dis.Instruction)
               if not name.startswith('_') and not callable(getattr(dis.Instruction, name)))
ADAPTIVE = 'adaptive' in inspect.signature(dis.Bytecode).parameters


def answer(source, optimize):
    code = compile(source, '<source>', 'exec', flags=0, dont_inherit=True, optimize=optimize)
    options = {'adaptive': True} if ADAPTIVE and len(source) % 2 else {}
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(DEPTH)
    try:
        lines = [json.dumps(NAMES)]
        visit(code, options, lines)
        return '\n'.join(lines), len(lines)
    finally:
        sys.setrecursionlimit(limit)


def text(value):
    return json.dumps(value, separators=(',', ':'))


def visit(code, options, lines):
    bytecode = dis.Bytecode(code, **options)
    entries = getattr(bytecode, 'exception_entries', ())
    lines.append(text([code.co_name, code.co_firstlineno,
                       [[one.start, one.end, one.target, one.depth, one.lasti] for one in entries]]))
    for instruction in bytecode:
        lines.append('[%s]' % ','.join(value(instruction, name) for name in NAMES))
    for const in code.co_consts:
        if isinstance(const, types.CodeType):
            visit(const, options, lines)


def value(instruction, name):
    found = getattr(instruction, name)
    if name == 'argrepr':
        found = ADDRESS.sub(' at 0x0, file "', found)
        return text(''.join(sorted(found)) if 'frozenset({' in found else found)
    if name == 'argval':
        return argument(instruction, found)
    if name == 'positions' and found is not None:
        return text(found._asdict())
    if name == 'cache_info' and found is not None:
        return text([[of, size, int.from_bytes(data, sys.byteorder)] for of, size, data in found])
    return text(found)


def argument(instruction, found):
    if found is getattr(dis, 'UNKNOWN', dis):
        return 'null'
    if BASE(instruction.opcode) in CONSTANTS and instruction.arg is not None:
        if isinstance(found, types.CodeType):
            return text(['code', ADDRESS.sub(' at 0x0, file "', repr(found))])
        return constant(found, [0])
    if VALUES and instruction.opname == 'LOAD_COMMON_CONSTANT' and not callable(found):
        return constant(found, [0])
    return text(plain(found))


def plain(found):
    if isinstance(found, tuple):
        return [plain(one) for one in found]
    return found.__name__ if callable(found) else found
