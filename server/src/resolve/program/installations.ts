// How CPython lies on a disk: which folders of an installation or virtual environment are its standard library and
// which hold installed packages. Found out by looking at files, as getpath.py and site.py do; nothing is run.
import { decodeUtf8 } from '../../python/text/utf8.ts';
import type { FileCache } from './files.ts';
import { baseName, child, join, parentOf } from './paths.ts';

/** What is known of the machine without running anything. */
export interface Machine {
  readonly system: 'posix' | 'mac' | 'windows';
  /** An environment variable. */
  variable(name: string): string | undefined;
  /** The user's home folder. */
  readonly home: string | undefined;
}

/** The folders of a Python, installed or a virtual environment. */
export interface Installation {
  /** `3.11`; undefined if nothing tells. */
  readonly series: string | undefined;
  /** `3.11.7`, or the same as `series` where nothing tells the patch level. */
  readonly version: string | undefined;
  /** The standard library's folders; none if they are not there. */
  readonly standard: readonly string[];
  /** Folders of installed packages. */
  readonly site: readonly string[];
}

export class Installations {
  constructor(
    private readonly files: FileCache,
    private readonly machine: Machine,
    /** Where a prefix has the libraries of several versions, that of this one is meant. */
    private readonly preferred: string,
  ) {}

  /** What an executable, an installation's or a virtual environment's folder belongs to. */
  at(path: string): Installation | undefined {
    switch (this.files.kind(path)) {
      case 'folder':
        return this.environment(path) ?? this.ofPrefix(path, undefined);
      case 'file': {
        const folder = parentOf(path);
        // Not where the links lead to: that is what the environment was made from.
        const found = this.environment(parentOf(folder)) ?? this.environment(folder);
        return found ?? this.ofExecutable(path);
      }
      default:
        return undefined;
    }
  }

  /** A virtual environment. CPython: Lib/venv/, Modules/getpath.py; PEP 405 */
  environment(folder: string): Installation | undefined {
    const bytes = this.files.isFile(folder, 'pyvenv.cfg')
      ? this.files.read(child(folder, 'pyvenv.cfg'))
      : undefined;
    if (!bytes) return undefined;
    const values = new Map<string, string>();
    for (const line of decodeUtf8(bytes).split(/\r?\n/)) {
      const [, key, value] = /^([^=]*)=(.*)$/.exec(line) ?? [];
      if (key !== undefined) values.set(key.trim().toLowerCase(), value.trim());
    }
    const version = values.get('version') ?? values.get('version_info') ?? '';
    const written = /^3\.\d+/.exec(version)?.[0] ?? this.seriesBelow(folder)[0];
    const home = values.get('home');
    const bin = home === undefined ? undefined : join(folder, home);
    const base =
      bin !== undefined && this.files.mayName(folder, bin) ? this.ofBinFolder(bin, written) : undefined;
    const series = written ?? base?.series;
    const own = series === undefined ? [] : this.siteBelow(folder, series);
    const shared = values.get('include-system-site-packages')?.toLowerCase() === 'true';
    return {
      series,
      version: /^3\.\d+\.\d+/.exec(version)?.[0] ?? series,
      standard: base?.standard ?? [],
      site: shared && base ? [...own, ...base.site] : own,
    };
  }

  /** An installation by its prefix. */
  ofPrefix(prefix: string, series: string | undefined): Installation | undefined {
    if (this.machine.system === 'windows') {
      if (!this.files.isFile(child(prefix, 'Lib'), 'os.py')) return undefined;
      const found = this.windowsSeries(prefix);
      if (series !== undefined && found !== undefined && series !== found) return undefined;
      const standard = ['DLLs', 'Lib'].map(name => child(prefix, name));
      const either = found ?? series;
      const header = child(prefix, 'include/patchlevel.h');
      const site = this.siteBelow(prefix, either ?? '');
      return { series: either, version: this.versionIn(header, either), standard, site };
    }
    const found = series ?? this.seriesBelow(prefix)[0];
    if (found === undefined) return undefined;
    const library = ['lib', 'lib64']
      .map(lib => join(prefix, `${lib}/python${found}`))
      .find(folder => this.files.isFile(folder, 'os.py'));
    if (library === undefined) return undefined;
    return {
      series: found,
      version: this.versionIn(join(prefix, `include/python${found}/patchlevel.h`), found),
      standard: [library, child(library, 'lib-dynload')],
      site: [...this.userSite(found), ...this.siteBelow(prefix, found)],
    };
  }

