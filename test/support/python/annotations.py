"""The compiler's text of expressions, as it keeps them for annotations under `from __future__ import annotations`.

Reads [source, ...] and writes [[[expression, text], ...], ...]: of each source every expression that stands on the
right of an assignment, is returned, passed, or a default or annotation.
"""
import ast
import json
import sys

FUTURE = "from __future__ import annotations\n"


def expressions(tree):
    for node in ast.walk(tree):
        if isinstance(node, (ast.Assign, ast.Return, ast.AnnAssign, ast.AugAssign, ast.Expr)) and node.value:
            yield node.value
        if isinstance(node, ast.arguments):
            yield from node.defaults
            yield from (arg.annotation for arg in node.args + node.kwonlyargs if arg.annotation)
        if isinstance(node, (ast.If, ast.While)):
            yield node.test


def texts(source):
    found = {}
    try:
        tree = ast.parse(source)
    except Exception:
        return []
    lines = source.encode().split(b"\n")
    for node in expressions(tree):
        if node.lineno != node.end_lineno or node.lineno > len(lines):
            continue
        segment = lines[node.lineno - 1][node.col_offset : node.end_col_offset].decode()
        if segment in found:
            continue
        namespace = {}
        try:
            exec(FUTURE + "def f(x: (%s)): pass" % segment, namespace)
            found[segment] = namespace["f"].__annotations__["x"]
        except Exception:
            pass
    return list(found.items())


json.dump([texts(source) for source in json.load(sys.stdin)], sys.stdout)
