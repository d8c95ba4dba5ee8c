"""Answers questions about sources: what this CPython's tokenizer, parser, symbol table and compiler make of them.

Reads requests from standard input and writes answers to standard output, a line of JSON for each:

    {"id": 7, "source": BASE64, "twins": ["facts", "tokens"], "full": false, "told": {}}
    {"id": 7, "answers": {"facts": [DIGEST, ITEMS], "tokens": [DIGEST, ITEMS]}}

With "full" the text itself stands in place of its digest. A twin is a module beside this one, whose answer(source)
returns a text and how many things it tells of; "code_objects@2" means answer(source, 2), the second being the
optimisation level; what "told" has for a twin, its answer() gets as last argument. What the twin raises is an answer, too: "refused", or "gave up" if
it is a fault of this CPython's. Runs on CPython 3.8 and later, native and in WebAssembly.
"""
import base64
import hashlib
import importlib
import json
import sys
import warnings

REFUSED = 'refused'
GAVE_UP = 'gave up'


def ask(twin, source, told):
    """The text of a twin's answer, and its number of items."""
    try:
        script, _, level = twin.partition('@')
        arguments = [int(level)] if level else []
        if twin in told:
            arguments.append(told[twin])
        return importlib.import_module(script).answer(source, *arguments)
    except SystemError:
        return GAVE_UP, 0
    except Exception:
        return REFUSED, 0


def digest(text):
    return hashlib.sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()[:16]


def main():
    warnings.simplefilter('ignore')
    out = sys.stdout
    for line in sys.stdin:
        request = json.loads(line)
        source = base64.b64decode(request['source'])
        answers = {}
        for twin in request['twins']:
            text, items = ask(twin, source, request['told'])
            answers[twin] = [text if request['full'] else digest(text), items]
        out.write(json.dumps({'id': request['id'], 'answers': answers}) + '\n')
        out.flush()


if __name__ == '__main__':
    main()
