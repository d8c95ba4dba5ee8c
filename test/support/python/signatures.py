"""inspect's answers: of each source the signature of `f`, and what calls of it bind.

Reads [[source, [[args, kwargs], ...]], ...] and writes [[text, [[bind, bind_partial], ...]], ...]; a binding is
[arguments, args, kwargs, arguments with defaults] or the message of the TypeError.
"""
import inspect
import json
import sys


def outcome(bind, args, kwargs):
    try:
        bound = bind(*args, **kwargs)
    except TypeError as error:
        return str(error)
    arguments = list(bound.arguments.items())
    positional, named = list(bound.args), list(bound.kwargs.items())
    bound.apply_defaults()
    return [arguments, positional, named, [name for name in bound.arguments]]


answers = []
for source, calls in json.load(sys.stdin):
    namespace = {}
    try:
        exec(source, namespace)
        signature = inspect.signature(namespace["f"])
    except Exception as error:
        answers.append([type(error).__name__, []])
        continue
    outcomes = [
        [outcome(signature.bind, args, dict(kwargs)), outcome(signature.bind_partial, args, dict(kwargs))]
        for args, kwargs in calls
    ]
    answers.append([str(signature), outcomes])
json.dump(answers, sys.stdout)
