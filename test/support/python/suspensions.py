"""Where generators, coroutines and asynchronous generators of a source stop, as they run.

Reads [[source, name, sends], ...]: the function of that name is called and driven to its end; what is in `sends` is
sent at each stop, or thrown if it is the name of an exception. Writes for each a list of [line, locals, awaited]: the
line where it stands, the names of its bound locals, and the type of what it delegates to; null where the source does
not compile.
"""
import builtins
import inspect
import json
import sys
import types
import warnings

warnings.simplefilter('ignore')

SUPPORT = '''
import types
class Once:
    """Is awaited for one stop."""
    def __init__(self, value=None): self.value = value
    def __await__(self):
        yield
        return self.value
class Times:
    def __init__(self, count): self.count = count
    def __aiter__(self): return self
    async def __anext__(self):
        await Once()
        if self.count == 0: raise StopAsyncIteration
        self.count -= 1
        return self.count
class Manager:
    def __init__(self, swallows=False): self.swallows = swallows
    async def __aenter__(self): await Once()
    async def __aexit__(self, *args):
        await Once()
        return self.swallows
def inner():
    yield 1
    yield 2
'''


def stops(function, sends):
    running = function()
    found = []
    if inspect.isasyncgen(running):
        step, frame, awaited = drive_asyncgen(running, function, found), None, None
        return found
    prefix = 'gi' if inspect.isgenerator(running) else 'cr'
    frame = getattr(running, prefix + '_frame')
    sends = list(sends)
    try:
        value = None
        while True:
            if isinstance(value, str):
                running.throw(getattr(builtins, value))
            else:
                running.send(value)
            found.append(stop(running, prefix))
            value = sends.pop(0) if sends else None
            if len(found) > 200:
                break
    except (StopIteration, Exception):
        pass
    return found


def stop(running, prefix):
    frame = getattr(running, prefix + '_frame')
    delegate = getattr(running, prefix + ('_yieldfrom' if prefix == 'gi' else '_await'))
    return [frame.f_lineno, sorted(frame.f_locals), type(delegate).__name__]


def drive_asyncgen(running, function, found):
    async def collect():
        async for value in running:
            found.append([running.ag_frame.f_lineno, sorted(running.ag_frame.f_locals), 'yielded'])
    coroutine = collect()
    try:
        while True:
            coroutine.send(None)
            found.append([running.ag_frame.f_lineno, sorted(running.ag_frame.f_locals),
                          type(running.ag_await).__name__])
    except StopIteration:
        pass


answers = []
for source, name, sends in json.load(sys.stdin):
    namespace = {}
    exec(SUPPORT, namespace)
    try:
        code = compile(source, '<source>', 'exec')
    except SyntaxError:
        answers.append(None)
        continue
    exec(code, namespace)
    answers.append(stops(namespace[name], sends))
json.dump(answers, sys.stdout)
