// Reads the table of bundled answers, library.generated.txt, whose head explains the notation. Nothing is decoded but
// what is looked up: at first only the beginnings of modules are found, then a module's lines are sorted by name for
// the target, then single members are read.
import { type Target, TARGETS } from '../../python/versions/target.ts';
import type {
  BundledAttribute,
  BundledClass,
  BundledFunction,
  BundledLibrary,
  BundledMember,
  BundledModule,
  ResultCase,
  ResultType,
} from './library.ts';
import { qualify, readSignature, readText, readTypes } from './notation.ts';

/** The module under which the table has what operators give. */
const OPERATIONS = 'operator results';

const KINDS: Readonly<Record<string, BundledFunction['kind']>> = {
  F: 'function',
  f: 'method',
  c: 'classmethod',
  s: 'staticmethod',
};

const ATTRIBUTE_KINDS: Readonly<Record<string, BundledAttribute['kind']>> = {
  a: 'attribute',
  p: 'property',
  i: 'instance',
};

/** Types of functions by the sign for them; any other stands as it is. */
const TYPES: Readonly<Record<string, string>> = {
  '': 'builtins.function',
  b: 'builtins.builtin_function_or_method',
  d: 'builtins.method_descriptor',
  w: 'builtins.wrapper_descriptor',
  c: 'builtins.classmethod',
  s: 'builtins.staticmethod',
  k: 'builtins.classmethod_descriptor',
};

/** Re-exports of re-exports are followed so far. */
const MOST_ALIASES = 8;

/** A module's part of the text. */
interface Section {
  /** Each with its versions: the documentation, or `>` and the module that this is another name of. */
  readonly heads: { readonly mask: number; readonly text: string }[];
  start: number;
  end: number;
}

/** The whole table, of all targets. */
export class BundledTables {
  private readonly sections = new Map<string, Section>();
  private readonly libraries = new Map<number, BundledLibrary>();
  /** Fields that many lines have, each after a quotation mark. */
  private readonly shared: readonly string[];

  /** `text`: that of library.generated.txt. */
  constructor(private readonly text: string) {
    const firstShared = text.indexOf('\n"') + 1;
    this.shared = text.slice(firstShared, text.indexOf('\n=')).split('\n');
    let section: Section | undefined;
    for (let at = text.indexOf('\n='); at >= 0; at = text.indexOf('\n=', at + 1)) {
      const end = text.indexOf('\n', at + 1);
      const [name, mask, rest = ''] = fieldsOf(text.slice(at + 2, end), this.shared);
      if (section) section.end = at + 1;
      section = this.sections.get(name);
      if (!section) this.sections.set(name, (section = { heads: [], start: 0, end: 0 }));
      section.heads.push({ mask: parseInt(mask, 16), text: rest });
      section.start = end + 1;
      section.end = text.length;
    }
  }

  /** What the table has for a target: the answers of its minor version. */
  forTarget({ minor }: Target): BundledLibrary {
    let library = this.libraries.get(minor);
    if (!library) {
      const index = TARGETS.findIndex(target => target.minor === minor);
      this.libraries.set(minor, (library = new Library(this.text, this.sections, this.shared, 1 << index)));
    }
    return library;
  }
}

/** The libraries of a table that is read when one is first asked for. */
export function bundledLibraries(
  readTable: () => Promise<string>,
): (target: Target) => Promise<BundledLibrary> {
  let tables: Promise<BundledTables> | undefined;
  return async target => {
    tables ??= readTable().then(text => new BundledTables(text));
    return (await tables).forTarget(target);
  };
}

class Library implements BundledLibrary {
  private readonly modules = new Map<string, Module | undefined>();
  private readonly classes = new Map<string, BundledClass | undefined>();
  private operations: Map<string, ResultType> | undefined;
  private names: readonly string[] | undefined;

  /** `version`: the bit of the target. */
  constructor(
    private readonly text: string,
    private readonly sections: ReadonlyMap<string, Section>,
    readonly shared: readonly string[],
    readonly version: number,
  ) {}

