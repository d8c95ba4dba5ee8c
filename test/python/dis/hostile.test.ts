// Code that no compiler made, as a file may hold: nothing throws, and everything ends soon.
import assert from 'node:assert/strict';
import type { WholeCode } from '../../../server/src/python/code/bytecode.ts';
import { codeLines } from '../../../server/src/python/dis/lines.ts';
import { listing } from '../../../server/src/python/dis/listing.ts';
import { codeRecord } from '../../../server/src/python/dis/records.ts';
import { Op } from '../../../server/src/python/versions/opcodes/op.generated.ts';
import { TARGETS, type Target } from '../../../server/src/python/versions/target.ts';

const ROUNDS = 40;

let seed = 7;
const random = (below: number): number => {
  seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff;
  return Math.floor((seed / 0x80000000) * below);
};
const bytes = (length: number, below: number): Uint8Array => Uint8Array.from({ length }, () => random(below));

/** A code object of instructions that make no sense together, with tables that make none either. */
function randomCode({ dialect }: Target, units: number): WholeCode {
  const { opcodes } = dialect;
  const numbers = opcodes.facts.opcodes.map(([, number]) => number).filter(number => number < 256);
  const code = bytes(units * 2, 256);
  for (let i = 0; i < code.length; i += 2) {
    if (random(20) > 0) code[i] = numbers[random(numbers.length)];
    if (random(10) > 2) code[i + 1] = random(6);
  }
  return codeOf(code, dialect.assembler.exceptionTable ? bytes(random(20), 128) : undefined);
}

const codeOf = (code: Uint8Array, exceptiontable: Uint8Array | undefined): WholeCode => ({
  name: 'f',
  qualname: 'f',
  filename: 'f.py',
  argcount: 0,
  posonlyargcount: 0,
  kwonlyargcount: 0,
  nlocals: 0,
  flags: random(2) * 0x20,
  firstlineno: 1,
  varnames: ['a'],
  cellvars: [],
  freevars: [],
  code,
  consts: [],
  names: ['n'],
  stacksize: 1_000_000_000,
  linetable: bytes(random(40), 256),
  exceptiontable,
  localsplus: [{ name: 'a', kind: 32 }],
});

/** Everything that is told of a code object; how long it took, in ms of this process. */
function tell(code: WholeCode, { dialect }: Target): number {
  const begun = process.cpuUsage().user;
  const bytecode = (one: WholeCode) => one;
  const options = { dialect, bytecode, filename: 'f.py', show: new Set(dialect.dis.options) };
  assert.ok(listing(code, options));
  assert.ok(codeRecord(code, options));
  assert.ok(codeLines(code, bytecode, dialect));
  return (process.cpuUsage().user - begun) / 1000;
}

describe('code that no compiler made', function () {
  this.timeout(60_000);

  it('is told of all the same', () => {
    for (const target of TARGETS)
      for (let round = 0; round < ROUNDS; round++) tell(randomCode(target, 1 + random(300)), target);
  });

  it('does not fill the memory with what it claims to push', () => {
    for (const target of TARGETS) {
      const { number } = target.dialect.opcodes;
      const unit = [
        [number[Op.LOAD_CONST], 0],
        [number[Op.EXTENDED_ARG], 255],
        [number[Op.EXTENDED_ARG], 255],
        [number[Op.UNPACK_SEQUENCE], 255],
        [number[Op.EXTENDED_ARG], 255],
        [number[Op.EXTENDED_ARG], 255],
        [number[Op.BUILD_LIST], 255],
      ].flat();
      const code = Uint8Array.from({ length: unit.length * 500 }, (_, i) => unit[i % unit.length]);
      assert.ok(tell(codeOf(code, undefined), target) < 5000, target.version);
    }
  });
});
