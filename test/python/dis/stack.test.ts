// What lies on the stack: every opcode has a rule whose effect is CPython's, and what the rules name.
import assert from 'node:assert/strict';
import { readInstructions } from '../../../server/src/python/code/instructions.ts';
import { codeObjectsOf } from '../../../server/src/python/code/lookup.ts';
import { apply } from '../../../server/src/python/dis/stack/effects.ts';
import { Machine, type Names } from '../../../server/src/python/dis/stack/machine.ts';
import { EMPTY, entryOf, pushed, type Slot } from '../../../server/src/python/dis/stack/slots.ts';
import { stackTexts, symbolicStack } from '../../../server/src/python/dis/stack.ts';
import { analyze } from '../../../server/src/python/index.ts';
import { Op } from '../../../server/src/python/versions/opcodes/op.generated.ts';
import { Has, HAS_JUMP } from '../../../server/src/python/versions/opcodes/opcodeTable.ts';
import { parseTarget, TARGETS } from '../../../server/src/python/versions/target.ts';

const ARGUMENTS = [1, 2, 3, 4, 5, 17, 258];

/** Deep enough for every argument. */
let DEEP: Slot = EMPTY;
for (let i = 0; i < 1000; i++) DEEP = pushed(DEEP, entryOf(`x${i}`));

