// `generateAll()` is only faster: facts, bytecode and errors are those of the facts walk and a walk for each unit.
import assert from 'node:assert/strict';
import { codeJson, wholeCodeJson } from '../../../server/src/python/code/dump.ts';
import { analyze, type Analysis } from '../../../server/src/python/index.ts';
import { TARGETS } from '../../../server/src/python/versions/target.ts';

const SOURCES = {
  'what methods store, type parameters, annotations': `
class A[T: int = str](list[T]):
    """doc"""
    x: int = 1
    if x: y: 'T' = 2
    def f[U](self, a: T, *, b: U = 3) -> list[T]:
        self.one = [self.two for self.two in a]
        def g(self): self.three = lambda: (self, __class__)
        return g
    del x
`,
  'code objects that stay and that go': `
if 0:
    def gone(): pass
if 1:
    f = lambda: 1; f = lambda: 1
else:
    class Gone: pass
while True: break
else: (lambda: 2)
def after():
    return (x for x in y)
    def unreachable(): return lambda: None
`,
  'copies of finally bodies': `
def f(a):
    for i in a:
        try:
            try: return lambda: i
            finally:
                def g(): return a, [x for x in i]
        except* E as e: raise
        finally:
            if i: continue
            class C: z: int = 1
async def h():
    async with a as b, c: await d
    async for e in f: yield (g async for g in h)
`,
  'refused: a keyword twice, and after it': 'f(a=1, **b, a=2)\ndef g(): (yield) ; return 1\nbreak\n',
  'refused: patterns':
    'match a:\n case {1: x, 1: y}: pass\n case A(b=1, b=2): pass\n case x: pass\n case y: pass\n',
  'refused: by the parser': 'def f(:\n  return (lambda: 1\nclass B: x = 1\n',
  'too deep': `def f(): return ${'-'.repeat(1600)}x\ng = lambda: 1\n`,
};

const whole = (analysis: Analysis): string | undefined =>
  wholeCodeJson(analysis.code, { target: analysis.target, bytecode: code => analysis.bytecode(code) });

describe('generateAll()', () => {
  for (const [name, source] of Object.entries(SOURCES)) {
    it(name, () => {
      for (const target of TARGETS) {
        const plain = analyze(source, target);
        const atOnce = analyze(source, target).generateAll();
        assert.deepEqual(atOnce.errors, plain.errors, target.version);
        assert.equal(codeJson(atOnce.code, target), codeJson(plain.code, target), target.version);
        assert.equal(whole(atOnce), whole(plain), target.version);
      }
    });
  }
});
