"""What inspect says of the functions and classes of a source without running it: a line of JSON for each code object
but the module's, outermost first.

The module's comments come first. A line has the name of the code object, the first line and the number of lines of
the source, and the comments before it; that of a class is of the class, not of its code object. Functions also have
their documentation and closure variables, where the module's globals are the names that it assigns.
"""
import ast
import builtins
import functools
import inspect
import io
import json
import linecache
import symtable
import sys
import tokenize
import types

FILE = '/colens/source.py'
MODULE = 'colens_source'

helpers = set()

# 3.9 to 3.12 parse the file for each class.
ast.parse = functools.lru_cache(maxsize=2)(ast.parse)


def answer(source):
    code = compile(source, FILE, 'exec', flags=0, dont_inherit=True, optimize=0)
    encoding = tokenize.detect_encoding(io.BytesIO(source).readline)[0]
    lines = io.TextIOWrapper(io.BytesIO(source), encoding).readlines()
    if lines and not lines[-1].endswith('\n'):
        lines[-1] += '\n'
    module = types.ModuleType(MODULE)
    module.__file__ = FILE
    sys.modules[MODULE] = module
    inspect.modulesbyfile[FILE] = MODULE
    linecache.cache[FILE] = len(source), None, lines, FILE
    functions = {(function_line(node), node.name) for node in ast.walk(ast.parse(source))
                 if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))}
    symbols = symtable.symtable(source, FILE, 'exec').get_symbols()
    names = {symbol.get_name(): None for symbol in symbols if symbol.is_assigned()}
    kept = '__build_class__', '__debug__', '__import__', '__lazy_import__'
    names['__builtins__'] = {name: None for name in dir(builtins) if name in kept or not name.startswith('__')
                             and name not in ('None', 'True', 'False', '_')}
    found = [json.dumps(inspect.getcomments(module))]
    stack = list(reversed(nested(code)))
    helpers.clear()
    while stack:
        inner = stack.pop()
        found.append(json.dumps(told(inner, names, functions), separators=(',', ':')))
        inside = nested(inner)
        if inner.co_name.startswith('<generic parameters of'):
            # Bounds and defaults may have the name and line of what they belong to.
            helpers.update(inside[:-1])
        stack.extend(reversed(inside))
    return '\n'.join(found), len(found)


def nested(code):
    return [constant for constant in code.co_consts if isinstance(constant, types.CodeType)]


def told(code, names, functions):
    thing = code
    if not code.co_flags & inspect.CO_OPTIMIZED:
        qualname = getattr(code, 'co_qualname', None) or code.co_consts[0]
        thing = type(code.co_name, (), {
            '__module__': MODULE, '__qualname__': qualname, '__firstlineno__': code.co_firstlineno})
    found = [code.co_name, source_lines(thing), comments(thing)]
    if code in helpers and code.co_name != '<lambda>':
        return found
    if code.co_name == '<lambda>' or (code.co_firstlineno, code.co_name) in functions and thing is code:
        cells = tuple(types.CellType(None) for name in code.co_freevars)
        function = types.FunctionType(code, names, code.co_name, None, cells)
        found.append(inspect.getdoc(function))
        found.append([sorted(group, key=code_units) for group in inspect.getclosurevars(function)])
    return found


def function_line(node):
    return (node.decorator_list or [node])[0].lineno


def code_units(name):
    return name.encode('utf-16-be', 'surrogatepass')


def source_lines(thing):
    try:
        lines, lineno = inspect.getsourcelines(thing)
        return [lineno, len(lines)]
    except (OSError, SyntaxError, tokenize.TokenError):
        return None


def comments(thing):
    try:
        return inspect.getcomments(thing)
    except SyntaxError:
        return None
