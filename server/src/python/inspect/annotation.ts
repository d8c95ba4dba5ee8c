// The text of an annotation's value. What the names in an annotation mean is for others to find out; here is what
// inspect makes of the value that they stand for. CPython: Lib/inspect.py, formatannotation().
import { reprStr } from '../constants/repr.ts';
import type { Dialect } from '../versions/dialect.ts';

/** What an annotation is once it is evaluated, as far as formatannotation() looks at it. */
export type AnnotationValue =
  | { readonly type: 'str'; readonly value: string }
  | { readonly type: 'class'; readonly module: string; readonly qualname: string }
  /** Something of the module typing, or a union: `repr` is its repr(), such as `typing.Optional[int]`. */
  | { readonly type: 'typing'; readonly repr: string }
  /** A ForwardRef of 3.14's annotationlib. */
  | { readonly type: 'forwardRef'; readonly argument: string }
  /** `list[int]` (types.GenericAlias) and any other object. */
  | { readonly type: 'other'; readonly repr: string };

interface AnnotationOptions {
  /** The module whose classes are shown without it. */
  readonly baseModule?: string;
  /** 3.14 and later: false leaves strings as they are. */
  readonly quoteAnnotationStrings?: boolean;
}

/** `int`, `collections.OrderedDict`, `Optional[int]`, `'C'`: what a signature shows of an annotation. */
export function formatAnnotation(
  value: AnnotationValue,
  { inspect, tokenizer }: Pick<Dialect, 'inspect' | 'tokenizer'>,
  { baseModule, quoteAnnotationStrings = true }: AnnotationOptions = {},
): string {
  switch (value.type) {
    case 'str':
      return quoteAnnotationStrings ? reprStr({ value: value.value }, tokenizer.unicode) : value.value;
    case 'class':
      return value.module === 'builtins' || value.module === baseModule
        ? value.qualname
        : `${value.module}.${value.qualname}`;
    case 'typing':
      return inspect.stripsTypingAnywhere
        ? value.repr.replaceAll('typing.', '')
        : value.repr.replace(/[\p{L}\p{N}_.]+/gu, word => word.replace(/^typing\./, ''));
    case 'forwardRef':
      return value.argument;
    case 'other':
      return value.repr;
  }
}
