// What can stand in co_consts: Python's values, and nested code objects.
import type { ConstantType, ConstantValue } from '../constants/values.ts';
import type { CodeFacts, CodeObject } from './codeObject.ts';

/** A nested code object; of a file, a whole one. */
export interface CodeConstant<Code extends CodeFacts = CodeObject> {
  readonly type: ConstantType.Code;
  readonly code: Code;
}

export type Constant<Code extends CodeFacts = CodeObject> = ConstantValue | CodeConstant<Code>;
