"""Sources on standard input, a JSON array; of each the facts of its code objects, or why CPython refuses it.

A line for each code object, indented by nesting, without what is 0 or empty:
NAME line LINE args ARGCOUNT/POSONLYARGCOUNT/KWONLYARGCOUNT vars NAMES cells NAMES free NAMES FLAGS
"""
import dis
import json
import sys
import types
import warnings

FLAGS = dict(dis.COMPILER_FLAG_NAMES)
FLAGS.update({0x1000000: 'FUTURE_ANNOTATIONS', 0x4000000: 'HAS_DOCSTRING', 0x8000000: 'METHOD'})


def answer(source):
    try:
        code = compile(source, '<source>', 'exec', dont_inherit=True)
    except SyntaxError as error:
        place = '%s:%s' % (error.lineno, error.offset)
        if getattr(error, 'end_lineno', None) is not None:
            place += '-%s:%s' % (error.end_lineno, error.end_offset)
        return '%s: %s (%s)' % (type(error).__name__, error.msg, place)
    lines = []
    show(code, '', lines)
    return '\n'.join(lines)


def show(code, margin, lines):
    parts = [margin + getattr(code, 'co_qualname', code.co_name), 'line', str(code.co_firstlineno)]
    counts = code.co_argcount, code.co_posonlyargcount, code.co_kwonlyargcount
    if any(counts):
        parts += ['args', '%d/%d/%d' % counts]
    for word, names in ('vars', code.co_varnames), ('cells', code.co_cellvars), ('free', code.co_freevars):
        if names:
            parts += [word, ','.join(names)]
    parts += [FLAGS[bit] for bit in sorted(FLAGS) if code.co_flags & bit]
    lines.append(' '.join(parts))
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            show(constant, margin + '    ', lines)


warnings.simplefilter('ignore')
json.dump([answer(source) for source in json.load(sys.stdin)], sys.stdout)
