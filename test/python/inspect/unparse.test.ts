// The compiler's text of expressions, against CPython's, for expressions of its standard library.
import assert from 'node:assert/strict';
import { NodeKind } from '../../../server/src/python/ast/kinds.ts';
import { unparse } from '../../../server/src/python/ast/unparse.ts';
import { analyze } from '../../../server/src/python/index.ts';
import { folderSources, libraryFolder } from '../../oracle/corpora.ts';
import { findInterpreters } from '../../oracle/interpreters.ts';
import { askPython, type Judge, judges } from '../../support/python.ts';

describe('unparse', function () {
  this.timeout(240_000);

  it('gives the text that CPython keeps for annotations', async () => {
    const interpreters = await findInterpreters();
    let compared = 0;
    const different: string[] = [];
    const compare = async ({ interpreter, target }: Judge): Promise<void> => {
      const sources = folderSources(await libraryFolder(interpreter, interpreters))
        .filter((_, i) => i % Number(process.env.EVERY ?? 50) === 7)
        .map(({ read }) => new TextDecoder().decode(read()));
      const answers = (await askPython(interpreter, 'annotations.py', sources)) as [string, string][][];
      for (const [expression, expected] of answers.flat()) {
        // 3.8 makes tuples and frozensets of displays of constants there, too, in the order of their hashes.
        if (target.dialect.unparse.foldsConstants && /\b(?:in|not)\b/.test(expression)) continue;
        const [node] = analyze(`def f(x: (${expression})): pass`, target).module.body;
        assert.ok(node.kind === NodeKind.FunctionDef);
        const { annotation } = node.args.args[0];
        assert.ok(annotation);
        const text = unparse(annotation, target.dialect);
        if (text !== expected) different.push(`${interpreter.version}: ${expression}\n${text}\n${expected}`);
        compared++;
      }
    };
    await Promise.all((await judges()).map(compare));
    assert.deepEqual(different, []);
    assert.ok(compared > 5000, `only ${compared} expressions`);
  });
});
