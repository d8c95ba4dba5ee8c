// Frozen sets of constants: of equal items the first, in the order in which CPython iterates over them, which repr()
// shows and .pyc files have. It follows from the items' hashes, if those do not change from run to run, as those of
// texts do. CPython: Objects/setobject.c, set_add_entry(), set_table_resize(); Python/pyhash.c; tuplehash().
import type { FoldingDialect } from '../versions/foldingDialect.ts';
import { equalityKey } from './key.ts';
import { floatParts } from './libm.ts';
import { ConstantType, type ConstantValue, type FrozenSetConstant } from './values.ts';

/** The frozen set of constants in this order. */
export function frozenSet(items: readonly ConstantValue[], rules: FoldingDialect): FrozenSetConstant {
  const different = new Map<string, ConstantValue>();
  for (const item of items) {
    const key = equalityKey(item);
    if (!different.has(key)) different.set(key, item);
  }
  const values = [...different.values()];
  const hashes: bigint[] = [];
  for (const value of values) {
    const hash = hashOf(value, rules);
    if (hash === undefined) return { type: ConstantType.FrozenSet, items: values };
    hashes.push(hash);
  }
  let order = iterationOrder(hashes, hashes.keys());
  // Merging constants makes the set anew of its own items.
  if (rules.rebuildsFrozenSets) order = iterationOrder(hashes, order);
  return { type: ConstantType.FrozenSet, items: order.map(at => values[at]) };
}

// ---- The table -------------------------------------------------------------------------------------------------

const SMALLEST = 8;
const LINEAR_PROBES = 9;
const PERTURB_SHIFT = 5n;
const FREE = -1;

/** The order of a set to which the items with these hashes are added in turn, as indices. */
function iterationOrder(hashes: readonly bigint[], added: Iterable<number>): number[] {
  let table = new Int32Array(SMALLEST).fill(FREE);
  let used = 0;
  for (const item of added) {
    insert(table, hashes, item);
    used++;
    if (used * 5 < (table.length - 1) * 3) continue;
    const least = used > 50_000 ? used * 2 : used * 4;
    let size = SMALLEST;
    while (size <= least) size *= 2;
    const larger = new Int32Array(size).fill(FREE);
    for (const other of table) if (other !== FREE) insert(larger, hashes, other);
    table = larger;
  }
  return [...table].filter(item => item !== FREE);
}

function insert(table: Int32Array, hashes: readonly bigint[], item: number): void {
  const mask = table.length - 1;
  const wideMask = BigInt(mask);
  let perturb = BigInt.asUintN(64, hashes[item]);
  let at = Number(perturb & wideMask);
  for (;;) {
    const last = at + LINEAR_PROBES <= mask ? at + LINEAR_PROBES : at;
    for (let slot = at; slot <= last; slot++) {
      if (table[slot] !== FREE) continue;
      table[slot] = item;
      return;
    }
    perturb >>= PERTURB_SHIFT;
    at = Number((BigInt(at) * 5n + 1n + perturb) & wideMask);
  }
}

// ---- Hashes ----------------------------------------------------------------------------------------------------

const MODULUS_BITS = 61;
/** CPython: _PyHASH_MODULUS. */
const MODULUS = (1n << BigInt(MODULUS_BITS)) - 1n;
const HASH_OF_INFINITY = 314159n;
const IMAGINARY = 1000003n;
const HASH_OF_NONE = 0xfca86420n;

/** -1 stands for an error in C. */
const asHash = (hash: bigint): bigint => (hash === -1n ? -2n : hash);

/** `hash(value)`, 64 bits with a sign; undefined where it depends on the run. */
function hashOf(value: ConstantValue, rules: FoldingDialect): bigint | undefined {
  switch (value.type) {
    case ConstantType.None:
      return rules.noneHasConstantHash ? HASH_OF_NONE : undefined;
    case ConstantType.Bool:
      return value.value ? 1n : 0n;
    case ConstantType.Int:
      // What % leaves has the sign of the value.
      return asHash(value.value % MODULUS);
    case ConstantType.Float:
      return hashOfFloat(value.value);
    case ConstantType.Complex: {
      const real = hashOfFloat(value.real);
      const imag = hashOfFloat(value.imag);
      if (real === undefined || imag === undefined) return undefined;
      return asHash(BigInt.asIntN(64, real + IMAGINARY * imag));
    }
    case ConstantType.Str:
    case ConstantType.Bytes:
      return value.value.length === 0 ? 0n : undefined;
    case ConstantType.Tuple:
      return hashOfTuple(value.items, rules);
    default:
      return undefined;
  }
}

function hashOfFloat(value: number): bigint | undefined {
  if (Number.isNaN(value)) return undefined;
  if (Math.abs(value) === Infinity) return value > 0 ? HASH_OF_INFINITY : -HASH_OF_INFINITY;
  const [mantissa, exponent] = floatParts(value);
  // Two to the 61st is one here, so that powers of two are rotations.
  const power = BigInt(((exponent % MODULUS_BITS) + MODULUS_BITS) % MODULUS_BITS);
  return asHash((mantissa << power) % MODULUS);
}

const PRIME_1 = 11400714785074694791n;
const PRIME_2 = 14029467366897019727n;
const PRIME_5 = 2870177450012600261n;

function hashOfTuple(items: readonly ConstantValue[], rules: FoldingDialect): bigint | undefined {
  const word = (n: bigint): bigint => BigInt.asUintN(64, n);
  let sum = PRIME_5;
  for (const item of items) {
    const hash = hashOf(item, rules);
    if (hash === undefined) return undefined;
    sum = word(sum + word(hash) * PRIME_2);
    sum = word((sum << 31n) | (sum >> 33n));
    sum = word(sum * PRIME_1);
  }
  sum = word(sum + (BigInt(items.length) ^ (PRIME_5 ^ 3527539n)));
  return sum === word(-1n) ? 1546275796n : BigInt.asIntN(64, sum);
}
