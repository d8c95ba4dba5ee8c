"""The bytecode of the innermost code object that comes first in each source, lambdas apart, code unit by code unit.

Reads [source, ...] and writes [text, ...]; bytecodeText.ts tells what is in a text, and makes the same of ours.
"""
import dis
import json
import sys
import types

MOST = 60


def innermost(code):
    nested = [const for const in code.co_consts if isinstance(const, types.CodeType) and const.co_name != "<lambda>"]
    return innermost(nested[0]) if nested else code


def leads(op):
    return op == dis.EXTENDED_ARG or op in dis.hasjrel or op in dis.hasjabs


def text(code):
    units = code.co_code
    rows = ["%d %s %d" % (i, dis.opname[units[i]], units[i + 1])
            for i in range(0, len(units), 2)
            if len(units) <= 2 * MOST or leads(units[i])]
    table = code.co_linetable if hasattr(code, "co_linetable") else code.co_lnotab
    pairs = ["%d%+d" % (table[i], (table[i + 1] ^ 128) - 128) for i in range(0, len(table), 2)]
    rows.append("length %d, stack %d" % (len(units), code.co_stacksize))
    rows.append("lines from %d: %s" % (code.co_firstlineno, " ".join(pairs) or "none"))
    constants = ["code" if isinstance(c, types.CodeType) else repr(c) for c in code.co_consts]
    rows.append("constants " + (", ".join(constants) or "none"))
    return "\n".join(rows)


json.dump([text(innermost(compile(s, "<source>", "exec", dont_inherit=True))) for s in json.load(sys.stdin)], sys.stdout)
