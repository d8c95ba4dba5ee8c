// Which Python's library a workspace uses: the one that a setting names, else the one that people and tools find by
// convention: a virtual environment in the workspace or an activated one, pyenv's, the first on PATH. The standard
// library must be of the target's version: if that Python has another one, one is looked for in the usual places.
import { decodeUtf8 } from '../../python/text/utf8.ts';
import type { Target } from '../../python/versions/target.ts';
import type { FileCache } from './files.ts';
import { Installations, type Installation, type Machine } from './installations.ts';
import { baseName, child, isAbsolute, join, normalize, parentOf } from './paths.ts';
import type { SearchPath } from './searchPath.ts';

/** What decides on the search path. Texts are as users write them. */
export interface SearchPathWishes {
  readonly workspaceFolders: readonly string[];
  /** Executables or folders of environments, the first that is one counts. */
  readonly pythonPaths: readonly string[];
  /** Folders to look in first, as in PYTHONPATH. */
  readonly searchPaths: readonly string[];
}

/** The search path of a workspace: what sys.path would be, found without running anything. */
export function discoverSearchPath(
  wishes: SearchPathWishes,
  target: Target,
  files: FileCache,
  machine: Machine,
): SearchPath {
  const discovery = new Discovery(wishes, target, files, machine);
  const environment = discovery.environment();
  const standard =
    environment?.series === target.series && environment.standard.length > 0
      ? environment
      : discovery.installation();
  return {
    own: discovery.own(),
    standard: standard?.standard ?? [],
    site: (environment ?? standard)?.site ?? [],
  };
}

class Discovery {
  private readonly installations: Installations;

  constructor(
    private readonly wishes: SearchPathWishes,
    private readonly target: Target,
    private readonly files: FileCache,
    private readonly machine: Machine,
  ) {
    this.installations = new Installations(files, machine, target.series);
  }

  // ---- The user's own folders --------------------------------------------------------------------------------

  own(): string[] {
    const { workspaceFolders, searchPaths } = this.wishes;
    const folders = [
      ...searchPaths.flatMap(path => writtenPaths(path, workspaceFolders, this.machine)),
      ...this.pathVariable('PYTHONPATH'),
      ...workspaceFolders.flatMap(folder => [folder, child(folder, 'src')]),
    ];
    return [...new Set(folders)].filter(folder => this.files.kind(folder) === 'folder');
  }

  private pathVariable(name: string): string[] {
    const text = this.machine.variable(name) ?? '';
    const parts = text.split(this.machine.system === 'windows' ? ';' : ':');
    return parts.filter(isAbsolute).map(normalize);
  }

  private variablePath(name: string): string | undefined {
    const path = this.machine.variable(name);
    return path !== undefined && isAbsolute(path) ? normalize(path) : undefined;
  }

  // ---- The environment ---------------------------------------------------------------------------------------

  /** The Python whose packages are used. */
  environment(): Installation | undefined {
    const { workspaceFolders, pythonPaths } = this.wishes;
    const found =
      namedInstallation(pythonPaths, workspaceFolders, this.installations, this.machine) ??
      workspaceEnvironment(workspaceFolders, this.installations, this.files);
    if (found) return found.installation;
    for (const name of ['VIRTUAL_ENV', 'CONDA_PREFIX']) {
      const folder = this.variablePath(name);
      const found = folder === undefined ? undefined : this.installations.at(folder);
      if (found) return found;
    }
    return this.pyenvChoice() ?? this.onPath(['python3', 'python', 'python3.exe', 'python.exe']);
  }

  private onPath(names: readonly string[]): Installation | undefined {
    for (const folder of this.pathVariable('PATH')) {
      for (const name of names) {
        const found = this.files.isFile(folder, name)
          ? this.installations.at(child(folder, name))
          : undefined;
        if (found) return found;
      }
    }
    return undefined;
  }

  // ---- pyenv -------------------------------------------------------------------------------------------------

  private get pyenvVersions(): string | undefined {
    const { home } = this.machine;
    const root = this.variablePath('PYENV_ROOT') ?? (home === undefined ? undefined : child(home, '.pyenv'));
    return root === undefined ? undefined : child(root, 'versions');
  }

  /** The version that `.python-version` in a workspace folder or above asks for, or pyenv's global one. */
  private pyenvChoice(): Installation | undefined {
    const versions = this.pyenvVersions;
    if (versions === undefined || this.files.kind(versions) !== 'folder') return undefined;
    const files = [
      ...this.wishes.workspaceFolders.flatMap(withParents).map(folder => child(folder, '.python-version')),
      child(parentOf(versions), 'version'),
    ];
    for (const path of files) {
      if (!this.files.isFile(parentOf(path), baseName(path))) continue;
      for (const line of decodeUtf8(this.files.read(path) ?? new Uint8Array()).split('\n')) {
        const wanted = line.trim();
        if (wanted === '' || wanted.startsWith('#')) continue;
        const name = this.files.has(versions, wanted) ? wanted : this.newest(versions, `${wanted}.`)[0];
        const found = name === undefined ? undefined : this.installations.at(child(versions, name));
        if (found) return found;
      }
    }
    return undefined;
  }

