// Which model of exceptions a dialect has.
import type { CompilerDialect } from '../../../versions/compilerDialect.ts';
import { BLOCK_STACK } from './blockStack.ts';
import { HANDLER_TABLE } from './handlerTable.ts';
import type { ExceptionModel } from '../generator.ts';
import { SUBROUTINES } from './subroutines.ts';

const MODELS: Readonly<Record<CompilerDialect['exceptions'], ExceptionModel>> = {
  subroutines: SUBROUTINES,
  blockStack: BLOCK_STACK,
  handlerTable: HANDLER_TABLE,
};

export const exceptionModelOf = ({ exceptions }: CompilerDialect): ExceptionModel => MODELS[exceptions];
