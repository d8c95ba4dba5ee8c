// Every hover of 50 modules of the standard library, through a Markdown parser: nothing of what is said gets lost or
// changes its look, and what comes from the source stands in code spans.
import assert from 'node:assert/strict';
import MarkdownIt, { type Token } from 'markdown-it';
import { codeObjectIndex } from '../../../server/src/features/codeObject/codeObjectIndex.ts';
import { hover } from '../../../server/src/features/hover/hover.ts';
import { toMarkdown, toPlainText } from '../../../server/src/lsp/markdown.ts';
import { headerOf } from '../../../server/src/python/locate/headers.ts';
import { isHeaderNode } from '../../../server/src/features/codeObject/view.ts';
import { folderSources, libraryFolder } from '../../oracle/corpora.ts';
import { findInterpreters } from '../../oracle/interpreters.ts';
import { moduleOf } from '../../support/module.ts';
import { judges } from '../../support/python.ts';

const MODULES = 50;
/** Larger modules would say the same more often. */
const LARGEST = 20_000;

const parser = new MarkdownIt({ html: true });

/** What the reader sees: all texts, and those of them that are code. */
function read(markdown: string): { text: string; code: string[] } {
  const code: string[] = [];
  let text = '';
  let inHead = false; // tables have heads in Markdown alone
  const visit = (tokens: readonly Token[]): void => {
    for (const { type, content, children } of tokens) {
      if (type === 'html_block' || type === 'html_inline') assert.fail(`${content} is HTML in ${markdown}`);
      if (type === 'th_open' || type === 'th_close') inHead = type === 'th_open';
      if (inHead) continue;
      if (type === 'code_inline') code.push(content);
      if (type === 'code_inline' || type === 'text' || type === 'text_special') text += content;
      if (children) visit(children);
    }
  };
  visit(parser.parse(markdown, {}));
  return { text, code };
}

/** Letters, digits and marks of names alone: layout differs between Markdown and plain text. */
const letters = (text: string): string => text.replace(/[^\p{L}\p{N}_<>.*]/gu, '');

describe('hovers of library modules', function () {
  this.timeout(240_000);

  it('show all that they say, and names as code', async () => {
    const [judge] = await judges();
    assert.ok(judge, 'no CPython on this machine');
    const folder = await libraryFolder(judge.interpreter, await findInterpreters());
    const sources = folderSources(folder).filter(file => file.read().length < LARGEST);
    const step = Math.floor(sources.length / MODULES);
    const modules = sources.filter((_, i) => i % step === 0).slice(0, MODULES);
    assert.equal(modules.length, MODULES);
    let hovers = 0;
    let headers = 0;
    for (const file of modules) {
      const text = new TextDecoder().decode(file.read());
      const { evaluator, module } = moduleOf(text, { target: judge.target.version });
      const said = (offset: number) => {
        const found = evaluator.request(() => hover(evaluator, module, offset, { details: true }));
        if (!found) return undefined;
        hovers++;
        const markdown = toMarkdown(found.blocks);
        const seen = read(markdown);
        // Markdown counts the items of a list by itself.
        const plain = toPlainText(found.blocks).replace(/^\d+\. /gm, '');
        assert.equal(letters(seen.text), letters(plain), `${file.name}: ${markdown}`);
        return seen;
      };
      for (const { index } of text.matchAll(/[\p{L}_][\p{L}\p{N}_]*/gu)) said(index);
      for (const { node, qualname } of codeObjectIndex(module.analysis).all) {
        if (!isHeaderNode(node)) continue;
        const seen = said(headerOf(node, text).start);
        if (!seen?.text.startsWith('<code object')) continue;
        assert.ok(
          seen.code.some(code => code.includes(qualname)),
          `${file.name}: ${qualname} in ${seen.text}`,
        );
        headers++;
      }
    }
    assert.ok(hovers > 8000 && headers > 300, `only ${hovers} hovers, ${headers} of code objects`);
  });
});