  module(name: string): Module | undefined {
    if (this.modules.has(name)) return this.modules.get(name);
    const section = this.sections.get(name);
    const head = section?.heads.find(({ mask }) => (mask & this.version) !== 0);
    let module: Module | undefined;
    if (section && head?.text.startsWith('>')) module = this.module(head.text.slice(1));
    else if (section && head && name !== OPERATIONS) {
      const usual = section.heads.reduce((all, { mask }) => all | mask, 0);
      const lines = this.text.slice(section.start, section.end).split('\n');
      module = new Module(this, name, readText(head.text), lines, usual);
    }
    this.modules.set(name, module);
    return module;
  }

  moduleNames(): readonly string[] {
    this.names ??= [...this.sections]
      .filter(([name, { heads }]) => {
        const isPublic = !/(?:^|\.)_(?!_future__$)/.test(name) && name !== OPERATIONS;
        return isPublic && heads.some(({ mask }) => (mask & this.version) !== 0);
      })
      .map(([name]) => name)
      .sort();
    return this.names;
  }

  classNamed(qualified: string): BundledClass | undefined {
    if (!this.classes.has(qualified)) this.classes.set(qualified, this.findClass(qualified));
    return this.classes.get(qualified);
  }

  private findClass(qualified: string): BundledClass | undefined {
    for (let dot = qualified.lastIndexOf('.'); dot > 0; dot = qualified.lastIndexOf('.', dot - 1)) {
      const module = this.module(qualified.slice(0, dot));
      if (module) return module.classAt(qualified.slice(dot + 1));
    }
    return undefined;
  }

  operation(left: string, operator: string, right: string): ResultType | undefined {
    this.operations ??= this.readOperations();
    return this.operations.get(`${left} ${operator} ${right}`);
  }

  private readOperations(): Map<string, ResultType> {
    const operations = new Map<string, ResultType>();
    const { start, end } = this.sections.get(OPERATIONS)!;
    for (const line of this.text.slice(start, end).split('\n')) {
      const [left, operator, mask, ...pairs] = fieldsOf(line.slice(1), this.shared);
      if (mask && (parseInt(mask, 16) & this.version) === 0) continue;
      for (let i = 0; i < pairs.length; i += 2) {
        operations.set(`${qualify(left)} ${operator} ${qualify(pairs[i])}`, readTypes(pairs[i + 1]));
      }
    }
    return operations;
  }
}

/** The fields of a line without its tag; `#n` is the `n`th of those that lines share. */
function fieldsOf(line: string, shared: readonly string[]): string[] {
  const fields = line.split('\t');
  for (let i = 1; i < fields.length; i++) {
    if (fields[i].startsWith('#')) fields[i] = shared[parseInt(fields[i].slice(1), 36)].slice(1);
  }
  return fields;
}

/** A line of the target's version: its tag, its name, and the fields after its versions. */
interface Entry {
  readonly tag: string;
  readonly fields: readonly string[];
}

/** What a module or a class has of its own, by name. */
class Namespace {
  readonly entries = new Map<string, Entry>();
  readonly results = new Map<string, readonly string[]>();
}

class Module implements BundledModule {
  readonly kind = 'module';
  private readonly top = new Namespace();
  private readonly classScopes = new Map<string, Namespace>();
  private readonly classEntries = new Map<string, readonly string[]>();
  private readonly members = new Map<string, BundledMember | undefined>();
  private readonly classes = new Map<string, Class>();

  constructor(
    readonly library: Library,
    readonly name: string,
    readonly doc: string | undefined,
    lines: readonly string[],
    usual: number,
  ) {
    this.doc = doc === '' ? undefined : doc;
    let scope = this.top;
    let className = '';
    let scopeMask = usual;
    for (const line of lines) {
      const tag = line[0];
      if (tag === undefined) continue;
      const fields = fieldsOf(line.slice(1), library.shared);
      if (tag === 'C') {
        const mask = fields[1] ? parseInt(fields[1], 16) : usual;
        // A class that differs by version has several lines; its members come after all of them.
        if (fields[0] === className) scopeMask |= mask;
        else {
          className = fields[0];
          scopeMask = mask;
          this.classScopes.set(className, (scope = new Namespace()));
        }
        if (mask & library.version) this.classEntries.set(className, fields);
      } else this.readLine(scope, tag, fields, scopeMask);
    }
  }

