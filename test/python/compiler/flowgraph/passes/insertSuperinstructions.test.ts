// CPython's answers for small listings: what insertSuperinstructions is there for. The listings are explained in flowListing.ts.
import { checkOptimized } from '../../../../support/optimizedGraphs.ts';

checkOptimized('insertSuperinstructions', [
  {
    title: 'pairs of loads and stores on one line, of the first sixteen variables',
    constants: ['None'],
    locals: 20,
    listing: `
           LOAD_NAME @1
           STORE_FAST @1
           LOAD_NAME @1
           STORE_FAST 1 @1
           LOAD_FAST @2
           LOAD_FAST 1 @2
           BUILD_TUPLE 2 @2
           STORE_FAST 2 @2
           LOAD_FAST 2 @2
           UNPACK_SEQUENCE 2 @2
           STORE_FAST 3 @2
           STORE_FAST 4 @2
           LOAD_NAME 1 @3
           STORE_FAST 17 @3
           LOAD_FAST 17 @3
           LOAD_FAST 3 @4
           BUILD_TUPLE 2 @5
           RETURN_VALUE @5`,
    optimized: {
      '3.13': {
        constants: ['None'],
        listing: `
           LOAD_NAME @1
           STORE_FAST @1
           LOAD_NAME @1
           STORE_FAST 1 @1
           LOAD_FAST_LOAD_FAST 1 @2
           BUILD_TUPLE 2 @2
           STORE_FAST_LOAD_FAST 34 @2
           UNPACK_SEQUENCE 2 @2
           STORE_FAST_STORE_FAST 52 @2
           LOAD_NAME 1 @3
           STORE_FAST 17 @3
           LOAD_FAST 17 @3
           LOAD_FAST 3 @4
           BUILD_TUPLE 2 @5
           RETURN_VALUE @5`,
      },
    },
  },
]);
