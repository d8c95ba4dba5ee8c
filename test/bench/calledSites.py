"""What each call in modules of packages really calls, while the packages' own tests run.

Reads {"path": [folders to import from], "modules": [[module, file], ...], "tests": [what to run, ...]} and prints a line
of JSON for each module: a list of calls that have run, each [line, character, callee, answers]: the place behind its
parenthesis (from 0, in UTF-16 code units), the callee's text, and for each callable that it has called, at most 4, its
name and what inspect says of it as it is called there: {"name": ..., "parameters": ...} or {"name": ..., "error": ...}.
Tests that begin with `unittest:` are names for unittest, others arguments for pytest. Wants sys.monitoring (3.12).
"""
import ast
import builtins
import contextlib
import inspect
import json
import os
import sys
import types
import unittest
import warnings

from callSites import Module, Scope, Unknown, describe

MOST = 4
monitoring = sys.monitoring
TOOL = monitoring.PROFILER_ID


class Called:
    """The callables of each call of a file, by the call's place in lines and bytes."""

    def __init__(self, files):
        self.sites = {file: {} for file in files}
        self.positions = {}

    def position(self, code, offset):
        known = self.positions.get(code)
        if known is None:
            known = self.positions[code] = list(code.co_positions())
        return known[offset // 2]

    def __call__(self, code, offset, callee, first):
        sites = self.sites.get(code.co_filename)
        if sites is None:
            return monitoring.DISABLE
        # A decorator's own call and that of what it gives are at one place, in this order.
        found = sites.setdefault(self.position(code, offset), {}).setdefault((code, offset), [])
        if all(other is not callee for other, _ in found):
            found.append((callee, type(first)))
        if len(found) >= MOST:
            return monitoring.DISABLE


def answer(callee, first, call, namespace):
    """What inspect says of a callable; without the first argument, where the call's callee has bound it."""
    name = getattr(callee, '__name__', '__call__')
    is_method = takes_self(callee, first, call.func, namespace)
    try:
        if is_method and isinstance(callee, types.FunctionType):
            callee = types.MethodType(callee, object())
        described = describe(Found(callee))
        if is_method and 'parameters' in described and not isinstance(callee, types.MethodType):
            described['parameters'] = described['parameters'][1:]
    except Unknown:
        described = {'error': ''}
    return {'name': name, **described}


def takes_self(callee, first, func, namespace):
    """Whether a function comes from the class of its first argument, so that the call does not write that."""
    if not isinstance(func, ast.Attribute):
        return False
    if isinstance(look_up(func.value, namespace), type) and not issubclass(first, type):
        return False  # Class.method(instance)
    if not isinstance(callee, (types.FunctionType, types.MethodDescriptorType, types.WrapperDescriptorType)):
        return False
    return any(callee is value for cls in first.__mro__ for value in vars(cls).values())


def look_up(node, namespace):
    """What a dotted name means in a module; None of what is none, or not there."""
    if isinstance(node, ast.Name):
        return namespace.get(node.id, getattr(builtins, node.id, None))
    return getattr(look_up(node.value, namespace), node.attr, None) if isinstance(node, ast.Attribute) else None


class Found:
    def __init__(self, value):
        self.value = value


class Calls(Module):
    """The calls of a module by their place in lines and bytes."""

    def __init__(self, source):
        super().__init__(None, source)
        self.calls = {}
        self.decorators = {
            part for node in ast.walk(self.tree) for part in getattr(node, 'decorator_list', ())
        }

    def category(self, node, scope):
        return ''

    def evaluate(self, node, scope):
        raise Unknown

    def call(self, node, scope):
        super().call(node, scope)
        line, character, callee, _, _ = self.answers[-1]
        place = node.lineno, node.end_lineno, node.col_offset, node.end_col_offset
        self.calls[place] = node, [line, character, callee]
        # Methods begin at the name where the call spans lines.
        if isinstance(node.func, ast.Attribute) and node.func.end_lineno != node.lineno:
            start = node.func.end_col_offset - len(node.func.attr.encode())
            self.calls[node.func.end_lineno, node.end_lineno, start, node.end_col_offset] = self.calls[place]


def run(tests):
    import pytest
    given = [test for test in tests if not test.startswith('unittest:')]
    if given:
        pytest.main(['-q', '-p', 'no:cacheprovider', '-p', 'no:hypothesispytest', '--pyargs', *given])
    for test in tests:
        if test.startswith('unittest:'):
            suite = unittest.defaultTestLoader.loadTestsFromName(test.partition(':')[2])
            unittest.TextTestRunner(stream=sys.stderr, verbosity=0).run(suite)


def main():
    warnings.simplefilter('ignore')
    question = json.load(sys.stdin)
    sys.path.extend(question['path'])
    called = Called([file for _, file in question['modules']])
    monitoring.use_tool_id(TOOL, 'calledSites')
    monitoring.register_callback(TOOL, monitoring.events.CALL, called)
    monitoring.set_events(TOOL, monitoring.events.CALL)
    with open(os.devnull, 'w') as nowhere, contextlib.redirect_stdout(nowhere):
        run(question['tests'])
    monitoring.set_events(TOOL, 0)
    for name, file in question['modules']:
        with open(file, encoding='utf-8', newline='') as stream:
            calls = Calls(stream.read())
        calls.visit(calls.tree, Scope(calls.tree, None))
        lines = []
        namespace = vars(sys.modules[name]) if name in sys.modules else {}
        for place, callees in called.sites[file].items():
            node, site = calls.calls.get(place, (None, None))
            if node is not None:
                lists = [callees[min(callees, key=lambda place: place[1])]] if node in calls.decorators else callees.values()
                answers = {
                    json.dumps(answer(callee, first, node, namespace)): None
                    for callees in lists for callee, first in callees
                }
                lines.append([*site, [json.loads(text) for text in answers]])
        print(json.dumps(lines), flush=True)


main()
