// functools.wraps() and update_wrapper(): the wrapper is described like what it wraps.
import type { Value, Values } from '../../values.ts';

/** The wrapper with `__wrapped__` set. */
export function wrapsModel(wrapper: Value, wrapped: Values): Values {
  if (wrapped.length !== 1) return [wrapper];
  if (wrapper.type !== 'function') return [wrapper];
  return [{ ...wrapper, attributes: { ...wrapper.attributes, wrapped: wrapped[0] } }];
}
