// `npm run oracle -- --verify`: every .pyc file that an interpreter makes of its library is what we say its source
// compiles to, also when we have written it anew; with one byte of code, one constant or one byte of the line table
// changed it is not.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { verify, type Verdict } from '../../server/src/features/verify/verify.ts';
import type { WholeCode } from '../../server/src/python/code/bytecode.ts';
import type { Constant } from '../../server/src/python/code/constant.ts';
import { readPyc, writePyc, type Pyc } from '../../server/src/python/code/marshal/pyc.ts';
import { ConstantType, NONE } from '../../server/src/python/constants/values.ts';
import type { OptimizationLevel } from '../../server/src/python/index.ts';
import { parseTarget } from '../../server/src/python/versions/target.ts';
import { nested } from '../support/marshalled.ts';
import { folderSources } from './corpora.ts';
import type { Interpreter } from './interpreters.ts';
import { randomNumbers } from './mutations.ts';
import type { Plan } from './plan.ts';

/** A compiled file and its source. */
interface Pair {
  readonly name: string;
  readonly pyc: Pyc;
  readonly source: Uint8Array;
}

/** So many files are changed. */
const CHANGED = 1000;

/** Verifies the libraries of interpreters; returns whether all was as it should be. */
export function verifyLibraries(plan: Plan): boolean {
  let asExpected = true;
  for (const interpreter of plan.interpreters) {
    const target = parseTarget(interpreter.version);
    if (interpreter.kind !== 'native' || !target) continue;
    asExpected = verifyLibrary(interpreter, plan) && asExpected;
  }
  return asExpected;
}

