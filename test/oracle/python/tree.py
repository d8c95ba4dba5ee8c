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
    return shown(node, margin)[0]


def shown(node, margin):
    """3.8's ast.dump() in the layout of 3.9's: the text, and whether it is simple enough to share a line."""
    inner = margin + ' ' * INDENT
    if isinstance(node, list):
        if not node:
            return '[]', True
        return '[%s%s]' % (inner, (',' + inner).join([dump(item, inner) for item in node])), False
    if not isinstance(node, ast.AST):
        return repr(node), True
    parts, simple = [], True
    for field in node._fields + node._attributes:
        if hasattr(node, field):
            text, plain = shown(getattr(node, field), inner)
            parts.append('%s=%s' % (field, text))
            simple = simple and plain
    name = type(node).__name__
    if simple and len(parts) <= 3:
        return '%s(%s)' % (name, ', '.join(parts)), not parts
    return '%s(%s%s)' % (name, inner, (',' + inner).join(parts)), False
