"""Why CPython refuses sources: for each the exception as [type, message, lineno, offset, end_lineno, end_offset].

A source is a text, or an array with the bytes of one. The answer for one that compiles is its string constants.
"""
import json
import sys
import warnings

warnings.simplefilter('ignore')


def answer(source):
    source = source if isinstance(source, str) else bytes(source)
    try:
        code = compile(source, '<source>', 'exec', dont_inherit=True)
    except Exception as error:
        places = [getattr(error, name, None) for name in ('lineno', 'offset', 'end_lineno', 'end_offset')]
        return [type(error).__name__, str(getattr(error, 'msg', None) or error), *places]
    return {'strings': [constant for constant in code.co_consts if isinstance(constant, str)]}


json.dump([answer(source) for source in json.load(sys.stdin)], sys.stdout)
