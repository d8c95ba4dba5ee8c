// Every opcode of every version has its sentence, and it is true of that version where versions differ.
import assert from 'node:assert/strict';
import { describe as sentence } from '../../../server/src/python/dis/descriptions.ts';
import { Op } from '../../../server/src/python/versions/opcodes/op.generated.ts';
import { parseTarget, TARGETS } from '../../../server/src/python/versions/target.ts';

describe('sentences on opcodes', () => {
  it('are there for each opcode of each version', () => {
    for (const { dialect, version } of TARGETS) {
      for (const [op] of dialect.opcodes.facts.opcodes) {
        const text = sentence(op, dialect);
        assert.match(text, /^[A-Z].{15,}\.$/s, `${version} ${Op[op]}`);
        assert.doesNotMatch(text, / {2}|undefined|\.\./, `${version} ${Op[op]}`);
      }
    }
  });

  const of = (op: Op, version: string): string => sentence(op, parseTarget(version)!.dialect);

  it('speak of the version', () => {
    assert.match(of(Op.LOAD_ATTR, '3.11'), /numbers the name in co_names\.$/);
    assert.match(of(Op.LOAD_ATTR, '3.12'), /shifted left by one.*NULL with the callable above it/);
    assert.match(of(Op.LOAD_ATTR, '3.13'), /the callable, and above it self or NULL/);
    assert.match(of(Op.FOR_ITER, '3.11'), /pops the iterator and jumps by as much/);
    assert.match(of(Op.FOR_ITER, '3.13'), /pops the iterator and jumps past the END_FOR/);
    assert.match(of(Op.FOR_ITER, '3.15'), /below the index.*POP_ITER pops the iterator/);
    assert.match(of(Op.POP_EXCEPT, '3.10'), /three entries/);
    assert.doesNotMatch(of(Op.POP_EXCEPT, '3.11'), /three/);
    assert.match(of(Op.SETUP_FINALLY, '3.10'), /where the argument leads/);
    assert.match(of(Op.SETUP_FINALLY, '3.11'), /no code object has it/);
  });
});
