// The server and the files around a document: what others say is found, and what happens to them is heard.
import assert from 'node:assert/strict';
import {
  DidChangeWatchedFilesNotification,
  DidChangeWorkspaceFoldersNotification,
  DidCloseTextDocumentNotification,
  FileChangeType,
  type FileSystemWatcher,
  SignatureHelpRequest,
} from 'vscode-languageserver-protocol/node';
import { NO_BUNDLED } from '../../server/src/resolve/bundled/none.ts';
import { type ClientOptions, TestClient } from '../support/client.ts';
import { MemoryFiles, type Tree } from '../support/tree.ts';

const TREE: Tree = {
  '/ws/near.py': 'def near(a): pass',
  '/two/far.py': 'def far(b): pass',
  '/base/bin/python3.13': '',
  '/base/lib/python3.13/os.py': '',
  '/base/lib/python3.13/lib.py': 'def lib(c): pass',
  '/old/bin/python3.9': '',
  '/old/lib/python3.9/os.py': '',
  '/old/lib/python3.9/lib.py': 'def lib(old): pass',
};

describe('the workspace', () => {
  let client: TestClient;
  let files: MemoryFiles;

  const start = async (options: ClientOptions = {}, tree: Tree = TREE): Promise<void> => {
    files = new MemoryFiles(tree);
    client = await TestClient.start({
      workspaceFolders: ['file:///ws'],
      ...options,
      platform: {
        files,
        machine: {
          system: 'posix',
          variable: name => (name === 'PATH' ? '/base/bin' : undefined),
          home: '/home/me',
        },
        bundled: () => Promise.resolve(NO_BUNDLED),
        ...options.platform,
      },
    });
  };
  afterEach(async () => {
    await client.stop();
    assert.deepEqual(client.log, [], 'the server has complained');
  });

  /** The label that a call `module.name(` gets. */
  const label = async (call: string, uri = 'file:///ws/main.py'): Promise<string | undefined> => {
    const text = `import ${call.split('.')[0]}\n${call}(`;
    await client.open(text, uri);
    const help = await client.connection.sendRequest(SignatureHelpRequest.type, {
      textDocument: { uri },
      position: { line: 1, character: call.length + 1 },
    });
    await client.connection.sendNotification(DidCloseTextDocumentNotification.type, {
      textDocument: { uri },
    });
    return help?.signatures[0]?.label;
  };
  const changed = (type: FileChangeType, ...paths: string[]): Promise<void> =>
    client.connection.sendNotification(DidChangeWatchedFilesNotification.type, {
      changes: paths.map(path => ({ uri: `file://${path}`, type })),
    });

  it('is where modules are looked for; then the library of a Python that was found', async () => {
    await start();
    assert.equal(await label('near.near'), 'near(a)');
    assert.equal(await label('lib.lib'), 'lib(c)');
    assert.equal(await label('far.far'), undefined);
    // Beside a document that is elsewhere.
    assert.equal(await label('far.far', 'file:///two/main.py'), 'far(b)');
    assert.equal(await label('near.near', 'untitled:Untitled-1'), 'near(a)');
    assert.equal(await label('far.far', 'vscode-notebook-cell:/two/a.ipynb#X'), 'far(b)');
  });

  it('reads no file before a request needs it', async () => {
    await start();
    await client.open('import near, lib, far', 'file:///ws/main.py');
    await label('nothing.at_all', 'file:///ws/other.py');
    assert.deepEqual(
      files.log.filter(entry => entry.startsWith('read')),
      [],
    );
  });

  it('has other folders and another Python when settings and folders change', async () => {
    const workspace = { configuration: true, didChangeConfiguration: { dynamicRegistration: true } };
    await start({ capabilities: { workspace }, settings: { searchPaths: ['../two'] } });
    /** Settings come some time after they are asked for. */
    const eventually = async (call: string, expected: string): Promise<void> => {
      for (let tries = 0; (await label(call)) !== expected; tries++) assert.ok(tries < 100, `no ${expected}`);
    };
    await eventually('far.far', 'far(b)');
    await client.configure({ target: '3.9', pythonPath: '/old/bin/python3.9' });
    await eventually('lib.lib', 'lib(old)');
    assert.equal(await label('far.far'), undefined);
    await client.connection.sendNotification(DidChangeWorkspaceFoldersNotification.type, {
      event: { added: [{ uri: 'file:///two', name: 'two' }], removed: [{ uri: 'file:///ws', name: 'ws' }] },
    });
    assert.equal(await label('far.far', 'untitled:x'), 'far(b)');
    assert.equal(await label('near.near', 'untitled:x'), undefined);
  });

  it('hears of edits in other documents', async () => {
    await start();
    assert.equal(await label('near.near'), 'near(a)');
    const uri = await client.open('def near(a, edited): pass', 'file:///ws/near.py');
    assert.equal(await label('near.near'), 'near(a, edited)');
    await client.change(uri, { text: 'def near(again): pass' });
    assert.equal(await label('near.near'), 'near(again)');
    await client.connection.sendNotification(DidCloseTextDocumentNotification.type, {
      textDocument: { uri },
    });
    assert.equal(await label('near.near'), 'near(a)');
    await client.open('def new(n): pass', 'file:///ws/new.py');
    assert.equal(await label('new.new'), 'new(n)');
  });

  it('asks to be told of files, and takes them as they are then', async () => {
    await start({ capabilities: { workspace: { didChangeWatchedFiles: { dynamicRegistration: true } } } });
    await client.until(() => client.registrations.size > 0);
    const [{ method, registerOptions }] = client.registrations.values();
    assert.equal(method, 'workspace/didChangeWatchedFiles');
    const { watchers } = registerOptions as { watchers: FileSystemWatcher[] };
    assert.deepEqual(watchers, [
      { globPattern: '**/{*.py,*.pyi,*.pth,pyproject.toml,pyvenv.cfg,.python-version}' },
    ]);

    assert.equal(await label('near.near'), 'near(a)');
    const open = await client.open('def near(editor): pass', 'file:///ws/near.py');
    files.set('/ws/near.py', 'def near(disk): pass');
    await changed(FileChangeType.Changed, '/ws/near.py');
    assert.equal(await label('near.near'), 'near(editor)');
    await client.connection.sendNotification(DidCloseTextDocumentNotification.type, {
      textDocument: { uri: open },
    });
    assert.equal(await label('near.near'), 'near(disk)');

    files.delete('/ws/near.py');
    await changed(FileChangeType.Deleted, '/ws/near.py');
    assert.equal(await label('near.near'), undefined);

    files.set('/ws/.venv/pyvenv.cfg', 'home = /base/bin\nversion = 3.13.1');
    files.set('/ws/.venv/lib/python3.13/site-packages/dep.py', 'def dep(d): pass');
    await changed(FileChangeType.Created, '/ws/.venv/pyvenv.cfg');
    assert.equal(await label('dep.dep'), 'dep(d)');
  });

  it('looks for changes by itself when a document is opened', async () => {
    await start();
    assert.equal(await label('near.near'), 'near(a)');
    files.set('/ws/near.py', 'def near(a, b): pass');
    files.set('/ws/late.py', 'def late(a): pass');
    assert.equal(await label('near.near'), 'near(a, b)');
    assert.equal(await label('late.late'), 'late(a)');
  });

  it('needs no machine: documents of a browser’s workspace import each other', async () => {
    const folder = 'vscode-vfs://github/o/r';
    await start({ workspaceFolders: [folder], platform: { machine: undefined } }, {});
    await client.open('def one(x): pass', `${folder}/pkg/one.py`);
    await client.open('from pkg.one import one', `${folder}/both.py`);
    assert.equal(await label('both.one', `${folder}/main.py`), 'one(x)');
  });
});