  /** The installation that an executable in a folder belongs to: `home` of a virtual environment. */
  ofBinFolder(folder: string, series: string | undefined): Installation | undefined {
    const names = [...(series === undefined ? [] : [`python${series}`]), 'python3', 'python', 'python.exe'];
    const name = names.find(each => this.files.isFile(folder, each));
    if (name !== undefined) return this.ofExecutable(child(folder, name), series);
    return this.ofPrefix(folder, series) ?? this.ofPrefix(parentOf(folder), series);
  }

  private ofExecutable(path: string, series?: string): Installation | undefined {
    for (const executable of new Set([this.files.real(path), path])) {
      const folder = parentOf(executable);
      const named = series ?? /^python(3\.\d+)t?(?:\.exe)?$/.exec(baseName(executable))?.[1];
      const found = this.ofPrefix(folder, named) ?? this.ofPrefix(parentOf(folder), named);
      if (found) return found;
    }
    return undefined;
  }

  /** The versions that have a library below a prefix: the preferred one, then the newest first. */
  private seriesBelow(prefix: string): string[] {
    const found = new Set<string>();
    for (const lib of ['lib', 'lib64']) {
      for (const name of this.files.list(child(prefix, lib))) {
        const series = /^python(3\.\d+)$/.exec(name)?.[1];
        if (series !== undefined) found.add(series);
      }
    }
    const rank = (series: string): number => (series === this.preferred ? Infinity : Number(series.slice(2)));
    return [...found].sort((a, b) => rank(b) - rank(a));
  }

  /** What CPython's header says of its version, where it is installed. CPython: Include/patchlevel.h */
  private versionIn(header: string, series: string | undefined): string | undefined {
    const bytes = this.files.isFile(parentOf(header), baseName(header)) ? this.files.read(header) : undefined;
    const written = bytes && /^#define PY_VERSION\s+"(3\.\d+\.\d+)/m.exec(decodeUtf8(bytes))?.[1];
    return written ?? series;
  }

  private windowsSeries(prefix: string): string | undefined {
    for (const name of this.files.list(prefix)) {
      const minor = /^python3(\d+)\.dll$/i.exec(name)?.[1];
      if (minor !== undefined) return `3.${minor}`;
    }
    return undefined;
  }

  /** CPython: Lib/site.py, getsitepackages(); Debian's has dist-packages instead. */
  private siteBelow(prefix: string, series: string): string[] {
    const candidates =
      this.machine.system === 'windows'
        ? [join(prefix, 'Lib/site-packages')]
        : [
            ...(prefix === '/usr' ? [`/usr/local/lib/python${series}/dist-packages`] : []),
            ...['lib', 'lib64'].flatMap(lib =>
              [`${lib}/python${series}/site-packages`, `${lib}/python3/dist-packages`].map(rest =>
                join(prefix, rest),
              ),
            ),
          ];
    return this.existing(candidates);
  }

  /** CPython: Lib/site.py, _getuserbase(), _get_path() */
  private userSite(series: string): string[] {
    const { home, system } = this.machine;
    if (home === undefined) return [];
    const places = [`.local/lib/python${series}/site-packages`];
    if (system === 'mac') places.push(`Library/Python/${series}/lib/python/site-packages`);
    return this.existing(places.map(place => join(home, place)));
  }

  /** Those that are there, each once, by whatever links. */
  private existing(folders: readonly string[]): string[] {
    const seen = new Set<string>();
    return folders.filter(folder => {
      if (this.files.kind(folder) !== 'folder') return false;
      const real = this.files.real(folder);
      if (seen.has(real)) return false;
      seen.add(real);
      return true;
    });
  }
}
