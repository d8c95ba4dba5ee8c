// The rules of the house that no compiler knows: what may import what, no circles, no barrels, no giants, a header
// on each file, nothing machine-made in the sources. server/ARCHITECTURE.md says them in words.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const MAX_LINES = 1000;

interface SourceFile {
  /** From the root of the repository, with slashes. */
  readonly name: string;
  readonly text: string;
  /** Files of the repository that it imports, types included. */
  readonly imports: readonly string[];
  /** Packages and built-in modules that it imports. */
  readonly packages: readonly string[];
}

function sourcesBelow(folder: string): SourceFile[] {
  const entries = fs.readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' });
  return entries
    .map(entry => `${folder}/${entry.split(path.sep).join('/')}`)
    .filter(name => name.endsWith('.ts') && !name.endsWith('.d.ts'))
    .sort()
    .map(readSource);
}

const IMPORT =
  /^(?:import|export)\b[^'"`;]*?from\s+'([^']+)'|^import\s+'([^']+)'|\bimport\(\s*'([^']+)'\s*\)/gm;

function readSource(name: string): SourceFile {
  const text = fs.readFileSync(path.join(ROOT, name), 'utf8');
  const specifiers = [...text.matchAll(IMPORT)].map(match => match[1] ?? match[2] ?? match[3]);
  const own = specifiers.filter(specifier => specifier.startsWith('.'));
  return {
    name,
    text,
    imports: own.map(specifier => path.posix.normalize(path.posix.join(path.posix.dirname(name), specifier))),
    packages: specifiers.filter(specifier => !specifier.startsWith('.')),
  };
}

const server = sourcesBelow('server/src');
const client = sourcesBelow('client/src');
const tests = sourcesBelow('test');
const tools = sourcesBelow('server/tools');
const shipped = [...server, ...client];
const all = [...shipped, ...tests, ...tools];
const isGenerated = ({ name }: SourceFile): boolean => name.endsWith('.generated.ts');

/** `server/src/python/ast/nodes.ts` → `python`; undefined for what is not in the server. */
const layerOf = (name: string): string | undefined => /^server\/src\/([^/]+)\//.exec(name)?.[1];
/** `server/src/python/ast/nodes.ts` → `ast`; for python/index.ts itself `index.ts`. */
const passOf = (name: string): string | undefined => /^server\/src\/python\/([^/]+)/.exec(name)?.[1];

/** Every import that breaks a rule, as `importer → imported`. */
function offenders(files: readonly SourceFile[], allowed: (from: string, to: string) => boolean): string[] {
  return files.flatMap(({ name, imports }) =>
    imports.filter(imported => !allowed(name, imported)).map(imported => `${name} → ${imported}`),
  );
}

describe('architecture', () => {
  it('sees the imports of the sources', () => {
    assert.ok(server.length > 50, 'too few sources found for the rules below to mean anything');
    assert.ok(server.reduce((sum, { imports }) => sum + imports.length, 0) > server.length);
    for (const { name, imports } of all) {
      for (const imported of imports) {
        assert.ok(
          fs.existsSync(path.join(ROOT, imported)),
          `${name} imports ${imported}, which is not there`,
        );
      }
    }
  });

  it('layers: python ← resolve ← features ← lsp, cli ← node, browser', () => {
    const below: Readonly<Record<string, readonly string[]>> = {
      python: [],
      resolve: ['python'],
      features: ['resolve', 'python'],
      lsp: ['features', 'resolve', 'python'],
      cli: ['features', 'resolve', 'python'],
      library: ['features', 'python'],
      node: ['lsp', 'cli', 'features', 'resolve', 'python'],
      browser: ['lsp', 'features', 'resolve', 'python'],
    };
    const found = offenders(server, (from, to) => {
      const [layer, other] = [layerOf(from), layerOf(to)];
      if (to === 'package.json') return layer === 'cli' || layer === 'lsp';
      return layer !== undefined && other !== undefined && (layer === other || below[layer].includes(other));
    });
    assert.deepEqual(found, []);
  });

  it('passes: text ← tokenizer ← parser ← symtable ← compiler; ast, constants, code, versions are leaves', () => {
    const leaves = ['text', 'ast', 'constants', 'code', 'versions'];
    const below: Readonly<Record<string, readonly string[]>> = {
      // Decoding asks a dialect, and dialects hold tables of characters; circles of files are caught below.
      text: ['versions'],
      versions: ['text'],
      // The leaves know each other's types: nodes hold constants, folding reads nodes, code objects name theirs.
      ast: ['text', 'constants', 'versions'],
      constants: ['text', 'ast', 'code', 'versions'],
      code: ['text', 'ast', 'constants', 'symtable', 'versions'],
      tokenizer: ['text', 'versions'],
      parser: ['tokenizer', ...leaves],
      symtable: ['parser', 'tokenizer', ...leaves],
      compiler: ['symtable', 'parser', 'tokenizer', ...leaves],
      dis: ['compiler', 'symtable', ...leaves],
      locate: ['symtable', 'index.ts', ...leaves],
      inspect: ['locate', 'compiler', 'symtable', 'tokenizer', 'index.ts', ...leaves],
    };
    const passes = server.filter(({ name }) => layerOf(name) === 'python' && passOf(name) !== 'index.ts');
    const found = offenders(passes, (from, to) => {
      const [pass, other] = [passOf(from), passOf(to)];
      return (
        pass !== undefined && other !== undefined && (pass === other || (below[pass] ?? []).includes(other))
      );
    });
    assert.deepEqual(found, []);
  });

  it('the language imports no package and no module of any platform', () => {
    const found = server.filter(({ name, packages }) => layerOf(name) === 'python' && packages.length > 0);
    assert.deepEqual(
      found.map(({ name, packages }) => `${name}: ${packages.join(', ')}`),
      [],
    );
  });

  it('features, too, know neither protocol nor platform', () => {
    const found = server.filter(
      ({ name, packages }) => ['resolve', 'features'].includes(layerOf(name) ?? '') && packages.length > 0,
    );
    assert.deepEqual(
      found.map(({ name, packages }) => `${name}: ${packages.join(', ')}`),
      [],
    );
  });

  it('the client imports nothing of the server but the protocol', () => {
    const found = offenders(
      client,
      (_, to) => to.startsWith('client/src/') || to === 'server/src/lsp/protocol.ts' || to === 'package.json',
    );
    assert.deepEqual(found, []);
  });

  it('shipped code imports no tests and no tools', () => {
    const found = offenders(shipped, (_, to) => !to.startsWith('test/') && !to.startsWith('server/tools/'));
    assert.deepEqual(found, []);
  });

  it('no circle of files', () => {
    const byName = new Map(all.map(file => [file.name, file]));
    const finished = new Set<string>();
    const circles: string[] = [];
    const visit = (name: string, trail: readonly string[]): void => {
      const at = trail.indexOf(name);
      if (at >= 0) circles.push([...trail.slice(at), name].join(' → '));
      if (at >= 0 || finished.has(name)) return;
      for (const imported of byName.get(name)?.imports ?? []) visit(imported, [...trail, name]);
      finished.add(name);
    };
    for (const { name } of all) visit(name, []);
    assert.deepEqual(circles, []);
  });

  it('no barrel files but python/index.ts', () => {
    const found = shipped.filter(
      ({ name, text }) =>
        name !== 'server/src/python/index.ts' &&
        (name.endsWith('/index.ts') || /^export\s+(?:type\s+)?(?:\*|\{[^}]*\})\s*from\b/m.test(text)),
    );
    assert.deepEqual(
      found.map(({ name }) => name),
      [],
    );
  });

  it(`no file above ${MAX_LINES} lines, generated tables exempt`, () => {
    const found = all.filter(file => !isGenerated(file) && file.text.split('\n').length > MAX_LINES);
    assert.deepEqual(
      found.map(({ name }) => name),
      [],
    );
  });

  it('every file opens by stating its job', () => {
    const found = all.filter(({ text }) => !/^\/\/ \S.{20,}\n/.test(text));
    assert.deepEqual(
      found.map(({ name }) => name),
      [],
    );
  });

  it('no switched-off checks', () => {
    const pattern = /\bas any\b|: any\b/;
    const comment = /@ts-(?:ignore|expect-error|nocheck)|eslint-disable/;
    const withoutComments = (text: string) => text.replace(/^\s*(?:\/\/|\/?\*).*$/gm, '');
    const self = 'test/architecture.test.ts';
    const found = all.filter(
      ({ name, text }) => name !== self && (comment.test(text) || pattern.test(withoutComments(text))),
    );
    assert.deepEqual(
      found.map(({ name }) => name),
      [],
    );
  });
});
