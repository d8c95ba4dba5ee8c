// The `colens` command as a Node process: gives it the arguments and the standard streams.
import { once } from 'node:events';
import fs from 'node:fs';
import { isMainThread } from 'node:worker_threads';
import { OutputClosed, type CommandIO } from '../cli/command.ts';
import { answersOf, main } from '../cli/main.ts';
import { decodeUtf8 } from '../python/text/utf8.ts';
import { normalize } from '../resolve/program/paths.ts';
import { nodePlatform } from './platform.ts';
import { answerInThread, startWorkers } from './workers.ts';

let closed = false;
let wake = (): void => undefined;
process.stdout.on('drain', () => wake());
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  closed = true;
  if (error.code !== 'EPIPE') {
    process.stderr.write(`colens: standard output: ${error.message}\n`);
    process.exit(1);
  }
  wake(); // the command hears of it with its next write
});

/** Whether a line on the terminal says how far the command is, and whether output on it shows that by itself. */
let progressShown = false;
let outputShown = false;

function takeProgressAway(): void {
  if (progressShown) process.stderr.write('\r\x1b[K');
  progressShown = false;
}

const io: CommandIO = {
  async readInput() {
    const chunks: Buffer[] = [];
    for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks);
  },

  async write(text) {
    if (process.stdout.isTTY) takeProgressAway();
    outputShown ||= process.stdout.isTTY;
    if (!closed && !process.stdout.write(text)) await new Promise<void>(resolve => (wake = resolve));
    if (closed) throw new OutputClosed();
  },

  outputIsTerminal: process.stdout.isTTY,

  // https://no-color.org: set to anything but an empty text.
  coloured: process.stdout.isTTY && !process.env.NO_COLOR,

  ...(process.stderr.isTTY && {
    progress(line: string) {
      takeProgressAway();
      if (line === '' || outputShown) return;
      process.stderr.write(line.slice(0, (process.stderr.columns || 80) - 1));
      progressShown = true;
    },
  }),

  folder: normalize(process.cwd()),
  libraries: nodePlatform,

  complain(line) {
    takeProgressAway();
    process.stderr.write(`${line}\n`);
  },

  // Node cannot start the sources in a thread: run from them, the command answers for one file after the other.
  ...(import.meta.url.endsWith('.js') && {
    workers: (count: number, command: string, args: readonly string[]) =>
      startWorkers(new URL(import.meta.url), count, { command, args }),
  }),

  async serve() {
    // Only here: the protocol's libraries would slow down every other command.
    const [{ createConnection, ProposedFeatures }, { startServer }] = await Promise.all([
      import('vscode-languageserver/node'),
      import('../lsp/server.ts'),
    ]);
    startServer(createConnection(ProposedFeatures.all, process.stdin, process.stdout), nodePlatform);
    await once(process, 'exit');
  },
};

/** The arguments; bytes of them that are no UTF-8 as lone surrogates, where the system tells what they were. */
function commandArguments(): string[] {
  const args = process.argv.slice(2);
  if (!args.some(each => each.includes('\ufffd')) || process.platform !== 'linux') return args;
  const all = decodeUtf8(fs.readFileSync('/proc/self/cmdline')).split('\0').slice(0, -1);
  return all.slice(all.length - args.length);
}

if (isMainThread) process.exitCode = await main(commandArguments(), io);
else answerInThread(answersOf);
