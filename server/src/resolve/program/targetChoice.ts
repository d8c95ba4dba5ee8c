// Which CPython answers when the setting is `auto`: that of the interpreter that is selected, else what the workspace
// says of itself in `requires-python`, `.python-version` or a virtual environment, else the newest stable one. The
// choice says where it comes from. Nothing is run.
import { decodeUtf8 } from '../../python/text/utf8.ts';
import { oldestAllowed } from '../../python/versions/specifiers.ts';
import { DEFAULT_TARGET, parseTarget, TARGETS, type Target } from '../../python/versions/target.ts';
import type { FileCache } from './files.ts';
import { Installations, type Machine } from './installations.ts';
import {
  namedInstallation,
  type SearchPathWishes,
  withParents,
  workspaceEnvironment,
} from './interpreter.ts';
import { baseName, child } from './paths.ts';

/** The setting that leaves the choice to the surroundings. */
export const AUTO = 'auto';

/** A target, and why it is that. */
export interface TargetChoice {
  readonly target: Target;
  /** What it is from, for people: `the setting colens.target`, `.python-version`. */
  readonly from: string;
  /** What is wrong with the setting, or with what was looked at before. */
  readonly problem: string | undefined;
}

/** What a place says about the version; `target` is undefined for one that CoLens does not know. */
interface Said {
  readonly target: Target | undefined;
  readonly from: string;
  /** As it was written there. */
  readonly version: string;
}

/** `machine` is undefined where no Python can be installed. */
export function chooseTarget(
  setting: string,
  wishes: Pick<SearchPathWishes, 'pythonPaths' | 'workspaceFolders'>,
  files: FileCache,
  machine: Machine | undefined,
): TargetChoice {
  const asked = setting === AUTO ? undefined : parseTarget(setting);
  if (asked) return { target: asked, from: 'the setting colens.target', problem: undefined };
  let problem = setting === AUTO ? undefined : unknownTarget(`The setting colens.target is '${setting}'`);
  for (const { target, from, version } of surroundings(wishes, files, machine)) {
    if (target) return { target, from, problem };
    problem ??= unknownTarget(`${from[0].toUpperCase()}${from.slice(1)} asks for Python ${version}`);
  }
  return { target: DEFAULT_TARGET, from: 'the newest stable version', problem };
}

/** The words that refuse a version: what it was, and what there is. */
export function unknownTarget(what: string): string {
  const series = TARGETS.map(each => each.series).join(', ');
  const newest = TARGETS.map(({ version }) => version).join(', ');
  return `${what}. There are ${series}, each also with a patch level up to ${newest}.`;
}

function* surroundings(
  { pythonPaths, workspaceFolders }: Pick<SearchPathWishes, 'pythonPaths' | 'workspaceFolders'>,
  files: FileCache,
  machine: Machine | undefined,
): Generator<Said> {
  const installations = machine && new Installations(files, machine, DEFAULT_TARGET.series);
  const selected = installations && namedInstallation(pythonPaths, workspaceFolders, installations, machine);
  if (selected?.installation.version !== undefined) {
    const { version } = selected.installation;
    yield { target: nearestTarget(version), from: `the selected interpreter ${selected.path}`, version };
  }
  for (const folder of workspaceFolders) {
    const text = textOf(files, folder, 'pyproject.toml');
    const version = text === undefined ? undefined : requiresPython(text);
    if (version === undefined) continue;
    yield { target: oldestAllowed(version), from: `requires-python "${version}" in pyproject.toml`, version };
  }
  for (const folder of new Set(workspaceFolders.flatMap(withParents))) {
    const version = pinned(textOf(files, folder, '.python-version') ?? '');
    if (version !== undefined) yield { target: nearestTarget(version), from: '.python-version', version };
  }
  const environment = installations && workspaceEnvironment(workspaceFolders, installations, files);
  if (environment?.installation.version !== undefined) {
    const { version } = environment.installation;
    const from = `${baseName(environment.path)}/pyvenv.cfg`;
    yield { target: nearestTarget(version), from, version };
  }
}

const textOf = (files: FileCache, folder: string, name: string): string | undefined => {
  const bytes = files.isFile(folder, name) ? files.read(child(folder, name)) : undefined;
  return bytes && decodeUtf8(bytes);
};

/** The target of a version, or the newest that is known of its series: a patch release may be newer than CoLens. */
const nearestTarget = (version: string): Target | undefined =>
  parseTarget(version) ?? parseTarget(version.split('.').slice(0, 2).join('.'));

/** `requires-python` in the table `[project]`. PEP 621 */
function requiresPython(toml: string): string | undefined {
  let table = '';
  for (const line of toml.split(/\r?\n/)) {
    const header = /^\s*\[([^[\]]*)\]\s*(?:#.*)?$/.exec(line);
    if (header) table = header[1].trim();
    const value = /^\s*requires-python\s*=\s*(?:"([^"]*)"|'([^']*)')/.exec(line);
    if (value && table === 'project') return value[1] ?? value[2];
  }
  return undefined;
}

/** The first version of CPython in a `.python-version`, as pyenv and uv write them. */
function pinned(text: string): string | undefined {
  return /^[ \t]*(?:c?python[-@]?)?(\d+\.\d+(?:\.\d+)?)/m.exec(text)?.[1];
}
