"""Times this CPython's parser and compiler over files.

usage: compile.py LIST RUNS
       compile.py LIST -

LIST is a file with a path on each line. Prints the seconds of each run over all of them, as JSON. With - there is a run
of compile() for each line of standard input, and a line with the seconds of CPU time that it took.
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
    if sys.argv[2] == '-':
        for _ in sys.stdin:
            print(run(passes['compile()'], sources, time.process_time), flush=True)
        return
    found = {}
    for name in passes:
        found[name] = [run(passes[name], sources) for _ in range(int(sys.argv[2]))]
    print(json.dumps(found))


def run(work, sources, clock=time.perf_counter):
    begun = clock()
    for source in sources:
        work(source)
    return clock() - begun


main()
