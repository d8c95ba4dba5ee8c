"""The fields of every code object of a source, in the form of our listing without its explanations:
in the order of dis.code_info(), counts that are zero and empty tuples left out.

Reads [source, ...] and writes [[[qualified name, listing], ...], ...], outer code objects first.
"""
import dis
import json
import sys
import types

CODE_FLAGS = {
    1 << 26: "HAS_DOCSTRING",
    1 << 27: "METHOD",
    0x20000: "FUTURE_DIVISION",
    0x1000000: "FUTURE_ANNOTATIONS",
    **dis.COMPILER_FLAG_NAMES,
}


def listing(code, qualname):
    rows = [["co_name", repr(code.co_name)]]
    if hasattr(code, "co_qualname"):
        rows.append(["co_qualname", repr(code.co_qualname)])
    rows.append(["co_firstlineno", str(code.co_firstlineno)])
    for field in ("argcount", "posonlyargcount", "kwonlyargcount", "nlocals"):
        if getattr(code, "co_" + field):
            rows.append(["co_" + field, str(getattr(code, "co_" + field))])
    rows.append(["co_flags", hex(code.co_flags)])
    for bit in range(32):
        if code.co_flags & (1 << bit):
            rows.append(["CO_" + CODE_FLAGS[1 << bit], hex(1 << bit)])
    tuple_rows(rows, "co_varnames", code.co_varnames)
    tuple_rows(rows, "co_freevars", code.co_freevars)
    tuple_rows(rows, "co_cellvars", code.co_cellvars)
    nested(rows, code, 0)
    return rows


def tuple_rows(rows, field, names):
    if names:
        rows.append([field])
    rows.extend([str(i), name] for i, name in enumerate(names))


def nested(rows, code, depth):
    for const in code.co_consts:
        if isinstance(const, types.CodeType):
            rows.append([const.co_name, "line %d" % const.co_firstlineno])
            nested(rows, const, depth + 1)


def walk(code):
    yield [code.co_name, listing(code, code.co_name)]
    for const in code.co_consts:
        if isinstance(const, types.CodeType):
            yield from walk(const)


json.dump([list(walk(compile(s, "<source>", "exec", dont_inherit=True))) for s in json.load(sys.stdin)], sys.stdout)
