// The constants of the module inspect that stand for bits: CO_* of code objects, and BufferFlags of buffers.
import { CodeFlags } from '../code/flags.ts';
import type { Target } from '../versions/target.ts';

/** What a name of a bit means. */
export interface BitName {
  readonly value: number;
  readonly meaning: string;
}

/** CPython: Doc/library/inspect.rst, "Code Objects Bit Flags" says what each is for. */
const CODE_FLAGS: Readonly<Record<string, string>> = {
  OPTIMIZED: 'local variables have numbered slots',
  NEWLOCALS: 'every call has local variables of its own',
  VARARGS: 'there is a parameter `*args`',
  VARKEYWORDS: 'there is a parameter `**kwargs`',
  NESTED: 'the function is inside another function',
  GENERATOR: 'a call gives a generator',
  NOFREE: 'neither cell nor free variables; the compiler sets it up to 3.10',
  COROUTINE: 'a call gives a coroutine',
  ITERABLE_COROUTINE:
    'a generator that can be awaited; `types.coroutine()` sets it at run time, never the compiler',
  ASYNC_GENERATOR: 'a call gives an asynchronous generator',
  HAS_DOCSTRING: 'the first constant is a docstring',
  METHOD: 'the function is defined in a class',
};

/** The flag `inspect.CO_…` of a target; undefined if its inspect has none of that name. */
export function codeFlag(name: string, { dialect }: Target): BitName | undefined {
  const bit = name.startsWith('CO_') ? name.slice(3) : '';
  if (!Object.hasOwn(CODE_FLAGS, bit)) return undefined;
  const isNew = bit === 'HAS_DOCSTRING' || bit === 'METHOD';
  if (isNew && !dialect.compiler.docstringAndMethodFlags) return undefined;
  return { value: CodeFlags[bit as keyof typeof CodeFlags], meaning: CODE_FLAGS[bit] };
}

/** Bits of their own, and what they ask of a buffer (PEP 3118). CPython: Include/cpython/pybuffer.h */
const BUFFER_BITS: readonly BitName[] = [
  { value: 0x1, meaning: 'it can be written to' },
  { value: 0x4, meaning: 'it tells the format of its items' },
  { value: 0x8, meaning: 'it tells its shape' },
  { value: 0x10, meaning: 'it tells its strides' },
  { value: 0x20, meaning: 'it is contiguous, the last index varies fastest' },
  { value: 0x40, meaning: 'it is contiguous, the first index varies fastest' },
  { value: 0x80, meaning: 'it is contiguous either way' },
  { value: 0x100, meaning: 'its items may be behind pointers' },
];

/** The members of inspect.BufferFlags; STRIDES and what comes after it imply others. */
const BUFFER_FLAGS: Readonly<Record<string, number>> = {
  SIMPLE: 0x0,
  WRITABLE: 0x1,
  FORMAT: 0x4,
  ND: 0x8,
  STRIDES: 0x18,
  C_CONTIGUOUS: 0x38,
  F_CONTIGUOUS: 0x58,
  ANY_CONTIGUOUS: 0x98,
  INDIRECT: 0x118,
  CONTIG: 0x9,
  CONTIG_RO: 0x8,
  STRIDED: 0x19,
  STRIDED_RO: 0x18,
  RECORDS: 0x1d,
  RECORDS_RO: 0x1c,
  FULL: 0x11d,
  FULL_RO: 0x11c,
};

/** The member of inspect.BufferFlags; READ and WRITE are those of memoryviews alone. */
export function bufferFlag(name: string): BitName | undefined {
  if (name === 'READ' || name === 'WRITE') {
    const value = name === 'READ' ? 0x100 : 0x200;
    return { value, meaning: `how memoryview opens a buffer for ${name === 'READ' ? 'reading' : 'writing'}` };
  }
  if (!Object.hasOwn(BUFFER_FLAGS, name)) return undefined;
  const value = BUFFER_FLAGS[name];
  const bits = BUFFER_BITS.filter(bit => (value & bit.value) !== 0);
  if (bits.length === 0) return { value, meaning: 'bytes, and nothing more is asked of it' };
  return { value, meaning: bits.map(({ meaning }) => meaning).join('; ') };
}
