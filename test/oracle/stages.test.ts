// The stages of the compiler, code generation and flow graph, each by itself against the native interpreters that show
// theirs, on tests of CPython's own that are full of odd code. Those in WebAssembly are in sample.test.ts.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { parseTarget } from '../../server/src/python/versions/target.ts';
import { compare } from './comparison.ts';
import { findInterpreters, seriesOf, type Interpreter } from './interpreters.ts';
import { details } from './report.ts';
import { cfgTwin } from './twins/cfg.ts';
import { codegenTwin } from './twins/codegen.ts';
import { compareUnits, showsStages } from './twins/generatedUnits.ts';
import { atLevel } from './twins/twin.ts';

const TWINS = [codegenTwin, cfgTwin].map(twin => atLevel(twin, 0));
const FILES = ['test_peepholer.py', 'test_coroutines.py'];

describe('stages of the compiler', function () {
  this.timeout(120_000);
  this.slow(60_000);

  it('differ in a unit, in an instruction, and in a part of it', () => {
    const text = (...instructions: string[]) =>
      ['argcount 0', 'unit ', 'RESUME 0 0-1:0-0', 'unit 0', ...instructions].join('\n');
    const ours = text('RESUME 0 1-1:0-0', 'LOAD_CONST 0 1-1:4-5', 'NOP 0 1-1:4-5');
    const classes = (...theirs: string[]) =>
      compareUnits(ours, text(...theirs)).map(difference => [difference.class, difference.where]);
    const where = 'unit 0, line 2';
    assert.deepEqual(compareUnits(ours, ours), []);
    assert.deepEqual(classes('RESUME 0 1-1:0-0', 'LOAD_CONST 1 1-1:4-5'), [['LOAD_CONST: argument', where]]);
    assert.deepEqual(classes('RESUME 0 1-1:0-0', 'LOAD_CONST 0 1-1:4-6'), [['LOAD_CONST: place', where]]);
    assert.deepEqual(classes('RESUME 0 1-1:0-0', 'NOP 0 1-1:4-5'), [['LOAD_CONST for NOP', where]]);
  });

  for (const file of FILES) {
    it(`${file}, as natives have them`, async function () {
      const newest = new Map<string, Interpreter>();
      for (const interpreter of await findInterpreters()) {
        const target = parseTarget(interpreter.version);
        const isNative = interpreter.kind === 'native' && interpreter.stdlib !== undefined;
        if (isNative && target && showsStages(target)) newest.set(seriesOf(interpreter), interpreter);
      }
      let units = 0;
      for (const interpreter of newest.values()) {
        const place = path.join(interpreter.stdlib!, 'test', file);
        if (!fs.existsSync(place)) continue;
        const sources = [{ name: file, read: () => fs.readFileSync(place) }];
        const tallies = await compare({ interpreter, sources, twins: TWINS, drill: 10, progress: () => {} });
        for (const [twin, tally] of Object.entries(tallies)) {
          assert.equal(details({ interpreter, corpus: file, twin, tally }, 3), '');
          units += tally.items;
        }
      }
      if (units === 0) this.skip();
    });
  }
});
