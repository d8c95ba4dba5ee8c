"""What calls bind: of a source that defines one function and then calls it, line by line, the answers of inspect
and of the calls themselves.

The first line is the signature; then one for each call: what Signature.bind(), Signature.bind_partial(), the call
and inspect.getcallargs() make of its arguments. A binding is [arguments, args, kwargs, arguments with defaults], that
of a call what the function's locals are; anything that is refused is the message of the TypeError.
"""
import ast
import inspect
import json


def answer(source):
    tree = ast.parse(source, '<source>')
    calls = [statement.value for statement in tree.body if isinstance(statement, ast.Expr)]
    tree.body = [statement for statement in tree.body if not isinstance(statement, ast.Expr)]
    namespace = {}
    exec(compile(tree, '<source>', 'exec'), namespace)
    functions = {}
    lines = []
    for call in calls:
        key = ast.dump(call.func)
        if key not in functions:
            function = eval(compile(ast.Expression(call.func), '<source>', 'eval'), namespace)
            functions[key] = function, inspect.signature(function)
            lines.append(str(functions[key][1]))
        function, signature = functions[key]
        args = [arg.value for arg in call.args]
        kwargs = {keyword.arg: keyword.value.value for keyword in call.keywords}
        found = [
            outcome(lambda: bound(signature.bind(*args, **kwargs))),
            outcome(lambda: bound(signature.bind_partial(*args, **kwargs))),
            outcome(lambda: items(sorted(function(*args, **kwargs).items()))),
            outcome(lambda: items(sorted(inspect.getcallargs(function, *args, **kwargs).items()))),
        ]
        lines.append(json.dumps(found, separators=(',', ':'), default=lambda instance: 'self'))
    return '\n'.join(lines), len(calls)


def outcome(call):
    try:
        return call()
    except TypeError as error:
        return str(error)


def bound(arguments):
    found = [items(arguments.arguments.items()), arguments.args, items(arguments.kwargs.items())]
    arguments.apply_defaults()
    return found + [items(arguments.arguments.items())]


def items(pairs):
    return [[name, items(value.items()) if isinstance(value, dict) else value] for name, value in pairs]
