"""Compiles what marshalled.py would, and answers with the attributes of each instruction, code object by code object.

For each module a list of [name, [{attribute: value}, ...]], outer code objects first, as dis.Bytecode() gives them.
Constants are left to argrepr; what is not known is None.
"""
import dis
import json
import re
import sys
import types

from marshalled import compiled

PROPERTIES = [name for name in ('oparg', 'baseopcode', 'baseopname', 'cache_offset', 'end_offset', 'jump_target',
                                'is_jump_target') if isinstance(getattr(dis.Instruction, name, None), property)]


def plain(value):
    if isinstance(value, (type, types.BuiltinFunctionType)):
        return value.__name__
    if isinstance(value, tuple) and hasattr(value, '_asdict'):
        return value._asdict()
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    return value


def record(one):
    found = {name: plain(getattr(one, name)) for name in list(one._fields) + PROPERTIES}
    if one.opcode in dis.hasconst:
        found['argval'] = 'constant'
    elif one.opname == 'LOAD_COMMON_CONSTANT' and sys.version_info >= (3, 15):
        found['argval'] = one.argrepr
    if found.get('cache_info'):
        found['cache_info'] = [[name, size, int.from_bytes(data, 'little')] for name, size, data in one.cache_info]
    return found


def records(code):
    yield [code.co_name, [record(one) for one in dis.Bytecode(code)]]
    for const in code.co_consts:
        if isinstance(const, types.CodeType):
            yield from records(const)


def main():
    answers = [list(records(code)) for _, code in compiled()]
    sys.stdout.write(re.sub(r' at 0x[0-9a-fA-F]+, file', ' at 0x0, file', json.dumps(answers)))


main()
