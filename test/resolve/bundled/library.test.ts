// The bundled answers: what the table says is what interpreters say; a sample of modules, all of it by test/oracle/bundled.ts.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { signatureText } from '../../../server/src/python/inspect/signature.ts';
import { parseTarget, TARGETS } from '../../../server/src/python/versions/target.ts';
import type { BundledLibrary, BundledMember } from '../../../server/src/resolve/bundled/library.ts';
import { judges } from '../../support/python.ts';
import { ask, compare, readTables, TABLE } from './comparison.ts';

/** Modules that are the same on every platform, written in C and in Python. */
const SAMPLE = [
  'argparse',
  'builtins',
  'collections',
  'functools',
  'itertools',
  'json',
  'math',
  're',
  'string',
];

/** Bytes in the repository, and in the package. */
const MOST_BYTES = 1_500_000;
const MOST_COMPRESSED = 350_000;

const tables = readTables();
const library = (series: string): BundledLibrary => tables.forTarget(parseTarget(series)!);

function signature(member: BundledMember | undefined): string | undefined {
  if (!member || !('signature' in member)) return undefined;
  return member.signature ? signatureText(member.signature).text : member.error;
}

describe('bundled answers', () => {
  it('follow the versions', () => {
    const zip = (series: string) => library(series).module('builtins')?.member('zip')?.kind;
    assert.equal(zip('3.8'), 'class');
    const removed = (series: string) => library(series).classNamed('builtins.str')?.member('removeprefix');
    assert.equal(removed('3.8'), undefined);
    assert.equal(signature(removed('3.9')), '(self, prefix, /)');
    assert.equal(library('3.13').module('imp'), undefined);
    assert.ok(library('3.11').module('imp'));
  });

  it('lead from other names to what they mean', () => {
    const of = library('3.13');
    assert.equal(of.module('os.path'), of.module('posixpath'));
    assert.equal(of.module('os')?.member('path'), of.module('posixpath'));
    assert.equal(of.module('io')?.member('StringIO'), of.classNamed('_io.StringIO'));
    assert.equal(of.module('types')?.member('FunctionType'), of.classNamed('builtins.function'));
    assert.equal(of.module('builtins')?.member('function'), undefined);
    const open = of.module('os')?.member('open');
    assert.equal(open?.kind === 'function' && open.module, 'posix');
  });

  it('say which callables CPython has no signature of', () => {
    const max = library('3.13').module('builtins')?.member('max');
    assert.equal(signature(max), 'ValueError: no signature found for builtin <built-in function max>');
  });

  it('know the types of results', () => {
    const of = library('3.13');
    const split = of.classNamed('builtins.str')?.member('split');
    assert.deepEqual(split?.kind === 'method' && split.result, [
      {
        type: 'instance',
        name: 'builtins.list',
        args: [[{ type: 'instance', name: 'builtins.str', args: [] }]],
      },
    ]);
    assert.deepEqual(of.classNamed('builtins.dict')?.itemType, [{ type: 'item', index: 0 }]);
    // What a class inherits may give something else for it.
    const counts = of.classNamed('collections.Counter')?.lookup('values');
    assert.equal(counts?.kind, 'method');
    const open = of.module('builtins')?.member('open');
    const binary =
      open?.kind === 'function'
        ? open.cases?.find(each => 'literal' in each && each.literal === "'rb'")
        : undefined;
    assert.deepEqual(binary?.result, [{ type: 'instance', name: '_io.BufferedReader', args: [] }]);
  });

  it('hold no machine', () => {
    assert.doesNotMatch(readFileSync(TABLE, 'latin1'), / at 0x|\/(?:usr|opt|root|home|tmp)\//);
  });

  it(`take less than ${MOST_BYTES} bytes, ${MOST_COMPRESSED} compressed`, () => {
    const text = readFileSync(TABLE);
    assert.ok(text.length < MOST_BYTES, `${text.length} bytes`);
    assert.ok(gzipSync(text).length < MOST_COMPRESSED);
  });

  it('every name leads somewhere', () => {
    for (const target of TARGETS) {
      const of = tables.forTarget(target);
      for (const name of ['builtins', 'os', 'sys', 'typing', 'asyncio', 'collections.abc']) {
        const module = of.module(name);
        const lost = module?.names().filter(member => !module.member(member));
        assert.deepEqual(lost, [], `${target.series} ${name}`);
      }
    }
  });

  it('are what the interpreters say', async function () {
    this.timeout(300_000);
    let compared = 0;
    for (const { interpreter, target } of await judges()) {
      const harvest = await ask(interpreter, SAMPLE, 'no');
      // Other patch levels and platforms have changes of their own, but few.
      const isExact =
        interpreter.kind === 'native' && TARGETS.some(({ version }) => version === interpreter.version);
      const options = { only: new Set(SAMPLE), documented: isExact };
      const found = compare(tables.forTarget(target), harvest, options);
      compared += found.compared;
      const most = isExact ? 0 : found.compared / 50;
      const shown = found.differences.slice(0, 5).join('\n');
      assert.ok(found.differences.length <= most, `${interpreter.version}: ${shown}`);
    }
    assert.ok(compared > 2000);
  });
});
