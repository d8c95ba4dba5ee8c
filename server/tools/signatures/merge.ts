// The harvests of all targets as one text, in which what several versions have in common stands once. tables.ts of
// resolve/bundled reads it, and its head explains the notation to readers.
import type {
  AliasRecord,
  AnswerRecord,
  AttributeRecord,
  ClassRecord,
  FunctionRecord,
  Harvest,
  PlacedRecord,
  ResultRecord,
  SignatureRecord,
} from './records.ts';

export const HEAD = String.raw`# What CPython says about its builtins, C modules and standard library, for all targets. Made by
# server/tools/signatures/generate.ts, which asks the interpreters; do not edit. Fields are separated by tabs.
# Versions are a hexadecimal mask, bit 0 being the oldest target; an empty one means those of the module or class.
# A field #n stands for line n (in base 36, from 0) of the lines that begin with a quotation mark.
#
#   =module versions doc | =module versions >other name of which module
#   >versions module names          the same things as in another module; name=other name
#   /name versions module           a submodule or other module under a name
#   F f c s method versions type qualname signature text doc   (function, method, classmethod, staticmethod)
#   C name versions metaclass home qualname hidden mro signature text doc; what follows belongs to the class
#   a p i versions type names       attributes, properties, what instances have
#   v name versions type signature  attributes that can be called
#   r name versions result (parameter literals result)...      of calls, properties; "" is the class, "*" its items
#   O left operator versions (right result)...                 operators; in the module "operator results"
#
# Signatures: parameters separated by ";", "name:annotation=default", last "->annotation"; "!" begins an error.
`;

/** Types that functions usually have, by the sign that stands for them. */
export const TYPE_SIGNS: Readonly<Record<string, string>> = {
  'builtins.function': '',
  'builtins.builtin_function_or_method': 'b',
  'builtins.method_descriptor': 'd',
  'builtins.wrapper_descriptor': 'w',
  'builtins.classmethod': 'c',
  'builtins.staticmethod': 's',
  'builtins.classmethod_descriptor': 'k',
};

const KIND_TAGS = { function: 'F', method: 'f', classmethod: 'c', staticmethod: 's' } as const;
const MODULE_OF_OPERATIONS = 'operator results';

const [POSITIONAL_ONLY, , VAR_POSITIONAL, KEYWORD_ONLY, VAR_KEYWORD] = [0, 1, 2, 3, 4];

// ---- Texts of fields -------------------------------------------------------------------------------------------

const ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '\t': '\\t',
  '\n': '\\n',
  '\r': '\\r',
  ';': '\\s',
  '=': '\\e',
};

