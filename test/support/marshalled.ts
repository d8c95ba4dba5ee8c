// Code objects that CPython compiled, as tests of what reads, assembles and writes bytecode want them.
import { readMarshal } from '../../server/src/python/code/marshal/reader.ts';
import type { WholeCode } from '../../server/src/python/code/bytecode.ts';
import { ConstantType } from '../../server/src/python/constants/values.ts';
import { askPython, type Judge } from './python.ts';

/** What to compile: texts, and every n-th file of the interpreter's library. */
interface Question {
  readonly sources?: readonly string[];
  readonly library?: number;
  readonly optimize?: number;
}

/** What a judge's marshal makes of modules; each with its name. */
export async function marshalled({ interpreter }: Judge, question: Question): Promise<[string, Buffer][]> {
  const answers = (await askPython(interpreter, 'marshalled.py', question)) as [string, string][];
  return answers.map(([name, data]) => [name, Buffer.from(data, 'base64')]);
}

/** The code objects of modules that a judge compiled. */
export async function compiled(judge: Judge, question: Question): Promise<WholeCode[]> {
  return (await marshalled(judge, question)).map(([name, data]) => {
    const result = readMarshal(data, judge.target.dialect.assembler);
    if ('error' in result) throw new Error(`${name}: ${result.error.message} at ${result.error.offset}`);
    return result.code;
  });
}

/** A code object and all that are nested in it. */
export function* nested(code: WholeCode): Generator<WholeCode> {
  yield code;
  for (const constant of code.consts) if (constant.type === ConstantType.Code) yield* nested(constant.code);
}
