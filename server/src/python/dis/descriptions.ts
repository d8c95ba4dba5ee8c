// What each opcode does, in a sentence or two: what it pops, what it pushes, what its argument means. Where versions
// differ, the sentence is that of the version. CPython: Doc/library/dis.rst tells it at length.
import type { Dialect } from '../versions/dialect.ts';
import { Op } from '../versions/opcodes/op.generated.ts';
import { Has } from '../versions/opcodes/opcodeTable.ts';

type Description = string | ((dialect: Dialect) => string);

const effect = ({ opcodes }: Dialect, op: Op, arg = 0, jump = false): number =>
  opcodes.stackEffect(op, arg, jump);

/** Where a function and what is passed as self, or NULL, lie below the arguments of a call. */
const calleeOrder = ({ dis }: Dialect): string =>
  dis.extraPush === 'after'
    ? 'the callable, and above it self or NULL'
    : 'a method with self above it, or NULL with the callable above it';

const binaryOperator = (symbol: string): string => `Pops two operands and pushes left ${symbol} right.`;
const inPlaceOperator = (symbol: string): string =>
  `Pops two operands and pushes what left ${symbol}= right gives, which may be the left one itself, changed.`;

const popJump = (condition: string, direction = ''): string =>
  `Pops the top entry and jumps ${direction}if it is ${condition}; the argument says where to.`;

const needsBool = ({ opcodes }: Dialect): string =>
  opcodes.has(Op.TO_BOOL) ? ' It must be a bool; TO_BOOL sees to that.' : '';

const truth =
  (value: boolean, direction = ''): Description =>
  dialect =>
    popJump(value ? 'true' : 'false', direction) + needsBool(dialect);

const UNPACKS = 'Pops as many iterables as the argument says and pushes';

const pseudo = (what: string): string => `${what} The assembler leaves it out: no code object has it.`;

