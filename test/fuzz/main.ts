// `npm run fuzz`: damaged programs and texts that are none through all passes and features, for all targets, in a
// thread that is ended when it hangs. What is found is made small and shown.
import fs from 'node:fs';
import { parseArgs } from 'node:util';
import { libraryFolder } from '../oracle/corpora.ts';
import { findInterpreters, matching } from '../oracle/interpreters.ts';
import { fuzz, type FuzzOutcome } from './run.ts';

const HELP = `usage: npm run fuzz -- [--inputs N] [--from N] [--seed N] [--target X.Y] [--library VERSION] [--no-small]

  --inputs N         how many inputs (20000)
  --from N           the first (0): slices of a seed are parts of one run
  --seed N           which inputs (20270)
  --target X.Y       inputs for this target alone; all are made for some target
  --library VERSION  whose standard library pieces are taken from (native:3.13)
  --no-small         do not look for the smallest input of each finding`;

const { values } = parseArgs({
  options: {
    help: { type: 'boolean', short: 'h' },
    inputs: { type: 'string', default: '20000' },
    from: { type: 'string', default: '0' },
    seed: { type: 'string', default: '20270' },
    target: { type: 'string' },
    library: { type: 'string', default: 'native:3.13' },
    'no-small': { type: 'boolean', default: false },
  },
});

function summary({ inputs, throws, slow, hangs, longest }: FuzzOutcome): string {
  return `${inputs} inputs: ${throws} throw, ${slow} over 1 s, ${hangs} hang; the longest took ${longest.toFixed(0)} ms`;
}

const textOf = (bytes: Uint8Array): string =>
  JSON.stringify(Buffer.from(bytes).toString('utf8').slice(0, 1500));

function show(outcome: FuzzOutcome): void {
  const found = [...outcome.found.values()].sort((a, b) => b.count - a.count);
  for (const { signature, count, index, kind, version, bytes, small = bytes, stack } of found) {
    console.log(`\n${count} times: ${signature}\n  first: input ${index} (${kind}), ${version}`);
    console.log(`  ${textOf(small)}`);
    console.log(
      stack
        .split('\n')
        .slice(0, 6)
        .map(line => `    ${line}`)
        .join('\n'),
    );
  }
}

/** The most memory that this process has had so far, in MB; undefined where the system does not tell. */
function peakMemory(): number | undefined {
  try {
    const status = fs.readFileSync('/proc/self/status', 'utf8');
    return Math.round(Number(/^VmHWM:\s*(\d+) kB/m.exec(status)?.[1]) / 1024);
  } catch {
    return undefined;
  }
}

async function main(): Promise<void> {
  if (values.help) {
    console.log(HELP);
    return;
  }
  const interpreters = await findInterpreters();
  const interpreter = matching(interpreters, values.library).at(-1) ?? interpreters.at(-1)!;
  const library = await libraryFolder(interpreter, interpreters);
  const seed = Number(values.seed);
  const plan = {
    library,
    seed,
    from: Number(values.from),
    count: Number(values.inputs),
    target: values.target,
    minimise: !values['no-small'],
  };
  console.log(`seed ${seed}, inputs from ${plan.from}, library of CPython ${interpreter.version}`);
  let told = performance.now();
  const seen = new Set<string>();
  const outcome = await fuzz(plan, (so, index) => {
    for (const { signature, index: at, kind, version, bytes } of so.found.values()) {
      if (seen.has(signature)) continue;
      seen.add(signature);
      console.error(`input ${at} (${kind}, ${version}): ${signature}\n  ${textOf(bytes)}`);
    }
    if (performance.now() - told < 10_000) return;
    told = performance.now();
    console.error(`at ${index}: ${summary(so)}`);
  });
  show(outcome);
  const memory = peakMemory();
  console.log(`\n${summary(outcome)}${memory === undefined ? '' : `; peak memory ${memory} MB`}`);
  if (outcome.found.size > 0) process.exitCode = 1;
}

await main();
