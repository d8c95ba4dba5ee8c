// A library that knows nothing: what there is before the tables are loaded, or where they cannot be.
import type { BundledLibrary } from './library.ts';

export const NO_BUNDLED: BundledLibrary = {
  module: () => undefined,
  classNamed: () => undefined,
  moduleNames: () => [],
  operation: () => undefined,
};