  private readLine(scope: Namespace, tag: string, fields: readonly string[], usual: number): void {
    const grouped = tag === '>' || tag in ATTRIBUTE_KINDS;
    const mask = grouped ? fields[0] : fields[1];
    if (((mask ? parseInt(mask, 16) : usual) & this.library.version) === 0) return;
    if (tag === 'r') scope.results.set(fields[0], fields.slice(2));
    else if (!grouped) scope.entries.set(fields[0], { tag, fields: fields.slice(2) });
    else {
      const [, common, names = ''] = fields;
      for (const each of names.split(' ')) {
        const [name, other = name] = each.split('=');
        scope.entries.set(name, { tag, fields: [common, other] });
      }
    }
  }

  member(name: string): BundledMember | undefined {
    if (!this.members.has(name)) this.members.set(name, this.read(name));
    return this.members.get(name);
  }

  private read(name: string): BundledMember | undefined {
    const fields = this.classEntries.get(name);
    if (fields && fields[5] !== '1') return this.classAt(name);
    const entry = this.top.entries.get(name);
    return entry && readMember(this, name, name, entry, this.top.results.get(name), 0);
  }

  names(): readonly string[] {
    const classes = [...this.classEntries].filter(
      ([name, fields]) => fields[5] !== '1' && !name.includes('.'),
    );
    return [...new Set([...this.top.entries.keys(), ...classes.map(([name]) => name)])].sort();
  }

  /** A class by its dotted name below the module, hidden ones and other names of classes included. */
  classAt(path: string): BundledClass | undefined {
    const known = this.classes.get(path);
    if (known) return known;
    const fields = this.classEntries.get(path);
    if (!fields) {
      const member = this.member(path);
      return member?.kind === 'class' ? member : undefined;
    }
    const made = new Class(this, path, fields, this.classScopes.get(path)!);
    this.classes.set(path, made);
    return made;
  }

  /** What another module's alias means: a path below this one. */
  at(path: string, steps: number): BundledMember | undefined {
    const found = this.classEntries.has(path) ? this.classAt(path) : undefined;
    if (found) return found;
    const dot = path.lastIndexOf('.');
    if (dot > 0) {
      const owner = this.classAt(path.slice(0, dot));
      return owner?.member(path.slice(dot + 1));
    }
    const entry = this.top.entries.get(path);
    return entry && readMember(this, path, path, entry, this.top.results.get(path), steps);
  }
}

class Class implements BundledClass {
  readonly kind = 'class';
  readonly name: string;
  readonly qualname: string;
  readonly module: string;
  readonly mro: readonly string[];
  readonly type: string;
  readonly signature: BundledClass['signature'];
  readonly error: string | undefined;
  readonly textSignature: string | undefined;
  readonly doc: string | undefined;
  readonly result: ResultType | undefined;
  readonly cases: readonly ResultCase[] | undefined;
  readonly itemType: ResultType | undefined;
  private readonly members = new Map<string, BundledMember | undefined>();

  constructor(
    private readonly home: Module,
    private readonly path: string,
    fields: readonly string[],
    private readonly scope: Namespace,
  ) {
    const [, , metaclass = '', module = '', qualname = '', , bases = '', answer = '', text = '', doc = ''] =
      fields;
    this.name = path.slice(path.lastIndexOf('.') + 1);
    this.module = module || home.name;
    this.qualname = qualname || path;
    this.type = qualify(metaclass || 'type');
    const own = `${this.module}.${this.qualname}`;
    const others = bases === '' ? [] : bases.split(' ').map(qualify);
    this.mro = own === 'builtins.object' ? [own] : [own, ...others, 'builtins.object'];
    Object.assign(this, readAnswer(answer, text, doc), readResults(scope.results.get('')));
    this.itemType = readResults(scope.results.get('*')).result;
  }

