// Files as far as a workspace without trust may lead to them: what is below one of its folders is there only if it is
// below one of them in fact, behind all links, and what is written in files there names nothing outside. What is
// elsewhere is left to what names it: settings of the user's own and the places where Pythons are installed.
import type { FileKind, Files } from './files.ts';
import { below } from './paths.ts';

export class ConfinedFiles implements Files {
  private readonly realFolders: readonly string[];

  constructor(
    private readonly files: Files,
    private readonly folders: readonly string[],
  ) {
    this.realFolders = folders.map(folder => files.real(folder));
  }

  read(path: string): Uint8Array | undefined {
    return this.leadsOut(path) ? undefined : this.files.read(path);
  }

  kind(path: string): FileKind | undefined {
    return this.leadsOut(path) ? undefined : this.files.kind(path);
  }

  list(folder: string): readonly string[] {
    return this.leadsOut(folder) ? [] : this.files.list(folder);
  }

  real(path: string): string {
    return this.files.real(path);
  }

  stamp(path: string): string | undefined {
    return this.leadsOut(path) ? undefined : this.files.stamp(path);
  }

  mayName(from: string, path: string): boolean {
    return !isIn(this.folders, from) || (isIn(this.folders, path) && !this.leadsOut(path));
  }

  private leadsOut(path: string): boolean {
    return isIn(this.folders, path) && !isIn(this.realFolders, this.files.real(path));
  }
}

const isIn = (folders: readonly string[], path: string): boolean =>
  folders.some(folder => path === folder || below(folder, path) !== undefined);
