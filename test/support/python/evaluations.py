"""Evaluates expressions in a module: {"source", "expressions"} → a list of [repr, None] or [None, "TypeError: …"]."""
import json
import sys
import types
import warnings

warnings.simplefilter("ignore")
question = json.load(sys.stdin)
module = types.ModuleType("main")
sys.modules["main"] = module
exec(compile(question["source"], "main.py", "exec", dont_inherit=True), module.__dict__)


def answer(expression):
    try:
        value = eval(compile(expression, "main.py", "eval", dont_inherit=True), module.__dict__)
    except TypeError as error:
        return [None, "TypeError: %s" % error]
    if hasattr(value, "close"):
        value.close()
    return [repr(value), None]


json.dump([answer(expression) for expression in question["expressions"]], sys.stdout)
