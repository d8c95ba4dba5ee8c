// Hovers against CPython: what they say of each name of whole files is what the instruction made of that very name
// does: local slots, cells, globals, names of a namespace.
import assert from 'node:assert/strict';
import { toMarkdown } from '../../../server/src/lsp/markdown.ts';
import { codeObjectIndex } from '../../../server/src/features/codeObject/codeObjectIndex.ts';
import { hover } from '../../../server/src/features/hover/hover.ts';
import { folderSources, libraryFolder } from '../../oracle/corpora.ts';
import { findInterpreters } from '../../oracle/interpreters.ts';
import { askPython, judges } from '../../support/python.ts';
import { moduleOf } from '../../support/module.ts';

type Use = readonly [
  line: number,
  start: number,
  end: number,
  qualname: string,
  operation: 'fast' | 'deref' | 'global' | 'name',
  name: string,
];

const HEADS: Readonly<Record<Use[4], RegExp>> = {
  fast: /\*\*(?:local variable|type parameter|(?:(?:positional|keyword)-only |variadic (?:positional|keyword) )?parameter)\*\*/,
  deref: /\*\*(?:cell variable|free variable|parameter and cell variable)\*\*/,
  global: /\*\*(?:global|builtin)/,
  name: /\*\*(?:global|builtin|name in the namespace of class)/,
};
const ARRAYS: Readonly<Record<Use[4], readonly string[]>> = {
  fast: ['varnames'],
  deref: ['cellvars', 'freevars'],
  global: [],
  name: [],
};

describe('hovers and CPython’s instructions', function () {
  this.timeout(240_000);

  it('agree on every name of a sample of the standard library', async () => {
    const all = (await judges()).filter(({ target }) => target.dialect.compiler.hasQualnameAttribute);
    assert.ok(all.length > 0, 'no CPython with columns on this machine');
    const interpreters = await findInterpreters();
    let compared = 0;
    for (const { interpreter, target } of all) {
      const files = folderSources(await libraryFolder(interpreter, interpreters))
        .filter(file => file.read().length < 40_000)
        .filter((_, i) => i % 120 === 0);
      const sources = files
        .map(file => new TextDecoder().decode(file.read()))
        .filter(text => !/[\f\r\ufffd]/.test(text));
      const answers = (await askPython(interpreter, 'names.py', sources)) as (Use[] | null)[];
      sources.forEach((text, i) => {
        const { evaluator, module } = moduleOf(text, { target: target.version });
        const { analysis } = module;
        const codeObjects = codeObjectIndex(analysis);
        for (const use of answers[i] ?? []) {
          const [line, start, end, qualname, operation, name] = use;
          const offset = analysis.lines.starts[line - 1] + start;
          const spelled = text.slice(offset, offset + end - start);
          // Instructions that have the place of a whole statement or comprehension are not about one name.
          if (spelled !== name && !(spelled.startsWith('__') && name.endsWith(spelled))) continue;
          const what = `${interpreter.version} ${JSON.stringify(use)}:\n${text.split('\n')[line - 1]}`;
          const found = hover(evaluator, module, offset);
          const [head] = found ? toMarkdown(found.blocks).split('\n') : [];
          assert.ok(head !== undefined, `no hover, ${what}`);
          assert.match(head, HEADS[operation], what);
          if (ARRAYS[operation].length > 0) {
            assert.ok(head.includes(`\`${qualname}\``), `${head}\n${what}`);
            const slots = [...head.matchAll(/`(varnames|cellvars|freevars)\[(\d+)\]`/g)];
            const slot = slots.find(([, array]) => ARRAYS[operation].includes(array));
            assert.ok(slot, `${head}\n${what}`);
            // A file may define a qualified name twice.
            const named = codeObjects.all.filter(code => code.qualname === qualname);
            const at = named.map(code => code[slot[1] as 'varnames'][Number(slot[2])]);
            assert.ok(at.includes(name), `${head}\n${what}`);
          }
          compared++;
        }
      });
    }
    assert.ok(compared > 5000, `only ${compared} names`);
  });
});
