// What the constructors of Parameter and Signature check, and the texts that format() makes, against every CPython.
import assert from 'node:assert/strict';
import { type AnnotationValue, formatAnnotation } from '../../../server/src/python/inspect/annotation.ts';
import { getFullArgSpec } from '../../../server/src/python/inspect/argspec.ts';
import {
  type InvalidSignature,
  makeParameter,
  type Parameter,
  ParameterKind,
  parameterText,
  replaceParameter,
} from '../../../server/src/python/inspect/parameter.ts';
import {
  makeSignature,
  replaceSignature,
  type Signature,
  signatureText,
  type SignatureFormat,
} from '../../../server/src/python/inspect/signature.ts';
import { firstSignature } from './definitions.ts';
import { judged, type Worth } from './judging.ts';

/** What we say in the form of what CPython says. */
const worth = <T extends object>(result: T | InvalidSignature, text: (result: T) => string): Worth =>
  'valueError' in result ? { error: 'ValueError', message: result.valueError } : { value: text(result) };

const P = 'inspect.Parameter';
const python = ({ name, kind, default: value }: Parameter): string => {
  const given = value === undefined ? '' : `, default=${value}`;
  return `${P}(${JSON.stringify(name)}, ${P}.${ParameterKind[kind]}${given})`;
};

