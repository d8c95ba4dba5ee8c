// Runs calls of the command line in-process, on files in a folder of their own.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { CommandIO } from '../../server/src/cli/command.ts';
import { main } from '../../server/src/cli/main.ts';
import { nodePlatform } from '../../server/src/node/platform.ts';

export interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

type Contents = Readonly<Record<string, string | Uint8Array>>;

/** A folder with files, for the length of a test; paths in calls are relative to it. */
export class Folder {
  readonly path = fs.mkdtempSync(path.join(os.tmpdir(), 'colens-'));
  readonly #before = process.cwd();

  constructor(contents: Contents = {}) {
    for (const [name, content] of Object.entries(contents)) this.write(name, content);
    process.chdir(this.path);
  }

  write(name: string, content: string | Uint8Array): void {
    const file = path.join(this.path, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, content);
  }

  remove(): void {
    process.chdir(this.#before);
    fs.rmSync(this.path, { recursive: true });
  }
}

/** Runs `colens ARGS`; `stdin` is what standard input holds. */
export async function colens(
  args: readonly string[],
  io: Partial<CommandIO> & { stdin?: string } = {},
): Promise<Outcome> {
  const out: string[] = [];
  const err: string[] = [];
  const code = await main(args, {
    readInput: () => Promise.resolve(Buffer.from(io.stdin ?? '')),
    write(text) {
      out.push(text);
      return Promise.resolve();
    },
    folder: process.cwd(),
    libraries: nodePlatform,
    complain: line => err.push(`${line}\n`),
    ...io,
  });
  return { code, out: out.join(''), err: err.join('') };
}

/** As colens(), in a folder with these files that is gone afterwards. */
export async function colensIn(
  contents: Contents,
  args: readonly string[],
  io?: Partial<CommandIO>,
): Promise<Outcome> {
  const folder = new Folder(contents);
  try {
    return await colens(args, io);
  } finally {
    folder.remove();
  }
}
