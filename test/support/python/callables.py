"""inspect.signature() of expressions after a source was run.

Reads [source, [expression, ...]] and writes the signatures as texts, null where inspect has none.
"""
import inspect
import json
import sys

source, expressions = json.load(sys.stdin)
namespace = {"__name__": "sample"}
exec(source, namespace)


def signature(expression):
    try:
        return str(inspect.signature(eval(expression, namespace)))
    except (TypeError, ValueError):
        return None


json.dump([signature(expression) for expression in expressions], sys.stdout)