  /** The names in a folder that begin with some text, those of the highest patch level first. */
  private newest(folder: string, prefix: string): string[] {
    const { patch: wanted } = this.target;
    const level = (name: string): number => {
      const number = Number.parseInt(name.slice(prefix.length), 10);
      return number === wanted ? Infinity : Number.isNaN(number) ? -1 : number;
    };
    const names = this.files.list(folder).filter(name => name.startsWith(prefix));
    return names.sort((a, b) => level(b) - level(a) || (a < b ? -1 : 1));
  }

  // ---- The target's standard library -------------------------------------------------------------------------

  /** An installed Python of the target's version. */
  installation(): Installation | undefined {
    const { series } = this.target;
    for (const prefix of this.usualPrefixes(series)) {
      const found = this.installations.ofPrefix(prefix, series);
      if (found) return found;
    }
    return this.onPath([`python${series}`]);
  }

  private *usualPrefixes(series: string): Generator<string> {
    const { machine } = this;
    const { home } = machine;
    const versions = this.pyenvVersions;
    if (versions !== undefined) {
      for (const name of this.newest(versions, `${series}.`)) yield child(versions, name);
    }
    if (machine.system === 'windows') {
      const name = `Python${series.replace('.', '')}`;
      const roots = ['LOCALAPPDATA', 'ProgramFiles', 'SystemDrive'].map(variable =>
        machine.variable(variable),
      );
      const [local, programs, drive] = roots.map(root =>
        root === undefined ? undefined : normalize(`${root}\\`),
      );
      if (local !== undefined) yield join(local, `Programs/Python/${name}`);
      if (programs !== undefined) yield join(programs, name);
      if (drive !== undefined) yield join(drive, name);
      return;
    }
    yield '/usr/local';
    yield '/usr';
    if (machine.system === 'mac') {
      yield `/Library/Frameworks/Python.framework/Versions/${series}`;
      for (const root of ['/opt/homebrew/opt', '/usr/local/opt']) {
        yield `${root}/python@${series}/Frameworks/Python.framework/Versions/${series}`;
      }
    }
    if (home === undefined) return;
    const uv = join(home, '.local/share/uv/python');
    for (const name of this.newest(uv, `cpython-${series}.`)) yield child(uv, name);
    for (const conda of ['miniconda3', 'anaconda3', 'miniforge3', 'mambaforge']) {
      yield child(home, conda);
      for (const name of this.files.list(join(home, `${conda}/envs`)))
        yield join(home, `${conda}/envs/${name}`);
    }
  }
}

/** An installation, and where it was found: the path that names it, or the environment's folder. */
export interface FoundInstallation {
  readonly path: string;
  readonly installation: Installation;
}

/** The first installation that one of some settings names. */
export function namedInstallation(
  pythonPaths: readonly string[],
  workspaceFolders: readonly string[],
  installations: Installations,
  machine: Machine,
): FoundInstallation | undefined {
  // A bare `python` names no place: it is what PATH finds in the end.
  for (const written of pythonPaths.filter(path => /[/\\]/.test(path))) {
    for (const path of writtenPaths(written, workspaceFolders, machine)) {
      const installation = installations.at(path);
      if (installation) return { path, installation };
    }
  }
  return undefined;
}

/** The virtual environment in a workspace folder: `.venv`, `venv`, `env`, else the first by name. */
export function workspaceEnvironment(
  workspaceFolders: readonly string[],
  installations: Installations,
  files: FileCache,
): FoundInstallation | undefined {
  for (const folder of workspaceFolders) {
    const names = files
      .list(folder)
      .filter(name => !name.startsWith('.'))
      .sort();
    for (const name of new Set(['.venv', 'venv', 'env', ...names])) {
      const path = child(folder, name);
      const installation = installations.environment(path);
      if (installation) return { path, installation };
    }
  }
  return undefined;
}

/** The paths that a setting's text can mean: relative to each workspace folder, with `~` and `${workspaceFolder}`. */
function writtenPaths(text: string, workspaceFolders: readonly string[], { home }: Machine): string[] {
  const path = text.trim().replace(/^\$\{workspaceFolder\}[/\\]?/, './');
  if (path === '') return [];
  if (/^~(?:[/\\]|$)/.test(path)) return home === undefined ? [] : [join(home, `./${path.slice(2)}`)];
  return isAbsolute(path) ? [normalize(path)] : workspaceFolders.map(folder => join(folder, path));
}

/** A folder and all that it is in, innermost first. */
export function withParents(folder: string): string[] {
  const parent = parentOf(folder);
  return parent === folder ? [folder] : [folder, ...withParents(parent)];
}
