// Paths as resolve knows them: absolute, normalized, with `/` between their parts on every platform (`C:/x` on
// Windows), so that finding modules is arithmetic on strings and the same everywhere.

/** `folder` and a relative path below it; an absolute path stands for itself. `.` and `..` are resolved. */
export function join(folder: string, path: string): string {
  return normalize(isAbsolute(path) ? path : `${folder}/${path}`);
}

export function isAbsolute(path: string): boolean {
  return /^(?:[/\\]|[A-Za-z]:[/\\])/.test(path);
}

/** Drives are in lower case. Backslashes only separate in paths that can come from Windows: elsewhere they may be part of a name. */
export function normalize(path: string): string {
  const isWindows = /^(?:[A-Za-z]:|\\\\)/.test(path);
  const text = isWindows ? path.replaceAll('\\', '/') : path;
  const [root] = /^(?:[A-Za-z]:\/|\/\/(?!\/)|\/)?/.exec(text)!;
  const parts: string[] = [];
  for (const part of text.slice(root.length).split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return root.toLowerCase() + parts.join('/');
}

/** The folder that a path is in; that of a root is the root itself. */
export function parentOf(path: string): string {
  const at = path.lastIndexOf('/');
  if (at < 0) return path;
  return at === 0 || path[at - 1] === ':' ? path.slice(0, at + 1) : path.slice(0, at);
}

/** The last part of a path. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** What has a name in a folder. */
export function child(folder: string, name: string): string {
  return folder.endsWith('/') ? folder + name : `${folder}/${name}`;
}

/** What comes after `folder` in the path of something below it, without a `/` at its front; else undefined. */
export function below(folder: string, path: string): string | undefined {
  const prefix = folder.endsWith('/') ? folder : `${folder}/`;
  return path.startsWith(prefix) ? path.slice(prefix.length) : undefined;
}
