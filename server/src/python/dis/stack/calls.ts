// What calls do to the stack: by version, functions lie on it with NULL or with what is passed as self.
import { Op } from '../../versions/opcodes/op.generated.ts';
import { isNull, keywordsOf, listed, type Machine, operand, primary } from './machine.ts';
import { Binding, type Entry } from './slots.ts';

/** The method of an object, as it lies on the stack before a call: two entries. */
export function pushMethod(machine: Machine, method: string, self: string): void {
  const isNullFirst = machine.names.dialect.dis.extraPush !== 'after';
  if (isNullFirst) {
    // An unbound method and self, or NULL and what the attribute is.
    machine.push(`<${method} | NULL>`, Binding.Primary, { callee: method });
    machine.push(`<${self} | ${method}>`);
  } else {
    machine.push(method, Binding.Primary, { callee: method });
    machine.push(`<${self} | NULL>`);
  }
}

/** A function and NULL, in the version's order. */
export function pushWithNull(machine: Machine, entry: Entry): void {
  const isNullFirst = machine.names.dialect.dis.extraPush !== 'after';
  if (isNullFirst) machine.push('NULL');
  machine.put(entry);
  if (!isNullFirst) machine.push('NULL');
}

/** The text of what two entries call, and what the second one adds to its arguments. */
function calleeOf([first, second]: readonly Entry[]): { callee: string; self: string[] } {
  if (first.callee !== undefined) return { callee: first.callee, self: [] };
  if (isNull(first)) return { callee: primary(second), self: [] };
  if (isNull(second)) return { callee: primary(first), self: [] };
  return { callee: primary(first), self: [argument(second)] };
}

const argument = (entry: Entry): string => operand(entry, Binding.Conditional);

function* argumentTexts(
  entries: readonly Entry[],
  keywords: readonly string[],
  self: readonly string[] = [],
): Generator<string> {
  yield* self;
  const positional = entries.length - keywords.length;
  for (let i = 0; i < entries.length; i++) {
    const text = argument(entries[i]);
    yield i < positional ? text : `${keywords[i - positional]}=${text}`;
  }
}

/** Pops a function of two entries below its arguments, and pushes the call. */
function call(machine: Machine, args: readonly Entry[], keywords: readonly string[]): void {
  const { callee, self } = calleeOf(machine.take(2));
  machine.push(`${callee}(${listed(argumentTexts(args, keywords, self))})`);
}

/** What an instruction does that calls, or that puts together the arguments of a call; false if it is none. */
export function applyCall(op: Op, arg: number, machine: Machine): boolean {
  const { dialect } = machine.names;
  switch (op) {
    case Op.CALL_FUNCTION: {
      const args = machine.take(arg);
      machine.push(`${primary(machine.pop())}(${listed(argumentTexts(args, []))})`);
      return true;
    }
    case Op.CALL_FUNCTION_KW: {
      const keywords = keywordsOf(machine.pop().constant);
      const args = machine.take(arg);
      machine.push(`${primary(machine.pop())}(${listed(argumentTexts(args, keywords))})`);
      return true;
    }
    case Op.CALL_FUNCTION_EX: {
      const all = machine.take(1 - dialect.opcodes.stackEffect(op, arg, false));
      const [args, keywords] = all.slice(dialect.dis.extraPush === 'none' ? 1 : 2);
      const callee = dialect.dis.extraPush === 'before' && isNull(all[0]) ? all[1] : all[0];
      if (!callee || !args) return true;
      const texts = [/^tuple\(\[(.*)\]\)$/.exec(args.text)?.[1] ?? `*${argument(args)}`];
      if (keywords && !isNull(keywords)) texts.push(`**${argument(keywords)}`);
      machine.push(`${primary(callee)}(${texts.filter(text => text !== '').join(', ')})`);
      return true;
    }
    case Op.CALL_METHOD:
      call(machine, machine.take(arg), []);
      return true;
    case Op.KW_NAMES:
      machine.keywords = keywordsOf(machine.names.constant(arg).constant);
      return true;
    case Op.PRECALL: {
      // The next instruction, CALL, calls; that this one pops the arguments is what stack_effect() has it do.
      const args = machine.take(arg);
      const { callee, self } = calleeOf(machine.take(2));
      const text = `${callee}(${listed(argumentTexts(args, machine.keywords, self))})`;
      machine.keywords = [];
      machine.push('NULL');
      machine.push(`<call of ${text}>`, Binding.Primary, { result: text });
      return true;
    }
    case Op.CALL:
      if (dialect.opcodes.has(Op.PRECALL)) {
        const [, prepared] = machine.take(2);
        machine.push(prepared?.result ?? '<?>');
        return true;
      }
      call(machine, machine.take(arg), machine.keywords);
      machine.keywords = [];
      return true;
    case Op.CALL_KW: {
      const keywords = keywordsOf(machine.pop().constant);
      call(machine, machine.take(arg), keywords);
      return true;
    }
    case Op.MAKE_FUNCTION: {
      const parts = machine.take(1 - dialect.opcodes.stackEffect(op, arg, false));
      const code = parts.find(({ codeName }) => codeName !== undefined);
      machine.push(`<function ${code?.codeName ?? '?'}>`);
      return true;
    }
    case Op.SET_FUNCTION_ATTRIBUTE: {
      const made = machine.pop();
      machine.pop();
      machine.put(made);
      return true;
    }
    case Op.CALL_INTRINSIC_1: {
      const name = dialect.opcodes.facts.unaryIntrinsics[arg] ?? '?';
      machine.replace(top => intrinsic(name, [top]));
      return true;
    }
    case Op.CALL_INTRINSIC_2: {
      const name = dialect.opcodes.facts.binaryIntrinsics[arg] ?? '?';
      machine.push(intrinsic(name, machine.take(2)));
      return true;
    }
    default:
      return false;
  }
}

function intrinsic(name: string, operands: readonly Entry[]): string {
  const [{ text }] = operands;
  switch (name) {
    case 'INTRINSIC_UNARY_POSITIVE':
      return `+${operand(operands[0], Binding.Sign)}`;
    case 'INTRINSIC_LIST_TO_TUPLE':
      return `tuple(${text})`;
    case 'INTRINSIC_ASYNC_GEN_WRAP':
      return text;
    default:
      return `${name}(${listed(operands.map(argument))})`;
  }
}
