"""What CPython's code generation puts out for a source, unit by unit, before there is a flow graph: 3.13 and later.

First what it tells of the module, "argcount 0" and so on; then for each unit "unit" and its path, the module's being
empty, and a line for each instruction: name, argument (of a jump the index of its target), place. The units nested in
one are numbered in the order in which they were generated, each time that they were: bodies of finally are more than
once. CPython tells nothing of those nested in what a module puts aside for its annotations.
"""
import ast
import opcode

import code_objects

try:
    import _testinternalcapi as internal
    internal.compiler_codegen
except (ImportError, AttributeError):
    internal = None

NAMES = {number: name for name, number in opcode.opmap.items()}
NUMBERS = ('argcount', 'posonlyargcount', 'kwonlyargcount')
TABLES = ('names', 'varnames', 'cellvars', 'freevars')

# 3.14 and 3.15 do not survive it if the sequence of a module with annotations is freed.
KEPT = []


def generate(source, optimize):
    """The module's sequence, and what is told of the module."""
    if internal is None:
        raise SystemError('this CPython does not show its code generation')
    tree = compile(source, '<source>', 'exec', flags=ast.PyCF_ONLY_AST, dont_inherit=True)
    KEPT.append(internal.compiler_codegen(tree, '<source>', optimize))
    return KEPT[-1]


def units(sequence):
    """Each unit's path and sequence, in order, outer ones first."""
    todo = [((), sequence)]
    while todo:
        path, sequence = todo.pop()
        yield '.'.join(map(str, path)), sequence
        nested = sequence.get_nested() or []
        todo += [(path + (index,), one) for index, one in reversed(list(enumerate(nested)))]


def instruction_line(instruction):
    op, arg, *where = instruction
    return '%s %d %d-%d:%d-%d' % (NAMES[op], arg or 0, *where)


def outline(value):
    """A constant; of code objects their names alone, also within tuples."""
    if hasattr(value, 'co_code'):
        return code_objects.text(['code', value.co_name])
    return code_objects.constant(value, [0])


def constants(told):
    """The module's constants. Early releases of 3.13 tell the keys by which they are merged."""
    if isinstance(told, dict):
        return [key[1] if isinstance(key, tuple) else key for key in told]
    return told


def answer(source, optimize):
    sequence, told = generate(source, optimize)
    lines = ['%s %d' % (name, told[name]) for name in NUMBERS]
    lines += ['%s %s' % (name, code_objects.text(sorted(told[name], key=told[name].get)))
              for name in TABLES if name in told]
    lines += ['const ' + outline(value) for value in constants(told.get('consts', ()))]
    count = 0
    for path, unit in units(sequence):
        count += 1
        lines.append('unit ' + path)
        lines += map(instruction_line, unit.get_instructions())
    return '\n'.join(lines), count
