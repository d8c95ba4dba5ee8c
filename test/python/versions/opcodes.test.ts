// The committed opcode tables against what every CPython of this machine says of its own opcodes, asked anew.
import assert from 'node:assert/strict';
import { Op } from '../../../server/src/python/versions/opcodes/op.generated.ts';
import {
  Effect,
  effectOf,
  Has,
  HAS_JUMP,
  OP_COUNT,
} from '../../../server/src/python/versions/opcodes/opcodeTable.ts';
import { parseTarget, TARGETS } from '../../../server/src/python/versions/target.ts';
import { harvest, type NamedFacts } from '../../../server/tools/opcodes/facts.ts';
import { findInterpreters } from '../../oracle/interpreters.ts';

/** A committed table as the tool has it, with names instead of Ops and without the version that was asked. */
function committed(version: string): Omit<NamedFacts, 'version'> {
  const { facts } = parseTarget(version)!.dialect.opcodes;
  const opcodes = facts.opcodes.map(([op, number, caches, flags, effect, base, jump]) => {
    return { name: Op[op], number, caches, flags, effect, base, jump };
  });
  const cacheLayout = facts.cacheLayout.map(([op, entries]) => [Op[op], entries] as const);
  return withoutVersion({ ...facts, opcodes, cacheLayout });
}

function withoutVersion(facts: NamedFacts): Omit<NamedFacts, 'version'> {
  const { version, ...rest } = facts;
  assert.match(version, /^3\./);
  return rest;
}

describe('opcode tables', function () {
  this.timeout(60_000);
  this.slow(10_000);

  it('are what each CPython of this machine says, whatever its patch level', async function () {
    const interpreters = await findInterpreters();
    if (interpreters.length === 0) this.skip();
    for (const { version, command } of interpreters) {
      assert.deepEqual(withoutVersion(harvest(command)), committed(version), version);
    }
  });

  for (const { series, dialect } of TARGETS) {
    const { opcodes } = dialect;

    it(`${series}: numbers and Ops lead to each other`, () => {
      let real = 0;
      for (let op = 0; op < OP_COUNT; op++) {
        const number = opcodes.number[op];
        const isPseudo = (opcodes.flags[op] & Has.Pseudo) !== 0;
        assert.equal(opcodes.has(op), number >= 0);
        if (number < 0) continue;
        assert.equal(isPseudo, number > 255, Op[op]);
        if (isPseudo) continue;
        real++;
        assert.equal(opcodes.byNumber[number], op);
        assert.equal(opcodes.opname(number), Op[op]);
      }
      assert.equal(opcodes.byNumber.filter(op => op >= 0).length, real);
    });

    it(`${series}: names of cache entries are as long as the caches`, () => {
      const layouts = new Map(opcodes.facts.cacheLayout);
      for (let op = 0; op < OP_COUNT; op++) {
        const units = (layouts.get(op) ?? []).reduce((sum, [, size]) => sum + size, 0);
        assert.equal(units, opcodes.caches[op], Op[op]);
      }
    });

    it(`${series}: jumps go one way, and only they are unconditional`, () => {
      for (let op = 0; op < OP_COUNT; op++) {
        const flags = opcodes.flags[op];
        assert.notEqual(flags & HAS_JUMP, HAS_JUMP, Op[op]);
        if (flags & (Has.Unconditional | Has.Backward)) assert.ok(flags & HAS_JUMP, Op[op]);
      }
    });
  }

  it('a form gives an effect for every argument', () => {
    const effects = (form: Effect): number[] => [0, 1, 2, 3, 4, 15, 0x102].map(arg => effectOf(form, 1, arg));
    assert.deepEqual(effects(Effect.MinusBits), [1, 0, 0, -1, 0, -3, 0]);
    assert.deepEqual(effects(Effect.PlusBytes), [1, 2, 3, 4, 5, 16, 4]);
    assert.deepEqual(effects(Effect.MinusIfSpec), [1, 1, 1, 1, 0, 0, 1]);
  });
});
