// Identifiers, words, printable characters and normal forms, of all characters there are, against every CPython of this machine.
import assert from 'node:assert/strict';
import { normalizeIdentifier } from '../../../server/src/python/text/identifiers.ts';
import {
  isIdentifierPart,
  isIdentifierStart,
  isPrintable,
  isWordCharacter,
} from '../../../server/src/python/text/unicode.ts';
import { askPython, judges } from '../../support/python.ts';

const CODE_POINTS = 0x110000;

/** Adler-32, as zlib has it. */
function checksum(bytes: Uint8Array): number {
  let a = 1;
  let b = 0;
  for (const byte of bytes) {
    a = (a + byte) % 65521;
    b = (b + a) % 65521;
  }
  return ((b << 16) | a) >>> 0;
}

describe('characters', function () {
  this.timeout(120_000);

  it('are what the target takes them for', async () => {
    const all = await judges();
    assert.ok(all.length > 0, 'no CPython on this machine');
    for (const { interpreter, target } of all) {
      const { unicode } = target.dialect.tokenizer;
      const properties = new Uint8Array(CODE_POINTS);
      const forms: string[] = [];
      for (let code = 0; code < CODE_POINTS; code++) {
        const part = isIdentifierPart(code, unicode);
        properties[code] =
          Number(isIdentifierStart(code, unicode)) |
          (Number(part) << 1) |
          (Number(isWordCharacter(code, unicode)) << 2) |
          (Number(isPrintable(code, unicode)) << 3);
        if (part) forms.push(normalizeIdentifier(`a${String.fromCodePoint(code)}`));
      }
      const ours = [checksum(properties), checksum(new TextEncoder().encode(forms.join('\n')))];
      assert.deepEqual(ours, await askPython(interpreter, 'unicode.py', null), interpreter.version);
    }
  });
});
