// The oracle itself: that it sees differences, tells where they are, and never rounds a rate up.
import assert from 'node:assert/strict';
import { compare } from './comparison.ts';
import type { Source } from './corpora.ts';
import { findInterpreters, matching, type Interpreter } from './interpreters.ts';
import { readPlan } from './plan.ts';
import { details, matchRates } from './report.ts';
import { compareCodeObjects } from './twins/codeObjects.ts';
import { agreement, errorsTwin } from './twins/errors.ts';
import { factsTwin } from './twins/facts.ts';
import { atLevel, compareLines, type LeveledTwin, type Twin } from './twins/twin.ts';

const source = (name: string, text: string): Source => ({ name, read: () => Buffer.from(text) });

describe('the oracle', function () {
  this.timeout(60_000);
  this.slow(20_000);
  let interpreter: Interpreter;

  before(async () => {
    interpreter = matching(await findInterpreters(), 'pyodide:3.13')[0];
  });

  const tallyOf = async (twin: Twin, ...sources: Source[]) =>
    (await compare({ interpreter, sources, twins: [twin], drill: 10, progress: () => {} }))[twin.name];

  it('finds nothing where there is nothing', async () => {
    const tally = await tallyOf(factsTwin, source('a.py', 'def f(): pass\n'), source('b.py', 'x =\n'));
    assert.deepEqual([tally.files, tally.items, tally.differences], [2, 2, 0]);
  });

  it('says which file, which code object, which field, and both sides', async () => {
    const wrong: Twin = {
      ...factsTwin,
      ours: (analysis, bytes) =>
        factsTwin.ours(analysis, bytes).replace('"varnames":["a"]', '"varnames":["b"]'),
    };
    const tally = await tallyOf(
      wrong,
      source('a.py', 'class C:\n  def f(a): pass\n'),
      source('b.py', 'x = 1\n'),
    );
    assert.deepEqual([tally.files, tally.differingFiles, tally.differences], [2, 1, 1]);
    const text = details({ interpreter, corpus: 'c', twin: 'facts', tally }, 5);
    assert.match(
      text,
      /1 × varnames: missing extra\n {4}a\.py, <module> > C:1 > f:2\n {6}ours: {4}\["b"\]\n {6}CPython: \["a"\]/,
    );
  });

  it('a pass that throws is a difference', async () => {
    const broken: Twin = {
      ...factsTwin,
      ours: () => {
        throw new Error('broken');
      },
    };
    const tally = await tallyOf(broken, source('a.py', 'x = 2\n'));
    assert.match(Object.keys(tally.classes)[0], /^thrown: Error: broken/);
  });

  it('tells a wrong verdict from a wrong line, word or column', () => {
    const theirs = {
      end_lineno: 1,
      end_offset: 5,
      lineno: 1,
      msg: 'invalid syntax',
      offset: 4,
      type: 'SyntaxError',
    };
    const level = (ours: object | null): string => {
      const [found] = errorsTwin.compare(JSON.stringify(ours), JSON.stringify(theirs));
      return found.class;
    };
    assert.equal(level(null), 'accepted, refused by CPython: invalid syntax');
    assert.equal(level({ ...theirs, type: 'TabError' }), 'type: invalid syntax');
    assert.equal(level({ ...theirs, lineno: 2 }), 'line: invalid syntax');
    assert.equal(level({ ...theirs, msg: 'oh' }), 'message: invalid syntax');
    assert.equal(level({ ...theirs, offset: 1 }), 'column: invalid syntax');
    assert.equal(level({ ...theirs, end_offset: 9 }), 'end: invalid syntax');
  });

  it('counts a pass that throws, and shows verdicts, lines, words and all of errors', () => {
    const example = { class: '', where: '', ours: '', theirs: '' };
    const of = (count: number) => ({ count, file: 'a.py', example });
    const classes = { 'thrown: Error': of(1), 'line: x': of(1), 'message: x': of(2), 'column: x': of(1) };
    assert.deepEqual(agreement(20, 11, classes), {
      verdict: 19,
      refused: 10,
      typeAndLine: 9,
      message: 7,
      everything: 6,
    });
    const tally = {
      files: 20,
      items: 0,
      differingFiles: 5,
      differences: 5,
      unanswered: 0,
      refused: 11,
      classes,
    };
    assert.match(
      matchRates([{ interpreter, corpus: 'c', twin: 'errors', tally }]),
      /95\.000% same verdict; of 10 refused 90\.000% same type and line, 70\.000% also words, 60\.000% everything/,
    );
  });

  it('asks the best of each series unless told otherwise, and each patch level that differs from it', () => {
    const found = ['3.12.1', '3.12.7', '3.12.9', '3.13.0', '3.13.2', '3.13.18', '3.15.0rc1'];
    const all = found.map((version): Interpreter => ({ kind: 'native', version, command: ['python'] }));
    assert.deepEqual(
      readPlan([], all)?.interpreters.map(({ version }) => version),
      ['3.12.7', '3.13.18', '3.15.0rc1', '3.12.1', '3.13.0', '3.13.2'],
    );
    assert.deepEqual(
      readPlan(['--target', '3.13.2'], all)?.interpreters.map(({ version }) => version),
      ['3.13.2'],
    );
  });

  const wrongCode: LeveledTwin = {
    name: 'code',
    script: 'code_objects',
    ours: () => '{"consts":[["None"],["code",{"consts":[],"firstlineno":1,"name":"f"}]],"name":"<module>"}',
    compare: compareCodeObjects,
  };

  it('compares code objects field by field, at each level of optimisation', async () => {
    const sources = [source('a.py', 'def f():\n  "doc"\n  assert x')];
    const twins = ([0, 1, 2] as const).map(level => ({
      ...atLevel(wrongCode, level),
      name: `level ${level}`,
    }));
    const tallies = await compare({ interpreter, sources, twins, drill: 10, progress: () => {} });
    const constants = Object.values(tallies).map(({ classes }) => {
      assert.equal(classes.argcount.example.where, '<module>');
      const { example } = classes['consts: missing'];
      assert.equal(example.where, '<module> > f:1');
      return JSON.parse(example.theirs) as unknown;
    });
    const doc = ['s', 'doc'];
    assert.deepEqual(constants, [[doc, ['None']], [doc, ['None']], [['None']]]);
  });

  it('counts every differing line of texts of one length, and the first of others', () => {
    assert.equal(compareLines('a\nb\nc', 'a\nx\ny').length, 2);
    assert.equal(compareLines('a\nb\nc', 'a\nx').length, 1);
    assert.deepEqual(compareLines('refused', 'a\nb')[0].class, 'refused, accepted by CPython');
  });

  it('never rounds a match rate up to 100%', () => {
    const tally = {
      files: 9,
      items: 1_000_000,
      differingFiles: 1,
      differences: 1,
      unanswered: 0,
      refused: 0,
      classes: {},
    };
    const rows = [{ interpreter, corpus: 'stdlib', twin: 'facts', tally }];
    assert.match(matchRates(rows), /\| 99\.999% of 1,000,000 \|/);
    assert.match(
      matchRates([{ ...rows[0], tally: { ...tally, differences: 0 } }]),
      /\| 100% of 1,000,000 \|/,
    );
  });
});
