"""What CPython's optimiser makes of instructions. In: [{instructions, constants, locals}], an instruction being
[name, argument or index of the target, whether it is a target, line]; constants are Python expressions. Out: for each
{instructions, constants} again, or null for all if this CPython does not offer its optimiser (before 3.13)."""
import json
import opcode
import sys

NAMES = {number: name for name, number in opcode.opmap.items()}


def optimize(internal, case):
    sequence = internal.new_instruction_sequence()
    labels = {argument: sequence.new_label() for _, argument, leads, _ in case['instructions'] if leads}
    for index, (name, argument, leads, line) in enumerate(case['instructions']):
        if index in labels:
            sequence.use_label(labels[index])
        sequence.addop(opcode.opmap[name], labels[argument] if leads else argument, line, line, 0, 0)
    constants = [eval(text) for text in case['constants']]
    optimised = internal.optimize_cfg(sequence, constants, case['locals'])
    leading = {index for index, (name, _, leads, _) in enumerate(case['instructions']) if leads}
    names = {case['instructions'][index][0] for index in leading} | {'JUMP', 'JUMP_NO_INTERRUPT'}
    names |= {name for name in opcode.opmap if 'JUMP_IF' in name}
    instructions = [[NAMES[op], argument or 0, NAMES[op] in names, line]
                    for op, argument, line, *_ in optimised.get_instructions()]
    return {'instructions': instructions, 'constants': [repr(value) for value in constants]}


def main():
    cases = json.load(sys.stdin)
    try:
        import _testinternalcapi as internal
        internal.new_instruction_sequence
    except (ImportError, AttributeError):
        print('null')
        return
    print(json.dumps([optimize(internal, case) for case in cases]))


if __name__ == '__main__':
    main()
