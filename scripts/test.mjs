// npm test: installs, builds, checks and tests. A failure does not end it: at the end it says what failed, what was
// skipped, and last of all `N passed, N failed`. With CI=true whatever is skipped is a failure. Plain Node without
// packages, as it runs before there are any.
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { cache, Failure, npm, root, script, seconds, step, tool } from './console.mjs';
import { installPackages, packagesAreMissing } from './install.mjs';

/** What scripts/e2e.mjs ends with if there is no VS Code to be had. */
const SKIPPED = 77;

const counts = path.join(cache, 'test-counts');
const env = { ...process.env, COLENS_TEST_COUNTS: counts };
const reporter = path.join(root, 'scripts', 'mochaReporter.cjs');
const inCI = process.env.CI === 'true';

/** @type {string[]} */
const failed = [];
/** @type {string[]} */
const skipped = [];

/**
 * Runs a step; what goes wrong is told at once, and that it did again at the end.
 *
 * @param {string} title @param {() => Promise<void>} work
 */
async function attempt(title, work) {
  try {
    await step(title, work);
  } catch (error) {
    if (error instanceof Failure && error.code === SKIPPED) skipped.push(title);
    else failed.push(title);
    console.error(error instanceof Failure ? error.message : error);
  }
}

/** @returns {{ passes: number, failures: number, pending: number }[]} what mochaReporter.cjs has written */
function runsOfMocha() {
  if (!existsSync(counts)) return [];
  const lines = readFileSync(counts, 'utf8').trim().split('\n');
  return lines.map(line => JSON.parse(line));
}

await script(async () => {
  const since = performance.now();
  console.log('CoLens: install, build, check, test');
  mkdirSync(cache, { recursive: true });
  rmSync(counts, { force: true });
  // Without packages there is nothing to go on with: a failure here ends it.
  if (packagesAreMissing()) await step('Installing packages', installPackages);

  await attempt('Build', () => npm(['run', '--silent', 'build'], { log: 'build' }));
  await attempt('Types', () => tool('tsc', ['-b']));
  await attempt('Lint', () => tool('eslint', ['.']));
  await attempt('Format', () => tool('prettier', ['--check', '--log-level', 'warn', '.']));
  await attempt('Unused code', () => tool('knip', []));
  await attempt("Units, the protocol, a sample of CPython's answers", () =>
    npm(['run', '--silent', 'unit', '--', '--reporter', reporter], { env, log: 'unit' }),
  );
  await attempt('A real VS Code', () => npm(['run', '--silent', 'e2e'], { env, log: 'e2e' }));

  const runs = runsOfMocha();
  const sum = (/** @type {'passes' | 'failures' | 'pending'} */ of) =>
    runs.reduce((total, each) => total + each[of], 0);
  // A step that failed without a failing test, such as a build, counts as one.
  const failures = Math.max(sum('failures'), failed.length + (inCI ? skipped.length : 0));

  console.log(
    `\nLogs are in ${path.relative(process.cwd(), path.join(cache, 'logs'))}. It took ${seconds(since)}.`,
  );
  if (sum('pending') > 0)
    console.log(`SKIPPED: ${sum('pending')} tests that this machine has nothing to run with.`);
  for (const title of skipped) console.log(`SKIPPED: ${title}${inCI ? ', which is a failure in CI' : ''}`);
  for (const title of failed) console.log(`FAILED: ${title}`);
  console.log(`${sum('passes')} passed, ${failures} failed`);
  return failures > 0 ? 1 : 0;
});
