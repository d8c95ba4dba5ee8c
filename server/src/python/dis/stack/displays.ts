// What puts together displays, strings and slices, fills them, and takes values apart.
import { Op } from '../../versions/opcodes/op.generated.ts';
import { keywordsOf, listed, type Machine, operand, primary } from './machine.ts';
import { slicePiece } from './slices.ts';
import { Binding, type Entry } from './slots.ts';

const CONVERSIONS = ['', '!s', '!r', '!a'];
const WITH_FORMAT = 4;

const item = (entry: Entry): string => operand(entry, Binding.Conditional);

function* pairs(entries: readonly Entry[]): Generator<string> {
  for (let i = 0; i + 1 < entries.length; i += 2) yield `${item(entries[i])}: ${item(entries[i + 1])}`;
}

/** How an entry stands between the quotes of an f-string. */
function pieceOf({ piece, constant, text }: Entry): string {
  if (piece !== undefined) return piece;
  const isText = constant && 'value' in constant && typeof constant.value === 'string';
  return isText ? text.slice(1, -1).replace(/[{}]/g, '$&$&') : `{${text}}`;
}

function pushFormatted(machine: Machine, value: Entry, conversion: string, spec: Entry | undefined): void {
  const format = spec ? `:${pieceOf(spec)}` : '';
  const piece = `{${value.piece?.slice(1, -1) ?? value.text}${conversion}${format}}`;
  machine.push(`f'${piece}'`, Binding.Primary, { piece });
}

/** Adds to what is being filled: on the same level one more item, in a loop many. */
function add(machine: Machine, arg: number, added: string, open: string, close: string): void {
  if (arg === 1) {
    const { text } = machine.pop();
    const isDisplay = text.startsWith(open) && text.endsWith(close) && !text.endsWith('…');
    const inner = isDisplay ? text.slice(open.length, -close.length) : `*${text}`;
    machine.push(`${open}${inner}${inner && ', '}${added}${close}`);
    return;
  }
  const filled = machine.peek(arg - 1);
  if (/^(?:\[\]|set\(\)|\{\})$/.test(filled.text))
    filled.text = added.includes(': ') ? '{…: …}' : `${open}…${close}`;
}

/** The items of a constant tuple or set that a display is extended with, or the starred expression. */
const spread = ({ text, constant }: Entry): string =>
  constant && 'items' in constant
    ? text.replace(/^frozenset\(\{?|^\(/, '').replace(/\}?\)$|,?\)$/, '')
    : `*${text}`;

