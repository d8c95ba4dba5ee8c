// CPython's answers for small listings: what pushColdBlocksToEnd is there for. The listings are explained in flowListing.ts.
import { checkOptimized } from '../../../../support/optimizedGraphs.ts';

checkOptimized('pushColdBlocksToEnd', [
  {
    title: 'handlers move behind all else',
    constants: ['None'],
    locals: 0,
    listing: `
           SETUP_FINALLY L1 @1
           LOAD_NAME @2
           POP_TOP @2
           POP_BLOCK @2
           JUMP L2 @2
      L1:  PUSH_EXC_INFO @3
           POP_TOP @4
           POP_EXCEPT @4
           JUMP L2 @5
      L2:  LOAD_NAME 1 @6
           POP_TOP @6
           LOAD_NAME 2 @6
           POP_TOP @6
           LOAD_CONST @6
           RETURN_VALUE @6`,
    optimized: {
      '3.13': {
        constants: ['None'],
        listing: `
           SETUP_FINALLY L2 @1
           LOAD_NAME @2
           POP_TOP @2
      L1:  LOAD_NAME 1 @6
           POP_TOP @6
           LOAD_NAME 2 @6
           POP_TOP @6
           RETURN_CONST @6
      L2:  PUSH_EXC_INFO @3
           POP_TOP @4
           POP_EXCEPT @4
           NOP @5
           JUMP_NO_INTERRUPT L1 @5`,
      },
      '3.14': {
        constants: ['None'],
        listing: `
           SETUP_FINALLY L2 @1
           LOAD_NAME @2
           POP_TOP @2
      L1:  LOAD_NAME 1 @6
           POP_TOP @6
           LOAD_NAME 2 @6
           POP_TOP @6
           LOAD_CONST @6
           RETURN_VALUE @6
      L2:  PUSH_EXC_INFO @3
           POP_TOP @4
           POP_EXCEPT @4
           NOP @5
           JUMP_NO_INTERRUPT L1 @5`,
      },
    },
  },
]);
