"""Prints the snippets of code in CPython's own tests, a line of JSON for each: {"name", "source": BASE64}.

usage: snippets.py FOLDER...

A snippet is a string literal, or an example of a doctest, in the tests of the language that this interpreter
compiles or refuses with a SyntaxError; names and numbers alone are left out, and each is taken once. Reads the test
files below the folders at run time: nothing of them is kept.
"""
import ast
import base64
import doctest
import json
import os
import re
import sys
import textwrap
import warnings

# Tests of the language: those of the library have more prose than code in their strings.
TESTS = re.compile(
    r'test_(?:annotations|ast|async|class|cmd_line_script|code|comp|corout|decorators|dictcomps|dis|eof|except|extcall'
    r'|flufl|f_?string|future|gen|global|gram|inval|keywordonly|lambda|lazy|listcomps|monitoring|named|nonlocal'
    r'|parser|patma|peep|pep|positional|scope|setcomps|string_literals|super|symtable|syntax|sys_settrace|tokenize'
    r'|tstring|type|unicode_identifiers|unpack|unparse|utf8|with|yield)\w*\.py')
DULL = re.compile(r'[\w\s.,:/-]*')


def test_files(roots):
    for root in roots:
        for folder, folders, files in os.walk(root):
            folders.sort()
            for file in sorted(files):
                if TESTS.fullmatch(file):
                    yield root, os.path.join(folder, file)


def texts(tree):
    """Yields (line, text) of every string and every doctest example in a string."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
            continue
        yield node.lineno, node.value
        if '>>> ' in node.value:
            try:
                examples = doctest.DocTestParser().get_examples(node.value)
            except ValueError:
                continue  # a test about malformed doctests
            for example in examples:
                yield node.lineno + example.lineno, example.source


def is_snippet(text):
    if len(text) < 4 or DULL.fullmatch(text):
        return False
    try:
        compile(text, '<snippet>', 'exec', dont_inherit=True)
    except SyntaxError:
        # Prose is a SyntaxError, too: keep what some line of looks like code.
        return bool(re.search(r'[=(\[{:;"\'@]|\b(?:def|class|import|lambda|yield|await|return|pass)\b', text))
    except Exception:
        return False
    return True


def main():
    warnings.simplefilter('ignore')
    seen = set()
    for root, path in test_files(sys.argv[1:]):
        with open(path, 'rb') as file:
            source = file.read()
        try:
            tree = ast.parse(source)
        except Exception:
            continue  # a file that some test is about
        for line, text in texts(tree):
            snippet = textwrap.dedent(text)
            if snippet in seen or not is_snippet(snippet):
                continue
            seen.add(snippet)
            try:
                data = snippet.encode('utf-8')
            except UnicodeEncodeError:
                continue
            name = '%s:%d' % (os.path.relpath(path, root).replace(os.sep, '/'), line)
            print(json.dumps({'name': name, 'source': base64.b64encode(data).decode('ascii')}))


main()
