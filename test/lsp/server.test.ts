// The server as a client sees it: every request and notification over real JSON-RPC.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import {
  CancellationTokenSource,
  CodeLensRequest,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  DidCloseTextDocumentNotification,
  ErrorCodes,
  ExecuteCommandRequest,
  FileChangeType,
  HoverRequest,
  type InlayHint,
  InlayHintRequest,
  MarkupKind,
  type MarkupContent,
  type Position,
  SignatureHelpRequest,
} from 'vscode-languageserver-protocol/node';
import {
  codeObjectCommand,
  type CodeObjectParams,
  codeObjectRequest,
  type CodeObjectResult,
  instructionRequest,
  type InstructionResult,
  type CurrentTarget,
  type FlowGraphResult,
  targetChangedNotification,
  targetsRequest,
  type TargetsResult,
} from '../../server/src/lsp/protocol.ts';
import { DEFAULT_TARGET, TARGETS } from '../../server/src/python/versions/target.ts';
import { type ClientOptions, TestClient } from '../support/client.ts';
import { dedent, fixture } from '../support/fixture.ts';
import { MemoryFiles } from '../support/tree.ts';

const SOURCE = dedent(`
  def outer(a):
      def inner(b):
          yield a + b
      return inner
`);

/** Of a client that shows Markdown in hovers. */
const readsMarkdown = { textDocument: { hover: { contentFormat: ['markdown' as const] } } };

