"""How deep the stack is before each instruction of a source's code objects, by dis.stack_effect().

A line for each code object: its name and first line, how deep the stack gets, whether co_stacksize allows for that, and
[offset, depth] of each instruction that a path leads to, of those that are not EXTENDED_ARG.
"""
import dis
import json
import types

GENERATOR = 0x20 | 0x80 | 0x200
ENDS = {dis.opmap[name] for name in (
    'RETURN_VALUE', 'RETURN_CONST', 'RAISE_VARARGS', 'RERAISE', 'JUMP_FORWARD', 'JUMP_ABSOLUTE', 'JUMP_BACKWARD',
    'JUMP_BACKWARD_NO_INTERRUPT') if name in dis.opmap}
JUMPS = set(dis.hasjrel) | set(dis.hasjabs)
EXTENDED_ARG = dis.EXTENDED_ARG
# What names a target and does not lead there.
NO_JUMPS = {dis.opmap['END_ASYNC_FOR']}
# A body of `finally` that is called is reached by its exceptions, too; those count.
CALLS = {dis.opmap[name] for name in ('CALL_FINALLY',) if name in dis.opmap}


def answer(source, optimize):
    code = compile(source, '<source>', 'exec', flags=0, dont_inherit=True, optimize=optimize)
    lines = []
    todo = [code]
    while todo:
        code = todo.pop()
        lines.append(depths(code))
        todo += [const for const in reversed(code.co_consts) if isinstance(const, types.CodeType)]
    return '\n'.join(lines), len(lines)


def first_depth(code):
    if not code.co_flags & GENERATOR:
        return 0
    if 'GEN_START' in dis.opmap:
        return 1
    made = dis.opmap.get('RETURN_GENERATOR')
    return 1 if made is not None and dis.stack_effect(made) == 0 else 0


def depths(code):
    instructions = list(dis.get_instructions(code))
    at = {one.offset: index for index, one in enumerate(instructions)}
    handlers = []
    if hasattr(code, 'co_exceptiontable'):
        handlers = dis._parse_exception_table(code)
    before = [None] * len(instructions)
    deepest = first_depth(code)
    todo = [(0, deepest)]

    def arrive(index, depth):
        nonlocal deepest
        deepest = max(deepest, depth)
        if index < len(before) and (before[index] is None or before[index] < depth):
            before[index] = depth
            todo.append((index, depth))

    todo.clear()
    arrive(0, deepest)
    while todo:
        index, depth = todo.pop()
        one = instructions[index]
        if depth != before[index]:
            continue
        for entry in handlers:
            if entry.start <= one.offset < entry.end:
                arrive(at[entry.target], entry.depth + 1 + entry.lasti)
        op, arg = one.opcode, one.arg
        if op == EXTENDED_ARG:
            arrive(index + 1, depth)
            continue
        if op in JUMPS and op not in NO_JUMPS:
            after = depth + dis.stack_effect(op, arg, jump=True)
            deepest = max(deepest, after)
            if op not in CALLS:
                arrive(at[one.argval], after)
        if op not in ENDS:
            after = depth + dis.stack_effect(op, arg, jump=False)
            deepest = max(deepest, after)
            arrive(index + 1, after)
    fits = deepest <= code.co_stacksize
    told = [[one.offset, depth] for one, depth in zip(instructions, before)
            if depth is not None and one.opcode != EXTENDED_ARG]
    return '%s:%d %d %s %s' % (code.co_name, code.co_firstlineno, deepest, fits, json.dumps(told, separators=(',', ':')))
