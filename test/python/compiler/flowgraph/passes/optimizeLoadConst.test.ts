// CPython's answers for small listings: what optimizeLoadConst is there for. The listings are explained in flowListing.ts.
import { checkOptimized } from '../../../../support/optimizedGraphs.ts';

checkOptimized('optimizeLoadConst', [
  {
    title: 'what is known of a constant decides',
    constants: ['None', '1', "''"],
    locals: 0,
    listing: `
           LOAD_CONST 1 @1
           TO_BOOL @1
           POP_JUMP_IF_FALSE L1 @1
           LOAD_CONST 2 @2
           TO_BOOL @2
           POP_JUMP_IF_TRUE L1 @2
           LOAD_NAME @3
           LOAD_CONST @3
           IS_OP 1 @3
           TO_BOOL @3
           POP_JUMP_IF_FALSE L1 @3
           LOAD_NAME 1 @4
           POP_TOP @4
      L1:  LOAD_CONST @5
           RETURN_VALUE @5`,
    optimized: {
      '3.13': {
        constants: ['None'],
        listing: `
           NOP @1
           NOP @2
           LOAD_NAME @3
           POP_JUMP_IF_NONE L1 @3
           LOAD_NAME 1 @4
           POP_TOP @4
      L1:  RETURN_CONST @5`,
      },
      '3.14': {
        constants: ['None'],
        listing: `
           NOP @1
           NOP @2
           LOAD_NAME @3
           POP_JUMP_IF_NONE L1 @3
           LOAD_NAME 1 @4
           POP_TOP @4
      L1:  LOAD_CONST @5
           RETURN_VALUE @5`,
      },
    },
  },
  {
    title: 'constants with loads of their own',
    constants: ['None', '255', '256', '-1', "''", 'True', "'x'"],
    locals: 0,
    listing: `
           LOAD_CONST @1
           LOAD_CONST 1 @1
           LOAD_CONST 2 @1
           LOAD_CONST 3 @1
           LOAD_CONST 4 @1
           LOAD_CONST 5 @1
           LOAD_CONST 6 @1
           LOAD_NAME @1
           BUILD_LIST 8 @1
           RETURN_VALUE @1`,
    optimized: {
      '3.15': {
        constants: ['None', '256', "'x'"],
        listing: `
           LOAD_COMMON_CONSTANT 7 @1
           LOAD_SMALL_INT 255 @1
           LOAD_CONST 1 @1
           LOAD_COMMON_CONSTANT 11 @1
           LOAD_COMMON_CONSTANT 8 @1
           LOAD_COMMON_CONSTANT 9 @1
           LOAD_CONST 2 @1
           LOAD_NAME @1
           BUILD_LIST 8 @1
           RETURN_VALUE @1`,
      },
    },
  },
]);
