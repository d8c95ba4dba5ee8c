"""Every call in modules of the standard library, and the signature of what it calls, as far as that can be asked for.

Reads [[module, file], ...] and prints a line of JSON for each: a list of calls, each [line, character, callee,
category, answer]: the place behind its parenthesis (from 0, in UTF-16 code units), the callee's text, what kind of
expression it is, and null or what CPython answers: {"parameters": [[name, kind, default, annotation], ...]} (default:
null without one, the repr() of a literal, true of anything else) or {"error": words}. Names are looked up in the
module that has been imported and in builtins, attributes in modules, classes and instances found so, `self.x`, `cls.x`
and `super().x` in the class around the call; nothing is called, and no property is evaluated.
"""
import ast
import builtins
import importlib
import inspect
import json
import sys
import types
import warnings

LITERALS = (type(None), bool, int, float, complex, str, bytes, type(Ellipsis))
# Since 3.14 annotations are there as they are written.
try:
    import annotationlib
    FORMAT = {'annotation_format': annotationlib.Format.STRING}
except ImportError:
    FORMAT = {}
DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


class Unknown(Exception):
    """Cannot be told without running code."""


class Found:
    """An object; or a member of `cls` as an instance or the class itself would get it."""

    def __init__(self, value):
        self.value = value


class Instance:
    """What `self` is: some instance of a class."""

    def __init__(self, cls, after=None):
        self.cls, self.after = cls, after


class Bound:
    """A function that gets its first argument from an instance."""

    def __init__(self, function):
        self.function = function


class Scope:
    def __init__(self, node, outer):
        self.node, self.outer = node, outer
        self.bindings = {}
        self.globals = set()
        if isinstance(node, DEFINITIONS):
            args = node.args
            for arg in args.posonlyargs + args.args + args.kwonlyargs + [args.vararg, args.kwarg]:
                if arg is not None:
                    self.bind(arg.arg, arg)
            body = node.body if isinstance(node.body, list) else [node.body]
        elif isinstance(node, COMPREHENSIONS):
            body = [part for generator in node.generators for part in ast.walk(generator.target)]
        else:
            body = node.body
        for statement in body:
            self.collect(statement)

    def bind(self, name, node):
        self.bindings.setdefault(name, []).append(node)

    def collect(self, node):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            self.bind(node.name, node)
            return
        if isinstance(node, ast.Lambda):
            return
        if isinstance(node, COMPREHENSIONS):
            for part in ast.walk(node):
                if isinstance(part, ast.NamedExpr):
                    self.bind(part.target.id, part)
            return
        if isinstance(node, (ast.Global, ast.Nonlocal)):
            self.globals.update(node.names if isinstance(node, ast.Global) else ())
        elif isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            self.bind(node.id, node)
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            for alias in node.names:
                self.bind(alias.asname or alias.name.split('.')[0], (node, alias))
        elif isinstance(node, ast.ExceptHandler) and node.name:
            self.bind(node.name, node)
        elif isinstance(node, (ast.MatchAs, ast.MatchStar)) and node.name:
            self.bind(node.name, node)
        elif isinstance(node, ast.MatchMapping) and node.rest:
            self.bind(node.rest, node)
        for child in ast.iter_child_nodes(node):
            self.collect(child)


