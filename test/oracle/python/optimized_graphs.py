"""What CPython's optimiser makes of its own generated code, unit by unit: 3.13 and later.

CPython does not tell the constants of nested units, nor how many locals a unit has: both are told with the question,
as JSON, for each unit in the order of generated_code.units(): {"consts": [...], "nlocals": N}; constants are as
code_objects.py writes them, code objects ["code", NAME]. The answer has "unit" and the path of each unit, its
instructions, and "const" with each constant that is left.
"""
import json
import opcode
import struct

import generated_code

internal = generated_code.internal
CONSTANTS = set(opcode.hasconst)
LOCALS = {op for name, op in opcode.opmap.items() if '_FAST' in name and name.count('_FAST') == 1}
SINGLES = {'None': None, 'True': True, 'False': False, '...': ...}


def value_of(constant, codes):
    kind, *rest = constant
    if kind in SINGLES:
        return SINGLES[kind]
    if kind == 'i':
        return int(rest[0], 16)
    if kind == 'f':
        return float_of(rest[0])
    if kind == 'c':
        return complex(float_of(rest[0]), float_of(rest[1]))
    if kind == 's':
        return rest[0]
    if kind == 'cp':
        return ''.join(map(chr, rest[0]))
    if kind == 'b':
        return bytes.fromhex(rest[0])
    if kind == 'code':
        codes.append(compile('', '<source>', 'exec').replace(co_name=rest[0]))
        return codes[-1]
    items = [value_of(item, codes) for item in (rest if kind == 'sl' else rest[0])]
    return {'t': tuple, 'fs': frozenset, 'sl': lambda items: slice(*items)}[kind](items)


def float_of(digits):
    return struct.unpack('>d', bytes.fromhex(digits))[0]


def fits(instructions, consts, nlocals):
    """Whether the optimiser will find what the instructions name; it does not look."""
    return (all(arg < len(consts) for op, arg, *_ in instructions if op in CONSTANTS)
            and all(arg < nlocals for op, arg, *_ in instructions if op in LOCALS))


def answer(source, optimize, told):
    sequence, _ = generated_code.generate(source, optimize)
    units = list(generated_code.units(sequence))
    about = json.loads(told or '[]')
    if len(about) != len(units):
        return 'there are %d units, not %d' % (len(units), len(about)), len(units)
    lines = []
    for (path, unit), one in zip(units, about):
        lines.append('unit ' + path)
        consts = [value_of(constant, []) for constant in one['consts']]
        if not fits(unit.get_instructions(), consts, one['nlocals']):
            lines.append('the constants or locals are not those of this unit')
            continue
        optimized = internal.optimize_cfg(unit, consts, one['nlocals'])  # It changes consts.
        lines += map(generated_code.instruction_line, optimized.get_instructions())
        lines += ['const ' + generated_code.outline(value) for value in consts]
    return '\n'.join(lines), len(units)
