"""Says what a CPython knows of its opcodes, as one JSON object on standard output.

Dictionaries keep the order in which CPython has them, as that of cache entries is the order of the code units.
"""
import dis
import importlib.util
import json
import opcode
import sys

ARGUMENTS = list(range(33)) + [127, 128, 255, 256, 257, 511, 512, 1000, 65535, 65536, 70000]


def effect(number, argument, jump):
    try:
        return dis.stack_effect(number, argument, jump=jump)
    except ValueError:
        return None


def effects(number):
    """Stack effects where no jump is made and where one is: without argument, then with each of ARGUMENTS."""
    return [[effect(number, argument, jump) for argument in [None] + ARGUMENTS] for jump in (False, True)]


def inline_caches():
    entries = getattr(opcode, '_inline_cache_entries', {})
    if isinstance(entries, list):
        entries = {opcode.opname[number]: size for number, size in enumerate(entries)}
    return {name: size for name, size in entries.items() if size}


properties = {name[3:]: sorted(getattr(opcode, name)) for name in vars(opcode) if name.startswith('has')}
json.dump({
    'version': sys.version.split()[0],
    'magic': int.from_bytes(importlib.util.MAGIC_NUMBER[:2], 'little'),
    'haveArgument': opcode.HAVE_ARGUMENT,
    'opmap': dict(opcode.opmap),
    'properties': properties,
    'caches': inline_caches(),
    'cacheLayout': getattr(opcode, '_cache_format', {}),
    'arguments': ARGUMENTS,
    'effects': {name: effects(number) for name, number in opcode.opmap.items()},
    'compareOperators': list(opcode.cmp_op),
    'binaryOperators': getattr(opcode, '_nb_ops', []),
    'unaryIntrinsics': getattr(opcode, '_intrinsic_1_descs', []),
    'binaryIntrinsics': getattr(opcode, '_intrinsic_2_descs', []),
    'specialMethods': getattr(opcode, '_special_method_names', []),
    'commonConstants': [repr(value) for value in getattr(opcode, '_common_constants', [])],
}, sys.stdout)
