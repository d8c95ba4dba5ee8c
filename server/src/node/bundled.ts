// Where the table of bundled answers is for a Node process: beside the bundle, compressed; as a text in the sources.
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';

const SOURCE = '../resolve/bundled/library.generated.txt';
const BUNDLED = 'library.gz';

/** The text of library.generated.txt. */
export async function readBundledTable(): Promise<string> {
  if (import.meta.url.endsWith('.ts')) return readFile(new URL(SOURCE, import.meta.url), 'latin1');
  const compressed = await readFile(new URL(BUNDLED, import.meta.url));
  return (await promisify(gunzip)(compressed)).toString('latin1');
}
