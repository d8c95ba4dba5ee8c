// Values of files in a few words, however large they are.
import type { CodeFacts } from '../../python/code/codeObject.ts';
import type { Constant } from '../../python/code/constant.ts';
import { repr, reprStr } from '../../python/constants/repr.ts';
import { ConstantType } from '../../python/constants/values.ts';

const MOST_CHARACTERS = 60;
const MOST_BITS = 256n;

const cut = (text: string): string =>
  text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}…` : text;

/** `repr()` of a str, cut where it is long. */
export const shortText = (value: string): string =>
  cut(reprStr({ value: value.slice(0, MOST_CHARACTERS + 1) }));

/** `repr()` of a constant, cut where it is long; a nested code object by its name and line. */
export function shortConstant(constant: Constant<CodeFacts>): string {
  return cut(begin(constant, MOST_CHARACTERS));
}

/** As much of a constant's text as there is room for, and perhaps more. */
function begin(constant: Constant<CodeFacts>, room: number): string {
  const several = (open: string, items: readonly Constant<CodeFacts>[], close: string): string => {
    let text = open;
    for (const item of items) {
      if (text.length > room) return text;
      text += `${text === open ? '' : ', '}${begin(item, room - text.length)}`;
    }
    return text + close;
  };
  switch (constant.type) {
    case ConstantType.Code:
      return `<code object ${constant.code.name.slice(0, MOST_CHARACTERS)}, line ${constant.code.firstlineno}>`;
    case ConstantType.Tuple:
      return several('(', constant.items, constant.items.length === 1 ? ',)' : ')');
    case ConstantType.FrozenSet:
      return several('frozenset({', constant.items, '})');
    case ConstantType.Slice:
      return several('slice(', [constant.start, constant.stop, constant.step], ')');
    case ConstantType.Str:
      return shortText(constant.value);
    case ConstantType.Bytes:
      return repr({ type: ConstantType.Bytes, value: constant.value.subarray(0, MOST_CHARACTERS + 1) });
    case ConstantType.Int:
      return constant.value >> MOST_BITS === 0n || constant.value >> MOST_BITS === -1n
        ? repr(constant)
        : 'a long int';
    default:
      return repr(constant);
  }
}

/** A text that a pass has made, cut where it is long. */
export const shortened = cut;
