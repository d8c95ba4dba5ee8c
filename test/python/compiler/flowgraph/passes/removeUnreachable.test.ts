// CPython's answers for small listings: what removeUnreachable is there for. The listings are explained in flowListing.ts.
import { checkOptimized } from '../../../../support/optimizedGraphs.ts';

checkOptimized('removeUnreachable', [
  {
    title: 'code that nothing leads to goes, and its constants',
    constants: ["'doc'", "'dead'", "'live'"],
    locals: 0,
    listing: `
           JUMP L1 @1
           LOAD_CONST 1 @2
           STORE_NAME @2
      L1:  LOAD_CONST 2 @3
           STORE_NAME 1 @3
           LOAD_NAME 1 @4
           RETURN_VALUE @4
           LOAD_CONST 1 @5
           RETURN_VALUE @5`,
    optimized: {
      '3.13': {
        constants: ["'doc'", "'live'"],
        listing: `
           NOP @1
           LOAD_CONST 1 @3
           STORE_NAME 1 @3
           LOAD_NAME 1 @4
           RETURN_VALUE @4`,
      },
      '3.14': {
        constants: ["'doc'", "'live'"],
        listing: `
           NOP @1
           LOAD_CONST 1 @3
           STORE_NAME 1 @3
           LOAD_NAME 1 @4
           RETURN_VALUE @4`,
      },
    },
  },
]);