describe('inspect: Parameter and Signature', function () {
  this.timeout(120_000);

  it('Parameter() refuses names, kinds and defaults, and renames what comprehensions have', async () => {
    const names = [
      'a',
      '.0',
      '.12',
      '.x',
      '',
      'if',
      'match',
      'é',
      '1a',
      'a b',
      '.format',
      'True',
      '\u{1d4b8}',
    ];
    const parameters = names.flatMap(name =>
      [0, 1, 2, 3, 4].flatMap((kind: ParameterKind): Parameter[] => [
        { name, kind },
        { name, kind, default: '1' },
      ]),
    );
    // An empty name is an IndexError in CPython, and none of a parser's.
    const some = parameters.filter(({ name }) => name !== '');
    const text = (name: string, kind: string): string => `${name} ${kind}`;
    const expressions = some.map(parameter => `(lambda p: '%s %s' % (p, p.kind.name))(${python(parameter)})`);
    await judged('', expressions, ({ target, interpreter }, theirs, i) => {
      const ours = worth(makeParameter(some[i], target.dialect), made =>
        text(parameterText(made), ParameterKind[made.kind]),
      );
      assert.deepEqual(ours, theirs, `${interpreter.version}: ${expressions[i]}`);
    });
  });

  it('Parameter.replace() checks again', async () => {
    const parameter: Parameter = { name: 'a', kind: ParameterKind.POSITIONAL_OR_KEYWORD, default: '1' };
    const changes: readonly (readonly [string, Partial<Parameter>])[] = [
      ["name='b'", { name: 'b' }],
      ["name='1'", { name: '1' }],
      [`kind=${P}.VAR_POSITIONAL`, { kind: ParameterKind.VAR_POSITIONAL }],
      [`kind=${P}.KEYWORD_ONLY`, { kind: ParameterKind.KEYWORD_ONLY }],
      [`default=${P}.empty`, { default: undefined }],
    ];
    const expressions = changes.map(([keyword]) => `str(${python(parameter)}.replace(${keyword}))`);
    await judged('', expressions, ({ target }, theirs, i) => {
      const ours = worth(replaceParameter(parameter, changes[i][1], target.dialect), made =>
        parameterText(made),
      );
      assert.deepEqual(ours, theirs, expressions[i]);
    });
  });

  it('Signature() and replace() refuse orders, defaults and names', async () => {
    const kinds = [0, 1, 2, 3, 4];
    const lists: Parameter[][] = kinds.flatMap((first: ParameterKind) =>
      kinds.flatMap((second: ParameterKind) => [
        [
          { name: 'a', kind: first },
          { name: 'b', kind: second },
        ],
        [
          { name: 'a', kind: first },
          { name: 'a', kind: second },
        ],
        ...(first < 2 && second < 2
          ? [
              [
                { name: 'a', kind: first, default: '1' },
                { name: 'b', kind: second },
              ],
            ]
          : []),
      ]),
    );
    const expressions = lists.map(list => `str(inspect.Signature([${list.map(python).join(', ')}]))`);
    await judged('', expressions, ({ target, interpreter }, theirs, i) => {
      const text = (signature: Signature): string => signatureText(signature).text;
      const ours = worth(makeSignature({ parameters: lists[i] }, target.dialect), text);
      assert.deepEqual(ours, theirs, `${interpreter.version}: ${expressions[i]}`);
      const replaced = replaceSignature({ parameters: [] }, { parameters: lists[i] }, target.dialect);
      assert.deepEqual(worth(replaced, text), theirs);
    });
  });

  it('format() breaks lines and leaves out quotes', async () => {
    const source = [
      'from __future__ import annotations',
      "def f(a: int, /, b: 'x' = 'é', *, c: list[str] = None, **d) -> None: pass",
    ].join('\n');
    const formats: readonly (readonly [string, SignatureFormat])[] = [
      ['', {}],
      ['max_width=0', { maxWidth: 0 }],
      ['max_width=61', { maxWidth: 61 }],
      ['max_width=62', { maxWidth: 62 }],
      ['max_width=63', { maxWidth: 63 }],
      ['max_width=64', { maxWidth: 64 }],
      ['quote_annotation_strings=False', { quoteAnnotationStrings: false }],
      ['max_width=10, quote_annotation_strings=False', { maxWidth: 10, quoteAnnotationStrings: false }],
    ];
    const expressions = formats.map(([keywords]) => `inspect.signature(f).format(${keywords})`);
    let compared = 0;
    await judged(source, expressions, ({ target, interpreter }, theirs, i) => {
      if ('error' in theirs) return; // not in this version
      compared++;
      const { text, spans } = signatureText(firstSignature(source, target), formats[i][1]);
      assert.equal(text, theirs.value, `${interpreter.version}: ${expressions[i]}`);
      assert.deepEqual(
        spans.map(({ start, end }) => /^\**(\w+)/.exec(text.slice(start, end))?.[1]),
        ['a', 'b', 'c', 'd'],
      );
    });
    assert.ok(compared >= formats.length);
  });

  it('formatannotation() shows classes by their qualified names, and typing without its own', async () => {
    const source = [
      'import collections, typing, types, decimal',
      'class C:\n    class D: pass',
      'T = typing.TypeVar("T")',
      'U = typing.TypeVar("mytyping")',
    ].join('\n');
    const classes = ['int', 'C', 'C.D', 'collections.OrderedDict', 'decimal.Decimal', 'types.FunctionType'];
    const typings = [
      'typing.Any',
      'typing.Optional[int]',
      'typing.List[typing.Dict[str, typing.Any]]',
      'typing.Union[C, decimal.Decimal]',
      'typing.Callable[[int], T]',
      'typing.Tuple[U, ...]',
      'typing.List["typing.Any"]',
      'typing.List["mytyping.Any"]',
    ];
    const told = [
      ...classes.map(name => `[inspect.formatannotation(${name}), ${name}.__module__, ${name}.__qualname__]`),
      ...typings.map(name => `[inspect.formatannotation(${name}), repr(${name})]`),
      ...["'x'", '"it\'s"', '3', 'None', '[1]'].map(
        text =>
          `[inspect.formatannotation(${text}), repr(${text}), ${text} if isinstance(${text}, str) else None]`,
      ),
    ];
    await judged(source, told, ({ target, interpreter }, theirs, i) => {
      assert.ok('value' in theirs, told[i]);
      const [text, first, second] = theirs.value as string[];
      const value: AnnotationValue =
        i < classes.length
          ? { type: 'class', module: first, qualname: second }
          : i < classes.length + typings.length
            ? { type: 'typing', repr: first }
            : second
              ? { type: 'str', value: second }
              : { type: 'other', repr: first };
      assert.equal(formatAnnotation(value, target.dialect), text, `${interpreter.version}: ${told[i]}`);
    });
  });

  it('formatannotation() knows base modules, forward references and unquoted strings', async () => {
    const cases: readonly (readonly [string, AnnotationValue, Parameters<typeof formatAnnotation>[2]])[] = [
      [
        'inspect.formatannotation(decimal.Decimal, "decimal")',
        { type: 'class', module: 'decimal', qualname: 'Decimal' },
        { baseModule: 'decimal' },
      ],
      [
        'inspect.formatannotation("C", quote_annotation_strings=False)',
        { type: 'str', value: 'C' },
        { quoteAnnotationStrings: false },
      ],
      [
        'inspect.formatannotation(__import__("annotationlib").ForwardRef("C"))',
        { type: 'forwardRef', argument: 'C' },
        {},
      ],
    ];
    let compared = 0;
    await judged(
      'import decimal',
      cases.map(([text]) => text),
      ({ target }, theirs, i) => {
        if ('error' in theirs) return; // not in this version
        compared++;
        assert.equal(formatAnnotation(cases[i][1], target.dialect, cases[i][2]), theirs.value, cases[i][0]);
      },
    );
    assert.ok(compared >= cases.length);
  });

  it('getfullargspec() tells a signature by lists', async () => {
    const sources = [
      'def f(): pass',
      'def f(a, /, b=1, *c, d, e=2, **g): pass',
      'def f(a: "x", b: "y" = "z", *, c: "w" = None) -> "v": pass',
      'def f(self, *, k): pass',
      'f = lambda x, *y: 0',
    ];
    const expression =
      '(lambda s: [s.args, s.varargs, s.varkw, s.defaults and [repr(d) for d in s.defaults], s.kwonlyargs, ' +
      's.kwonlydefaults and {k: repr(d) for k, d in s.kwonlydefaults.items()}, ' +
      '[[k, repr(a)] for k, a in s.annotations.items()]])(inspect.getfullargspec(f))';
    for (const source of sources) {
      await judged(source, [expression], ({ target, interpreter }, theirs) => {
        const spec = getFullArgSpec(firstSignature(source, target));
        const ours = [
          spec.args,
          spec.varargs,
          spec.varkw,
          spec.defaults,
          spec.kwonlyargs,
          spec.kwonlydefaults && Object.fromEntries(spec.kwonlydefaults),
          [...spec.annotations],
        ];
        assert.deepEqual({ value: ours }, theirs, `${interpreter.version}: ${source}`);
      });
    }
  });
});
