"""What `python -m symtable` prints of a source, which 3.13 introduced; earlier versions in the same form."""
import _symtable
import itertools
import symtable
import sys

NAME = '<source>'
# The flags that 3.13 prints, in its order.
FLAGS = ('USE', 'DEF_GLOBAL', 'DEF_NONLOCAL', 'DEF_LOCAL', 'DEF_PARAM', 'DEF_IMPORT', 'DEF_BOUND', 'DEF_ANNOT')
SCOPES = ('FREE', 'LOCAL', 'GLOBAL_IMPLICIT', 'GLOBAL_EXPLICIT', 'CELL')
TYPES = {
    'TYPE_MODULE': 'module', 'TYPE_FUNCTION': 'function', 'TYPE_CLASS': 'class', 'TYPE_ANNOTATION': 'annotation',
    'TYPE_TYPE_VAR_BOUND': 'TypeVar bound', 'TYPE_TYPE_ALIAS': 'type alias', 'TYPE_TYPE_PARAM': 'type parameter',
}


def answer(source):
    lines = []
    if hasattr(symtable, 'main'):
        walk(symtable.symtable(source, NAME, 'exec'), '', lines)
    else:
        walk_raw(_symtable.symtable(source, NAME, 'exec'), '', lines)
    return '\n'.join(lines), len(lines)


def walk(table, margin, lines):
    """The tables by the module's own words for types, scopes and flags."""
    symbols = []
    for identifier in table.get_identifiers():
        symbol = table.lookup(identifier)
        symbols.append((symbol.get_name(), symbol._scope_str(), list(symbol._flags_str())))
    show(table.get_type(), table.get_name(), table.is_nested(), symbols, margin, lines)
    for child in table.get_children():
        walk(child, margin + '    ', lines)


def walk_raw(table, margin, lines):
    symbols = []
    for name, value in table.symbols.items():
        scope = (value >> _symtable.SCOPE_OFF) & _symtable.SCOPE_MASK
        words = [word for word in SCOPES if getattr(_symtable, word) == scope]
        flags = [word for word in FLAGS if value & getattr(_symtable, word) == getattr(_symtable, word)]
        symbols.append((name, words[0] if words else str(scope), flags))
    kind = [TYPES[word] for word in TYPES if getattr(_symtable, word, None) == table.type][0]
    show(kind, table.name, table.nested, symbols, margin, lines)
    for child in table.children:
        walk_raw(child, margin + '    ', lines)


def show(kind, name, nested, symbols, margin, lines):
    what = "from file %r" % NAME if str(kind) == 'module' else repr(name)
    lines.append('%ssymbol table for %s%s %s:' % (margin, 'nested ' if nested else '', kind, what))
    for name, scope, flags in in_any_order(symbols):
        lines.append('    %s%s symbol %r: %s' % (margin, scope.lower(), name, ', '.join(flags).lower()))
    lines.append('')


def in_any_order(symbols):
    """Names that a block only passes on to those in it are added in the order of a set, by hash: sorted, run by run."""
    for passed_on, run in itertools.groupby(symbols, is_passed_on):
        yield from sorted(run) if passed_on else run


def is_passed_on(symbol):
    """No flags but those that a name gets later. From 3.14 on comprehensions that are inlined may add a use."""
    name, scope, flags = symbol
    later = {'DEF_FREE_CLASS', 'USE'} if sys.version_info >= (3, 14) else {'DEF_FREE_CLASS'}
    return not flags or scope == 'FREE' and later.issuperset(flags)
