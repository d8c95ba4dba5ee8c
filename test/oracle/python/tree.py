"""What `python -m ast -a --no-type-comments` prints of a source; 3.8, which cannot, in the form of 3.9."""
import ast
import sys

INDENT = 3
DEPTH = 20000


def answer(source):
    tree = ast.parse(source, '<source>')
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(DEPTH)
    try:
        if sys.version_info >= (3, 9):
            text = ast.dump(tree, include_attributes=True, indent=INDENT)
        else:
            text = dump(tree, '\n')
    finally:
        sys.setrecursionlimit(limit)
    # Each node closes a parenthesis or stands with its name; counting "(" is near enough and quick.
    return text, text.count('(')


def dump(node, margin):
    """3.9's ast.dump() for 3.8: a field a line unless all of them are simple, no None that a field may lack."""
    if isinstance(node, list):
        if not node:
            return '[]'
        inner = margin + ' ' * INDENT
        return '[%s%s]' % (inner, (',' + inner).join([dump(item, inner) for item in node]))
    if not isinstance(node, ast.AST):
        return repr(node)
    inner = margin + ' ' * INDENT
    parts, simple = [], True
    for field in node._fields + node._attributes:
        if not hasattr(node, field) or getattr(node, field) is None and field in OPTIONAL.get(type(node), ()):
            continue
        value = getattr(node, field)
        simple = simple and not isinstance(value, (list, ast.AST))
        parts.append('%s=%s' % (field, dump(value, inner)))
    simple = simple and len(parts) <= 3
    if simple:
        return '%s(%s)' % (type(node).__name__, ', '.join(parts))
    return '%s(%s%s)' % (type(node).__name__, inner, (',' + inner).join(parts))


def optional_fields():
    """Fields that 3.9 leaves out when they are None: those that the grammar marks with "?"."""
    names = {
        'FunctionDef': 'returns type_comment', 'AsyncFunctionDef': 'returns type_comment', 'Return': 'value',
        'Assign': 'type_comment', 'AnnAssign': 'value', 'For': 'type_comment', 'AsyncFor': 'type_comment',
        'With': 'type_comment', 'AsyncWith': 'type_comment', 'Raise': 'exc cause', 'Assert': 'msg',
        'ImportFrom': 'module level', 'Yield': 'value', 'FormattedValue': 'conversion format_spec',
        'Constant': 'kind', 'Slice': 'lower upper step', 'ExceptHandler': 'type name', 'arguments': 'vararg kwarg',
        'arg': 'annotation type_comment', 'keyword': 'arg', 'alias': 'asname', 'withitem': 'optional_vars',
    }
    attributes = ('end_lineno', 'end_col_offset')
    found = {}
    for name in dir(ast):
        kind = getattr(ast, name)
        if isinstance(kind, type) and issubclass(kind, ast.AST):
            found[kind] = tuple(names.get(name, '').split()) + attributes
    return found


OPTIONAL = optional_fields()
