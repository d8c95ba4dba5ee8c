// Constants that have an instruction of their own in newer versions.
import { ConstantType, FALSE, NONE, TRUE, type ConstantValue } from './values.ts';

/** What LOAD_COMMON_CONSTANT loads, by how `repr` shows it; classes and functions are no constants here. */
export const COMMON_CONSTANTS: ReadonlyMap<string, ConstantValue> = new Map<string, ConstantValue>([
  ['None', NONE],
  ['True', TRUE],
  ['False', FALSE],
  ["''", { type: ConstantType.Str, value: '' }],
  ['()', { type: ConstantType.Tuple, items: [] }],
  ['-1', { type: ConstantType.Int, value: -1n }],
]);
