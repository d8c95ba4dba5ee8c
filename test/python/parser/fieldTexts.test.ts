// What fields inside format specifications show of themselves, by patch level. The texts are the interpreters'.
import assert from 'node:assert/strict';
import { NodeKind } from '../../../server/src/python/ast/kinds.ts';
import { walk } from '../../../server/src/python/ast/visitor.ts';
import { ConstantType } from '../../../server/src/python/constants/values.ts';
import { parse } from '../../../server/src/python/parser/parse.ts';
import { tokenize } from '../../../server/src/python/tokenizer/tokenize.ts';
import { parseTarget } from '../../../server/src/python/versions/target.ts';

function texts(source: string, version: string): string[] | string {
  const target = parseTarget(version);
  assert.ok(target, version);
  const { tokenizer, grammar } = target.dialect;
  const { module, errors } = parse(source, tokenize(source, tokenizer), grammar);
  if (errors.length > 0) return `${errors[0].type}: ${errors[0].msg}`;
  const found: string[] = [];
  walk(module, node => {
    if (node.kind === NodeKind.Constant && node.value.type === ConstantType.Str) found.push(node.value.value);
  });
  return found;
}

const NO_VALUE = "ValueError: field 'value' is required for Constant";

describe('the texts of fields in format specifications', () => {
  it('show another field, several, or their own', () => {
    const source = 'f"{a:{w}{b=}}"';
    assert.equal(texts(source, '3.12.1'), NO_VALUE);
    for (const version of ['3.12.7', '3.13.0']) assert.deepEqual(texts(source, version), ['w'], version);
    for (const version of ['3.13.2', '3.14.2', '3.15.0rc1'])
      assert.deepEqual(texts(source, version), ['w}{b='], version);
    for (const version of ['3.13.18', '3.14.10', '3.15.2'])
      assert.deepEqual(texts(source, version), ['b='], version);
  });

  it('do not end in brackets after a default value, but in some patch levels', () => {
    const source = "f'{(lambda a=b: c)=:>1}'";
    for (const version of ['3.12.7', '3.13.0'])
      assert.deepEqual(texts(source, version), ['(lambda a=b', '>1'], version);
    for (const version of ['3.12.1', '3.13.2', '3.13.18', '3.14.2', '3.14.10', '3.15.0rc1', '3.15.2'])
      assert.deepEqual(texts(source, version), ['(lambda a=b: c)=', '>1'], version);
  });

  it('end at the last mark, which in some patch levels is that of !=', () => {
    const source = "f'{a!=b=:>10}'";
    for (const version of ['3.12.7', '3.14.2', '3.15.0rc1'])
      assert.deepEqual(texts(source, version).slice(0, 1), ['a'], version);
    for (const version of ['3.13.2', '3.13.18', '3.14.10', '3.15.2'])
      assert.deepEqual(texts(source, version).slice(0, 1), ['a!=b='], version);
  });

  it('begin anew behind text', () => {
    for (const version of ['3.12.7', '3.13.0', '3.13.2', '3.14.2', '3.15.2'])
      assert.deepEqual(texts('f"{a:x{w}y{b=}z{c=}}"', version).slice(0, 1), ['x'], version);
  });

  it('are none in a specification of a specification', () => {
    for (const version of ['3.12.1', '3.12.7', '3.13.0', '3.13.18', '3.14.10', '3.15.2'])
      assert.equal(texts('f"{a:{b:{c=}}}"', version), NO_VALUE, version);
  });

  it('leave out comments, and what some patch levels take for one', () => {
    const source = `f'''{(1, '\\'#', "a" # x\n)=}'''`;
    const first = (version: string): string => texts(source, version)[0];
    for (const version of ['3.12.7', '3.13.0']) assert.equal(first(version), "(1, ''\n)=", version);
    for (const version of ['3.13.2', '3.14.2', '3.15.0rc1'])
      assert.equal(first(version), "(1, '\\'\n)=", version);
    for (const version of ['3.13.18', '3.14.10', '3.15.2'])
      assert.equal(first(version), `(1, '\\'#', "a" \n)=`, version);
  });

  it('keeps empty texts in 3.12.1', () => {
    assert.deepEqual(texts('f"{x:>{w}.{p}}"', '3.12.1'), ['>', '.', '']);
    assert.deepEqual(texts('f"{x:>{w}.{p}}"', '3.12.7'), ['>', '.']);
  });
});
