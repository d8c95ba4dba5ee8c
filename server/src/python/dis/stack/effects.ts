// What each instruction does to the stack, by name: the entries that it pops, and the expressions that it pushes.
// CPython: Python/ceval.c up to 3.11, Python/bytecodes.c from 3.12 on; Python/compile.c, stack_effect().
import { Op } from '../../versions/opcodes/op.generated.ts';
import { applyCall, pushMethod, pushWithNull } from './calls.ts';
import { applyDisplay } from './displays.ts';
import { applyException } from './exceptions.ts';
import { type Machine, operand, primary } from './machine.ts';
import { applyMove } from './moves.ts';
import { slicePiece } from './slices.ts';
import { Binding, entryOf } from './slots.ts';

/**
 * Does to a machine's stack what an instruction does; `jump` where it jumps. False for what no code object has: pseudo-ops
 * and numbers that are no opcode.
 */
export function apply(op: Op, arg: number, jump: boolean, machine: Machine): boolean {
  return (
    applyLoad(op, arg, machine) ||
    applyOperator(op, arg, machine) ||
    applyMove(op, arg, jump, machine) ||
    applyCall(op, arg, machine) ||
    applyDisplay(op, arg, machine) ||
    applyException(op, arg, jump, machine)
  );
}

// ---- Loads and stores ------------------------------------------------------------------------------------------