describe('the stack', () => {
  it('has a rule for each opcode of each version, with the effect that CPython has', () => {
    for (const { dialect, version } of TARGETS) {
      const { opcodes } = dialect;
      const names: Names = {
        dialect,
        constant: () => entryOf('c'),
        name: () => 'n',
        local: () => ({ name: 'v', isCell: false }),
        cell: () => 'w',
      };
      for (const [op, number, , flags] of opcodes.facts.opcodes) {
        // What returns leaves nothing behind, whatever gets the value.
        if (number >= 256 || op === Op.RETURN_VALUE) continue;
        const start = new Machine(names, DEEP);
        // It ends what the other one begins.
        if (op === Op.WITH_CLEANUP_FINISH) apply(Op.WITH_CLEANUP_START, 0, false, start);
        for (const jump of (flags & HAS_JUMP) !== 0 && op !== Op.END_ASYNC_FOR ? [false, true] : [false]) {
          for (const arg of ARGUMENTS) {
            if (op === Op.BUILD_SLICE && arg !== 2 && arg !== 3) continue;
            if ((flags & Has.Unconditional) !== 0 && !jump) continue;
            const machine = new Machine(names, start.stack);
            const where = [version, Op[op], arg, jump ? 'with jump' : ''].join(' ');
            assert.ok(apply(op, arg, jump, machine), `${where} has no rule`);
            assert.equal(machine.missing, 0, where);
            const effect = opcodes.stackEffect(op, arg, jump);
            assert.equal(machine.stack.counted - start.stack.counted, effect, where);
          }
        }
      }
    }
  });

  /** The stacks after the instructions of the last code object, each with its opcode; those that lead nowhere left out. */
  function stacks(source: string, version: string): string[] {
    const target = parseTarget(version)!;
    const analysis = analyze(source, target);
    assert.equal(analysis.errors.length, 0);
    const code = [...codeObjectsOf(analysis.code)].at(-1)!;
    const bytecode = analysis.bytecode(code)!;
    const instructions = readInstructions(bytecode.code, target.dialect.opcodes);
    return symbolicStack(code, bytecode, instructions, target.dialect).flatMap(({ after }, i) =>
      after
        ? [`${target.dialect.opcodes.opname(instructions[i].opcode)} [${stackTexts(after).join(', ')}]`]
        : [],
    );
  }

  /** How deep the stack is before each instruction of the last code object, from least to most. */
  function depths(source: string, version: string): string[] {
    const target = parseTarget(version)!;
    const analysis = analyze(source, target);
    const code = [...codeObjectsOf(analysis.code)].at(-1)!;
    const bytecode = analysis.bytecode(code)!;
    const instructions = readInstructions(bytecode.code, target.dialect.opcodes);
    return symbolicStack(code, bytecode, instructions, target.dialect).map(({ before }, i) => {
      const depth =
        before && (before.least < before.depth ? `${before.least}-${before.depth}` : before.depth);
      return `${target.dialect.opcodes.opname(instructions[i].opcode)} ${depth}`;
    });
  }

  // These depths are those of 3.8's frames as it ran the functions in each of these ways, read between its instructions.
  it("is in 3.8's `finally` as deep as the ways that lead there leave it", () => {
    const source = 'def w(a, c):\n  with a as b:\n    if c == 2: return b\n    c()\n';
    assert.deepEqual(depths(source, '3.8').slice(9), [
      'ROT_TWO 2',
      'BEGIN_FINALLY 2',
      'WITH_CLEANUP_START 3',
      'WITH_CLEANUP_FINISH 4',
      'POP_FINALLY 2',
      'RETURN_VALUE 1',
      'LOAD_FAST 1',
      'CALL_FUNCTION 2',
      'POP_TOP 2',
      'POP_BLOCK 1',
      'BEGIN_FINALLY 1',
      'WITH_CLEANUP_START 2-7',
      'WITH_CLEANUP_FINISH 3-9',
      'END_FINALLY 1-7',
      'LOAD_CONST 0',
      'RETURN_VALUE 1',
    ]);
    const returned = depths('def g(a):\n  try: return a()\n  finally: c()\n', '3.8');
    assert.deepEqual(returned.slice(-6, -2), [
      'LOAD_GLOBAL 2-6',
      'CALL_FUNCTION 3-7',
      'POP_TOP 3-7',
      'END_FINALLY 2-6',
    ]);
  });

  it('names what an exception alone leaves for __exit__ of 3.8', () => {
    const lines = stacks('def f(a):\n  with a as b:\n    return b\n', '3.8');
    assert.ok(lines.includes('BEGIN_FINALLY [b, a.__exit__, NULL]'), lines.join('\n'));
    const exception = '<traceback>, <exception>, <exception type>';
    const previous = exception.replaceAll('<', '<previous ').replace('exception type', 'type');
    const started = `[${previous}, NULL, ${exception}, <exception type>, <result of __exit__>]`;
    assert.ok(lines.includes(`WITH_CLEANUP_START ${started}`), lines.join('\n'));
    assert.ok(lines.includes('WITH_CLEANUP_FINISH [<NULL | exception>]'), lines.join('\n'));
  });

  it('names expressions', () => {
    assert.deepEqual(stacks('def f(a, b):\n  for i in range(a + b): print(i, end="")\n', '3.13'), [
      'RESUME []',
      'LOAD_GLOBAL [range, NULL]',
      'LOAD_FAST_LOAD_FAST [range, NULL, a, b]',
      'BINARY_OP [range, NULL, a + b]',
      'CALL [range(a + b)]',
      'GET_ITER [iter(range(a + b))]',
      'FOR_ITER [iter(range(a + b)), next(iter(range(a + b)))]',
      'STORE_FAST [iter(range(a + b))]',
      'LOAD_GLOBAL [iter(range(a + b)), print, NULL]',
      'LOAD_FAST [iter(range(a + b)), print, NULL, i]',
      "LOAD_CONST [iter(range(a + b)), print, NULL, i, '']",
      "LOAD_CONST [iter(range(a + b)), print, NULL, i, '', ('end',)]",
      "CALL_KW [iter(range(a + b)), print(i, end='')]",
      'POP_TOP [iter(range(a + b))]',
      'END_FOR [iter(range(a + b))]',
      'POP_TOP []',
    ]);
  });

  it('tells what either path left where they meet, and what a handler finds', () => {
    const lines = stacks('def f(a, b):\n  try: return a if b else -b\n  except E: pass\n', '3.12');
    assert.ok(lines.includes('PUSH_EXC_INFO [<previous exception>, <exception>]'), lines.join('\n'));
    assert.ok(lines.includes('CHECK_EXC_MATCH [<previous exception>, <exception>, <matches E>]'));
    const reraised = 'COPY [<previous exception>, <lasti>, <exception>, <previous exception>]';
    assert.ok(lines.includes(reraised), lines.join('\n'));
    const either = stacks('def f(a, b):\n  g((a if b else -b) + 1)\n', '3.14');
    assert.ok(either.includes('BINARY_OP [g, NULL, <a | -b> + 1]'), either.join('\n'));
  });

  it('says where a method lies, in the order of the version', () => {
    assert.ok(stacks('def f(a): a.b(1)\n', '3.12').includes('LOAD_ATTR [<a.b | NULL>, <a | a.b>]'));
    assert.ok(stacks('def f(a): a.b(1)\n', '3.13').includes('LOAD_ATTR [a.b, <a | NULL>]'));
    assert.ok(stacks('def f(a): a.b(1)\n', '3.13').includes('CALL [a.b(1)]'));
  });

  it('takes time in proportion to the code', () => {
    const target = parseTarget('3.13')!;
    const time = (count: number): number => {
      const source = `def f(x):\n  try: g(${'a or b, '.repeat(count)})\n  except E: pass\n`;
      const analysis = analyze(source, target);
      const [, code] = codeObjectsOf(analysis.code);
      const bytecode = analysis.bytecode(code)!;
      const instructions = readInstructions(bytecode.code, target.dialect.opcodes);
      const begun = performance.now();
      const states = symbolicStack(code, bytecode, instructions, target.dialect);
      const taken = performance.now() - begun;
      assert.equal(states.filter(({ before }) => before).length, instructions.length);
      return taken;
    };
    time(500);
    const [once, tenfold] = [time(500), time(5000)];
    assert.ok(tenfold < once * 40 + 200, `${once} ms, ten times as long: ${tenfold} ms`);
  });
});
