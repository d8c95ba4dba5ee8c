"""Lines and branches of a source's code objects: a line of JSON for each, outer ones first.

[name, first line, co_lines(), dis.findlinestarts(), co_branches()]; what the version does not have is null.
"""
import dis
import json
import types


def answer(source, optimize):
    code = compile(source, '<source>', 'exec', flags=0, dont_inherit=True, optimize=optimize)
    lines = []
    todo = [code]
    while todo:
        code = todo.pop()
        lines.append(json.dumps([
            code.co_name, code.co_firstlineno,
            list(code.co_lines()) if hasattr(code, 'co_lines') else None,
            list(dis.findlinestarts(code)),
            list(code.co_branches()) if hasattr(code, 'co_branches') else None,
        ], separators=(',', ':'), ensure_ascii=False))
        todo += [const for const in reversed(code.co_consts) if isinstance(const, types.CodeType)]
    return '\n'.join(lines), len(lines)