function applyLoad(op: Op, arg: number, machine: Machine): boolean {
  const { names } = machine;
  const { dialect } = names;
  const { dis } = dialect;
  const load = (index: number): void => {
    const { name, isCell } = names.local(index);
    machine.push(isCell ? `<cell ${name}>` : name);
  };
  switch (op) {
    case Op.LOAD_CONST:
      machine.put(names.constant(arg));
      return true;
    case Op.LOAD_SMALL_INT:
      machine.push(String(arg));
      return true;
    case Op.LOAD_COMMON_CONSTANT: {
      const text = dialect.opcodes.facts.commonConstants[arg] ?? '<?>';
      machine.push(/^<(?:class '|built-in function )(.*?)'?>$/.exec(text)?.[1] ?? text);
      return true;
    }
    case Op.LOAD_NAME:
    case Op.LOAD_FROM_DICT_OR_GLOBALS:
      if (op === Op.LOAD_FROM_DICT_OR_GLOBALS) machine.pop();
      machine.push(names.name(arg));
      return true;
    case Op.LOAD_GLOBAL:
      if (dis.extraPush === 'none') machine.push(names.name(arg));
      else if ((arg & 1) === 0) machine.push(names.name(arg >> 1));
      else pushWithNull(machine, entryOf(names.name(arg >> 1)));
      return true;
    case Op.LOAD_FAST:
    case Op.LOAD_FAST_BORROW:
    case Op.LOAD_FAST_CHECK:
      load(arg);
      return true;
    case Op.LOAD_FAST_AND_CLEAR:
      machine.push(`<${names.local(arg).name} | NULL>`);
      return true;
    case Op.LOAD_FAST_LOAD_FAST:
    case Op.LOAD_FAST_BORROW_LOAD_FAST_BORROW:
      load(arg >> 4);
      load(arg & 15);
      return true;
    case Op.STORE_FAST_LOAD_FAST:
      machine.pop();
      load(arg & 15);
      return true;
    case Op.STORE_FAST_STORE_FAST:
      machine.take(2);
      return true;
    case Op.LOAD_DEREF:
    case Op.LOAD_CLASSDEREF:
      machine.push(names.cell(arg));
      return true;
    case Op.LOAD_FROM_DICT_OR_DEREF:
      machine.pop();
      machine.push(names.cell(arg));
      return true;
    case Op.LOAD_CLOSURE:
      machine.push(`<cell ${names.cell(arg)}>`);
      return true;
    case Op.LOAD_LOCALS:
      machine.push('locals()');
      return true;
    case Op.LOAD_BUILD_CLASS:
      machine.push('__build_class__');
      return true;
    case Op.LOAD_ASSERTION_ERROR:
      machine.push('AssertionError');
      return true;
    case Op.LOAD_ATTR: {
      const owner = machine.pop();
      const attribute = `${primary(owner)}.${names.name(dis.attributeBits ? arg >> 1 : arg)}`;
      if (dis.attributeBits && (arg & 1) !== 0) pushMethod(machine, attribute, owner.text);
      else machine.push(attribute);
      return true;
    }
    case Op.LOAD_METHOD: {
      const owner = machine.pop();
      pushMethod(machine, `${primary(owner)}.${names.name(arg)}`, owner.text);
      return true;
    }
    case Op.LOAD_SUPER_ATTR: {
      const [, , self] = machine.take(3);
      const attribute = `super().${names.name(arg >> 2)}`;
      if ((arg & 1) !== 0) pushMethod(machine, attribute, self?.text ?? '?');
      else machine.push(attribute);
      return true;
    }
    case Op.LOAD_SPECIAL: {
      const owner = machine.pop();
      const method = dialect.opcodes.facts.specialMethods[arg] ?? '?';
      pushMethod(machine, `${primary(owner)}.${method}`, owner.text);
      return true;
    }
    case Op.IMPORT_NAME:
      machine.take(2);
      machine.push(`<module ${names.name(dis.importBits ? arg >> 2 : arg)}>`);
      return true;
    case Op.IMPORT_FROM:
      machine.push(`${machine.peek(0).text}.${names.name(arg)}`);
      return true;
    case Op.STORE_NAME:
    case Op.STORE_GLOBAL:
    case Op.STORE_FAST:
    case Op.STORE_DEREF:
    case Op.DELETE_ATTR:
    case Op.IMPORT_STAR:
    case Op.PRINT_EXPR:
      machine.pop();
      return true;
    case Op.STORE_ATTR:
    case Op.DELETE_SUBSCR:
      machine.take(2);
      return true;
    case Op.STORE_SUBSCR:
      machine.take(3);
      return true;
    case Op.STORE_SLICE:
      machine.take(4);
      return true;
    default:
      return false;
  }
}

// ---- Operators -------------------------------------------------------------------------------------------------

const BINDING: Readonly<Record<string, Binding>> = {
  '|': Binding.BitOr,
  '^': Binding.BitXor,
  '&': Binding.BitAnd,
  '<<': Binding.Shift,
  '>>': Binding.Shift,
  '+': Binding.Sum,
  '-': Binding.Sum,
  '*': Binding.Product,
  '@': Binding.Product,
  '/': Binding.Product,
  '//': Binding.Product,
  '%': Binding.Product,
  '**': Binding.Power,
};

/** The operators of the instructions that have one each, up to 3.10. */
const OPERATORS: ReadonlyMap<Op, string> = new Map(
  (
    [
      ['POWER', '**'],
      ['MULTIPLY', '*'],
      ['MATRIX_MULTIPLY', '@'],
      ['FLOOR_DIVIDE', '//'],
      ['TRUE_DIVIDE', '/'],
      ['MODULO', '%'],
      ['ADD', '+'],
      ['SUBTRACT', '-'],
      ['LSHIFT', '<<'],
      ['RSHIFT', '>>'],
      ['AND', '&'],
      ['XOR', '^'],
      ['OR', '|'],
    ] as const
  ).flatMap(([name, symbol]): [Op, string][] => [
    [Op[`BINARY_${name}`], symbol],
    [Op[`INPLACE_${name}`], symbol],
  ]),
);

function binary(machine: Machine, symbol: string): void {
  const [left, right] = machine.take(2);
  if (!left || !right) return;
  if (symbol === '[]') {
    machine.push(`${primary(left)}[${right.piece ?? right.text}]`);
    return;
  }
  const binding = BINDING[symbol] ?? Binding.Comparison;
  // Operators group to the left, powers to the right.
  const [less, more] = symbol === '**' ? [binding + 1, binding] : [binding, binding + 1];
  machine.push(`${operand(left, less)} ${symbol} ${operand(right, more)}`, binding);
}

function comparison(machine: Machine, symbol: string, toBool = false): void {
  const [left, right] = machine.take(2);
  if (!left || !right) return;
  const binding = Binding.Comparison;
  const text = `${operand(left, binding + 1)} ${symbol} ${operand(right, binding + 1)}`;
  if (toBool) machine.push(`bool(${text})`);
  else machine.push(text, binding);
}

function applyOperator(op: Op, arg: number, machine: Machine): boolean {
  const { opcodes, dis } = machine.names.dialect;
  const symbol = OPERATORS.get(op);
  if (symbol !== undefined) {
    binary(machine, symbol);
    return true;
  }
  switch (op) {
    case Op.BINARY_OP:
      binary(machine, (opcodes.facts.binaryOperators[arg]?.[1] ?? '?').replace(/(.)=$/, '$1'));
      return true;
    case Op.BINARY_SUBSCR:
      binary(machine, '[]');
      return true;
    case Op.BINARY_SLICE: {
      const [owner, start, stop] = machine.take(3);
      if (owner && start && stop) machine.push(`${primary(owner)}[${slicePiece([start.text, stop.text])}]`);
      return true;
    }
    case Op.COMPARE_OP:
      comparison(
        machine,
        opcodes.facts.compareOperators[arg >> dis.compareShift] ?? '?',
        dis.comparesToBool && (arg & 16) !== 0,
      );
      return true;
    case Op.IS_OP:
      comparison(machine, arg ? 'is not' : 'is');
      return true;
    case Op.CONTAINS_OP:
      comparison(machine, arg ? 'not in' : 'in');
      return true;
    case Op.UNARY_NOT:
      machine.replace(top => `not ${operand(top, Binding.Not)}`, Binding.Not);
      return true;
    case Op.UNARY_NEGATIVE:
      machine.replace(top => `-${operand(top, Binding.Sign)}`, Binding.Sign);
      return true;
    case Op.UNARY_POSITIVE:
      machine.replace(top => `+${operand(top, Binding.Sign)}`, Binding.Sign);
      return true;
    case Op.UNARY_INVERT:
      machine.replace(top => `~${operand(top, Binding.Sign)}`, Binding.Sign);
      return true;
    case Op.TO_BOOL:
      machine.replace(({ text }) => `bool(${text})`);
      return true;
    case Op.GET_LEN:
      machine.push(`len(${machine.peek(0).text})`);
      return true;
    default:
      return false;
  }
}
