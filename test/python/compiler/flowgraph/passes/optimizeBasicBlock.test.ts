// CPython's answers for small listings: what optimizeBasicBlock is there for. The listings are explained in flowListing.ts.
import { checkOptimized } from '../../../../support/optimizedGraphs.ts';

checkOptimized('optimizeBasicBlock', [
  {
    title: 'jumps to jumps lead on',
    constants: ['None'],
    locals: 0,
    listing: `
           LOAD_NAME @1
           TO_BOOL @1
           POP_JUMP_IF_FALSE L1 @2
           LOAD_NAME 1 @3
           POP_TOP @3
      L1:  JUMP L2 @4
           NOP @5
      L2:  LOAD_NAME 2 @6
           POP_TOP @6
           LOAD_NAME 3 @6
           POP_TOP @6
           LOAD_CONST @6
           RETURN_VALUE @6`,
    optimized: {
      '3.13': {
        constants: ['None'],
        listing: `
           LOAD_NAME @1
           TO_BOOL @1
           NOP @2
           POP_JUMP_IF_FALSE L1 @4
           LOAD_NAME 1 @3
           POP_TOP @3
           NOP @4
      L1:  LOAD_NAME 2 @6
           POP_TOP @6
           LOAD_NAME 3 @6
           POP_TOP @6
           RETURN_CONST @6`,
      },
      '3.14': {
        constants: ['None'],
        listing: `
           LOAD_NAME @1
           TO_BOOL @1
           NOP @2
           POP_JUMP_IF_FALSE L1 @4
           LOAD_NAME 1 @3
           POP_TOP @3
           NOP @4
      L1:  LOAD_NAME 2 @6
           POP_TOP @6
           LOAD_NAME 3 @6
           POP_TOP @6
           LOAD_CONST @6
           RETURN_VALUE @6`,
      },
    },
  },
  {
    title: 'tests of what is True or False already',
    constants: ['None'],
    locals: 0,
    listing: `
           LOAD_NAME @1
           LOAD_NAME 1 @1
           COMPARE_OP 2 @1
           TO_BOOL @1
           UNARY_NOT @1
           TO_BOOL @1
           POP_JUMP_IF_FALSE L1 @1
           LOAD_NAME @2
           LOAD_NAME 1 @2
           CONTAINS_OP @2
           TO_BOOL @2
           TO_BOOL @2
           POP_JUMP_IF_FALSE L1 @2
           NOP @3
      L1:  LOAD_CONST @4
           RETURN_VALUE @4`,
    optimized: {
      '3.13': {
        constants: ['None'],
        listing: `
           LOAD_NAME @1
           LOAD_NAME 1 @1
           COMPARE_OP 18 @1
           UNARY_NOT @1
           POP_JUMP_IF_FALSE L1 @1
           LOAD_NAME @2
           LOAD_NAME 1 @2
           CONTAINS_OP @2
           POP_JUMP_IF_FALSE L1 @2
           NOP @3
      L1:  RETURN_CONST @4`,
      },
      '3.14': {
        constants: ['None'],
        listing: `
           LOAD_NAME @1
           LOAD_NAME 1 @1
           COMPARE_OP 18 @1
           UNARY_NOT @1
           POP_JUMP_IF_FALSE L1 @1
           LOAD_NAME @2
           LOAD_NAME 1 @2
           CONTAINS_OP @2
           POP_JUMP_IF_FALSE L1 @2
           NOP @3
      L1:  LOAD_CONST @4
           RETURN_VALUE @4`,
      },
    },
  },
  {
    title: 'a global that is called',
    constants: ['None'],
    locals: 0,
    listing: `
           LOAD_GLOBAL 2 @1
           PUSH_NULL @1
           CALL @1
           RETURN_VALUE @1`,
    optimized: {
      '3.13': {
        constants: ['None'],
        listing: `
           LOAD_GLOBAL 3 @1
           CALL @1
           RETURN_VALUE @1`,
      },
      '3.14': {
        constants: ['None'],
        listing: `
           LOAD_GLOBAL 3 @1
           CALL @1
           RETURN_VALUE @1`,
      },
    },
  },
  {
    title: 'swaps become the order of stores',
    constants: ['None'],
    locals: 3,
    listing: `
           LOAD_NAME @1
           LOAD_NAME 1 @1
           LOAD_NAME 2 @1
           SWAP 3 @1
           SWAP 2 @1
           STORE_FAST @1
           STORE_FAST 1 @1
           STORE_FAST 2 @1
           LOAD_NAME @2
           LOAD_NAME 1 @2
           LOAD_NAME 2 @2
           LOAD_NAME 3 @2
           SWAP 2 @2
           SWAP 3 @2
           SWAP 2 @2
           SWAP 4 @2
           BUILD_LIST 4 @2
           STORE_NAME @2
           LOAD_NAME @3
           LOAD_NAME 1 @3
           BUILD_TUPLE 2 @3
           UNPACK_SEQUENCE 2 @3
           STORE_NAME @3
           STORE_NAME 1 @3
           LOAD_CONST @4
           RETURN_VALUE @4`,
    optimized: {
      '3.13': {
        constants: ['None'],
        listing: `
           LOAD_NAME @1
           LOAD_NAME 1 @1
           LOAD_NAME 2 @1
           STORE_FAST_STORE_FAST 32 @1
           STORE_FAST 1 @1
           LOAD_NAME @2
           LOAD_NAME 1 @2
           LOAD_NAME 2 @2
           LOAD_NAME 3 @2
           SWAP 2 @2
           SWAP 3 @2
           SWAP 2 @2
           SWAP 4 @2
           BUILD_LIST 4 @2
           STORE_NAME @2
           LOAD_NAME @3
           LOAD_NAME 1 @3
           SWAP 2 @3
           STORE_NAME @3
           STORE_NAME 1 @3
           RETURN_CONST @4`,
      },
      '3.14': {
        constants: ['None'],
        listing: `
           LOAD_NAME @1
           LOAD_NAME 1 @1
           LOAD_NAME 2 @1
           STORE_FAST_STORE_FAST 32 @1
           STORE_FAST 1 @1
           LOAD_NAME @2
           LOAD_NAME 1 @2
           LOAD_NAME 2 @2
           LOAD_NAME 3 @2
           SWAP 2 @2
           SWAP 3 @2
           SWAP 2 @2
           SWAP 4 @2
           BUILD_LIST 4 @2
           STORE_NAME @2
           LOAD_NAME @3
           LOAD_NAME 1 @3
           SWAP 2 @3
           STORE_NAME @3
           STORE_NAME 1 @3
           LOAD_CONST @4
           RETURN_VALUE @4`,
      },
    },
  },
]);
