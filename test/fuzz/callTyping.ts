// `npm run fuzz:calls`: calls of a standard library typed character by character into their files. At every stroke the
// active parameter is the one that bind_partial() gives the argument as far as it is written, and the code objects of
// other functions stay as they are.
import { parseArgs } from 'node:util';
import { parseTarget } from '../../server/src/python/versions/target.ts';
import { libraryFolder } from '../oracle/corpora.ts';
import { findInterpreters, matching } from '../oracle/interpreters.ts';
import { type Outcome, retypeCalls } from '../support/callsRetyped.ts';

const HELP = `usage: npm run fuzz:calls -- [--target VERSION] [--calls N] [--seed N] [--show N]

  --target VERSION  whose library, and the target (native:3.13); as for npm run oracle
  --calls N         how many calls (2000)
  --seed N          which calls (20268)
  --show N          how many of the strokes that went wrong are shown (20)`;

const { values } = parseArgs({
  options: {
    help: { type: 'boolean', short: 'h' },
    target: { type: 'string', default: 'native:3.13' },
    calls: { type: 'string', default: '2000' },
    seed: { type: 'string', default: '20268' },
    show: { type: 'string', default: '20' },
  },
});

function summary({ calls, strokes, slips, loss }: Outcome): string {
  const percent = (part: number, all: number): string => `${((part / Math.max(1, all)) * 100).toFixed(3)}%`;
  const right = percent(strokes - slips.length, strokes);
  return (
    `${calls} calls, ${strokes} strokes, active parameter right after ${right} (${slips.length} wrong); ` +
    `${loss.compared} code objects compared, ${loss.lost} lost or changed (${percent(loss.lost, loss.compared)})`
  );
}

function show({ file, label, text, offset, expected, found }: Outcome['slips'][number]): void {
  const before = JSON.stringify(text.slice(Math.max(0, offset - 50), offset));
  console.log(`${file}: ${label}\n  ${before} | ${JSON.stringify(text.slice(offset, offset + 30))}`);
  console.log(`  expected ${expected}, found ${found}`);
}

async function main(): Promise<void> {
  if (values.help) {
    console.log(HELP);
    return;
  }
  const interpreters = await findInterpreters();
  const interpreter = matching(interpreters, values.target).at(-1);
  if (!interpreter) throw new Error(`no CPython ${values.target} on this machine`);
  const target = parseTarget(interpreter.version)!;
  const library = await libraryFolder(interpreter, interpreters);
  const plan = {
    library,
    target,
    calls: Number(values.calls),
    seed: Number(values.seed),
    mostText: 60_000,
    compareEvery: 5,
  };
  let told = performance.now();
  let shown = 0;
  const outcome = await retypeCalls(plan, so => {
    for (const slip of so.slips.slice(shown, Number(values.show))) show(slip);
    shown = so.slips.length;
    if (performance.now() - told < 5000) return;
    told = performance.now();
    console.error(summary(so));
  });
  console.log(`CPython ${target.version}: ${summary(outcome)}`);
}

await main();