/** A text without the characters that separate: `;` only where a signature is, `=` only in annotations. */
function escape(text: string, characters: RegExp): string {
  return text
    .replace(characters, character => ESCAPES[character])
    .replace(/[^\x20-\x7e]/g, character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

const escapeField = (text: string): string => escape(text, /[\\\t\n\r]/g);
const escapeDefault = (text: string): string => escape(text, /[\\\t\n\r;]/g);
const escapeAnnotation = (text: string): string => escape(text, /[\\\t\n\r;=]/g);

/** A type or list of types, without `builtins.`; other names have a dot. */
const shortType = (text: string): string => text.replace(/(?<![\w.])builtins\.(?=\w+(?![\w.]))/g, '');

function signatureText(signature: SignatureRecord): string {
  const parts: string[] = [];
  let slashIsDue = false;
  let starIsDue = true;
  for (const parameter of signature) {
    if (parameter === null || typeof parameter === 'string') continue;
    const [kind, name, value, annotation] = parameter;
    if (kind === POSITIONAL_ONLY) slashIsDue = true;
    else if (slashIsDue) {
      parts.push('/');
      slashIsDue = false;
    }
    if (kind === VAR_POSITIONAL) starIsDue = false;
    else if (kind === KEYWORD_ONLY && starIsDue) {
      parts.push('*');
      starIsDue = false;
    }
    const stars = kind === VAR_POSITIONAL ? '*' : kind === VAR_KEYWORD ? '**' : '';
    const annotated = annotation === null ? '' : `:${escapeAnnotation(annotation)}`;
    parts.push(`${stars}${name}${annotated}${value === null ? '' : `=${escapeDefault(value)}`}`);
  }
  if (slashIsDue) parts.push('/');
  const returns = signature.at(-1);
  if (typeof returns === 'string') parts.push(`->${escapeDefault(returns)}`);
  return parts.join(';');
}

/** Three fields: the signature or error, `__text_signature__`, the documentation. */
function answerFields({ signature, error, text, doc }: AnswerRecord): string[] {
  const answer = signature ? signatureText(signature) : error === undefined ? '' : `!${escapeField(error)}`;
  return [answer, text === undefined ? '' : escapeField(text), escapeField(doc ?? '')];
}

/** A line without the empty fields at its end. */
const line = (tag: string, fields: readonly string[]): string =>
  `${tag}${fields.join('\t').replace(/\t+$/, '')}`;

// ---- Versions --------------------------------------------------------------------------------------------------

/** Things with the versions that have them, in order of insertion. */
class Versioned {
  readonly masks = new Map<string, number>();

  add(thing: string, version: number): void {
    this.masks.set(thing, (this.masks.get(thing) ?? 0) | (1 << version));
  }

  get all(): number {
    return [...this.masks.values()].reduce((all, mask) => all | mask, 0);
  }
}

const maskText = (mask: number, usual: number): string =>
  mask === usual ? '' : mask.toString(16).padStart(2, '0');

/** Things by a name, sorted by it. */
class Table {
  private readonly rows = new Map<string, Versioned>();

  add(name: string, thing: string, version: number): void {
    let row = this.rows.get(name);
    if (!row) this.rows.set(name, (row = new Versioned()));
    row.add(thing, version);
  }

  get(name: string): Versioned | undefined {
    return this.rows.get(name);
  }

  /** [name, thing, mask] */
  *[Symbol.iterator](): Generator<[string, string, number]> {
    for (const name of [...this.rows.keys()].sort()) {
      for (const [thing, mask] of this.rows.get(name)!.masks) yield [name, thing, mask];
    }
  }
}

// ---- Modules and classes ---------------------------------------------------------------------------------------

/** What stands in a module or a class, as far as it is no class. A thing's text has a tab where its versions go. */
class Scope {
  readonly own = new Versioned();
  readonly functions = new Table();
  /** By what attributes have in common, their names. */
  private readonly attributes = new Table();
  private readonly aliases = new Table();
  readonly results = new Table();

  addFunction(name: string, record: FunctionRecord, version: number): void {
    const type = TYPE_SIGNS[record.type] ?? shortType(record.type);
    const fields = [type, record.qualname ?? '', ...answerFields(record)];
    this.functions.add(`${KIND_TAGS[record.kind]}${name}`, fields.join('\t'), version);
  }

  addAttribute(name: string, record: AttributeRecord, version: number): void {
    const type = shortType(record.type ?? '');
    if (record.signature ?? record.error) {
      this.functions.add(`v${name}`, [type, answerFields(record)[0]].join('\t'), version);
    } else this.attributes.add(name, `${record.kind === 'property' ? 'p' : 'a'}${type}`, version);
  }

  addInstanceAttribute(name: string, type: string, version: number): void {
    this.attributes.add(name, `i${shortType(type)}`, version);
  }

  addAlias(name: string, { target, of }: AliasRecord, version: number): void {
    const dot = target.lastIndexOf('.');
    if (of === 'module') this.functions.add(`/${name}`, target, version);
    else this.aliases.add(name, `${target.slice(0, dot)}\t${target.slice(dot + 1)}`, version);
  }

  lines(usual: number): string[] {
    const lines: string[] = [];
    for (const [tagged, fields, mask] of this.functions) {
      lines.push(line(tagged[0], [tagged.slice(1), maskText(mask, usual), fields]));
    }
    for (const [key, names] of this.grouped(this.aliases, (name, thing) => {
      const [module, other] = thing.split('\t');
      return [module, other === name ? name : `${name}=${other}`];
    })) {
      const [mask, module] = key.split('\t');
      lines.push(line('>', [maskText(Number(mask), usual), module, names.join(' ')]));
    }
    for (const [key, names] of this.grouped(this.attributes, (name, thing) => [thing, name])) {
      const [mask, type] = key.split('\t');
      lines.push(line(type[0], [maskText(Number(mask), usual), type.slice(1), names.join(' ')]));
    }
    for (const [name, fields, mask] of this.results) {
      lines.push(line('r', [name, maskText(mask, usual), fields]));
    }
    return lines;
  }

  /** The names of things that have their versions and something else in common. */
  private grouped(
    table: Table,
    split: (name: string, thing: string) => readonly [string, string],
  ): Map<string, string[]> {
    const groups = new Map<string, string[]>();
    for (const [name, thing, mask] of table) {
      const [common, own] = split(name, thing);
      const key = `${mask}\t${common}`;
      const names = groups.get(key);
      if (names) names.push(own);
      else groups.set(key, [own]);
    }
    return groups;
  }
}

/** A module of all versions. */
class Module {
  readonly top = new Scope();
  readonly classes = new Map<string, Scope>();

  /** The scope that a dotted name belongs to, and the name in it. */
  place(name: string, isClass: (name: string) => boolean): [Scope, string] {
    const dot = name.lastIndexOf('.');
    return dot > 0 && isClass(name.slice(0, dot))
      ? [this.classScope(name.slice(0, dot)), name.slice(dot + 1)]
      : [this.top, name];
  }

  classScope(name: string): Scope {
    let scope = this.classes.get(name);
    if (!scope) this.classes.set(name, (scope = new Scope()));
    return scope;
  }

  lines(name: string): string[] {
    const usual = this.top.own.all;
    const lines: string[] = [];
    for (const [fields, mask] of this.top.own.masks) {
      lines.push(line('=', [name, mask.toString(16).padStart(2, '0'), fields]));
    }
    lines.push(...this.top.lines(usual));
    for (const className of [...this.classes.keys()].sort()) {
      const scope = this.classes.get(className)!;
      for (const [fields, mask] of scope.own.masks) {
        lines.push(line('C', [className, maskText(mask, usual), fields]));
      }
      lines.push(...scope.lines(scope.own.all));
    }
    return lines;
  }
}

/** One text for the harvests of all targets, the oldest first. */
export function merge(harvests: readonly Harvest[]): string {
  const modules = new Map<string, Module>();
  const moduleNamed = (name: string): Module => {
    let module = modules.get(name);
    if (!module) modules.set(name, (module = new Module()));
    return module;
  };
  const operations = new Table();
  harvests.forEach((harvest, version) => {
    for (const [name, records] of harvest.placed) {
      const module = moduleNamed(name);
      const isClass = (path: string): boolean => records.get(path)?.is === 'class';
      if (!records.has('')) module.top.own.add('', version); // nobody imports it, but things are from there
      for (const record of records.values()) addRecord(module, record, isClass, version);
    }
    for (const [place, fields] of resultsByPlace(harvest)) {
      const [moduleName, name] = place.split('\t');
      const isClass = (path: string): boolean => harvest.placed.get(moduleName)?.get(path)?.is === 'class';
      const [scope, own] = fields.ofClass
        ? [moduleNamed(moduleName).classScope(name), fields.ofClass === 'item' ? '*' : '']
        : moduleNamed(moduleName).place(name, isClass);
      if (fields.instance) scope.addInstanceAttribute(own, fields.instance, version);
      else scope.results.add(own, fields.text, version);
    }
    for (const { left, operator, right, result } of harvest.operations) {
      operations.add(`${shortType(left)}\t${operator}\t${shortType(right)}`, shortType(result), version);
    }
  });
  const all = (1 << harvests.length) - 1;
  const lines = [...modules.keys()].sort().flatMap(name => modules.get(name)!.lines(name));
  lines.push(line('=', [MODULE_OF_OPERATIONS, all.toString(16).padStart(2, '0')]));
  lines.push(...operationLines(operations, all));
  return `${HEAD}${shared(lines).join('\n')}\n`;
}

function addRecord(
  module: Module,
  record: PlacedRecord,
  isClass: (name: string) => boolean,
  version: number,
): void {
  if (record.name === '') {
    if (record.is === 'alias') module.top.own.add(`>${record.target}`, version);
    else if (record.is === 'module') module.top.own.add(escapeField(record.doc ?? ''), version);
    return;
  }
  if (record.is === 'class') {
    module.classScope(record.name).own.add(classFields(record), version);
    return;
  }
  const [scope, name] = module.place(record.name, isClass);
  if (record.is === 'function') scope.addFunction(name, record, version);
  else if (record.is === 'attribute') scope.addAttribute(name, record, version);
  else if (record.is === 'alias') scope.addAlias(name, record, version);
}

function classFields(record: ClassRecord): string {
  const { type, home, qualname, hidden, mro } = record;
  const metaclass = type === 'builtins.type' ? '' : shortType(type);
  const bases = mro.filter(base => base !== 'builtins.object').map(shortType);
  return [
    metaclass,
    home ?? '',
    qualname ?? '',
    hidden ? '1' : '',
    bases.join(' '),
    ...answerFields(record),
  ].join('\t');
}

// ---- Results ---------------------------------------------------------------------------------------------------

interface PlacedResult {
  /** The fields of a line `r`. */
  text: string;
  readonly ofClass?: 'call' | 'item';
  /** The type of what instances have. */
  readonly instance?: string;
}

/** The results of calls in one version, by module and name. */
function resultsByPlace(harvest: Harvest): Map<string, PlacedResult> {
  const groups = new Map<string, { readonly place: string; readonly records: ResultRecord[] }>();
  for (const record of harvest.results) {
    const found = harvest.find(record.target);
    if (!found || !harvest.placed.has(found.module)) continue;
    const place = `${found.module}\t${found.name}`;
    const key = `${place}\t${record.of === 'item' ? 'item' : ''}`;
    const group = groups.get(key);
    if (group) group.records.push(record);
    else groups.set(key, { place, records: [record] });
  }
  const results = new Map<string, PlacedResult>();
  for (const [key, { place, records }] of groups) {
    const [module, name] = place.split('\t');
    const at = harvest.placed.get(module)?.get(name);
    const of = records[0].of;
    const result: PlacedResult = {
      text: resultFields(records),
      ofClass: of === 'item' || (of === 'call' && at?.is === 'class') ? of : undefined,
      instance: of === 'instance' ? records[0].result : undefined,
    };
    // Items and calls of one class are two results.
    results.set(of === 'item' ? key : place, result);
  }
  return results;
}

function resultFields(records: readonly ResultRecord[]): string {
  const usual = records.find(record => record.case === undefined);
  const fields = [shortType(usual?.result ?? '')];
  const cases = new Map<string, string[]>();
  for (const record of records) {
    if (!record.case) continue;
    const key = `${record.case[0]}\t${shortType(record.result)}`;
    const literals = cases.get(key);
    if (literals) literals.push(record.case[1]);
    else cases.set(key, [record.case[1]]);
  }
  for (const [key, literals] of [...cases].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const [parameter, result] = key.split('\t');
    fields.push(parameter, literals.sort().join(' '), result);
  }
  return fields.join('\t');
}

/** `O left operator versions (right result)…` */
function operationLines(operations: Table, usual: number): string[] {
  const groups = new Map<string, string[]>();
  for (const [key, result, mask] of operations) {
    const [left, operator, right] = key.split('\t');
    const group = [left, operator, maskText(mask, usual)].join('\t');
    const pairs = groups.get(group);
    if (pairs) pairs.push(right, result);
    else groups.set(group, [right, result]);
  }
  return [...groups].map(([group, pairs]) => line('O', [group, ...pairs]));
}

// ---- Sharing ---------------------------------------------------------------------------------------------------

const LEAST_LENGTH = 12;

/** The lines with the fields that are often the same in lines of their own, which come first. */
function shared(lines: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const each of lines) {
    for (const field of each.split('\t').slice(1)) {
      if (field.startsWith('#')) throw new Error(`a field looks like a reference: ${field}`);
      if (field.length >= LEAST_LENGTH) counts.set(field, (counts.get(field) ?? 0) + 1);
    }
  }
  // What has to be worth it is the line, and a reference for each.
  const chosen = [...counts].filter(([field, count]) => (count - 1) * (field.length - 4) > 8);
  chosen.sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  const references = new Map(chosen.map(([field], i) => [field, `#${i.toString(36)}`]));
  const share = (field: string, i: number): string => (i > 0 && references.get(field)) || field;
  return [
    ...chosen.map(([field]) => `"${field}`),
    ...lines.map(each => each.split('\t').map(share).join('\t')),
  ];
}
