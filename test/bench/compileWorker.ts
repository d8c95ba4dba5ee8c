// A process that compiles a library once for each line that it reads, as the driver of the bench asks: `whole` for whole
// code objects, `facts` for the half without bytecode, `function` for one function after a keystroke. It answers with a
// line of JSON. wholeCode.ts bundles it as the product is bundled.
//
// usage: node BUNDLE LIST VERSION
import fs from 'node:fs';
import { createInterface } from 'node:readline';
import { codeObjectsOf } from '../../server/src/python/code/lookup.ts';
import { analyze, analyzeBytes, type Analysis } from '../../server/src/python/index.ts';
import { parseTarget } from '../../server/src/python/versions/target.ts';

/** What a run over the library took and made. */
export interface Run {
  /** User and system time of the whole process, its compiler and collector threads included. */
  readonly cpuSeconds: number;
  readonly codeUnits: number;
  readonly codeObjects: number;
}

/** A stroke in a long file: the facts, then the bytecode of the function that the stroke was in. */
export interface Stroke {
  readonly factsSeconds: number;
  readonly bytecodeSeconds: number;
}

const LINES = 10_000;

const [, , list, version] = process.argv;
const target = parseTarget(version)!;
const texts = fs
  .readFileSync(list, 'utf8')
  .split('\n')
  .map(file => analyzeBytes(fs.readFileSync(file), target).text);

function run(isWhole: boolean): Run {
  const begun = process.cpuUsage();
  let codeUnits = 0;
  let codeObjects = 0;
  for (const text of texts) {
    const analysis = analyze(text, target);
    if (isWhole) analysis.generateAll();
    for (const code of codeObjectsOf(analysis.code)) {
      codeObjects++;
      if (isWhole) codeUnits += (analysis.bytecode(code)?.code.length ?? NaN) / 2;
    }
  }
  const { user, system } = process.cpuUsage(begun);
  return { cpuSeconds: (user + system) / 1e6, codeUnits, codeObjects };
}

/** Classes of methods with what methods have; each line that says `stroke` is one that a stroke changes. */
function longFile(): string {
  const method = (n: number): string => `
    def method${n}(self, first, *rest, key=None):
        """What it does."""
        total = 0
        for item in rest:
            if item is None or not item.name.startswith('_'):
                continue
            try:
                total += self.table[item.name] * ${n}
            except KeyError as error:
                raise ValueError(f'no {item.name!r} in {self}') from error
        with self.lock:
            self.count = [each for each in rest if each and each.size > total]
        return self.method${n}(key, *rest, first=first)
`;
  let text = '';
  for (let n = 0, lines = 0; lines < LINES; n++) {
    const part = (n % 10 === 0 ? `class C${n}:` : '') + method(n);
    text += part;
    lines += part.split('\n').length - 1;
  }
  return text;
}

let strokes = 0;
const file = longFile();
const middle = file.indexOf('total = 0', file.length / 2);

/** A character typed in the middle of the file. */
function stroke(): Stroke {
  const typed = String(strokes++ % 10);
  const text = file.slice(0, middle) + `total = ${typed}` + file.slice(middle + 'total = 0'.length);
  const analysis: Analysis = analyze(text, target);
  const begun = performance.now();
  const { errors } = analysis;
  const code = analysis.codeObjectAt(middle);
  const between = performance.now();
  const bytecode = analysis.bytecode(code);
  const ended = performance.now();
  if (errors.length > 0 || !bytecode) throw new Error('the file of the bench does not compile');
  return { factsSeconds: (between - begun) / 1000, bytecodeSeconds: (ended - between) / 1000 };
}

for await (const line of createInterface({ input: process.stdin })) {
  console.log(JSON.stringify(line === 'function' ? stroke() : run(line === 'whole')));
}
