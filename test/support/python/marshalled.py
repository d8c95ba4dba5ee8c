"""Compiles sources, and modules of the interpreter's own library, and answers with what marshal makes of them.

The question: {"sources": [text, ...], "library": n, "optimize": level}: besides the sources every n-th file of the
library, in the order of their paths, if n is given. The answer: [[name, base64], ...], without those that do not compile.
"""
import base64
import json
import marshal
import os
import sys
import sysconfig
import warnings

SKIPPED = ('__pycache__', 'site-packages', 'dist-packages', 'lib2to3')


def library(step):
    found = []
    for parent, dirs, files in os.walk(sysconfig.get_path('stdlib')):
        dirs[:] = sorted(d for d in dirs if d not in SKIPPED)
        found += [os.path.join(parent, name) for name in sorted(files) if name.endswith('.py')]
    return found[::step]


def compiled():
    """Yields (name, code object) of each source that the question on standard input means, if it compiles."""
    question = json.load(sys.stdin)
    warnings.simplefilter('ignore')
    sys.setrecursionlimit(5000)
    sources = [('<source %d>' % i, text) for i, text in enumerate(question.get('sources', []))]
    for path in library(question['library']) if question.get('library') else []:
        with open(path, 'rb') as file:
            sources.append((path, file.read()))
    for name, source in sources:
        try:
            yield name, compile(source, name, 'exec', dont_inherit=True, optimize=question.get('optimize', 0))
        except (SyntaxError, ValueError):
            continue


def main():
    answers = [[name, base64.b64encode(marshal.dumps(code)).decode()] for name, code in compiled()]
    json.dump(answers, sys.stdout)


if __name__ == '__main__':
    main()
