// `npm run scaling`: whether everything is linear in the size of the text, for all shapes, as a table.
import { parseArgs } from 'node:util';
import { measure, MOST_EXPONENT } from './measure.ts';
import { SHAPES } from './shapes.ts';

const HELP = `usage: npm run scaling -- [--target X.Y] [--size N] [--only TEXT]

  --target X.Y  the target version (3.14)
  --size N      the smallest of four sizes, each twice the one before (1000)
  --only TEXT   shapes with this in their names`;

const { values } = parseArgs({
  options: {
    help: { type: 'boolean', short: 'h' },
    target: { type: 'string', default: '3.14' },
    size: { type: 'string', default: '1000' },
    only: { type: 'string', default: '' },
  },
});

function main(): void {
  if (values.help) {
    console.log(HELP);
    return;
  }
  let worst = 0;
  let tooMuch = 0;
  let count = 0;
  console.log(`${'shape'.padEnd(40)} ms at n, 2n, 4n, 8n${' '.repeat(14)} exponent   the worst step`);
  for (const [name, shape] of Object.entries(SHAPES)) {
    if (!name.includes(values.only)) continue;
    const { times, exponent, step, stepExponent } = measure(shape, Number(values.size), values.target);
    const most = Math.max(exponent, stepExponent);
    count++;
    worst = Math.max(worst, most);
    if (most > MOST_EXPONENT) tooMuch++;
    const shown = times.map(time => time.toFixed(0).padStart(7)).join(' ');
    const mark = most > MOST_EXPONENT ? '  TOO MUCH' : '';
    console.log(
      `${name.padEnd(40)} ${shown}  ${exponent.toFixed(2)}   ${step} ${stepExponent.toFixed(2)}${mark}`,
    );
  }
  console.log(
    `\n${count} shapes, the largest exponent ${worst.toFixed(2)}, ${tooMuch} above ${MOST_EXPONENT}`,
  );
  if (tooMuch > 0) process.exitCode = 1;
}

main();
