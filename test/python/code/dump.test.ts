// The canonical dump: sorted keys, ASCII, no spaces, and what is innermost at a place in the text.
import assert from 'node:assert/strict';
import { asciiJson, codeJson } from '../../../server/src/python/code/dump.ts';
import { codeObjectsOf } from '../../../server/src/python/code/lookup.ts';
import { analyze } from '../../../server/src/python/index.ts';
import { parseTarget, TARGETS } from '../../../server/src/python/versions/target.ts';
import { fixture } from '../../support/fixture.ts';

const target = parseTarget('3.13')!;

describe('the canonical dump', () => {
  it('has the fields that need no code generation, sorted, and the nested code objects', () => {
    assert.equal(
      codeJson(analyze('f = lambda ü: 1', target).code, target),
      '{"argcount":0,"cellvars":[],"children":[{"argcount":1,"cellvars":[],"children":[],"firstlineno":1,"flags":3,' +
        '"freevars":[],"kwonlyargcount":0,"name":"<lambda>","nlocals":1,"posonlyargcount":0,"qualname":"<lambda>",' +
        '"varnames":["\\u00fc"]}],"firstlineno":1,"flags":0,"freevars":[],"kwonlyargcount":0,"name":"<module>",' +
        '"nlocals":0,"posonlyargcount":0,"qualname":"<module>","varnames":[]}',
    );
  });

  it('has the fields that were asked for', () => {
    const { code } = analyze('', target);
    assert.equal(codeJson(code, target, ['flags', 'name']), '{"children":[],"flags":0,"name":"<module>"}');
  });

  it('has no qualified names for targets whose code objects have none', () => {
    for (const old of TARGETS.slice(0, 3)) {
      assert.equal(
        codeJson(analyze('', old).code, old, ['name', 'qualname']),
        '{"children":[],"name":"<module>"}',
      );
    }
  });

  it('is ASCII beyond the basic plane, too', () => {
    assert.equal(asciiJson({ b: '𝒳', a: 'ä' }), '{"a":"\\u00e4","b":"\\ud835\\udcb3"}');
  });
});

describe('the code object at a place', () => {
  const at = (marked: string): string => {
    const { text, cursor } = fixture(marked);
    return analyze(text, target).codeObjectAt(cursor).qualname;
  };

  it('is the innermost whose code the text becomes', () => {
    assert.equal(at('def f():\n    return lambda: $0x'), 'f.<locals>.<lambda>');
    assert.equal(at('class C:\n    def f(self): return $0x'), 'C.f');
    assert.equal(at('$0x = 1'), '<module>');
  });

  it('is the one around for defaults, decorators and bases', () => {
    assert.equal(at('def f(a=$0x): pass'), '<module>');
    assert.equal(at('@$0x\ndef f(): pass'), '<module>');
    assert.equal(at('def f():\n    class C($0x): pass'), 'f');
    assert.equal(at('f = lambda a=$0x: 1'), '<module>');
  });

  it('is found in broken text', () => {
    assert.equal(at('def f(a, b):\n    return g(a, $0\n\ndef h(): pass'), 'f');
  });

  it('is the one that an empty line is indented under', () => {
    assert.equal(at('class C:\n    def f():\n        pass\n\n        $0\n\nx = 1'), 'C.f');
    assert.equal(at('class C:\n    def f():\n        pass\n\n    $0\n\nx = 1'), 'C');
    assert.equal(at('class C:\n    def f():\n        pass\n\n$0\n\nx = 1'), '<module>');
  });

  it('walks a tree in the order of co_consts', () => {
    const { code } = analyze('def f():\n    def g(): pass\n    lambda: 1\nclass C: pass', target);
    assert.deepEqual(
      [...codeObjectsOf(code)].map(({ name }) => name),
      ['<module>', 'f', 'g', '<lambda>', 'C'],
    );
  });
});