class Module:
    def __init__(self, module, source):
        self.module = module
        self.lines = source.splitlines(keepends=True)
        self.encoded = [line.encode() for line in self.lines]
        self.tree = ast.parse(source)
        self.set_on_instances = {
            node.attr for node in ast.walk(self.tree)
            if isinstance(node, ast.Attribute) and not isinstance(node.ctx, ast.Load)
        }
        self.answers = []

    def visit(self, node, scope):
        if isinstance(node, ast.Call):
            self.call(node, scope)
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
            inner = Scope(node, scope)
            body = node.body if isinstance(node.body, list) else [node.body]
            for child in ast.iter_child_nodes(node):
                self.visit(child, inner if child in body else scope)
        elif isinstance(node, ast.ClassDef):
            inner = Scope(node, scope)
            for child in ast.iter_child_nodes(node):
                self.visit(child, inner if child in node.body else scope)
        elif isinstance(node, COMPREHENSIONS):
            inner = Scope(node, scope)
            first = node.generators[0].iter
            for child in ast.iter_child_nodes(node):
                for part in ast.iter_child_nodes(child) if isinstance(child, ast.comprehension) else [child]:
                    self.visit(part, scope if part is first else inner)
        else:
            for child in ast.iter_child_nodes(node):
                self.visit(child, scope)

    def call(self, node, scope):
        line, column = node.func.end_lineno - 1, node.func.end_col_offset
        while True:
            text = self.encoded[line]
            while column < len(text) and text[column] in b' \t\f\r\n\\)':
                column += 1
            if column < len(text) and text[column] != ord('#'):
                break
            line, column = line + 1, 0
        assert self.encoded[line][column:column + 1] == b'(', (node.lineno, node.col_offset)
        character = len(self.encoded[line][:column + 1].decode().encode('utf-16-le')) // 2
        try:
            answer = describe(self.evaluate(node.func, scope))
        except Unknown:
            answer = None
        callee = ast.unparse(node.func)
        self.answers.append([line, character, callee[:80], self.category(node.func, scope), answer])

    # ---- What an expression is, without running it

    def evaluate(self, node, scope):
        if isinstance(node, ast.Name):
            return self.name(node.id, scope)
        if isinstance(node, ast.Attribute):
            name = node.attr
            if name.startswith('__') and not name.endswith('__'):
                block = scope
                while block is not None and not isinstance(block.node, ast.ClassDef):
                    block = block.outer
                if block is not None:
                    name = '_' + block.node.name.lstrip('_') + name
            if (isinstance(node.value, ast.Call) and isinstance(node.value.func, ast.Name)
                    and node.value.func.id == 'super' and not node.value.args):
                return self.attribute(self.super(scope), name)
            return self.attribute(self.evaluate(node.value, scope), name)
        if isinstance(node, ast.Constant):
            return Found(node.value)
        if isinstance(node, ast.JoinedStr):
            return Found('')
        raise Unknown

    def name(self, name, scope):
        block = scope
        while block is not None and not isinstance(block.node, ast.Module):
            if name in block.globals:
                break
            if name in block.bindings:
                if block is scope or not isinstance(block.node, ast.ClassDef):
                    return self.local(name, block)
            block = block.outer
        for namespace in (vars(self.module), vars(builtins)):
            if name in namespace:
                return Found(namespace[name])
        raise Unknown

    def local(self, name, block):
        bindings = block.bindings[name]
        if len(bindings) > 1:
            raise Unknown
        binding = bindings[0]
        if isinstance(binding, tuple):
            node, alias = binding
            try:
                if isinstance(node, ast.Import):
                    module = importlib.import_module(alias.name)
                    return Found(module if alias.asname else sys.modules[alias.name.split('.')[0]])
                package = self.module.__package__ if node.level else None
                module = importlib.import_module('.' * node.level + (node.module or ''), package)
                return Found(getattr(module, alias.name))
            except (ImportError, AttributeError):
                raise Unknown
        if isinstance(binding, ast.arg) and isinstance(block.outer.node, ast.ClassDef):
            node = block.node
            if isinstance(node, ast.Lambda) or not (node.args.posonlyargs + node.args.args)[:1] == [binding]:
                raise Unknown
            decorators = [part.id if isinstance(part, ast.Name) else '' for part in node.decorator_list]
            cls = self.class_of(block.outer)
            if 'staticmethod' in decorators:
                raise Unknown
            if 'classmethod' in decorators or node.name in ('__new__', '__init_subclass__', '__class_getitem__'):
                return Found(cls) if not issubclass(cls, type) else Instance(cls)
            return Instance(cls)
        raise Unknown

    def class_of(self, block):
        path = []
        while isinstance(block.node, ast.ClassDef):
            path.append(block.node.name)
            block = block.outer
        if not isinstance(block.node, ast.Module):
            raise Unknown
        found = self.module
        for name in reversed(path):
            found = vars(found).get(name)
            if not isinstance(found, type):
                raise Unknown
        if found.__module__ != self.module.__name__ or found.__qualname__ != '.'.join(reversed(path)):
            raise Unknown
        return found

    def super(self, scope):
        block = scope
        while block is not None and not (
            isinstance(block.node, DEFINITIONS[:2]) and block.outer and isinstance(block.outer.node, ast.ClassDef)
        ):
            block = block.outer
        if block is None:
            raise Unknown
        first = (block.node.args.posonlyargs + block.node.args.args)[:1]
        if not first:
            raise Unknown
        what = self.local(first[0].arg, block)
        cls = self.class_of(block.outer)
        if isinstance(what, Instance):
            return Instance(what.cls, cls)
        if isinstance(what, Found) and isinstance(what.value, type):
            return Found(super(cls, what.value))
        raise Unknown

    def attribute(self, base, name):
        if isinstance(base, Instance):
            if name in self.set_on_instances:
                raise Unknown
            mro = list(base.cls.__mro__)
            if base.after is not None:
                mro = mro[mro.index(base.after) + 1:]
            for cls in mro:
                if name in vars(cls):
                    return self.bound(vars(cls)[name], base.cls)
            raise Unknown
        if isinstance(base, Bound):
            raise Unknown
        value = base.value
        if isinstance(value, types.ModuleType):
            if name not in vars(value):
                raise Unknown
            return Found(vars(value)[name])
        if isinstance(value, super):
            member = getattr(value, name, None)
            if member is None:
                raise Unknown
            return Found(member)
        try:
            static = inspect.getattr_static(value, name)
        except AttributeError:
            raise Unknown
        if isinstance(static, property) or not isinstance(static, (
            types.FunctionType, types.BuiltinFunctionType, types.MethodDescriptorType, types.WrapperDescriptorType,
            types.ClassMethodDescriptorType, staticmethod, classmethod, type, types.MethodWrapperType,
        )) and not isinstance(value, type):
            raise Unknown
        return Found(getattr(value, name))

    def bound(self, static, cls):
        if isinstance(static, staticmethod):
            return Found(static.__func__)
        if isinstance(static, classmethod):
            return Found(static.__get__(None, cls))
        if isinstance(static, (types.FunctionType, types.MethodDescriptorType, types.WrapperDescriptorType)):
            return Bound(static)
        if isinstance(static, (type, types.BuiltinFunctionType, types.ClassMethodDescriptorType)):
            return Found(static)
        raise Unknown

    # ---- What kind of expression it is, for the list of what is not answered

    def category(self, node, scope):
        if isinstance(node, ast.Attribute):
            return 'attribute of ' + self.category(node.value, scope)
        if isinstance(node, ast.Name):
            block = scope
            while block is not None and not isinstance(block.node, ast.Module):
                if name_is_bound(node.id, block) and (block is scope or not isinstance(block.node, ast.ClassDef)):
                    if any(isinstance(binding, ast.arg) for binding in block.bindings[node.id]):
                        return 'self' if node.id in ('self', 'cls') else 'parameter'
                    if isinstance(block.node, COMPREHENSIONS):
                        return 'comprehension variable'
                    return 'class variable' if isinstance(block.node, ast.ClassDef) else 'local'
                if node.id in block.globals:
                    break
                block = block.outer
            return 'global' if node.id in vars(self.module) else 'builtin' if hasattr(builtins, node.id) else 'no name'
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Name) and node.func.id == 'super':
                return 'super()'
            return 'call'
        return type(node).__name__.lower()


