// CPython's answers for small listings: what inlineSmallOrNoLinenoBlocks is there for. The listings are explained in flowListing.ts.
import { checkOptimized } from '../../../../support/optimizedGraphs.ts';

checkOptimized('inlineSmallOrNoLinenoBlocks', [
  {
    title: 'a jump to a short exit becomes a copy of it',
    constants: ['1', '2'],
    locals: 0,
    listing: `
           LOAD_NAME @1
           POP_JUMP_IF_TRUE L1 @1
           NOP @2
           JUMP L2 @3
      L1:  LOAD_NAME 1 @4
           POP_TOP @4
      L2:  LOAD_CONST 1 @5
           RETURN_VALUE @5`,
    optimized: {
      '3.13': {
        constants: ['1', '2'],
        listing: `
           LOAD_NAME @1
           POP_JUMP_IF_TRUE L1 @1
           NOP @2
           NOP @3
           RETURN_CONST 1 @5
      L1:  LOAD_NAME 1 @4
           POP_TOP @4
           RETURN_CONST 1 @5`,
      },
      '3.14': {
        constants: ['1'],
        listing: `
           LOAD_NAME @1
           POP_JUMP_IF_TRUE L1 @1
           NOP @2
           NOP @3
           LOAD_SMALL_INT 2 @5
           RETURN_VALUE @5
      L1:  LOAD_NAME 1 @4
           POP_TOP @4
           LOAD_SMALL_INT 2 @5
           RETURN_VALUE @5`,
      },
    },
  },
]);
