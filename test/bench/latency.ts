// How long an editor waits: a file of about 5,000 lines, a character typed, then every request that an editor makes
// after a stroke, over real JSON-RPC. Prints the median and the 99th percentile in milliseconds.
//
// usage: npx tsx test/bench/latency.ts [FILE.py]
import fs from 'node:fs';
import {
  CodeLensRequest,
  HoverRequest,
  type Position,
  SignatureHelpRequest,
} from 'vscode-languageserver-protocol/node';
import { codeObjectRequest } from '../../server/src/lsp/protocol.ts';
import { folderSources, libraryFolder } from '../oracle/corpora.ts';
import { findInterpreters } from '../oracle/interpreters.ts';
import { randomNumbers } from '../oracle/mutations.ts';
import { TestClient } from '../support/client.ts';

const STROKES = 200;
const LINES = 5000;

const text = process.argv[2] ? fs.readFileSync(process.argv[2], 'utf8') : await someSource();
const lines = text.split('\n');
const client = await TestClient.start();
const uri = await client.open(text);
const textDocument = { uri };
const times = new Map<string, number[]>();

async function timed(name: string, request: Promise<unknown>): Promise<void> {
  const begun = performance.now();
  await request;
  times.set(name, [...(times.get(name) ?? []), performance.now() - begun]);
}

/** Files of the standard library put together, until there are enough lines. */
async function someSource(): Promise<string> {
  const interpreters = await findInterpreters();
  const sources = folderSources(await libraryFolder(interpreters.at(-1)!, interpreters));
  let all = '';
  for (const { read } of sources) {
    const source = new TextDecoder().decode(read());
    if (!source.includes('__future__')) all += `${source}\n`;
    if (all.split('\n').length >= LINES) break;
  }
  return all.split('\n').slice(0, LINES).join('\n');
}

const random = randomNumbers(20_267);
for (let i = 0; i < STROKES; i++) {
  const line = random(lines.length);
  const at: Position = { line, character: lines[line].length };
  const typed = i % 2 === 0 ? ' # x' : '\nx = f(1, ';
  await client.change(uri, { range: { start: at, end: at }, text: typed });
  // The first request after a stroke analyses the text; what follows finds it done.
  await timed(
    'code lenses after a stroke',
    client.connection.sendRequest(CodeLensRequest.type, { textDocument }),
  );
  const position = { line: random(lines.length), character: 6 };
  await timed('hover', client.connection.sendRequest(HoverRequest.type, { textDocument, position }));
  const call = i % 2 === 0 ? at : { line: line + 1, character: 9 };
  const help = client.connection.sendRequest(SignatureHelpRequest.type, { textDocument, position: call });
  await timed('signature help', help);
  await timed('code object', client.connection.sendRequest(codeObjectRequest, { textDocument, position }));
  const end =
    i % 2 === 0
      ? { ...at, character: at.character + typed.length }
      : { line: line + 1, character: typed.length - 1 };
  await client.change(uri, { range: { start: at, end }, text: '' });
}

console.log(
  `${lines.length} lines, ${(text.length / 1e6).toFixed(2)} million characters, ${STROKES} strokes`,
);
for (const [name, all] of times) {
  all.sort((a, b) => a - b);
  const at = (share: number): string => all[Math.floor((all.length - 1) * share)].toFixed(1).padStart(7);
  console.log(`${name.padEnd(28)} p50 ${at(0.5)} ms   p99 ${at(0.99)} ms`);
}
await client.stop();
