// The bases that a class gets for those that its statement names: typing's generic aliases stand for a class and see to
// it that Generic is among the bases once (PEP 560). CPython: Lib/typing.py, __mro_entries__() of its aliases.
import type { Class } from '../values.ts';

/** A base as a class statement has it. */
export interface WrittenBase {
  /** The class, or what the alias is made of. */
  readonly class: Class;
  /** `C` or `list[int]`; `List` and `List[int]` of typing; `C[int]` of a generic class, `Generic[T]`, `Protocol[T]`. */
  readonly form: 'class' | 'typing' | 'subscripted';
}

/** What the rules ask about classes. */
export interface GenericLookup {
  /** `typing.Generic`; unknown without typing. */
  readonly generic: Class | undefined;
  /** Whether a class inherits from Generic. */
  readonly isGeneric: (cls: Class) => boolean;
  readonly name: (cls: Class) => string;
}

/** `__bases__` of what a class statement names. */
export function mroEntries(
  written: readonly WrittenBase[],
  { generic, isGeneric, name }: GenericLookup,
): Class[] {
  const isAlias = ({ form }: WrittenBase): boolean => form !== 'class';
  const isNamed = (test: (cls: Class) => boolean): boolean =>
    written.some(base => base.form === 'class' && test(base.class));
  return written.flatMap((base, i) => {
    const { class: cls, form } = base;
    const later = written.slice(i + 1);
    switch (form) {
      case 'class':
        return [cls];
      case 'typing': {
        const own = isNamed(other => other === cls) ? [] : [cls];
        const isLater = later.some(other => isAlias(other) || isGeneric(other.class));
        return isLater || !generic ? own : [...own, generic];
      }
      case 'subscripted': {
        const isLeftToOthers =
          cls === generic && (isNamed(other => name(other) === 'typing.Protocol') || later.some(isAlias));
        return isLeftToOthers ? [] : [cls];
      }
    }
  });
}