def name_is_bound(name, block):
    return name in block.bindings and name not in block.globals


# ---- Signatures

def describe(what):
    if isinstance(what, Instance):
        raise Unknown
    target = what.function if isinstance(what, Bound) else what.value
    try:
        if isinstance(what, Bound) and isinstance(target, types.FunctionType):
            target = types.MethodType(target, object())  # anything but None
        signature = inspect.signature(target, **FORMAT)
    except ValueError as error:
        return {'error': str(error)}
    except Exception:
        raise Unknown  # nothing that can be called, annotations that name what is not there
    parameters = list(signature.parameters.values())
    if isinstance(what, Bound) and not isinstance(target, types.MethodType):
        parameters = parameters[1:]
    try:
        text = str(signature)
    except Exception:
        text = ''  # a default whose repr() wants more than is there
    return {'parameters': [parameter_of(parameter) for parameter in parameters], 'text': text}


def parameter_of(parameter):
    default = None
    if parameter.default is not parameter.empty:
        default = repr(parameter.default) if is_literal(parameter.default) else True
    annotation = None
    if parameter.annotation is not parameter.empty:
        annotation = parameter.annotation if FORMAT else inspect.formatannotation(parameter.annotation)
    return [parameter.name, int(parameter.kind), default, annotation]


def is_literal(value):
    return type(value) in LITERALS or type(value) is tuple and all(map(is_literal, value))


def main():
    warnings.simplefilter('ignore')
    for name, file in json.load(sys.stdin):
        module = importlib.import_module(name)
        with open(file, encoding='utf-8', newline='') as stream:
            source = stream.read()
        found = Module(module, source)
        found.visit(found.tree, Scope(found.tree, None))
        print(json.dumps(found.answers), flush=True)


if __name__ == '__main__':
    main()