const DESCRIPTIONS: Readonly<Record<keyof typeof Op, Description>> = {
  // ---- Nothing on the stack ----
  NOP: 'Does nothing. It stands where a line has no other instruction, so that tracing sees the line.',
  CACHE: 'Room that belongs to the instruction before it, which keeps there what it has seen when it ran.',
  RESERVED: 'Is not used; the number is kept free.',
  EXTENDED_ARG:
    'Gives the next instruction a larger argument: its own becomes the next higher byte of that one.',
  RESUME:
    'Is where execution begins or goes on, and where tracing and interruptions are looked after. The argument says where: 0 at the start, 1 after yield, 2 after yield from, 3 after await.',
  NOT_TAKEN: 'Does nothing. It marks, for monitoring, that the conditional jump before it was not taken.',
  ENTER_EXECUTOR: 'Stands in code that runs where a compiled trace begins; compilers do not write it.',
  TRACE_RECORD: 'Stands in code that runs while a trace is recorded; compilers do not write it.',
  MAKE_CELL: 'Makes a cell for the variable that the argument names, with the value that it has, if any.',
  COPY_FREE_VARS:
    'Copies the cells of the closure into the frame, as many as the argument says. Functions with free variables begin with it.',
  SETUP_ANNOTATIONS: 'Makes an empty __annotations__ in the namespace unless there is one.',
  POP_BLOCK: ({ opcodes }) =>
    opcodes.number[Op.POP_BLOCK] < 256
      ? 'Ends the innermost block that SETUP_FINALLY, SETUP_WITH or SETUP_ASYNC_WITH began.'
      : pseudo('Ends the innermost block that has a handler.'),

  // ---- Entries of the stack ----
  POP_TOP: 'Pops the top entry and drops it.',
  PUSH_NULL: 'Pushes NULL, which is no object: a call finds it where a method would have self.',
  COPY: 'Pushes the entry that lies at the argument again, counted from the top, which is 1.',
  SWAP: 'Exchanges the top entry with the one that lies at the argument, counted from the top, which is 1.',
  ROT_TWO: 'Exchanges the two top entries.',
  ROT_THREE: 'Moves the top entry below the next two.',
  ROT_FOUR: 'Moves the top entry below the next three.',
  ROT_N: 'Moves the top entry down so that it is the one at the argument, counted from the top, which is 1.',
  DUP_TOP: 'Pushes the top entry again.',
  DUP_TOP_TWO: 'Pushes the two top entries again, in their order.',

  // ---- Operators ----
  UNARY_POSITIVE: 'Replaces the top entry x by +x.',
  UNARY_NEGATIVE: 'Replaces the top entry x by -x.',
  UNARY_NOT: dialect => `Replaces the top entry x by not x.${needsBool(dialect)}`,
  UNARY_INVERT: 'Replaces the top entry x by ~x.',
  TO_BOOL: 'Replaces the top entry x by bool(x).',
  BINARY_OP: ({ opcodes }) =>
    `Pops two operands and pushes what the operator gives that the argument names, in-place operators among them${
      opcodes.has(Op.BINARY_SUBSCR) ? '' : ', and subscripts'
    }.`,
  BINARY_POWER: binaryOperator('**'),
  BINARY_MULTIPLY: binaryOperator('*'),
  BINARY_MATRIX_MULTIPLY: binaryOperator('@'),
  BINARY_FLOOR_DIVIDE: binaryOperator('//'),
  BINARY_TRUE_DIVIDE: binaryOperator('/'),
  BINARY_MODULO: binaryOperator('%'),
  BINARY_ADD: binaryOperator('+'),
  BINARY_SUBTRACT: binaryOperator('-'),
  BINARY_LSHIFT: binaryOperator('<<'),
  BINARY_RSHIFT: binaryOperator('>>'),
  BINARY_AND: binaryOperator('&'),
  BINARY_XOR: binaryOperator('^'),
  BINARY_OR: binaryOperator('|'),
  INPLACE_POWER: inPlaceOperator('**'),
  INPLACE_MULTIPLY: inPlaceOperator('*'),
  INPLACE_MATRIX_MULTIPLY: inPlaceOperator('@'),
  INPLACE_FLOOR_DIVIDE: inPlaceOperator('//'),
  INPLACE_TRUE_DIVIDE: inPlaceOperator('/'),
  INPLACE_MODULO: inPlaceOperator('%'),
  INPLACE_ADD: inPlaceOperator('+'),
  INPLACE_SUBTRACT: inPlaceOperator('-'),
  INPLACE_LSHIFT: inPlaceOperator('<<'),
  INPLACE_RSHIFT: inPlaceOperator('>>'),
  INPLACE_AND: inPlaceOperator('&'),
  INPLACE_XOR: inPlaceOperator('^'),
  INPLACE_OR: inPlaceOperator('|'),
  COMPARE_OP: ({ dis }) =>
    `Pops two operands and pushes the result of the comparison that the argument names${
      dis.compareShift > 0 ? ' in its upper bits' : ''
    }.${dis.comparesToBool ? ' Bit 4 of the argument asks for a bool.' : ''}`,
  IS_OP:
    'Pops two operands and pushes whether they are the same object; with argument 1, whether they are not.',
  CONTAINS_OP:
    'Pops a container and pushes whether the entry below, which is popped too, is in it; with argument 1, whether it is not.',
  BINARY_SUBSCR: 'Pops a key and a container and pushes container[key].',
  STORE_SUBSCR: 'Pops a key, a container and a value, and does container[key] = value.',
  DELETE_SUBSCR: 'Pops a key and a container, and does del container[key].',
  BINARY_SLICE: 'Pops the end, the start and a container, and pushes container[start:end].',
  STORE_SLICE: 'Pops the end, the start, a container and a value, and does container[start:end] = value.',

  // ---- Variables ----
  LOAD_CONST: 'Pushes the constant that the argument numbers in co_consts.',
  LOAD_SMALL_INT: 'Pushes the argument itself, an int below 256.',
  LOAD_COMMON_CONSTANT:
    'Pushes an object that much code needs and that co_consts need not hold; the argument says which.',
  LOAD_NAME:
    'Pushes the value of the name that the argument numbers in co_names: of the local namespace, else of the globals, else of the builtins.',
  STORE_NAME:
    'Pops a value and binds it, in the local namespace, to the name that the argument numbers in co_names.',
  DELETE_NAME: 'Deletes the name that the argument numbers in co_names from the local namespace.',
  LOAD_GLOBAL: ({ dis }) =>
    `Pushes the value of a global, or else of a builtin. The argument numbers its name in co_names${
      dis.extraPush === 'none'
        ? '.'
        : `, shifted left by one; if its lowest bit is set, NULL is pushed ${dis.extraPush === 'before' ? 'before' : 'after'} it, for a call.`
    }`,
  STORE_GLOBAL: 'Pops a value and binds it to the global that the argument numbers in co_names.',
  DELETE_GLOBAL: 'Deletes the global that the argument numbers in co_names.',
  LOAD_FAST: ({ opcodes }) =>
    `Pushes the value of the local variable that the argument numbers${
      opcodes.has(Op.LOAD_FAST_CHECK)
        ? '; the compiler knows that it has one.'
        : '; UnboundLocalError if it has none.'
    }`,
  LOAD_FAST_BORROW:
    'Pushes the value of the local variable that the argument numbers without counting a reference: the variable outlives the entry.',
  LOAD_FAST_CHECK:
    'Pushes the value of the local variable that the argument numbers; UnboundLocalError if it has none.',
  LOAD_FAST_AND_CLEAR:
    'Pushes the value of a local variable, or NULL if it has none, and unbinds it: an inlined comprehension uses it and puts the value back later.',
  LOAD_FAST_LOAD_FAST:
    'Pushes two local variables: that of the upper four bits of the argument, then that of the lower four.',
  LOAD_FAST_BORROW_LOAD_FAST_BORROW:
    'Pushes two local variables, that of the upper four bits of the argument, then that of the lower four, without counting references.',
  STORE_FAST: 'Pops a value and binds it to the local variable that the argument numbers.',
  STORE_FAST_LOAD_FAST:
    'Pops a value into the local variable of the upper four bits of the argument, and pushes that of the lower four.',
  STORE_FAST_STORE_FAST:
    'Pops two values: the first into the local variable of the upper four bits of the argument, the next into that of the lower four.',
  DELETE_FAST: 'Unbinds the local variable that the argument numbers.',
  LOAD_CLOSURE: ({ opcodes }) =>
    opcodes.number[Op.LOAD_CLOSURE] < 256
      ? 'Pushes a cell, not what is in it: a nested function gets it for its closure.'
      : pseudo('Pushes a cell; it becomes LOAD_FAST.'),
  LOAD_DEREF: 'Pushes what is in the cell that the argument numbers; NameError if it is empty.',
  STORE_DEREF: 'Pops a value and puts it into the cell that the argument numbers.',
  DELETE_DEREF: 'Empties the cell that the argument numbers.',
  LOAD_CLASSDEREF:
    'Pushes the value of a free variable of a class body: of the class namespace, else what is in the cell that the argument numbers.',
  LOAD_FROM_DICT_OR_DEREF:
    'Pops a mapping and pushes the value that it has for a free variable, else what is in the cell that the argument numbers.',
  LOAD_FROM_DICT_OR_GLOBALS:
    'Pops a mapping and pushes the value that it has for the name that the argument numbers, else that of the global or builtin.',
  LOAD_LOCALS: 'Pushes the local namespace, a mapping.',
  LOAD_BUILD_CLASS: 'Pushes builtins.__build_class__, which a class statement calls.',
  LOAD_ASSERTION_ERROR: 'Pushes AssertionError, whatever the name is bound to.',

  // ---- Attributes and imports ----
  LOAD_ATTR: dialect =>
    dialect.dis.attributeBits
      ? `Pops an object and pushes its attribute; the argument numbers the name in co_names, shifted left by one. If the lowest bit is set, two entries are pushed for a call: ${calleeOrder(dialect)}.`
      : 'Pops an object and pushes its attribute; the argument numbers the name in co_names.',
  STORE_ATTR: 'Pops an object and a value, and sets the attribute that the argument numbers in co_names.',
  DELETE_ATTR: 'Pops an object and deletes the attribute that the argument numbers in co_names.',
  LOAD_METHOD: dialect =>
    dialect.opcodes.number[Op.LOAD_METHOD] < 256
      ? 'Pops an object and pushes two entries for a call: an unbound method and the object, or NULL and the attribute. The argument numbers the name in co_names.'
      : pseudo('Loads an attribute for a call; it becomes LOAD_ATTR.'),
  LOAD_SUPER_ATTR: dialect =>
    `Pops super, a class and self, and pushes the attribute that super() finds; the argument numbers the name in co_names, shifted left by two. With the lowest bit two entries are pushed for a call: ${calleeOrder(dialect)}; with the next one super has two arguments.`,
  LOAD_SPECIAL:
    'Pops an object and pushes a special method of its type, and above it self or NULL. The argument says which: __enter__, __exit__ or their asynchronous twins.',
  IMPORT_NAME: ({ dis }) =>
    `Pops the names to import and the level of a relative import, and pushes the module; the argument numbers its name in co_names${
      dis.importBits
        ? ', shifted left by two, below which bit 0 asks for a lazy import and bit 1 for an eager one.'
        : '.'
    }`,
  IMPORT_FROM:
    'Pushes an attribute of the module on top, which stays; the argument numbers the name in co_names.',
  IMPORT_STAR: 'Pops a module and binds its public names in the local namespace.',

  // ---- Displays, strings, unpacking ----
  BUILD_TUPLE: 'Pops as many entries as the argument says and pushes a tuple of them.',
  BUILD_LIST: 'Pops as many entries as the argument says and pushes a list of them.',
  BUILD_SET: 'Pops as many entries as the argument says and pushes a set of them.',
  BUILD_MAP: 'Pops keys and values, as many pairs as the argument says, and pushes a dict of them.',
  BUILD_CONST_KEY_MAP:
    'Pops a tuple of keys, then as many values as the argument says, and pushes a dict of them.',
  BUILD_STRING: 'Pops as many strings as the argument says and pushes them joined: an f-string.',
  BUILD_SLICE:
    'Pops two or three entries, as the argument says, and pushes slice(start, stop) or slice(start, stop, step).',
  BUILD_LIST_UNPACK: `${UNPACKS} a list of their items.`,
  BUILD_TUPLE_UNPACK: `${UNPACKS} a tuple of their items.`,
  BUILD_TUPLE_UNPACK_WITH_CALL: `${UNPACKS} a tuple of their items, the arguments of the function below.`,
  BUILD_SET_UNPACK: `${UNPACKS} a set of their items.`,
  BUILD_MAP_UNPACK:
    'Pops as many mappings as the argument says and pushes a dict of their items; later ones win.',
  BUILD_MAP_UNPACK_WITH_CALL:
    'Pops as many mappings as the argument says and pushes a dict of their items, the keyword arguments of the function below; none may come twice.',
  BUILD_INTERPOLATION:
    'Pops a value and its source text, and a format specification if the lowest bit of the argument is set, and pushes an Interpolation; the bits above the next one say the conversion.',
  BUILD_TEMPLATE: 'Pops a tuple of interpolations and a tuple of strings, and pushes a Template.',
  LIST_APPEND:
    'Pops a value and appends it to the list that then lies at the argument, counted from the top, which is 1.',
  SET_ADD:
    'Pops a value and adds it to the set that then lies at the argument, counted from the top, which is 1.',
  MAP_ADD:
    'Pops a value and a key and adds them to the dict that then lies at the argument, counted from the top, which is 1.',
  LIST_EXTEND:
    'Pops an iterable and appends its items to the list that then lies at the argument, counted from the top, which is 1.',
  SET_UPDATE:
    'Pops an iterable and adds its items to the set that then lies at the argument, counted from the top, which is 1.',
  DICT_UPDATE:
    'Pops a mapping and puts its items into the dict that then lies at the argument, counted from the top, which is 1.',
  DICT_MERGE:
    'Pops a mapping and puts its items into the dict of keyword arguments that then lies at the argument, counted from the top; none may come twice.',
  LIST_TO_TUPLE: 'Replaces the list on top by a tuple of its items.',
  UNPACK_SEQUENCE:
    'Pops an iterable and pushes its items, the first on top; it must have as many as the argument says.',
  UNPACK_EX:
    'Pops an iterable and pushes its items, the first on top: as many before a list of the rest as the low byte of the argument says, as many after it as the rest of the argument says.',
  FORMAT_VALUE:
    'Pops a value, below a format specification if bit 2 of the argument is set, and pushes it formatted; the low two bits say the conversion: none, str, repr, ascii.',
  FORMAT_SIMPLE: 'Replaces the top entry by format(it), unless it is a str.',
  FORMAT_WITH_SPEC: 'Pops a format specification and a value, and pushes format(value, specification).',
  CONVERT_VALUE: 'Replaces the top entry by its str, repr or ascii, as the argument says: 1, 2 or 3.',

  // ---- Functions and calls ----
  MAKE_FUNCTION: ({ opcodes, dis }) =>
    opcodes.has(Op.SET_FUNCTION_ATTRIBUTE)
      ? 'Pops a code object and pushes a function of it.'
      : `Pops ${dis.extraPush === 'none' ? 'a qualified name, ' : ''}a code object and what the bits of the argument say, and pushes a function: 1 defaults, 2 keyword defaults, 4 annotations, 8 the closure.`,
  SET_FUNCTION_ATTRIBUTE: ({ opcodes }) =>
    `Pops a function and a value, and pushes the function with the value as what the argument says: 1 defaults, 2 keyword defaults, 4 annotations, 8 the closure${
      opcodes.has(Op.LOAD_SPECIAL) ? ', 16 the function that gives annotations' : ''
    }.`,
  CALL_FUNCTION:
    'Pops as many positional arguments as the argument says and a callable, and pushes what the call returns.',
  CALL_FUNCTION_KW:
    'Pops a tuple of keywords, as many arguments as the argument says, those of the keywords last, and a callable, and pushes what the call returns.',
  CALL_FUNCTION_EX: dialect =>
    effect(dialect, Op.CALL_FUNCTION_EX) === -3
      ? 'Pops a mapping of keyword arguments or NULL, an iterable of positional ones, NULL and a callable, and pushes what the call returns.'
      : `Pops a mapping of keyword arguments if the lowest bit of the argument is set, an iterable of positional ones${
          dialect.dis.extraPush === 'none' ? '' : ', NULL'
        } and a callable, and pushes what the call returns.`,
  CALL_METHOD:
    'Pops as many positional arguments as the argument says and the two entries of LOAD_METHOD, and pushes what the call returns.',
  PRECALL:
    'Prepares the call that the next instruction makes, with as many arguments as the argument says. They stay on the stack when it runs; the compiler counts them off here.',
  CALL: dialect =>
    `Pops as many arguments as the argument says and the two entries below them, ${calleeOrder(dialect)}, and pushes what the call returns.${
      dialect.opcodes.has(Op.KW_NAMES) ? ' KW_NAMES before it says which arguments have keywords.' : ''
    }`,
  CALL_KW: dialect =>
    `Pops a tuple of keywords, as many arguments as the argument says, those of the keywords last, and the two entries below them, ${calleeOrder(dialect)}, and pushes what the call returns.`,
  KW_NAMES:
    'Says which keywords the last arguments of the next call have: the constant that the argument numbers, a tuple.',
  CALL_INTRINSIC_1:
    'Replaces the top entry by what a function of the interpreter makes of it; the argument says which function.',
  CALL_INTRINSIC_2:
    'Pops two entries and pushes what a function of the interpreter makes of them; the argument says which function.',
  PRINT_EXPR: 'Pops a value and shows it with sys.displayhook: the interactive prompt.',
  RETURN_VALUE: 'Pops a value and returns it.',
  RETURN_CONST: 'Returns the constant that the argument numbers in co_consts.',
  INTERPRETER_EXIT: 'Leaves the interpreter; it stands in the code around a call from C.',
  EXIT_INIT_CHECK:
    'Pops what __init__ returned and raises a TypeError unless it is None; it stands in the interpreter’s own code.',

  // ---- Jumps and loops ----
  JUMP_FORWARD: 'Jumps forwards, by as much as the argument says.',
  JUMP_ABSOLUTE: 'Jumps to the place that the argument says.',
  JUMP_BACKWARD: 'Jumps backwards, by as much as the argument says; looks for interruptions.',
  JUMP_BACKWARD_NO_INTERRUPT:
    'Jumps backwards, by as much as the argument says, without looking for interruptions.',
  POP_JUMP_IF_FALSE: truth(false),
  POP_JUMP_IF_TRUE: truth(true),
  POP_JUMP_IF_NONE: popJump('None'),
  POP_JUMP_IF_NOT_NONE: popJump('not None'),
  POP_JUMP_FORWARD_IF_FALSE: truth(false, 'forwards '),
  POP_JUMP_FORWARD_IF_TRUE: truth(true, 'forwards '),
  POP_JUMP_FORWARD_IF_NONE: popJump('None', 'forwards '),
  POP_JUMP_FORWARD_IF_NOT_NONE: popJump('not None', 'forwards '),
  POP_JUMP_BACKWARD_IF_FALSE: truth(false, 'backwards '),
  POP_JUMP_BACKWARD_IF_TRUE: truth(true, 'backwards '),
  POP_JUMP_BACKWARD_IF_NONE: popJump('None', 'backwards '),
  POP_JUMP_BACKWARD_IF_NOT_NONE: popJump('not None', 'backwards '),
  JUMP_IF_FALSE_OR_POP:
    'Jumps if the top entry is false, and leaves it; pops it otherwise. The argument says where to.',
  JUMP_IF_TRUE_OR_POP:
    'Jumps if the top entry is true, and leaves it; pops it otherwise. The argument says where to.',
  JUMP_IF_NOT_EXC_MATCH:
    'Pops a type, or a tuple of them, and the type of the exception, and jumps if that is not one of them.',
  GET_ITER: dialect =>
    effect(dialect, Op.GET_ITER) === 1
      ? 'Replaces the top entry by an iterator over it, and pushes the index that FOR_ITER counts with, or NULL where it asks the iterator.'
      : 'Replaces the top entry by an iterator over it, iter(it).',
  FOR_ITER: dialect =>
    `Asks the iterator${effect(dialect, Op.GET_ITER) === 1 ? ' below the index' : ' on top'} for the next item and pushes it. When there is none, it ${
      effect(dialect, Op.FOR_ITER, 0, true) < 0
        ? 'pops the iterator and jumps by as much as the argument says.'
        : dialect.opcodes.has(Op.POP_ITER)
          ? 'jumps past the END_FOR that the argument leads to; POP_ITER pops the iterator.'
          : 'pops the iterator and jumps past the END_FOR that the argument leads to.'
    }`,
  END_FOR: dialect =>
    effect(dialect, Op.END_FOR) === -2
      ? 'Ends a loop: pops the iterator, and what lies above it.'
      : 'Ends a loop: pops what lies above the iterator.',
  POP_ITER: dialect =>
    effect(dialect, Op.POP_ITER) === -2
      ? 'Pops the index and the iterator of a loop that has ended.'
      : 'Pops the iterator of a loop that has ended.',
  GET_AITER: 'Replaces the top entry by an asynchronous iterator over it, aiter(it).',
  GET_ANEXT: 'Pushes an awaitable for the next item of the asynchronous iterator on top.',
  END_ASYNC_FOR: dialect =>
    `Ends an asynchronous loop: pops the exception${effect(dialect, Op.END_ASYNC_FOR) === -7 ? ', what was being handled before' : ''} and the iterator if it is a StopAsyncIteration, and raises it again otherwise.${
      (dialect.opcodes.flags[Op.END_ASYNC_FOR] & Has.Arg) !== 0
        ? ' The argument leads back to where the item was awaited.'
        : ''
    }`,

  // ---- Generators and coroutines ----
  RETURN_GENERATOR:
    'Makes a generator, coroutine or asynchronous generator of the frame, and returns it. What is sent to it lies on the stack when it goes on.',
  GEN_START: 'Pops what is first sent to a generator or coroutine, which must be None.',
  YIELD_VALUE: 'Pops a value and yields it; pushes what is sent when it goes on.',
  YIELD_FROM:
    'Pops a value and sends it to the iterator below, yields what that yields, and comes back to this instruction until it is exhausted; then its result is on top.',
  SEND: ({ opcodes }) =>
    `Pops a value, sends it to the iterator${opcodes.stackEffect(Op.GET_ITER, 0, false) === 1 ? ' below the index' : ' below'} and pushes what it yields. When that is exhausted, it pushes the result and jumps.`,
  END_SEND: dialect =>
    `Pops ${effect(dialect, Op.END_SEND) === -2 ? 'the iterator and the index' : 'the iterator'} below the result of await or yield from.`,
  CLEANUP_THROW:
    'Handles an exception that was thrown into await or yield from: of a StopIteration it leaves the value, others it raises again.',
  GET_AWAITABLE:
    'Replaces the top entry by the iterator that waits for it: a coroutine, or what __await__ gives.',
  GET_YIELD_FROM_ITER:
    'Replaces the top entry by an iterator over it for yield from; generators, and coroutines where they may be, stay.',
  ASYNC_GEN_WRAP: 'Wraps the top entry, which an asynchronous generator is about to yield.',

  // ---- Exceptions and with ----
  RAISE_VARARGS:
    'Raises: with argument 0 again what is being handled, with 1 the exception that it pops, with 2 that of raise … from ….',
  RERAISE: dialect =>
    effect(dialect, Op.RERAISE) === -3
      ? 'Pops the three entries of an exception and raises it again.'
      : 'Pops an exception and raises it again; with an argument, as if at the instruction whose offset lies so many entries below.',
  PUSH_EXC_INFO:
    'Pops the exception, pushes the one that was being handled before, and the exception again, which is handled from here on.',
  POP_EXCEPT: dialect =>
    effect(dialect, Op.POP_EXCEPT) === -3
      ? 'Ends a handler: pops three entries, and what was being handled before is again.'
      : 'Ends a handler: pops what was being handled before, which is again.',
  CHECK_EXC_MATCH: 'Pops a type, or a tuple of them, and pushes whether the exception below is one of them.',
  CHECK_EG_MATCH:
    'Pops a type and an exception group, and pushes what of the group does not match it and what does, or None.',
  PREP_RERAISE_STAR:
    'Pops the list of what the except* clauses raised and the original group, and pushes the exception to raise, or None.',
  SETUP_FINALLY: ({ opcodes }) =>
    opcodes.number[Op.SETUP_FINALLY] < 256
      ? 'Begins a block whose exceptions are handled where the argument leads.'
      : pseudo('Begins a block whose exceptions are handled at its target; the exception table says so.'),
  SETUP_CLEANUP: pseudo(
    'Begins a block whose handler also finds the place that raised; the exception table says so.',
  ),
  SETUP_WITH: ({ opcodes }) =>
    opcodes.number[Op.SETUP_WITH] < 256
      ? 'Replaces a context manager by its __exit__, pushes what __enter__() returns, and begins a block whose exceptions are handled where the argument leads.'
      : pseudo('Begins the block of a with statement; the exception table says so.'),
  SETUP_ASYNC_WITH:
    'Begins the block of async with, below what __aenter__ gave; its exceptions are handled where the argument leads.',
  BEFORE_WITH: 'Pops a context manager and pushes its __exit__ and what __enter__() returns.',
  BEFORE_ASYNC_WITH:
    'Pops an asynchronous context manager and pushes its __aexit__ and what __aenter__() returns, which is awaited next.',
  WITH_EXCEPT_START: 'Calls __exit__ with the exception that is being handled, and pushes what it returns.',
  WITH_CLEANUP_START:
    'Calls __exit__, with the exception if there is one, and pushes the type of the exception or None, and what it returned.',
  WITH_CLEANUP_FINISH:
    'Pops what __exit__ returned and the type of the exception; if there was one and the result is true, it counts as handled.',
  BEGIN_FINALLY: 'Pushes NULL: the finally clause is reached without an exception.',
  CALL_FINALLY: 'Pushes where to go on, and jumps to the finally clause that the argument leads to.',
  END_FINALLY:
    'Ends a finally clause: goes on if it was reached without an exception, or where it was called from, or raises again what it was reached by.',
  POP_FINALLY:
    'Drops what says how the finally clause was reached; with an argument, from below the top entry.',

  // ---- Patterns ----
  GET_LEN: 'Pushes the length of the top entry, which stays.',
  MATCH_MAPPING: 'Pushes whether the top entry, which stays, is a mapping.',
  MATCH_SEQUENCE: 'Pushes whether the top entry, which stays, is a sequence, and no str, bytes or bytearray.',
  MATCH_KEYS: dialect =>
    `Pushes a tuple of the values that the mapping below has for the keys on top, or None if it lacks one${
      effect(dialect, Op.MATCH_KEYS) === 2 ? '; then whether it has them all.' : '.'
    }`,
  MATCH_CLASS: dialect =>
    effect(dialect, Op.MATCH_CLASS) === -1
      ? 'Pops a tuple of attribute names; replaces the subject and the class by a tuple of attributes and whether it is an instance. The argument says how many patterns are positional.'
      : 'Pops a tuple of attribute names, a class and the subject, and pushes a tuple of attributes, or None if it is no instance. The argument says how many patterns are positional.',
  COPY_DICT_WITHOUT_KEYS: 'Replaces the tuple of keys on top by a dict of what else the mapping below has.',

  // ---- Never in co_code ----
  ANNOTATIONS_PLACEHOLDER: pseudo(
    'Keeps the place where deferred annotations of a module or class are made.',
  ),
  JUMP: pseudo('Jumps; it becomes JUMP_FORWARD or JUMP_BACKWARD.'),
  JUMP_NO_INTERRUPT: pseudo('Jumps; it becomes JUMP_FORWARD or JUMP_BACKWARD_NO_INTERRUPT.'),
  JUMP_IF_FALSE: pseudo(
    'Jumps if the top entry is false, and leaves it; it becomes a copy, TO_BOOL and POP_JUMP_IF_FALSE.',
  ),
  JUMP_IF_TRUE: pseudo(
    'Jumps if the top entry is true, and leaves it; it becomes a copy, TO_BOOL and POP_JUMP_IF_TRUE.',
  ),
  LOAD_SUPER_METHOD: pseudo('Loads an attribute of super() for a call; it becomes LOAD_SUPER_ATTR.'),
  LOAD_ZERO_SUPER_ATTR: pseudo(
    'Loads an attribute of super() without arguments; it becomes LOAD_SUPER_ATTR.',
  ),
  LOAD_ZERO_SUPER_METHOD: pseudo(
    'Loads an attribute of super() without arguments for a call; it becomes LOAD_SUPER_ATTR.',
  ),
  STORE_FAST_MAYBE_NULL: pseudo('Pops a value or NULL into a local variable; it becomes STORE_FAST.'),
};

/** What an opcode does in a version. */
export function describe(op: Op, dialect: Dialect): string {
  const description = DESCRIPTIONS[Op[op] as keyof typeof Op];
  return typeof description === 'string' ? description : description(dialect);
}