  member(name: string): BundledMember | undefined {
    if (!this.members.has(name)) {
      this.members.set(name, undefined); // should a class be among its own bases, nothing is found there
      this.members.set(name, this.read(name));
    }
    return this.members.get(name);
  }

  private read(name: string): BundledMember | undefined {
    const path = `${this.path}.${name}`;
    const nested = this.home.classAt(path);
    if (nested) return nested;
    const results = this.scope.results.get(name);
    const entry = this.scope.entries.get(name);
    if (entry) return readMember(this.home, name, path, entry, results, 0);
    if (!results || name === '' || name === '*') return undefined;
    const inherited = this.inherited(name);
    if (inherited?.kind === 'module' || inherited?.kind === 'class') return inherited;
    return inherited && { ...inherited, cases: undefined, ...readResults(results) };
  }

  lookup(name: string): BundledMember | undefined {
    return this.member(name) ?? this.inherited(name);
  }

  private inherited(name: string): BundledMember | undefined {
    for (const base of this.mro.slice(1)) {
      const found = this.home.library.classNamed(base)?.member(name);
      if (found) return found;
    }
    return undefined;
  }

  names(): readonly string[] {
    return [...this.scope.entries.keys()].sort();
  }
}

// ---- Members ---------------------------------------------------------------------------------------------------

function readMember(
  module: Module,
  name: string,
  path: string,
  { tag, fields }: Entry,
  results: readonly string[] | undefined,
  steps: number,
): BundledMember | undefined {
  const kind = KINDS[tag];
  if (kind !== undefined) {
    const [type = '', qualname = '', answer = '', text = '', doc = ''] = fields;
    return {
      kind,
      name,
      qualname: qualname || path,
      module: module.name,
      type: TYPES[type] ?? qualify(type),
      ...readAnswer(answer, text, doc),
      ...readResults(results),
    };
  }
  const [common = '', other = ''] = fields;
  if (tag === '/') return module.library.module(common);
  if (tag === '>')
    return steps < MOST_ALIASES ? module.library.module(common)?.at(other, steps + 1) : undefined;
  const found = readResults(results).result;
  if (tag === 'p') return { kind: 'property', name, descriptor: qualify(common), result: found };
  const result = found ?? (common === '' ? undefined : readTypes(common));
  if (tag !== 'v') return { kind: ATTRIBUTE_KINDS[tag], name, result };
  return { kind: 'attribute', name, result, ...readAnswer(other, '', '') };
}

function readAnswer(
  answer: string,
  text: string,
  doc: string,
): Pick<BundledFunction, 'signature' | 'error' | 'textSignature' | 'doc'> {
  const isError = answer.startsWith('!');
  return {
    signature: isError ? undefined : readSignature(answer),
    error: isError ? readText(answer.slice(1)) : undefined,
    textSignature: text === '' ? undefined : readText(text),
    doc: doc === '' ? undefined : readText(doc),
  };
}

/** A result, and by three the parameter, literals and result of cases; without parameter numbers of arguments. */
function readResults(fields: readonly string[] | undefined): Pick<BundledFunction, 'result' | 'cases'> {
  if (!fields) return {};
  const cases: ResultCase[] = [];
  for (let i = 1; i + 2 < fields.length; i += 3) {
    const [parameter, literals, types] = fields.slice(i, i + 3);
    const result = readTypes(types);
    for (const literal of literals.split(' ')) {
      cases.push(parameter === '' ? { positional: Number(literal), result } : { parameter, literal, result });
    }
  }
  return {
    result: fields[0] === '' || fields[0] === undefined ? undefined : readTypes(fields[0]),
    cases: cases.length > 0 ? cases : undefined,
  };
}
