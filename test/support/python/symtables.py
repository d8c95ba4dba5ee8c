"""Sources on standard input, a JSON array; of each what `python -m symtable` prints, or why CPython refuses it.

Python prints its symbol tables since 3.13; of earlier versions it is what that code prints of their tables.
"""
import _symtable
import json
import symtable
import sys
import warnings

FLAGS = [(name, value) for name, value in vars(symtable).items() if name == 'USE' or name.startswith('DEF_')]
SCOPES = ('FREE', 'LOCAL', 'GLOBAL_IMPLICIT', 'GLOBAL_EXPLICIT', 'CELL')
SCOPE_NAMES = {getattr(_symtable, name): name for name in SCOPES}


def answer(source):
    try:
        compile(source, '<source>', 'exec', dont_inherit=True)
    except SyntaxError as error:
        place = '%s:%s' % (error.lineno, error.offset)
        if getattr(error, 'end_lineno', None) is not None:
            place += '-%s:%s' % (error.end_lineno, '' if error.end_offset is None else error.end_offset)
        return '%s: %s (%s)' % (type(error).__name__, error.msg, place)
    except SystemError:
        pass  # A bug in older versions' compilers; the table is there all the same.
    lines = []
    show(symtable.symtable(source, '<source>', 'exec'), '', lines)
    return '\n'.join(lines)


def show(table, margin, lines):
    nested = 'nested ' if table.is_nested() else ''
    name = "from file '<source>'" if table.get_type() == 'module' else repr(table.get_name())
    lines.append('%ssymbol table for %s%s %s:' % (margin, nested, table.get_type(), name))
    for name, value in table._table.symbols.items():
        scope = SCOPE_NAMES[(value >> _symtable.SCOPE_OFF) & _symtable.SCOPE_MASK]
        flags = ', '.join(flag for flag, bits in FLAGS if value & bits == bits)
        lines.append('    %s%s symbol %r: %s' % (margin, scope.lower(), name, flags.lower()))
    lines.append('')
    for child in table.get_children():
        show(child, margin + '    ', lines)


warnings.simplefilter('ignore')
json.dump([answer(source) for source in json.load(sys.stdin)], sys.stdout)