function verifyLibrary(
  { version, command, stdlib }: Interpreter,
  { optimize, seed, every, limit }: Plan,
): boolean {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'colens-verify-'));
  try {
    const level = optimize === 0 ? [] : [optimize === 1 ? '-O' : '-OO'];
    const args = ['-X', `pycache_prefix=${folder}`, ...level, '-m', 'compileall', '-q', '-f'];
    // What it refuses has no file; its exit code says that there is something that it refuses.
    spawnSync(command[0], [...command.slice(1), ...args, '-x', 'site-packages|dist-packages', stdlib!]);
    const pairs = pairsOf(stdlib!, folder, optimize)
      .filter((_, i) => i % every === 0)
      .slice(0, limit);
    const below = randomNumbers(seed);
    const tally = new Tally(version, optimize);
    for (const pair of pairs)
      tally.add('their own', pair.name, 'match', verifyPair(pair, pair.pyc, optimize));
    for (const pair of pairs) {
      tally.add(
        'written by us',
        pair.name,
        'match',
        verifyPair(pair, writtenAnew(pair.pyc, pair.pyc.code), optimize),
      );
    }
    for (let i = 0; i < CHANGED; i++) {
      const pair = pairs[Math.floor((i * pairs.length) / CHANGED)];
      const [what, code] = changed(pair.pyc.code, i % 3, below);
      tally.add(what, pair.name, 'differs', verifyPair(pair, writtenAnew(pair.pyc, code), optimize));
    }
    return tally.report();
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

function pairsOf(stdlib: string, folder: string, optimize: OptimizationLevel): Pair[] {
  const compiled = new Map<string, string>();
  for (const file of fs.readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const match = /^(.*)\.cpython-3\d+(?:\.opt-(\d))?\.pyc$/.exec(file);
    if (match && (match[2] ?? '0') === String(optimize))
      compiled.set(`/${match[1]}.py`, path.join(folder, file));
  }
  return folderSources(stdlib).flatMap(({ name, read }) => {
    const file = compiled.get(path.join(stdlib, name));
    if (file === undefined) return [];
    const pyc = readPyc(fs.readFileSync(file));
    if ('error' in pyc) throw new Error(`${name}: ${pyc.error.message} at ${pyc.error.offset}`);
    return [{ name, pyc, source: read() }];
  });
}

const verifyPair = ({ source }: Pair, pyc: Pyc, level: OptimizationLevel): Verdict =>
  verify(pyc, { bytes: source }, [level]);

/** What is read of a file that we write. */
function writtenAnew({ header, target }: Pyc, code: WholeCode): Pyc {
  const options = {
    dialect: target.dialect.assembler,
    bytecode: (one: WholeCode) => one,
    filename: code.filename,
  };
  const pyc = readPyc(writePyc(code, header.stamp, options)!);
  if ('error' in pyc) throw new Error(`what we wrote cannot be read: ${pyc.error.message}`);
  return pyc;
}

class Tally {
  private readonly counts = new Map<string, { expected: number; others: string[] }>();
  constructor(
    private readonly version: string,
    private readonly optimize: OptimizationLevel,
  ) {}

  add(what: string, name: string, expected: Verdict['status'], verdict: Verdict): void {
    let count = this.counts.get(what);
    if (!count) this.counts.set(what, (count = { expected: 0, others: [] }));
    if (verdict.status === expected) count.expected++;
    else count.others.push(`${name}: ${verdict.status} ${'reason' in verdict ? verdict.reason : ''}`);
  }

  report(): boolean {
    let asExpected = true;
    const parts = [...this.counts].map(([what, { expected, others }]) => {
      if (others.length > 0) asExpected = false;
      return `${what} ${expected} of ${expected + others.length}`;
    });
    console.log(`${this.version} at -O${this.optimize}: ${parts.join(', ')}`);
    for (const [what, { others }] of this.counts)
      for (const other of others.slice(0, 10)) console.log(`    ${what}: ${other}`);
    return asExpected;
  }
}

// ---- Changes ---------------------------------------------------------------------------------------------------

/** A code object in which one thing is changed, somewhere in the tree. */
function changed(code: WholeCode, kind: number, below: (bound: number) => number): [string, WholeCode] {
  const all = [...nested(code)];
  const withConstants = all.filter(({ consts }) => consts.some(({ type }) => type !== ConstantType.Code));
  const withLines = all.filter(({ linetable }) => linetable.length > 0);
  if (kind === 1 && withConstants.length > 0) {
    const chosen = withConstants[below(withConstants.length)];
    const values = chosen.consts.flatMap(({ type }, i) => (type === ConstantType.Code ? [] : [i]));
    const at = values[below(values.length)];
    const consts = chosen.consts.map((each, i) => (i === at ? otherConstant(each) : each));
    return ['a constant changed', replaced(code, chosen, { ...chosen, consts })];
  }
  if (kind === 2 && withLines.length > 0) {
    const chosen = withLines[below(withLines.length)];
    const linetable = otherByte(chosen.linetable, below);
    return ['a byte of the line table changed', replaced(code, chosen, { ...chosen, linetable })];
  }
  const chosen = all[below(all.length)];
  return [
    'a byte of code changed',
    replaced(code, chosen, { ...chosen, code: otherByte(chosen.code, below) }),
  ];
}

function otherByte(bytes: Uint8Array, below: (bound: number) => number): Uint8Array {
  const result = Uint8Array.from(bytes);
  result[below(bytes.length)] ^= 1 + below(255);
  return result;
}

/** A constant that is another, but of the same type where there is one. */
function otherConstant(constant: Constant<WholeCode>): Constant<WholeCode> {
  switch (constant.type) {
    case ConstantType.Int:
      return { ...constant, value: constant.value + 1n };
    case ConstantType.Float:
      return { type: ConstantType.Float, value: Number.isFinite(constant.value) ? constant.value + 1 : 0 };
    case ConstantType.Str:
      return { type: ConstantType.Str, value: `${constant.value}x` };
    case ConstantType.Bytes:
      return { type: ConstantType.Bytes, value: Uint8Array.of(...constant.value, 0) };
    case ConstantType.Tuple:
      return { type: ConstantType.Tuple, items: [...constant.items, NONE] };
    default:
      return { type: ConstantType.Int, value: 0n };
  }
}

/** The tree with a code object in the place of another. */
function replaced(code: WholeCode, one: WholeCode, other: WholeCode): WholeCode {
  if (code === one) return other;
  const consts = code.consts.map(each =>
    each.type === ConstantType.Code ? { ...each, code: replaced(each.code, one, other) } : each,
  );
  return { ...code, consts };
}
