"""Answers what `python -m inspect` prints: a list of its arguments → a list of [output, complaint, exit code]."""
import contextlib
import inspect
import io
import json
import sys
import warnings

warnings.simplefilter("ignore")


def run(args):
    out, err = io.TextIOWrapper(io.BytesIO(), "utf-8"), io.StringIO()
    sys.argv = ["inspect.py"] + args
    code = 0
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            inspect._main()
        except SystemExit as exit:
            code = exit.code if isinstance(exit.code, int) else 1
        except BaseException as exception:
            code, text = 1, "%s: %s" % (type(exception).__name__, exception)
            err.write(text)
    out.flush()
    return [out.buffer.getvalue().decode("utf-8"), err.getvalue(), code]


json.dump([run(args) for args in json.load(sys.stdin)], sys.stdout)
