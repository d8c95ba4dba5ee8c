// What can stand in co_consts: Python's values, and nested code objects.
import type { ConstantType, ConstantValue } from '../constants/values.ts';
import type { CodeObject } from './codeObject.ts';

export interface CodeConstant {
  readonly type: ConstantType.Code;
  readonly code: CodeObject;
}

export type Constant = ConstantValue | CodeConstant;
