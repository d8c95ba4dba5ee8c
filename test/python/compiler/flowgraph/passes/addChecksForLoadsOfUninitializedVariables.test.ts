// CPython's answers for small listings: what addChecksForLoadsOfUninitializedVariables is there for. The listings are explained in flowListing.ts.
import { checkOptimized } from '../../../../support/optimizedGraphs.ts';

checkOptimized('addChecksForLoadsOfUninitializedVariables', [
  {
    title: 'a variable bound on one way alone is checked',
    constants: ['None'],
    locals: 2,
    listing: `
           LOAD_GLOBAL @1
           TO_BOOL @1
           POP_JUMP_IF_FALSE L1 @1
           LOAD_CONST @2
           STORE_FAST @2
      L1:  LOAD_FAST @3
           LOAD_FAST 1 @4
           BUILD_TUPLE 2 @4
           LOAD_FAST @5
           BUILD_TUPLE 2 @5
           RETURN_VALUE @5`,
    optimized: {
      '3.13': {
        constants: ['None'],
        listing: `
           LOAD_GLOBAL @1
           TO_BOOL @1
           POP_JUMP_IF_FALSE L1 @1
           LOAD_CONST @2
           STORE_FAST @2
      L1:  LOAD_FAST_CHECK @3
           LOAD_FAST_CHECK 1 @4
           BUILD_TUPLE 2 @4
           LOAD_FAST @5
           BUILD_TUPLE 2 @5
           RETURN_VALUE @5`,
      },
    },
  },
  {
    title: 'beyond 64 variables each block is alone',
    constants: ['None'],
    locals: 70,
    listing: `
           LOAD_CONST @1
           STORE_FAST 40 @1
           LOAD_CONST @2
           STORE_FAST 66 @2
           LOAD_FAST 66 @3
           TO_BOOL @3
           POP_JUMP_IF_FALSE L1 @3
           NOP @4
      L1:  LOAD_FAST 66 @5
           LOAD_FAST 40 @6
           BUILD_TUPLE 2 @6
           RETURN_VALUE @6`,
    optimized: {
      '3.13': {
        constants: ['None'],
        listing: `
           LOAD_CONST @1
           STORE_FAST 40 @1
           LOAD_CONST @2
           STORE_FAST 66 @2
           LOAD_FAST 66 @3
           TO_BOOL @3
           POP_JUMP_IF_FALSE L1 @3
           NOP @4
      L1:  LOAD_FAST_CHECK 66 @5
           LOAD_FAST 40 @6
           BUILD_TUPLE 2 @6
           RETURN_VALUE @6`,
      },
    },
  },
  {
    title: 'a handler sees what may be unbound where the exception comes from',
    constants: ['None'],
    locals: 1,
    listing: `
           SETUP_FINALLY L1 @1
           LOAD_GLOBAL @2
           STORE_FAST @2
           POP_BLOCK @2
           LOAD_FAST @3
           RETURN_VALUE @3
      L1:  PUSH_EXC_INFO @4
           POP_TOP @4
           POP_EXCEPT @4
           LOAD_FAST @5
           RETURN_VALUE @5`,
    optimized: {
      '3.13': {
        constants: ['None'],
        listing: `
           SETUP_FINALLY L1 @1
           LOAD_GLOBAL @2
           STORE_FAST @2
           LOAD_FAST @3
           RETURN_VALUE @3
      L1:  PUSH_EXC_INFO @4
           POP_TOP @4
           POP_EXCEPT @4
           LOAD_FAST_CHECK @5
           RETURN_VALUE @5`,
      },
    },
  },
]);
