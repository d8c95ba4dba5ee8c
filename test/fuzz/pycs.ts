// `npm run fuzz:pyc`: damaged .pyc files are read, printed and compared with a source. None may throw, take long, or much
// memory.
import fs from 'node:fs';
import { parseArgs } from 'node:util';
import { damagedFile, examinePyc, wholeFiles } from './pycInputs.ts';

const { values } = parseArgs({
  options: {
    inputs: { type: 'string', default: '100000' },
    from: { type: 'string', default: '0' },
    seed: { type: 'string', default: '1' },
  },
});

const [seed, from, count] = [values.seed, values.from, values.inputs].map(Number);
const files = wholeFiles();
const before = process.memoryUsage();
let [longest, longestAt, read, failed, most] = [0, 0, 0, 0, 0];
for (let index = from; index < from + count; index++) {
  const input = damagedFile(seed, index, files);
  const begun = process.cpuUsage();
  try {
    if (examinePyc(input)) read++;
  } catch (error) {
    failed++;
    console.log(`input ${index} (${input.kind}): ${(error as Error).stack}`);
  }
  const { user, system } = process.cpuUsage(begun);
  const milliseconds = (user + system) / 1000;
  if (milliseconds > longest) [longest, longestAt] = [milliseconds, index];
  const { heapUsed, external, arrayBuffers } = process.memoryUsage();
  most = Math.max(most, heapUsed + external + arrayBuffers);
  if (index % 5000 === 4999)
    console.error(`${index + 1}: ${failed} failed, the longest took ${longest.toFixed(0)} ms`);
}
const megabytes = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(0)} MB`;
const peak = /^VmHWM:\s*(\d+) kB/m.exec(
  fs.existsSync('/proc/self/status') ? fs.readFileSync('/proc/self/status', 'utf8') : '',
);
console.log(
  `${count} inputs, seed ${seed}: ${failed} failed, ${read} still are .pyc files; the longest took ` +
    `${longest.toFixed(0)} ms of processor time (input ${longestAt}); heap before ${megabytes(before.heapUsed)}, at most ` +
    `${megabytes(most)}${peak ? `, process at most ${megabytes(Number(peak[1]) * 1024)}` : ''}`,
);
if (failed > 0) process.exitCode = 1;
