// CPython's answers for small listings: what resolveLineNumbers is there for. The listings are explained in flowListing.ts.
import { checkOptimized } from '../../../../support/optimizedGraphs.ts';

checkOptimized('resolveLineNumbers', [
  {
    title: 'an exit without a line is copied for each jump to it',
    constants: ['None'],
    locals: 0,
    listing: `
           LOAD_NAME @1
           TO_BOOL @1
           POP_JUMP_IF_FALSE L1 @1
           LOAD_NAME 1 @2
           TO_BOOL @2
           POP_JUMP_IF_FALSE L1 @2
           LOAD_NAME 2 @3
           STORE_NAME 3 @3
      L1:  LOAD_CONST @-1
           RETURN_VALUE @-1`,
    optimized: {
      '3.13': {
        constants: ['None'],
        listing: `
           LOAD_NAME @1
           TO_BOOL @1
           POP_JUMP_IF_FALSE L2 @1
           LOAD_NAME 1 @2
           TO_BOOL @2
           POP_JUMP_IF_FALSE L1 @2
           LOAD_NAME 2 @3
           STORE_NAME 3 @3
           RETURN_CONST @3
      L1:  RETURN_CONST @2
      L2:  RETURN_CONST @1`,
      },
      '3.14': {
        constants: ['None'],
        listing: `
           LOAD_NAME @1
           TO_BOOL @1
           POP_JUMP_IF_FALSE L2 @1
           LOAD_NAME 1 @2
           TO_BOOL @2
           POP_JUMP_IF_FALSE L1 @2
           LOAD_NAME 2 @3
           STORE_NAME 3 @3
           LOAD_CONST @3
           RETURN_VALUE @3
      L1:  LOAD_CONST @2
           RETURN_VALUE @2
      L2:  LOAD_CONST @1
           RETURN_VALUE @1`,
      },
    },
  },
]);