describe('the server', () => {
  let client: TestClient;
  const start = async (options: ClientOptions = {}): Promise<TestClient> =>
    (client = await TestClient.start(options));

  afterEach(async () => {
    await client.stop();
    assert.deepEqual(client.log, [], 'the server has complained');
  });

  const hoverAt = async (uri: string, position: Position): Promise<string | undefined> => {
    const hover = await client.connection.sendRequest(HoverRequest.type, { textDocument: { uri }, position });
    return hover === null ? undefined : (hover.contents as MarkupContent).value;
  };
  const codeObject = (params: CodeObjectParams): Promise<CodeObjectResult | null> =>
    client.connection.sendRequest(codeObjectRequest, params);
  const lensTitles = async (uri: string): Promise<(string | undefined)[]> => {
    const lenses = await client.connection.sendRequest(CodeLensRequest.type, { textDocument: { uri } });
    return (lenses ?? []).map(({ command }) => command?.title);
  };

  describe('initialize', () => {
    it('says what it can, in UTF-16 and with incremental changes', async () => {
      await start();
      const { capabilities } = client.initialized;
      assert.equal(capabilities.positionEncoding, 'utf-16');
      assert.deepEqual(capabilities.textDocumentSync, { openClose: true, change: 2 });
      assert.equal(capabilities.hoverProvider, true);
      assert.deepEqual(capabilities.codeLensProvider, { resolveProvider: false });
      assert.deepEqual(capabilities.executeCommandProvider, { commands: ['colens.codeObject'] });
      assert.deepEqual(capabilities.signatureHelpProvider?.triggerCharacters, ['(', ',']);
      assert.deepEqual(capabilities.experimental, {
        colens: {
          requests: [
            'colens/codeObject',
            'colens/codeObjectKey',
            'colens/codeObjectTree',
            'colens/flowGraph',
            'colens/instruction',
            'colens/passText',
            'colens/pyc',
            'colens/targets',
          ],
        },
      });
    });

    it('takes settings and the target from the initialization options', async () => {
      await start({ initializationOptions: { settings: { target: '3.9', codeLens: { enabled: false } } } });
      const uri = await client.open(SOURCE);
      assert.equal((await codeObject({ textDocument: { uri } }))?.target, '3.9.18');
      assert.deepEqual(await lensTitles(uri), []);
    });

    it('takes options that make no sense for none', async () => {
      for (const initializationOptions of [
        null,
        7,
        'x',
        [],
        { settings: 3 },
        { settings: { target: 7, codeLens: null } },
      ]) {
        await start({ initializationOptions });
        const uri = await client.open(SOURCE);
        const expected = DEFAULT_TARGET.version;
        assert.equal((await codeObject({ textDocument: { uri } }))?.target, expected);
        if (initializationOptions !== null) await client.stop();
        await start();
      }
    });
  });

  describe('hover', () => {
    it('tells of a code object, with a link if the client has a command for it', async () => {
      await start({
        capabilities: readsMarkdown,
        initializationOptions: { showCodeObjectCommand: 'colens.showCodeObject' },
      });
      const uri = await client.open(SOURCE);
      const markdown = await hoverAt(uri, { line: 1, character: 5 });
      const [title, flags, counts] = markdown!.split('  \n');
      assert.equal(title, '`<code object outer.<locals>.inner>` · CPython 3.13.18');
      assert.equal(flags, '`CO_NESTED` inside `outer` · `CO_GENERATOR` `yield` on line 3');
      assert.match(counts, /^1 parameter · 1 local · 0 cells · 1 free$/);
      const link = /\[Show code object\]\(command:colens\.showCodeObject\?([^)]*)\)$/.exec(markdown!);
      assert.deepEqual(JSON.parse(decodeURIComponent(link![1])), [{ uri, key: 'outer.<locals>.inner' }]);
    });

    it('has no link for a client without a command, and no hover where it is switched off', async () => {
      await start();
      const uri = await client.open(SOURCE);
      assert.doesNotMatch((await hoverAt(uri, { line: 1, character: 5 }))!, /command:/);
      await client.stop();
      await start({ initializationOptions: { settings: { hover: { enabled: false } } } });
      await client.open(SOURCE);
      assert.equal(await hoverAt(uri, { line: 1, character: 5 }), undefined);
    });

    it('is empty beyond the text and in documents that are not open', async () => {
      await start();
      const uri = await client.open(SOURCE);
      assert.equal(await hoverAt(uri, { line: 900, character: 5 }), undefined);
      assert.equal(
        await hoverAt(uri, { line: 3, character: 9000 }),
        await hoverAt(uri, { line: 3, character: 16 }),
      );
      assert.equal(await hoverAt('file:///other.py', { line: 0, character: 5 }), undefined);
    });
  });

  describe('code lenses', () => {
    it('invoke the client’s command, or else the server’s', async () => {
      await start({ initializationOptions: { showCodeObjectCommand: 'my.show' } });
      const uri = await client.open(SOURCE);
      const own = await client.connection.sendRequest(CodeLensRequest.type, { textDocument: { uri } });
      assert.deepEqual(own![1], {
        range: { start: { line: 1, character: 4 }, end: { line: 1, character: 13 } },
        command: {
          title: 'CO_GENERATOR · free: a',
          tooltip:
            'Show the code object\nCO_GENERATOR: yield on line 3\nfree: variables of the functions around it',
          command: 'my.show',
          arguments: [{ uri, key: 'outer.<locals>.inner' }],
        },
      });
      await client.stop();
      await start();
      await client.open(SOURCE);
      const plain = await client.connection.sendRequest(CodeLensRequest.type, { textDocument: { uri } });
      const invoked = plain![1].command!;
      assert.equal(invoked.command, codeObjectCommand);
      const result: unknown = await client.connection.sendRequest(ExecuteCommandRequest.type, invoked);
      assert.equal((result as CodeObjectResult).qualname, 'outer.<locals>.inner');
      assert.deepEqual(client.messages, [(result as CodeObjectResult).text], 'it is shown');
    });

    it('are shown in a document, if the client opens those', async () => {
      await start({ capabilities: { window: { showDocument: { support: true } } } });
      const uri = await client.open(SOURCE);
      const [lens] = (await client.connection.sendRequest(CodeLensRequest.type, { textDocument: { uri } }))!;
      const result: unknown = await client.connection.sendRequest(ExecuteCommandRequest.type, lens.command!);
      assert.deepEqual(client.messages, []);
      assert.equal(client.shown.length, 1);
      assert.equal(readFileSync(new URL(client.shown[0]), 'utf8'), (result as CodeObjectResult).text);
    });
  });

  describe('signature help', () => {
    const { text, cursor } = fixture(`
      def f(a, *, b): pass
      f(1, 2$0
    `);
    const position = { line: 1, character: cursor - text.indexOf('\n') - 1 };

    it('says null where no parameter fits, if the client knows that', async () => {
      const signatureInformation = {
        noActiveParameterSupport: true,
        parameterInformation: { labelOffsetSupport: true },
      };
      const signatureHelp = { signatureInformation };
      await start({ capabilities: { textDocument: { signatureHelp } } });
      const uri = await client.open(text);
      const help = await client.connection.sendRequest(SignatureHelpRequest.type, {
        textDocument: { uri },
        position,
      });
      assert.equal(help?.signatures[0].label, 'f(a, *, b)');
      assert.deepEqual(help?.signatures[0].parameters, [{ label: [2, 3] }, { label: [8, 9] }]);
      assert.equal(help?.activeParameter, null);
    });

    it('says an index past the last parameter to other clients', async () => {
      await start();
      const uri = await client.open(text);
      const help = await client.connection.sendRequest(SignatureHelpRequest.type, {
        textDocument: { uri },
        position,
      });
      assert.deepEqual(help?.signatures[0].parameters, [{ label: 'a' }, { label: 'b' }]);
      assert.equal(help?.activeParameter, 2);
    });

    it('documents in Markdown where the client shows it, else in plain text', async () => {
      const documented = fixture(`
        def f(a_b, c):
            '''Do *it*.

            :param a_b: <what> to do
            '''
        f($0
      `);
      const ask = async () => {
        const uri = await client.open(documented.text);
        return client.connection.sendRequest(SignatureHelpRequest.type, {
          textDocument: { uri },
          position: { line: 5, character: 2 },
        });
      };
      const signatureInformation = { documentationFormat: [MarkupKind.Markdown] };
      await start({ capabilities: { textDocument: { signatureHelp: { signatureInformation } } } });
      const [rich] = (await ask())!.signatures;
      const kind = MarkupKind.Markdown;
      assert.deepEqual(rich.documentation, { kind, value: 'Still required: `c`\n\nDo \\*it\\*.' });
      assert.deepEqual(rich.parameters?.[0].documentation, { kind, value: '\\<what\\> to do' });
      await client.stop();
      await start();
      const [plain] = (await ask())!.signatures;
      assert.equal(plain.documentation, 'Still required: c\n\nDo *it*.');
      assert.equal(plain.parameters?.[0].documentation, '<what> to do');
    });

    it('is registered weakly, strongly or not at all, as the setting says', async () => {
      const capabilities = {
        workspace: { configuration: true, didChangeConfiguration: { dynamicRegistration: true } },
        textDocument: { signatureHelp: { dynamicRegistration: true } },
      };
      await start({ capabilities, settings: { signatureHelp: 'auto' } });
      assert.equal(client.initialized.capabilities.signatureHelpProvider, undefined);
      const selector = (): unknown => {
        const found = [...client.registrations.values()].filter(
          ({ method }) => method === 'textDocument/signatureHelp',
        );
        assert.ok(found.length <= 1);
        return (found[0]?.registerOptions as { documentSelector: unknown } | undefined)?.documentSelector;
      };
      await client.until(() => Array.isArray(selector()));
      assert.deepEqual(selector(), [{ language: '*' }]);
      await client.configure({ signatureHelp: 'on' });
      await client.until(() => selector() === null);
      await client.configure({ signatureHelp: 'off' });
      await client.until(() => selector() === undefined);
      const uri = await client.open(text);
      assert.equal(
        await client.connection.sendRequest(SignatureHelpRequest.type, { textDocument: { uri }, position }),
        null,
      );
    });
  });

  describe('colens/codeObject', () => {
    it('finds a code object by position, by range, by name, and the module without any', async () => {
      await start();
      const uri = await client.open(SOURCE);
      const textDocument = { uri };
      const name = async (params: Omit<CodeObjectParams, 'textDocument'>): Promise<string | undefined> =>
        (await codeObject({ textDocument, ...params }))?.qualname;
      assert.equal(await name({}), '<module>');
      assert.equal(await name({ position: { line: 2, character: 14 } }), 'outer.<locals>.inner');
      assert.equal(await name({ position: { line: 0, character: 5 } }), 'outer');
      assert.equal(await name({ position: { line: 3, character: 6 } }), 'outer');
      assert.equal(
        await name({ range: { start: { line: 2, character: 8 }, end: { line: 3, character: 10 } } }),
        'outer',
      );
      assert.equal(await name({ qualname: 'outer' }), 'outer');
      assert.equal(await name({ qualname: 'nobody' }), undefined);
    });

    it('answers with facts, listing, places and links', async () => {
      await start();
      const uri = await client.open(SOURCE);
      const result = await codeObject({ textDocument: { uri }, qualname: 'outer.<locals>.inner' });
      assert.ok(result);
      const { text, links, sections, instructions, ...rest } = result;
      assert.deepEqual(rest, {
        uri,
        qualname: 'outer.<locals>.inner',
        key: 'outer.<locals>.inner',
        target: '3.13.18',
        parent: 'outer',
        children: [],
        range: { start: { line: 1, character: 4 }, end: { line: 2, character: 19 } },
        selectionRange: { start: { line: 1, character: 4 }, end: { line: 1, character: 13 } },
        code: {
          argcount: 1,
          cellvars: [],
          children: [],
          firstlineno: 2,
          flags: 0x33,
          freevars: ['a'],
          kwonlyargcount: 0,
          name: 'inner',
          nlocals: 1,
          posonlyargcount: 0,
          qualname: 'outer.<locals>.inner',
          varnames: ['b'],
        },
      });
      const lines = text.split('\n');
      const targets = links.map(({ line, startCharacter, endCharacter, target }) => [
        lines[line].slice(startCharacter, endCharacter),
        target.start.line,
        target.start.character,
      ]);
      assert.deepEqual(targets, [
        ['<code object inner, file "sample.py", line 2>', 1, 4],
        ['   2      def inner(b):', 1, 4],
        ['   3          yield a + b', 2, 8],
        ['yield on line 3', 2, 8],
        ['b', 1, 14],
        ['a', 0, 10],
        ['line 3', 2, 8],
      ]);
      const titles = sections.filter(({ kind }) => kind === 'section').map(({ title }) => title);
      assert.deepEqual(titles.slice(0, 2), ['instructions', 'exception table']);
      for (const { title, kind, startLine, endLine } of sections) {
        assert.ok(startLine <= endLine && endLine < lines.length);
        if (title !== 'instructions') assert.equal(lines[startLine].trim(), title, kind);
      }
      // co_positions() of the one `+`.
      const plus = instructions.find(({ line }) => lines[line].includes('BINARY_OP'));
      assert.deepEqual(plus?.source, { start: { line: 2, character: 14 }, end: { line: 2, character: 19 } });
      assert.equal(/\d+/.exec(lines[plus.line])?.[0], String(plus.offset));
    });

    it('tells what an instruction does, and what lies on the stack', async () => {
      await start();
      const uri = await client.open('def f(xs):\n    for x in xs: print(x)\n');
      const found = (await codeObject({ textDocument: { uri }, qualname: 'f' }))!;
      const lines = found.text.split('\n');
      const { offset } = found.instructions.find(({ line }) => lines[line].includes('GET_ITER'))!;
      const ask = (params: object): Promise<InstructionResult | null> =>
        client.connection.sendRequest(instructionRequest, {
          textDocument: { uri },
          qualname: 'f',
          ...params,
        });
      const { opname, argument, before, after, afterJump, caches, description } = (await ask({ offset }))!;
      assert.deepEqual([opname, argument, caches], ['GET_ITER', null, 0]);
      assert.deepEqual([before, after, afterJump], [['xs'], ['iter(xs)'], null]);
      assert.match(description, /iterator/);
      assert.equal(await ask({ offset: offset + 1 }), null);
      await assert.rejects(ask({ offset: -1 }), /offset must be an integer from 0/);
    });

    it('leaves out what differs by itself where listings are compared', async () => {
      await start();
      const uri = await client.open('def f(xs):\n    for x in xs: print(x)\n');
      const params = { textDocument: { uri }, qualname: 'f', forComparison: true };
      const text = (await codeObject(params))!.text;
      assert.match(text, /^ +L1: +FOR_ITER +to L2$/m);
      assert.match(text, /^ +LOAD_GLOBAL +print \+ NULL$/m);
    });

    it('answers which code object it is, and where the source is wrong', async () => {
      await start();
      const uri = await client.open('def f():\n    return 1\nx = = 2\n');
      const textDocument = { uri };
      const key = await client.connection.sendRequest('colens/codeObjectKey', {
        textDocument,
        position: { line: 1, character: 6 },
      });
      assert.deepEqual(key, { key: 'f', target: '3.13.18' });
      const result = await codeObject({ textDocument });
      assert.deepEqual(result?.error, { message: 'SyntaxError: invalid syntax', line: 3 });
      assert.deepEqual(result.instructions, []);
      assert.match(result.text, /^bytecode\n {4}none: line 3: SyntaxError: invalid syntax$/m);
      const intact = await codeObject({ textDocument, qualname: 'f' });
      assert.equal(intact?.error, undefined);
      assert.equal(intact?.instructions.length, 2);
    });

    it('draws the control flow of what has bytecode, and says why other code has none', async () => {
      await start();
      const uri = await client.open('def f():\n    return 1\ndef g():\n    x = = 2\n');
      const ask = (qualname: string): Promise<FlowGraphResult | null> =>
        client.connection.sendRequest('colens/flowGraph', { textDocument: { uri }, qualname });
      const whole = await ask('f');
      assert.deepEqual([whole?.key, whole?.blocks.length, whole?.none], ['f', 1, undefined]);
      const broken = await ask('g');
      const none = 'line 4: SyntaxError: invalid syntax';
      assert.deepEqual([broken?.key, broken?.blocks, broken?.none], ['g', [], none]);
      assert.equal(await ask('h'), null);
    });

    it('numbers code objects of the same name, and takes the numbers back', async () => {
      await start();
      const uri = await client.open('def f(): pass\ndef f(a): pass\nx = lambda: 0, lambda y: 0\n');
      const textDocument = { uri };
      const second = await codeObject({ textDocument, position: { line: 1, character: 5 } });
      assert.equal(second?.key, 'f#2');
      assert.deepEqual((await codeObject({ textDocument, qualname: 'f#2' }))?.code.varnames, ['a']);
      assert.deepEqual((await codeObject({ textDocument, qualname: '<lambda>#2' }))?.code.varnames, ['y']);
    });

    it('answers for another version if asked, and for none that does not exist', async () => {
      await start();
      const uri = await client.open('def f():\n    return [x for x in y]\n');
      const textDocument = { uri };
      const older = await codeObject({ textDocument, qualname: 'f', target: '3.11' });
      assert.equal(older?.target, '3.11.7');
      assert.deepEqual(
        older.code.children.map(({ name }) => name),
        ['<listcomp>'],
      );
      assert.deepEqual((await codeObject({ textDocument, qualname: 'f' }))?.code.children, []);
      await assert.rejects(codeObject({ textDocument, target: '2.7' }), {
        code: ErrorCodes.InvalidParams,
        message: 'target must be a version, "3.8" to "3.15"',
      });
    });
  });

  it('lists the targets', async () => {
    await start();
    const { current, targets }: TargetsResult = await client.connection.sendRequest(targetsRequest);
    assert.deepEqual(current, { series: '3.13', version: '3.13.18', from: 'the setting colens.target' });
    assert.deepEqual(
      targets.map(({ series }) => series),
      TARGETS.map(({ series }) => series),
    );
  });

  describe('the target auto', () => {
    const project = (requires: string) => ({
      '/ws/pyproject.toml': `[project]\nrequires-python = "${requires}"\n`,
    });
    const inProject = async (files: MemoryFiles, options: object): Promise<CurrentTarget[]> => {
      await start({
        workspaceFolders: ['file:///ws'],
        initializationOptions: { settings: { target: 'auto' }, ...options },
        platform: { files },
      });
      const told: CurrentTarget[] = [];
      client.connection.onNotification(targetChangedNotification, (current: CurrentTarget) => {
        told.push(current);
      });
      return told;
    };
    const current = async (): Promise<CurrentTarget> =>
      (await client.connection.sendRequest<TargetsResult>(targetsRequest)).current;

    it('follows the workspace when its files change, and tells a client that asks to be told', async () => {
      const files = new MemoryFiles(project('>=3.9'));
      const told = await inProject(files, { targetChanged: true });
      const from = (requires: string) => `requires-python "${requires}" in pyproject.toml`;
      assert.deepEqual(await current(), { series: '3.9', version: '3.9.18', from: from('>=3.9') });
      files.set('/ws/pyproject.toml', project('>=3.12')['/ws/pyproject.toml']);
      await client.connection.sendNotification(DidChangeWatchedFilesNotification.type, {
        changes: [{ uri: 'file:///ws/pyproject.toml', type: FileChangeType.Changed }],
      });
      const now = { series: '3.12', version: '3.12.7', from: from('>=3.12') };
      assert.deepEqual(await current(), now);
      assert.deepEqual(told, [now]);
      const uri = await client.open(SOURCE, 'file:///ws/a.py');
      assert.equal((await codeObject({ textDocument: { uri } }))?.target, '3.12.7');
    });

    it('answers for a setting that names no version, and a message says what there is', async () => {
      const told = await inProject(new MemoryFiles(project('>=3.9')), { settings: { target: '2.7' } });
      const { version, problem } = await current();
      assert.equal(version, '3.9.18');
      assert.match(problem!, /^The setting colens\.target is '2\.7'\. There are 3\.8, /);
      assert.deepEqual(client.messages, [problem]);
      assert.deepEqual(told, []);
    });
  });

  describe('settings', () => {
    const pulling = { workspace: { configuration: true, codeLens: { refreshSupport: true } } };

    it('are asked for, and asked for again when they change; the lenses follow', async () => {
      await start({ capabilities: pulling, settings: { target: '3.10' } });
      const uri = await client.open(SOURCE);
      await client.until(() => client.codeLensRefreshes === 1);
      assert.equal((await codeObject({ textDocument: { uri } }))?.target, '3.10.13');
      await client.configure({ target: '3.14', codeLens: { showAllFlags: true } });
      await client.until(() => client.codeLensRefreshes === 2);
      assert.equal((await codeObject({ textDocument: { uri } }))?.target, '3.14.10');
      assert.deepEqual(await lensTitles(uri), [
        'CO_OPTIMIZED | CO_NEWLOCALS · cell: a',
        'CO_OPTIMIZED | CO_NEWLOCALS | CO_NESTED | CO_GENERATOR · free: a',
      ]);
    });

    it('can be pushed by clients that cannot be asked', async () => {
      await start();
      const uri = await client.open(SOURCE);
      const settings = { colens: { target: '3.8' } };
      await client.connection.sendNotification(DidChangeConfigurationNotification.type, { settings });
      assert.equal((await codeObject({ textDocument: { uri } }))?.target, '3.8.18');
    });
  });

  describe('documents', () => {
    it('follow incremental changes, in UTF-16 units', async () => {
      await start({ capabilities: readsMarkdown });
      const uri = await client.open('s = "😀é"\r\ndef f(x): return x\r\n');
      const at = (line: number, character: number) => ({ line, character });
      await client.change(
        uri,
        { range: { start: at(0, 7), end: at(0, 8) }, text: 'ö' },
        { range: { start: at(1, 4), end: at(1, 5) }, text: 'gg' },
        { range: { start: at(1, 7), end: at(1, 8) }, text: 'x, *y' },
      );
      assert.equal((await codeObject({ textDocument: { uri }, qualname: 'gg' }))?.code.flags, 7);
      assert.match(
        (await hoverAt(uri, at(1, 11)))!,
        /^`y`: \*\*variadic positional parameter\*\* of `gg` · `varnames\[1\]`/,
      );
    });

    it('may be notebook cells and come from any scheme', async () => {
      await start();
      for (const uri of [
        'vscode-notebook-cell:/n.ipynb#C1',
        'untitled:Untitled-1',
        'vscode-vfs://github/a/b.py',
        'git:/x.py?%7B%7D',
      ]) {
        await client.open('lambda: 0', uri);
        assert.equal(
          (await codeObject({ textDocument: { uri }, position: { line: 0, character: 2 } }))?.qualname,
          '<lambda>',
        );
      }
    });

    it('are forgotten when they are closed', async () => {
      await start();
      const uri = await client.open(SOURCE);
      await client.connection.sendNotification(DidCloseTextDocumentNotification.type, {
        textDocument: { uri },
      });
      assert.equal(await codeObject({ textDocument: { uri } }), null);
    });

    it('stay of use while they are broken', async () => {
      await start();
      const uri = await client.open(
        `${SOURCE}\nclass C:\n    def m(self):\n        return outer(\n\nasync def g(): await x\n`,
      );
      assert.deepEqual(await lensTitles(uri), ['cell: a', 'CO_GENERATOR · free: a', 'CO_COROUTINE']);
      const position = { line: 7, character: 21 };
      const help = await client.connection.sendRequest(SignatureHelpRequest.type, {
        textDocument: { uri },
        position,
      });
      assert.equal(help?.signatures[0].label, 'outer(a)');
    });
  });

  describe('diagnostics', () => {
    const broken = 'def f():\n    return return\n';

    it('say what CPython says, where it says it, and go when the text is mended', async () => {
      await start();
      const uri = await client.open(broken);
      await client.until(() => client.diagnostics.length === 1);
      assert.equal(client.diagnostics[0].uri, uri);
      assert.deepEqual(client.diagnostics[0].diagnostics, [
        {
          range: { start: { line: 1, character: 11 }, end: { line: 1, character: 17 } },
          severity: 1,
          source: 'CPython 3.13.18',
          message: 'SyntaxError: invalid syntax',
        },
      ]);
      await client.change(uri, { text: 'def f(): return\n' });
      await client.until(() => client.diagnostics.length === 2);
      assert.deepEqual(client.diagnostics[1].diagnostics, []);
    });

    it('refuse a null character as compile() does, where it is', async () => {
      const type = { '3.10': 'ValueError', '3.11': 'SyntaxError', '3.15': 'SyntaxError' };
      for (const [target, name] of Object.entries(type)) {
        await start({ initializationOptions: { settings: { target } } });
        const uri = await client.open('# a\n# b\0\ndef f(): pass\n');
        await client.until(() => client.diagnostics.length === 1);
        const [{ range, message }] = client.diagnostics[0].diagnostics;
        assert.equal(message, `${name}: source code string cannot contain null bytes`);
        assert.deepEqual(range, { start: { line: 1, character: 3 }, end: { line: 1, character: 4 } });
        const result = await codeObject({ textDocument: { uri }, qualname: 'f' });
        assert.deepEqual(result?.error, { message, line: 2 });
        await client.stop();
      }
      await start();
    });

    it('are empty if switched off', async () => {
      await start({ initializationOptions: { settings: { diagnostics: 'off' } } });
      await client.open(broken);
      await client.until(() => client.diagnostics.length === 1);
      assert.deepEqual(client.diagnostics[0].diagnostics, []);
    });

    it('report calls that cannot bind, if asked to', async () => {
      await start({ initializationOptions: { settings: { callDiagnostics: true } } });
      const uri = await client.open('def f(a): return a\nf(1)\nx = f()\n');
      await client.until(() => client.diagnostics.length === 2);
      assert.deepEqual(client.diagnostics[1], {
        uri,
        version: 1,
        diagnostics: [
          {
            range: { start: { line: 2, character: 4 }, end: { line: 2, character: 7 } },
            severity: 2,
            source: 'CPython 3.13.18',
            message: "TypeError: f() missing 1 required positional argument: 'a'",
          },
        ],
      });
    });
  });

  describe('inlay hints', () => {
    const text = 'def draw(size, color): pass\ndraw(1,\n     2)\n';
    const hints = (uri: string, first: number, last: number): Promise<InlayHint[] | null> =>
      client.connection.sendRequest(InlayHintRequest.type, {
        textDocument: { uri },
        range: { start: { line: first, character: 0 }, end: { line: last, character: 0 } },
      });

    it('are there once they are turned on, for the lines asked for', async () => {
      const refreshSupport = true;
      await start({
        capabilities: { workspace: { configuration: true, inlayHint: { refreshSupport } } },
        settings: { inlayHints: { parameterNames: false } },
      });
      const uri = await client.open(text);
      assert.equal(await hints(uri, 0, 3), null);
      await client.configure({ inlayHints: { parameterNames: true } });
      await client.until(() => client.inlayHintRefreshes === 1);
      assert.deepEqual(await hints(uri, 0, 2), [
        { position: { line: 1, character: 5 }, label: 'size=', kind: 2 },
      ]);
      assert.equal((await hints(uri, 0, 3))?.length, 2);
    });
  });

  it('answers a cancelled request, and those after it', async () => {
    await start();
    const uri = await client.open(SOURCE);
    const source = new CancellationTokenSource();
    const cancelled = client.connection.sendRequest(
      CodeLensRequest.type,
      { textDocument: { uri } },
      source.token,
    );
    source.cancel();
    // Whether the cancellation or the request is seen first is up to the streams: both end it.
    await cancelled.then(
      lenses => assert.ok(Array.isArray(lenses)),
      (error: { code?: number }) => assert.equal(error.code, -32800),
    );
    assert.equal((await lensTitles(uri)).length, 2);
  });
});
