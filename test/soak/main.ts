// `npm run soak`: random operations on the bundled server, as an editor does them over hours: documents are opened,
// edited and closed, and everything is asked about them, some of it cancelled. Every request must be answered, and the
// memory must not grow from the second half of the run to its end.
import { parseArgs } from 'node:util';
import { PASSES } from '../../server/src/features/passes/passText.ts';
import { TARGETS } from '../../server/src/python/versions/target.ts';
import { randomNumbers } from '../oracle/mutations.ts';
import { ServerProcess } from '../bench/serverProcess.ts';
import { definitionsAndCalls } from '../fuzz/definitions.ts';

const HELP = `usage: npm run soak -- [--operations N] [--seed N]

  --operations N  how many (20000)
  --seed N        which (20272)`;

const { values } = parseArgs({
  options: {
    help: { type: 'boolean', short: 'h' },
    operations: { type: 'string', default: '20000' },
    seed: { type: 'string', default: '20272' },
  },
});

/** So many documents are open at most. */
const MOST_DOCUMENTS = 12;
/** An answer that takes longer has been lost. */
const LOST_MS = 60_000;
/** The largest memory of the last quarter, as a multiple of that of the second one. */
const MOST_GROWTH = 1.25;

/** What is asked, by what its parameters hold besides the document and a position. */
const REQUESTS: readonly (readonly [method: string, params: (random: Random) => object])[] = [
  ['textDocument/hover', () => ({})],
  ['textDocument/signatureHelp', () => ({})],
  ['textDocument/codeLens', () => ({})],
  ['textDocument/inlayHint', () => ({ range: EVERYTHING })],
  ['colens/codeObject', random => inTarget(random)],
  ['colens/codeObjectKey', random => ({ ...inTarget(random), qualname: '<module>' })],
  ['colens/codeObjectTree', () => ({})],
  ['colens/instruction', random => ({ ...inTarget(random), offset: 2 * random(40) })],
  ['colens/flowGraph', random => inTarget(random)],
  ['colens/passText', random => ({ ...inTarget(random), pass: PASSES[random(PASSES.length)] })],
];

type Random = (below: number) => number;

const EVERYTHING = { start: { line: 0, character: 0 }, end: { line: 10_000, character: 0 } };

/** Of the setting's version, or now and then of another. */
const inTarget = (random: Random): object =>
  random(4) === 0 ? { target: TARGETS[random(TARGETS.length)].version } : {};

const SETTINGS = {
  hover: { enabled: true, details: true },
  callDiagnostics: true,
  inlayHints: { parameterNames: true },
};

async function main(): Promise<void> {
  if (values.help) {
    console.log(HELP);
    return;
  }
  const count = Number(values.operations);
  const random = randomNumbers(Number(values.seed));
  const server = await ServerProcess.start(SETTINGS);
  const lines = new Map<string, number>();
  const waiting = new Set<Promise<void>>();
  const memory: number[] = [];
  const kinds = new Map<string, number>();
  let [answered, cancelled, lost, failed] = [0, 0, 0, 0];
  const any = (): string => [...lines.keys()][random(lines.size)];
  const positionIn = (uri: string): { line: number; character: number } => ({
    line: random(lines.get(uri)! + 1),
    character: random(60),
  });

  const ask = (uri: string): void => {
    const [method, more] = REQUESTS[random(REQUESTS.length)];
    const params = { textDocument: { uri }, position: positionIn(uri), ...more(random) };
    const { answer, cancel } = server.ask(method, params);
    if (random(10) === 0) {
      cancelled++;
      cancel();
    }
    let timer: NodeJS.Timeout | undefined;
    const tooLate = new Promise<'late'>(resolve => (timer = setTimeout(resolve, LOST_MS, 'late')));
    const done = Promise.race([answer.then(() => 'fine' as const), tooLate]).then(
      how => {
        if (how === 'late') lost++;
        else answered++;
      },
      (error: { code?: number }) => {
        // RequestCancelled is an answer, too.
        if (error.code === -32800) answered++;
        else failed++;
      },
    );
    const settled = done.finally(() => {
      clearTimeout(timer);
      waiting.delete(settled);
    });
    waiting.add(settled);
  };

  for (let i = 0; i < count; i++) {
    const what = lines.size === 0 ? 0 : random(20);
    const kind = what === 0 ? 'open' : what === 1 ? 'close' : what < 7 ? 'edit' : 'ask';
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    if (kind === 'open') {
      if (lines.size >= MOST_DOCUMENTS) lines.delete(await closed(server, any()));
      const uri = `file:///soak${i % 40}.py`;
      if (lines.has(uri)) await server.close(uri);
      const text = definitionsAndCalls(random);
      await server.open(uri, text);
      lines.set(uri, text.split('\n').length);
    } else if (kind === 'close') lines.delete(await closed(server, any()));
    else if (kind === 'edit') {
      const uri = any();
      const start = positionIn(uri);
      const end = { line: start.line, character: start.character + random(3) };
      await server.change(
        uri,
        { start, end },
        ['x', '(', ')', ',', '\n', ' = ', '"', 'def f(a): '][random(8)],
      );
    } else ask(any());
    if (waiting.size > 20) await Promise.race(waiting);
    if (i % Math.ceil(count / 40) === 0) memory.push(server.memory() ?? 0);
  }
  await Promise.all(waiting);
  memory.push(server.memory() ?? 0);
  const { log } = server;
  const peak = server.peakMemory();
  await server.stop();

  const megabytes = (bytes: number): string => `${Math.round(bytes / 1024 / 1024)} MB`;
  const quarter = (index: number): number =>
    Math.max(...memory.slice((memory.length * index) >> 2, (memory.length * (index + 1)) >> 2));
  const told = [...kinds].map(([kind, number]) => `${number} ${kind}`).join(', ');
  console.log(`${count} operations of seed ${values.seed}: ${told}`);
  console.log(`${answered} answered (${cancelled} were cancelled), ${failed} refused, ${lost} lost`);
  console.log(`the server complained ${log.length} times`);
  for (const message of new Set(log.slice(0, 5))) console.log(`  ${message.slice(0, 600)}`);
  console.log(`memory by quarters: ${[0, 1, 2, 3].map(index => megabytes(quarter(index))).join(', ')}`);
  if (peak !== undefined) console.log(`at most ${megabytes(peak)}`);
  const grows = quarter(3) > quarter(1) * MOST_GROWTH;
  if (lost > 0 || failed > 0 || log.length > 0 || grows) process.exitCode = 1;
}

async function closed(server: ServerProcess, uri: string): Promise<string> {
  await server.close(uri);
  return uri;
}

await main();
