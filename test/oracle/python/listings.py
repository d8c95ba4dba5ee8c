"""What `dis` prints of a source's code objects, with the options that this version's dis() has.

The texts stand one after the other: without options, with some, with all. Which these some are depends on the number of the
source's bytes, so that every choice stands beside many sources. The order of a frozenset's elements
changes from run to run: characters of lines with one are sorted. Addresses are 0x0.
"""
import dis
import inspect
import io
import re
import sys

OPTIONS = [option for option in ('show_caches', 'show_offsets', 'show_positions', 'adaptive')
           if option in inspect.signature(dis.dis).parameters]
ADDRESS = re.compile(' at 0x[0-9a-fA-F]+, file "')
UNORDERED = 'frozenset({'
DEPTH = 20000


def answer(source, optimize):
    code = compile(source, '<source>', 'exec', flags=0, dont_inherit=True, optimize=optimize)
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(DEPTH)
    try:
        texts = [listing(code, options) for options in option_sets(len(source))]
        return '\n'.join(texts), texts[0].count('\n')
    finally:
        sys.setrecursionlimit(limit)


def option_sets(number):
    if not OPTIONS:
        return [[]]
    return [[], [option for i, option in enumerate(OPTIONS) if number >> i & 1], OPTIONS]


def listing(code, options):
    out = io.StringIO()
    dis.dis(code, file=out, **{option: True for option in options})
    text = ADDRESS.sub(' at 0x0, file "', out.getvalue())
    if UNORDERED not in text:
        return text
    return '\n'.join(''.join(sorted(line)) if UNORDERED in line else line for line in text.split('\n'))
