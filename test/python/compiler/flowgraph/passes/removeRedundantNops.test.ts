// CPython's answers for small listings: what removeRedundantNops is there for. The listings are explained in flowListing.ts.
import { checkOptimized } from '../../../../support/optimizedGraphs.ts';

checkOptimized('removeRedundantNops', [
  {
    title: 'a NOP stays for its line',
    constants: ['None'],
    locals: 0,
    listing: `
           NOP @1
           NOP @1
           NOP @2
           LOAD_NAME @3
           NOP @3
           STORE_NAME @4
           LOAD_CONST @5
           POP_TOP @5
           LOAD_NAME @6
           COPY 1 @6
           POP_TOP @6
           RETURN_VALUE @6`,
    optimized: {
      '3.13': {
        constants: ['None'],
        listing: `
           NOP @1
           NOP @2
           LOAD_NAME @3
           STORE_NAME @4
           NOP @5
           LOAD_NAME @6
           RETURN_VALUE @6`,
      },
      '3.14': {
        constants: ['None'],
        listing: `
           NOP @1
           NOP @2
           LOAD_NAME @3
           STORE_NAME @4
           NOP @5
           LOAD_NAME @6
           RETURN_VALUE @6`,
      },
    },
  },
]);
