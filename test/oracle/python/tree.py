"""What `python -m ast -a --no-type-comments` prints of a source; 3.8, which cannot, in 3.9's layout."""
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
    """3.8's ast.dump() in the layout of 3.9's: a field a line unless all of them are simple."""
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
        if not hasattr(node, field):
            continue
        value = getattr(node, field)
        simple = simple and not isinstance(value, (list, ast.AST))
        parts.append('%s=%s' % (field, dump(value, inner)))
    simple = simple and len(parts) <= 3
    if simple:
        return '%s(%s)' % (type(node).__name__, ', '.join(parts))
    return '%s(%s%s)' % (type(node).__name__, inner, (',' + inner).join(parts))
