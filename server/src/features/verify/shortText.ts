// Values of files in a few words, however large they are.
import type { CodeFacts } from '../../python/code/codeObject.ts';
import type { Constant } from '../../python/code/constant.ts';
import { repr, reprStr } from '../../python/constants/repr.ts';
import { ConstantType } from '../../python/constants/values.ts';
import { shortened } from '../../python/text/repr.ts';

/** In UTF-16 units. */
export const MOST_CHARACTERS = 60;

/** `repr()` of a str, cut where it is long. */
export const shortText = (value: string): string =>
  shortened(reprStr({ value }, undefined, MOST_CHARACTERS), MOST_CHARACTERS);

/** `repr()` of a constant, cut where it is long; a nested code object by its name and line. */
export function shortConstant(constant: Constant<CodeFacts>): string {
  if (constant.type !== ConstantType.Code)
    return shortened(repr(constant, undefined, MOST_CHARACTERS), MOST_CHARACTERS);
  const { name, firstlineno } = constant.code;
  return `<code object ${shortened(name, MOST_CHARACTERS)}, line ${firstlineno}>`;
}
