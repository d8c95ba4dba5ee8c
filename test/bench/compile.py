"""Times this CPython's parser and compiler over files.

usage: compile.py LIST RUNS

LIST is a file with a path on each line. Prints the seconds of each run over all of them, as JSON.
"""
import ast
import json
import sys
import time
import warnings


def main():
    warnings.simplefilter('ignore')
    with open(sys.argv[1], encoding='utf-8') as opened:
        paths = opened.read().splitlines()
    sources = []
    for path in paths:
        with open(path, 'rb') as opened:
            sources.append(opened.read())
    passes = {
        'ast.parse()': lambda source: ast.parse(source),
        'compile()': lambda source: compile(source, '<source>', 'exec', dont_inherit=True, optimize=0),
    }
    found = {}
    for name in passes:
        found[name] = [run(passes[name], sources) for _ in range(int(sys.argv[2]))]
    print(json.dumps(found))


def run(work, sources):
    begun = time.perf_counter()
    for source in sources:
        work(source)
    return time.perf_counter() - begun


main()
