"""Whether a source compiles, and if not, what the exception says: canonical JSON, or `null` for no error."""
import json

ATTRIBUTES = ('lineno', 'offset', 'end_lineno', 'end_offset')


def answer(source):
    try:
        compile(source, '<source>', 'exec', flags=0, dont_inherit=True, optimize=0)
    except SystemError:
        raise  # a fault of the compiler's
    except Exception as error:
        found = {'type': type(error).__name__, 'msg': str(getattr(error, 'msg', None) or error)}
        for name in ATTRIBUTES:
            if getattr(error, name, None) is not None:
                found[name] = getattr(error, name)
        return json.dumps(found, sort_keys=True, separators=(',', ':')), 1
    return 'null', 1
