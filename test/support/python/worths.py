"""What expressions are worth: reads [[source, [expression, ...]], ...], runs each source, and writes for each of its
expressions {"value": JSON} or {"error": "TypeError", "message": words}; null where the source does not compile.

inspect is at hand. A tuple becomes a list, what JSON does not know its repr().
"""
import inspect
import json
import sys


def worth(expression, namespace):
    try:
        return {"value": eval(expression, namespace)}
    except Exception as error:
        return {"error": type(error).__name__, "message": str(error)}


answers = []
for source, expressions in json.load(sys.stdin):
    namespace = {"__name__": "__main__", "inspect": inspect}
    try:
        code = compile(source, "<source>", "exec")
    except SyntaxError:
        answers.append(None)
        continue
    exec(code, namespace)
    answers.append([worth(expression, namespace) for expression in expressions])
json.dump(answers, sys.stdout, default=repr)
