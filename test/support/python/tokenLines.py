"""What `python -m tokenize -e` prints of sources, or the complaint that it ends with."""
import io
import json
import sys
import tokenize


def answer(source):
    try:
        tokens = list(tokenize.tokenize(io.BytesIO(source.encode()).readline))
    except IndentationError as error:
        return complaint(error.args[0], *error.args[1][1:3])
    except tokenize.TokenError as error:
        return complaint(error.args[0], *error.args[1])
    places = ['%d,%d-%d,%d:' % (token.start + token.end) for token in tokens]
    return ''.join('%-20s%-15s%-15r\n' % (place, tokenize.tok_name[token.exact_type], token.string)
                   for place, token in zip(places, tokens))


def complaint(message, line, column):
    return '%d:%d: error: %s' % (line, column, message)


json.dump([answer(source) for source in json.load(sys.stdin)], sys.stdout)
