"""Compiles what marshalled.py would, and answers with what `dis` prints of each module: [plain, with every option]."""
import dis
import inspect
import io
import json
import re
import sys

from marshalled import compiled

OPTIONS = {option: True for option in ('show_caches', 'show_offsets', 'show_positions', 'adaptive')
           if option in inspect.signature(dis.dis).parameters}


def text(code, **options):
    out = io.StringIO()
    dis.dis(code, file=out, **options)
    return re.sub(r' at 0x[0-9a-fA-F]+, file "', ' at 0x0, file "', out.getvalue())


def main():
    answers = [[text(code), text(code, **OPTIONS)] for _, code in compiled()]
    json.dump(answers, sys.stdout)


main()
