// TextDecoder, the one thing of the platform that the language uses: Node, browsers and workers all have it, but it
// is in no library of ECMAScript's own, so that what is used of it is declared here.

interface Decoder {
  decode(bytes?: Uint8Array, options?: { readonly stream?: boolean }): string;
}

declare const TextDecoder: new (
  label: string,
  options: { readonly fatal: boolean; readonly ignoreBOM: boolean },
) => Decoder;

const decoders = new Map<string, Decoder>();

/** A decoder of its own for each encoding: to make one takes longer than to decode a name. */
function decoderOf(label: string): Decoder {
  let decoder = decoders.get(label);
  if (!decoder) decoders.set(label, (decoder = new TextDecoder(label, { fatal: true, ignoreBOM: true })));
  return decoder;
}

/**
 * The text that bytes are in an encoding of WHATWG's Encoding Standard; undefined if they are none.
 * A byte order mark is an ordinary character.
 */
export function decodeWith(label: string, bytes: Uint8Array): string | undefined {
  try {
    return decoderOf(label).decode(bytes);
  } catch {
    return undefined;
  }
}

/** The text of bytes in an encoding, with U+FFFD for those that are none. */
export const decodeReplacing = (label: string, bytes: Uint8Array): string =>
  new TextDecoder(label, { fatal: false, ignoreBOM: true }).decode(bytes);

/** Where bytes stop being text in an encoding: the offset of the character that is none, `bytes.length` if all are. */
export function undecodableAt(label: string, bytes: Uint8Array): number {
  const decoder = new TextDecoder(label, { fatal: true, ignoreBOM: true });
  let start = 0;
  try {
    for (let i = 0; i < bytes.length; i++) {
      if (decoder.decode(bytes.subarray(i, i + 1), { stream: true }) !== '') start = i + 1;
    }
    decoder.decode();
  } catch {
    return start;
  }
  return bytes.length;
}
