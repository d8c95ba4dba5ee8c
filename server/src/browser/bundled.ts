// The table of bundled answers in a web worker, which has no place of its own to read files from: the build puts it
// into the script, compressed.

/** library.generated.txt, compressed with gzip, as base64. Set by server/tools/build.ts. */
declare const LIBRARY_GZIP_BASE64: string;

/** The text of library.generated.txt. */
export async function readBundledTable(): Promise<string> {
  const bytes = Uint8Array.from(atob(LIBRARY_GZIP_BASE64), character => character.charCodeAt(0));
  const text = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Response(text).text();
}
