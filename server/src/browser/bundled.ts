// The table of bundled answers in a web worker, which has no place of its own to read files from: the client brings it,
// compressed.

/** The text of library.generated.txt, compressed with gzip. */
export async function decompressTable(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const text = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Response(text).text();
}
