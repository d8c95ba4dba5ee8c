// CPython's answers for small listings: what constantFolding is there for. The listings are explained in flowListing.ts.
import { checkOptimized } from '../../../../support/optimizedGraphs.ts';

checkOptimized('constantFolding', [
  {
    title: 'operators on constants; unused ones go',
    constants: ['60', '24', '3600', "'ab'", '-1.5'],
    locals: 0,
    listing: `
           LOAD_CONST @1
           LOAD_CONST @1
           BINARY_OP 5 @1
           LOAD_CONST 1 @1
           BINARY_OP 5 @1
           STORE_NAME @1
           LOAD_CONST 3 @2
           LOAD_CONST @2
           BINARY_OP 26 @2
           STORE_NAME 1 @2
           LOAD_CONST 4 @3
           UNARY_NEGATIVE @3
           LOAD_CONST 1 @3
           UNARY_INVERT @3
           LOAD_CONST 1 @3
           UNARY_NOT @3
           BUILD_TUPLE 3 @3
           RETURN_VALUE @3`,
    optimized: {
      '3.14': {
        constants: ['60', "'ab'", '86400', '(1.5, -25, False)'],
        listing: `
           LOAD_CONST 2 @1
           STORE_NAME @1
           LOAD_CONST 1 @2
           LOAD_SMALL_INT 60 @2
           BINARY_OP 26 @2
           STORE_NAME 1 @2
           LOAD_CONST 3 @3
           RETURN_VALUE @3`,
      },
    },
  },
  {
    title: 'lists and sets of constants',
    constants: ['1', '2', '1000', 'None'],
    locals: 0,
    listing: `
           LOAD_CONST @1
           LOAD_CONST 1 @1
           LOAD_CONST 2 @1
           BUILD_LIST 3 @1
           STORE_NAME @1
           LOAD_CONST @2
           LOAD_CONST 1 @2
           BUILD_LIST 2 @2
           STORE_NAME 1 @2
           LOAD_NAME @3
           LOAD_CONST 1 @3
           LOAD_CONST @3
           BUILD_LIST 2 @3
           CONTAINS_OP @3
           POP_TOP @3
           LOAD_NAME @4
           LOAD_NAME @4
           LOAD_NAME 1 @4
           BUILD_LIST 2 @4
           CONTAINS_OP @4
           UNARY_NOT @4
           RETURN_VALUE @4`,
    optimized: {
      '3.14': {
        constants: ['1', '(1, 2, 1000)', '(2, 1)'],
        listing: `
           BUILD_LIST @1
           LOAD_CONST 1 @1
           LIST_EXTEND 1 @1
           STORE_NAME @1
           LOAD_SMALL_INT 1 @2
           LOAD_SMALL_INT 2 @2
           BUILD_LIST 2 @2
           STORE_NAME 1 @2
           LOAD_NAME @3
           LOAD_CONST 2 @3
           CONTAINS_OP @3
           POP_TOP @3
           LOAD_NAME @4
           LOAD_NAME @4
           LOAD_NAME 1 @4
           BUILD_TUPLE 2 @4
           CONTAINS_OP 1 @4
           RETURN_VALUE @4`,
      },
      '3.15': {
        constants: ['1', '(1, 2, 1000)', '(2, 1)'],
        listing: `
           BUILD_LIST @1
           LOAD_CONST 1 @1
           LIST_EXTEND 1 @1
           STORE_NAME @1
           LOAD_SMALL_INT 1 @2
           LOAD_SMALL_INT 2 @2
           BUILD_LIST 2 @2
           STORE_NAME 1 @2
           LOAD_NAME @3
           LOAD_CONST 2 @3
           CONTAINS_OP @3
           POP_TOP @3
           LOAD_NAME @4
           LOAD_NAME @4
           LOAD_NAME 1 @4
           BUILD_TUPLE 2 @4
           CONTAINS_OP 1 @4
           RETURN_VALUE @4`,
      },
    },
  },
  {
    title: 'a long display, looked through',
    constants: ['1', '2'],
    locals: 0,
    listing: `
           LOAD_NAME @1
           BUILD_LIST @1
           LOAD_CONST @1
           LIST_APPEND 1 @1
           LOAD_CONST 1 @1
           LIST_APPEND 1 @1
           CONTAINS_OP @1
           RETURN_VALUE @1`,
    optimized: {
      '3.14': {
        constants: ['1', '(1, 2)'],
        listing: `
           LOAD_NAME @1
           LOAD_CONST 1 @1
           CONTAINS_OP @1
           RETURN_VALUE @1`,
      },
      '3.15': {
        constants: ['1', '(1, 2)'],
        listing: `
           LOAD_NAME @1
           LOAD_CONST 1 @1
           CONTAINS_OP @1
           RETURN_VALUE @1`,
      },
    },
  },
]);
