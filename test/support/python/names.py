"""Which instruction each name of a source became: 3.11 and later, where instructions know their columns.

Reads [source, ...] and writes [[[line, column, end column, qualified name, operation, name], ...], ...]; lines are
from 1, columns in UTF-16 code units from 0. A source that does not compile has null.
"""
import dis
import json
import sys
import types

OPERATIONS = {
    **{op: "fast" for op in ("LOAD_FAST", "LOAD_FAST_CHECK", "LOAD_FAST_BORROW", "STORE_FAST", "DELETE_FAST")},
    **{op: "deref" for op in ("LOAD_DEREF", "STORE_DEREF", "DELETE_DEREF", "LOAD_CLASSDEREF", "LOAD_FROM_DICT_OR_DEREF")},
    **{op: "global" for op in ("LOAD_GLOBAL", "STORE_GLOBAL", "DELETE_GLOBAL")},
    **{op: "name" for op in ("LOAD_NAME", "STORE_NAME", "DELETE_NAME")},
}


def walk(code):
    yield code
    for const in code.co_consts:
        if isinstance(const, types.CodeType):
            yield from walk(const)


def names(source):
    try:
        top = compile(source, "<source>", "exec", dont_inherit=True)
    except Exception:
        return None
    lines = [line.encode() for line in source.split("\n")]
    found = set()

    def units(line, column):
        return len(lines[line - 1][:column].decode().encode("utf-16-le")) // 2

    for code in walk(top):
        for instruction in dis.get_instructions(code):
            operation = OPERATIONS.get(instruction.opname)
            position = instruction.positions
            if operation is None or position.lineno is None or position.lineno != position.end_lineno:
                continue
            if position.col_offset is None or position.col_offset == position.end_col_offset:
                continue
            line = position.lineno
            start, end = units(line, position.col_offset), units(line, position.end_col_offset)
            found.add((line, start, end, code.co_qualname, operation, instruction.argval))
    return sorted(found)


json.dump([names(source) for source in json.load(sys.stdin)], sys.stdout)
