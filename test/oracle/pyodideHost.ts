// Runs a Python script in a pyodide package as an interpreter would: with the scripts beside it, its arguments,
// standard streams and exit code. Folders given as `--mount FOLDER` can be read under their own names.
//
// usage: pyodideHost.ts PACKAGE_FOLDER [--mount FOLDER]... SCRIPT ARGUMENT...
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

/** What we use of pyodide; its own declarations differ by version. */
interface Pyodide {
  readonly FS: {
    mkdirTree(folder: string): void;
    writeFile(file: string, data: Uint8Array): void;
    mount(type: unknown, options: { root: string }, at: string): void;
    readonly filesystems: { readonly NODEFS: unknown };
  };
  setStdin(options: { read: (buffer: Uint8Array) => number }): void;
  setStdout(options: { write: (bytes: Uint8Array) => number }): void;
  setStderr(options: { write: (bytes: Uint8Array) => number }): void;
  toPy(value: unknown): unknown;
  runPython(code: string): (argv: unknown) => number;
}

const SCRIPTS = '/scripts';

const MAIN = `
def main(argv):
    import runpy, sys, traceback
    sys.argv = list(argv)
    sys.path.insert(0, '${SCRIPTS}')
    try:
        runpy.run_path(argv[0], run_name='__main__')
        return 0
    except SystemExit as end:
        if end.code is None or isinstance(end.code, int):
            return end.code or 0
        print(end.code, file=sys.stderr)
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
    return 1
main`;

/** Repeats a system call on a stream that is not ready, as a blocking one would wait. */
function whenReady(call: () => number): number {
  for (;;) {
    try {
      return call();
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EOF') return 0;
      if (code === 'EPIPE') process.exit(1);
      if (code !== 'EAGAIN') throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2);
    }
  }
}

const writer = (descriptor: number) => ({
  isatty: false,
  write(bytes: Uint8Array): number {
    for (let done = 0; done < bytes.length;) done += whenReady(() => fs.writeSync(descriptor, bytes, done));
    return bytes.length;
  },
});

async function main(packageFolder: string, rest: string[]): Promise<number> {
  const folder = path.resolve(packageFolder) + path.sep;
  const { loadPyodide } = (await import(pathToFileURL(path.join(folder, 'pyodide.mjs')).href)) as {
    loadPyodide: (options: { indexURL: string }) => Promise<Pyodide>;
  };
  const python = await loadPyodide({ indexURL: folder });
  python.setStdin({ read: buffer => whenReady(() => fs.readSync(0, buffer)) });
  python.setStdout(writer(1));
  python.setStderr(writer(2));
  while (rest[0] === '--mount') {
    const [, mounted] = rest.splice(0, 2);
    python.FS.mkdirTree(mounted);
    python.FS.mount(python.FS.filesystems.NODEFS, { root: mounted }, mounted);
  }
  const [script, ...args] = rest;
  python.FS.mkdirTree(SCRIPTS);
  const beside = path.dirname(path.resolve(script));
  for (const name of fs.readdirSync(beside).filter(name => name.endsWith('.py'))) {
    python.FS.writeFile(`${SCRIPTS}/${name}`, fs.readFileSync(path.join(beside, name)));
  }
  return python.runPython(MAIN)(python.toPy([`${SCRIPTS}/${path.basename(script)}`, ...args]));
}

const [packageFolder, ...rest] = process.argv.slice(2);
main(packageFolder, rest).then(
  code => process.exit(code),
  (error: Error) => {
    // Node would print the whole minified line that the error came from.
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  },
);