/** What an instruction does that makes, fills or unpacks a display; false if it is none. */
export function applyDisplay(op: Op, arg: number, machine: Machine): boolean {
  const { dialect } = machine.names;
  const popped = (): Entry[] => machine.take(1 - dialect.opcodes.stackEffect(op, arg, false));
  switch (op) {
    case Op.BUILD_TUPLE: {
      const items = machine.take(arg);
      machine.push(items.length === 1 ? `(${item(items[0])},)` : `(${listed(items.map(item))})`);
      return true;
    }
    case Op.BUILD_LIST:
      machine.push(`[${listed(machine.take(arg).map(item))}]`);
      return true;
    case Op.BUILD_SET: {
      const items = machine.take(arg);
      machine.push(items.length === 0 ? 'set()' : `{${listed(items.map(item))}}`);
      return true;
    }
    case Op.BUILD_MAP:
      machine.push(`{${listed(pairs(machine.take(arg * 2)))}}`);
      return true;
    case Op.BUILD_CONST_KEY_MAP: {
      const { constant } = machine.pop();
      const keys = keywordsOf(constant);
      const values = machine.take(arg);
      machine.push(`{${listed(values.map((value, i) => `'${keys[i] ?? '?'}': ${item(value)}`))}}`);
      return true;
    }
    case Op.BUILD_LIST_UNPACK:
      machine.push(`[${listed(machine.take(arg).map(spread))}]`);
      return true;
    case Op.BUILD_TUPLE_UNPACK:
    case Op.BUILD_TUPLE_UNPACK_WITH_CALL:
      machine.push(`(${listed(machine.take(arg).map(spread))})`);
      return true;
    case Op.BUILD_SET_UNPACK:
      machine.push(`{${listed(machine.take(arg).map(spread))}}`);
      return true;
    case Op.BUILD_MAP_UNPACK:
    case Op.BUILD_MAP_UNPACK_WITH_CALL:
      machine.push(`{${listed(machine.take(arg).map(({ text }) => `**${text}`))}}`);
      return true;
    case Op.BUILD_STRING:
      machine.push(`f'${joined(machine.take(arg))}'`);
      return true;
    case Op.BUILD_SLICE: {
      const parts = popped();
      machine.push(`slice(${listed(parts.map(item))})`, Binding.Primary, {
        piece: slicePiece(parts.map(({ text }) => text)),
      });
      return true;
    }
    case Op.FORMAT_VALUE: {
      const spec = (arg & WITH_FORMAT) !== 0 ? machine.pop() : undefined;
      pushFormatted(machine, machine.pop(), CONVERSIONS[arg & 3], spec);
      return true;
    }
    case Op.CONVERT_VALUE: {
      const conversion = CONVERSIONS[arg] ?? '';
      const { text } = machine.pop();
      const name = { '!s': 'str', '!r': 'repr', '!a': 'ascii' }[conversion] ?? '';
      machine.push(`${name}(${text})`, Binding.Primary, { piece: `{${text}${conversion}}` });
      return true;
    }
    case Op.FORMAT_SIMPLE:
      pushFormatted(machine, machine.pop(), '', undefined);
      return true;
    case Op.FORMAT_WITH_SPEC: {
      const spec = machine.pop();
      pushFormatted(machine, machine.pop(), '', spec);
      return true;
    }
    case Op.BUILD_INTERPOLATION: {
      const [value] = popped();
      machine.push(`<interpolation of ${value?.text ?? '?'}>`);
      return true;
    }
    case Op.BUILD_TEMPLATE:
      machine.take(2);
      machine.push('<template>');
      return true;
    case Op.LIST_APPEND:
      add(machine, arg, item(machine.pop()), '[', ']');
      return true;
    case Op.SET_ADD:
      add(machine, arg, item(machine.pop()), '{', '}');
      return true;
    case Op.MAP_ADD: {
      const [key, value] = machine.take(2);
      if (key && value) add(machine, arg, `${item(key)}: ${item(value)}`, '{', '}');
      return true;
    }
    case Op.LIST_EXTEND:
      add(machine, arg, spread(machine.pop()), '[', ']');
      return true;
    case Op.SET_UPDATE: {
      const added = spread(machine.pop());
      if (arg === 1 && machine.peek(0).text === 'set()') {
        machine.pop();
        machine.push(`{${added}}`);
      } else add(machine, arg, added, '{', '}');
      return true;
    }
    case Op.DICT_UPDATE:
    case Op.DICT_MERGE:
      add(machine, arg, `**${machine.pop().text}`, '{', '}');
      return true;
    case Op.LIST_TO_TUPLE:
      machine.replace(({ text }) => `tuple(${text})`);
      return true;
    case Op.UNPACK_SEQUENCE: {
      const { text } = machine.pop();
      for (let i = arg - 1; i >= 0 && machine.canPush(); i--) machine.push(`<item ${i} of ${text}>`);
      return true;
    }
    case Op.UNPACK_EX: {
      const { text } = machine.pop();
      const [before, after] = [arg & 0xff, arg >> 8];
      for (let i = 1; i <= after && machine.canPush(); i++) machine.push(`<item -${i} of ${text}>`);
      machine.push(`<rest of ${text}>`);
      for (let i = before - 1; i >= 0 && machine.canPush(); i--) machine.push(`<item ${i} of ${text}>`);
      return true;
    }
    case Op.MATCH_MAPPING:
    case Op.MATCH_SEQUENCE:
      machine.push(`<${machine.peek(0).text} is a ${op === Op.MATCH_MAPPING ? 'mapping' : 'sequence'}>`);
      return true;
    case Op.MATCH_KEYS: {
      const [subject, keys] = [machine.peek(1).text, machine.peek(0).text];
      machine.push(`<values of ${subject} at ${keys} | None>`);
      if (dialect.opcodes.stackEffect(op, arg, false) === 2) machine.push('<all keys are there>');
      return true;
    }
    case Op.MATCH_CLASS: {
      const [subject, cls] = machine.take(3);
      const attributes = `<attributes of ${primary(subject ?? cls)} as ${cls?.text ?? '?'} | None>`;
      machine.push(attributes);
      if (dialect.opcodes.stackEffect(op, arg, false) === -1) machine.push('<the class matches>');
      return true;
    }
    case Op.COPY_DICT_WITHOUT_KEYS:
      machine.pop();
      machine.push(`<rest of ${machine.peek(0).text}>`);
      return true;
    default:
      return false;
  }
}

/** The pieces of an f-string; not to the end if there are very many. */
function joined(entries: readonly Entry[]): string {
  let result = '';
  for (const entry of entries) {
    if (result.length > 90) break;
    result += pieceOf(entry);
  }
  return result;
}
