// The encodings that a coding cookie can name, other than UTF-8: names as CPython's codecs module finds them,
// decoding by CPython's own tables for those with a byte a character, by the platform's TextDecoder for the others.
import { CODEC_ALIASES, NON_TEXT_CODECS, SINGLE_BYTE_CODECS } from './codecs.generated.ts';
import { decodeReplacing, decodeWith, undecodableAt } from './textDecoder.ts';
import { decodeUtf7 } from './utf7.ts';
import { decodeErrorMessage, decodeUtf8, findInvalidUtf8 } from './utf8.ts';

/** Codecs of several bytes a character that TextDecoder has, by CPython's name. */
const PLATFORM_LABELS: Readonly<Record<string, string>> = {
  big5: 'big5',
  big5hkscs: 'big5',
  cp932: 'shift_jis',
  cp949: 'euc-kr',
  cp950: 'big5',
  euc_jp: 'euc-jp',
  euc_kr: 'euc-kr',
  gb18030: 'gb18030',
  gb2312: 'gbk',
  gbk: 'gbk',
  iso2022_jp: 'iso-2022-jp',
  shift_jis: 'shift_jis',
  'utf-16': 'utf-16le',
  'utf-16-be': 'utf-16be',
  'utf-16-le': 'utf-16le',
};

const NO_CHARACTER = '\ufffe';

let aliases: readonly Map<string, string>[] | undefined;

/** By generation of CPython's alias table: the codec of each name. */
function aliasTables(): readonly Map<string, string>[] {
  return (aliases ??= CODEC_ALIASES.map((_, generation) => {
    const pairs = CODEC_ALIASES.slice(0, generation + 1).flatMap(line => line.split(' '));
    return new Map(pairs.map(pair => pair.split(':') as [string, string]));
  }));
}

/**
 * CPython's name of the codec that an encoding's name finds; undefined if there is none.
 *
 * CPython: Lib/encodings/__init__.py, search_function()
 */
export function findCodec(name: string, generation: number): string | undefined {
  const table = aliasTables()[generation];
  const normal = name
    .toLowerCase()
    .replace(/[^a-z0-9.]+/g, '_')
    .replace(/^_|_$/g, '');
  return table.get(normal) ?? table.get(normal.replaceAll('.', '_'));
}

/** The text of bytes in a codec, or CPython's complaint with the best text there is. */
export function decodeWithCodec(
  codec: string | undefined,
  name: string,
  bytes: Uint8Array,
): { readonly text: string; readonly problem?: string } {
  if (codec === undefined) return { text: decodeUtf8(bytes), problem: `unknown encoding: ${name}` };
  if (NON_TEXT_CODECS.includes(codec)) {
    const problem = `'${name}' is not a text encoding; use codecs.decode() to handle arbitrary codecs`;
    return { text: decodeUtf8(bytes), problem };
  }
  if (codec === 'utf-8' || codec === 'utf-8-sig') {
    const invalid = findInvalidUtf8(bytes);
    const text = decodeUtf8(bytes);
    if (!invalid) return { text };
    // CPython has put a line break after the last line, so that no data is cut short by the end.
    const reason = invalid.reason === 'unexpected end of data' ? 'invalid continuation byte' : invalid.reason;
    return { text, problem: complaint('utf-8', bytes, invalid.start, invalid.length, reason) };
  }
  const characters = SINGLE_BYTE_CODECS[codec];
  if (characters !== undefined) return decodeSingleBytes(codec, characters, bytes);
  if (codec === 'utf-7') {
    const { text, invalid } = decodeUtf7(bytes);
    if (!invalid) return { text };
    return {
      text: decodeUtf8(bytes),
      problem: complaint('utf7', bytes, invalid.start, invalid.length, invalid.reason),
    };
  }
  const label = PLATFORM_LABELS[codec];
  if (label === undefined)
    return { text: decodeUtf8(bytes), problem: `CoLens does not know the encoding ${name}` };
  if (label.startsWith('utf-16')) return decodeUtf16(label, bytes);
  const text = decodeWith(label, bytes);
  if (text !== undefined) return { text };
  const start = undecodableAt(label, bytes);
  return {
    text: decodeUtf8(bytes),
    problem: complaint(codec, bytes, start, 1, 'illegal multibyte sequence'),
  };
}

/** UTF-16 of what CPython makes of the bytes first: each line break is one byte, and there is one at the end. */
function decodeUtf16(
  label: string,
  source: Uint8Array,
): { readonly text: string; readonly problem?: string } {
  const bytes = withLineFeeds(source);
  const name = label.replace('utf-16', 'utf-16-');
  const end = bytes.length & ~1;
  const whole = decodeWith(label, bytes.subarray(0, end));
  if (whole !== undefined && end === bytes.length) return { text: whole };
  const start = whole === undefined ? undecodableAt(label, bytes.subarray(0, end)) : end;
  const last = start + 2 >= bytes.length;
  const reason =
    whole !== undefined ? 'truncated data' : last ? 'unexpected end of data' : 'illegal UTF-16 surrogate';
  const found = { start, length: whole === undefined ? 2 : 1, reason };
  return { text: decodeUtf8(source), problem: decodeErrorMessage(name, bytes, found) };
}

function withLineFeeds(source: Uint8Array): Uint8Array {
  const bytes: number[] = [];
  for (let i = 0; i < source.length; i++) {
    if (source[i] === 13) {
      if (source[i + 1] !== 10) bytes.push(10);
    } else bytes.push(source[i]);
  }
  if (bytes.at(-1) !== 10) bytes.push(10);
  return Uint8Array.from(bytes);
}

/** The text of bytes in a codec, with U+FFFD for those that are none. Undefined if the codec is not known here. */
export function decodeWithReplacement(codec: string, bytes: Uint8Array): string | undefined {
  if (codec === 'utf-8' || codec === 'utf-8-sig') return decodeReplacing('utf-8', bytes);
  if (codec === 'utf-7') return decodeUtf7(bytes).text;
  const characters = SINGLE_BYTE_CODECS[codec];
  if (characters !== undefined)
    return decodeSingleBytes(codec, characters, bytes).text.replaceAll(NO_CHARACTER, '\ufffd');
  const label = PLATFORM_LABELS[codec];
  return label === undefined ? undefined : decodeReplacing(label, bytes);
}

function decodeSingleBytes(
  codec: string,
  characters: string,
  bytes: Uint8Array,
): { readonly text: string; readonly problem?: string } {
  const first = 256 - characters.length;
  const table = Array.from({ length: 256 }, (_, byte) =>
    byte < first ? String.fromCharCode(byte) : characters[byte - first],
  );
  const parts: string[] = [];
  let problem: string | undefined;
  for (let i = 0; i < bytes.length; i++) {
    const character = table[bytes[i]];
    if (character === NO_CHARACTER) {
      problem ??=
        codec === 'ascii'
          ? complaint(codec, bytes, i, 1, 'ordinal not in range(128)')
          : complaint('charmap', bytes, i, 1, 'character maps to <undefined>');
    }
    parts.push(character);
  }
  return problem === undefined ? { text: parts.join('') } : { text: parts.join(''), problem };
}

/** CPython counts the bytes after it has made every line break one byte. */
function complaint(codec: string, bytes: Uint8Array, start: number, length: number, reason: string): string {
  let position = start;
  for (let i = 0; i + 1 < start; i++) if (bytes[i] === 13 && bytes[i + 1] === 10) position--;
  return decodeErrorMessage(codec, bytes, { start, length, reason }, position);
}
