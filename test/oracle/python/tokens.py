"""What `python -m tokenize -e` prints of a source: a line a token, or the line of the error that it ends with."""
import io
import tokenize


def answer(source):
    try:
        found = list(tokenize.tokenize(io.BytesIO(source).readline))
    except IndentationError as error:
        line, column = error.args[1][1:3]
        return failure(error.args[0], line, column), 0
    except tokenize.TokenError as error:
        line, column = error.args[1]
        return failure(error.args[0], line, column), 0
    except SyntaxError as error:
        return 'error: %s' % error, 0
    lines = []
    for token in found:
        place = '%d,%d-%d,%d:' % (token.start + token.end)
        lines.append('%-20s%-15s%-15r' % (place, tokenize.tok_name[token.exact_type], token.string))
    return '\n'.join(lines), len(lines)


def failure(message, line, column):
    return '%d:%d: error: %s' % (line, column, message)
