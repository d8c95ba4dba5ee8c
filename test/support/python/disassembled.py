"""Compiles what marshalled.py would, and answers with what `dis` prints of each module: [plain, with every option]."""
import dis
import inspect
import io
import json
import re
import sys

from marshalled import question_and_sources

OPTIONS = {option: True for option in ('show_caches', 'show_offsets', 'show_positions', 'adaptive')
           if option in inspect.signature(dis.dis).parameters}


def text(code, **options):
    out = io.StringIO()
    dis.dis(code, file=out, **options)
    return re.sub(r' at 0x[0-9a-fA-F]+, file "', ' at 0x0, file "', out.getvalue())


def main():
    question, sources = question_and_sources()
    answers = []
    for name, source in sources:
        try:
            code = compile(source, name, 'exec', dont_inherit=True, optimize=question.get('optimize', 0))
        except (SyntaxError, ValueError):
            continue
        answers.append([text(code), text(code, **OPTIONS)])
    json.dump(answers, sys.stdout)


main()
