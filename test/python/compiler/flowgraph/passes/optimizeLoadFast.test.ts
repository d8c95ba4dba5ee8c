// CPython's answers for small listings: what optimizeLoadFast is there for. The listings are explained in flowListing.ts.
import { checkOptimized } from '../../../../support/optimizedGraphs.ts';

checkOptimized('optimizeLoadFast', [
  {
    title: 'loads that are used up at once are borrowed',
    constants: ['None'],
    locals: 3,
    listing: `
           LOAD_NAME @1
           STORE_FAST @1
           LOAD_NAME @2
           STORE_FAST 1 @2
           LOAD_FAST @3
           LOAD_FAST 1 @3
           BINARY_OP @3
           STORE_NAME @3
           LOAD_FAST @4
           STORE_FAST 2 @4
           LOAD_FAST 1 @5
           LOAD_NAME 1 @5
           STORE_FAST 1 @5
           LOAD_FAST @6
           BUILD_TUPLE 2 @6
           RETURN_VALUE @6`,
    optimized: {
      '3.14': {
        constants: ['None'],
        listing: `
           LOAD_NAME @1
           STORE_FAST @1
           LOAD_NAME @2
           STORE_FAST 1 @2
           LOAD_FAST_BORROW_LOAD_FAST_BORROW 1 @3
           BINARY_OP @3
           STORE_NAME @3
           LOAD_FAST @4
           STORE_FAST 2 @4
           LOAD_FAST 1 @5
           LOAD_NAME 1 @5
           STORE_FAST 1 @5
           LOAD_FAST_BORROW @6
           BUILD_TUPLE 2 @6
           RETURN_VALUE @6`,
      },
      '3.15': {
        constants: ['None'],
        listing: `
           LOAD_NAME @1
           STORE_FAST @1
           LOAD_NAME @2
           STORE_FAST 1 @2
           LOAD_FAST_BORROW_LOAD_FAST_BORROW 1 @3
           BINARY_OP @3
           STORE_NAME @3
           LOAD_FAST @4
           STORE_FAST 2 @4
           LOAD_FAST 1 @5
           LOAD_NAME 1 @5
           STORE_FAST 1 @5
           LOAD_FAST_BORROW @6
           BUILD_TUPLE 2 @6
           RETURN_VALUE @6`,
      },
    },
  },
  {
    title: 'what a later block uses is not',
    constants: ['None'],
    locals: 1,
    listing: `
           LOAD_NAME @1
           STORE_FAST @1
           LOAD_FAST @2
           LOAD_NAME 1 @2
           TO_BOOL @2
           POP_JUMP_IF_FALSE L1 @2
           LOAD_NAME 2 @3
           JUMP L2 @3
      L1:  LOAD_NAME 3 @4
      L2:  BUILD_TUPLE 2 @5
           STORE_NAME @5
           LOAD_FAST @6
           RETURN_VALUE @6`,
    optimized: {
      '3.14': {
        constants: ['None'],
        listing: `
           LOAD_NAME @1
           STORE_FAST @1
           LOAD_FAST @2
           LOAD_NAME 1 @2
           TO_BOOL @2
           POP_JUMP_IF_FALSE L1 @2
           LOAD_NAME 2 @3
           BUILD_TUPLE 2 @5
           STORE_NAME @5
           LOAD_FAST_BORROW @6
           RETURN_VALUE @6
      L1:  LOAD_NAME 3 @4
           BUILD_TUPLE 2 @5
           STORE_NAME @5
           LOAD_FAST_BORROW @6
           RETURN_VALUE @6`,
      },
      '3.15': {
        constants: ['None'],
        listing: `
           LOAD_NAME @1
           STORE_FAST @1
           LOAD_FAST @2
           LOAD_NAME 1 @2
           TO_BOOL @2
           POP_JUMP_IF_FALSE L1 @2
           LOAD_NAME 2 @3
           BUILD_TUPLE 2 @5
           STORE_NAME @5
           LOAD_FAST_BORROW @6
           RETURN_VALUE @6
      L1:  LOAD_NAME 3 @4
           BUILD_TUPLE 2 @5
           STORE_NAME @5
           LOAD_FAST_BORROW @6
           RETURN_VALUE @6`,
      },
    },
  },
  {
    title: 'what IMPORT_FROM pushes and the first load of a block',
    constants: ['0', 'None'],
    locals: 2,
    listing: `
           LOAD_NAME @1
           STORE_FAST @1
           LOAD_NAME 1 @2
           POP_JUMP_IF_FALSE L1 @2
           LOAD_FAST @3
           STORE_NAME @3
           LOAD_NAME 2 @4
           IMPORT_FROM 1 @4
           STORE_FAST 1 @4
           POP_TOP @4
      L1:  LOAD_CONST 1 @5
           RETURN_VALUE @5`,
    optimized: {
      '3.14': {
        constants: ['0', 'None'],
        listing: `
           LOAD_NAME @1
           STORE_FAST @1
           LOAD_NAME 1 @2
           POP_JUMP_IF_FALSE L1 @2
           LOAD_FAST @3
           STORE_NAME @3
           LOAD_NAME 2 @4
           IMPORT_FROM 1 @4
           STORE_FAST 1 @4
           POP_TOP @4
      L1:  LOAD_CONST 1 @5
           RETURN_VALUE @5`,
      },
      '3.15': {
        constants: ['0'],
        listing: `
           LOAD_NAME @1
           STORE_FAST @1
           LOAD_NAME 1 @2
           POP_JUMP_IF_FALSE L1 @2
           LOAD_FAST_BORROW @3
           STORE_NAME @3
           LOAD_NAME 2 @4
           IMPORT_FROM 1 @4
           STORE_FAST 1 @4
           POP_TOP @4
      L1:  LOAD_COMMON_CONSTANT 7 @5
           RETURN_VALUE @5`,
      },
    },
  },
  {
    title:
      'what pushes a block leaves the stack as it is, and what is left there at the end of a block is owned',
    constants: ['None'],
    locals: 3,
    listing: `
           LOAD_NAME @1
           STORE_FAST @1
           LOAD_NAME @2
           STORE_FAST 1 @2
           LOAD_FAST @3
           SETUP_FINALLY L1 @3
           LOAD_FAST 1 @3
           STORE_FAST_MAYBE_NULL 2 @3
           LOAD_NAME 1 @4
           TO_BOOL @4
           POP_JUMP_IF_FALSE L2 @4
           POP_BLOCK @5
           RETURN_VALUE @5
      L2:  POP_BLOCK @6
           RETURN_VALUE @6
      L1:  SWAP 2 @7
           POP_TOP @7
           RERAISE @7`,
    optimized: {
      '3.14': {
        constants: ['None'],
        listing: `
           LOAD_NAME @1
           STORE_FAST @1
           LOAD_NAME @2
           STORE_FAST 1 @2
           LOAD_FAST @3
           SETUP_FINALLY L2 @3
           LOAD_FAST_BORROW 1 @3
           STORE_FAST_MAYBE_NULL 2 @3
           LOAD_NAME 1 @4
           TO_BOOL @4
           POP_JUMP_IF_FALSE L1 @4
           RETURN_VALUE @5
      L1:  RETURN_VALUE @6
      L2:  SWAP 2 @7
           POP_TOP @7
           RERAISE @7`,
      },
      '3.15': {
        constants: ['None'],
        listing: `
           LOAD_NAME @1
           STORE_FAST @1
           LOAD_NAME @2
           STORE_FAST 1 @2
           LOAD_FAST @3
           SETUP_FINALLY L2 @3
           LOAD_FAST_BORROW 1 @3
           STORE_FAST_MAYBE_NULL 2 @3
           LOAD_NAME 1 @4
           TO_BOOL @4
           POP_JUMP_IF_FALSE L1 @4
           RETURN_VALUE @5
      L1:  RETURN_VALUE @6
      L2:  SWAP 2 @7
           POP_TOP @7
           RERAISE @7`,
      },
    },
  },
]);
