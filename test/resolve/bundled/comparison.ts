// Holds what the bundled library says against what an interpreter says now: every record of the harvest, one by one.
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Parameter } from '../../../server/src/python/inspect/parameter.ts';
import type { Signature } from '../../../server/src/python/inspect/signature.ts';
import type {
  BundledLibrary,
  BundledMember,
  BundledType,
  ResultType,
} from '../../../server/src/resolve/bundled/library.ts';
import { BundledTables } from '../../../server/src/resolve/bundled/tables.ts';
import { qualify } from '../../../server/src/resolve/bundled/notation.ts';
import type {
  AliasRecord,
  ClassRecord,
  FunctionRecord,
  PlacedRecord,
  ResultRecord,
  SignatureRecord,
} from '../../../server/tools/signatures/records.ts';
import { Harvest } from '../../../server/tools/signatures/records.ts';
import { REPOSITORY, type Interpreter } from '../../oracle/interpreters.ts';

export const TABLE = path.join(REPOSITORY, 'server/src/resolve/bundled/library.generated.txt');
const HARVESTER = path.join(REPOSITORY, 'server/tools/signatures/harvest.py');

export const readTables = (): BundledTables => new BundledTables(readFileSync(TABLE, 'latin1'));

/** What an interpreter says of some modules, or of all; and of the experiments, if they are wanted. */
export async function ask(
  { command: [executable, ...before] }: Interpreter,
  modules: readonly string[],
  experiments: 'also' | 'only' | 'no',
): Promise<Harvest> {
  const env = { ...process.env, PYTHONHASHSEED: '0', PYTHONDONTWRITEBYTECODE: '1' };
  const args = [...before, HARVESTER, '--experiments', experiments, ...modules];
  const { stdout } = await promisify(execFile)(executable, args, { env, maxBuffer: 1 << 28 });
  return new Harvest(stdout);
}

/** How many records were compared, and what differs, in words. */
export interface Comparison {
  compared: number;
  readonly differences: string[];
}

/** `only`: the modules to compare. `documented`: docstrings, too, which patch releases change. */
export function compare(
  library: BundledLibrary,
  harvest: Harvest,
  { only, documented = true }: { only?: ReadonlySet<string>; documented?: boolean } = {},
): Comparison {
  const comparison: Comparison = { compared: 0, differences: [] };
  const check = (what: string, expected: unknown, actual: unknown): void => {
    const [left, right] = [expected, actual].map(value =>
      JSON.stringify(value, (key, v: unknown) =>
        key === 'doc' && !documented ? undefined : (v ?? undefined),
      ),
    );
    if (left !== right) comparison.differences.push(`${what}: ${left}, but bundled is ${right}`);
  };
  for (const [module, records] of harvest.placed) {
    if (only && !only.has(module)) continue;
    const classes = new Set([...records.values()].filter(({ is }) => is === 'class').map(({ name }) => name));
    for (const record of records.values()) {
      comparison.compared++;
      const place = `${module} ${record.name}`;
      const found = find(library, record, classes);
      if (!found && !isUnresolvable(harvest, record)) check(place, record.is, undefined);
      else if (found) check(place, expectedOf(record, harvest), actualOf(found, record, library));
    }
  }
  if (only) return comparison;
  for (const record of harvest.results) {
    const expected = record.result;
    comparison.compared++;
    check(`result of ${record.target} ${record.case?.join('=') ?? ''}`, expected, resultOf(library, record));
  }
  for (const { left, operator, right, result } of harvest.operations) {
    comparison.compared++;
    const actual = library.operation(left, operator, right);
    check(`${left} ${operator} ${right}`, result, actual && typesText(actual));
  }
  return comparison;
}

/** An alias of something that could not be recorded. */
function isUnresolvable(harvest: Harvest, record: PlacedRecord): boolean {
  if (record.is !== 'alias') return false;
  const found = record.of === 'module' ? { module: record.target, name: '' } : harvest.find(record.target);
  return !found || !harvest.placed.get(found.module)?.has(found.name);
}

function find(
  library: BundledLibrary,
  { is, module, name }: PlacedRecord,
  classes: ReadonlySet<string>,
): BundledMember | undefined {
  const home = library.module(module);
  if (name === '') return home;
  if (is === 'class') return library.classNamed(`${module}.${name}`);
  const dot = name.lastIndexOf('.');
  if (dot > 0 && classes.has(name.slice(0, dot)))
    return library.classNamed(`${module}.${name.slice(0, dot)}`)?.member(name.slice(dot + 1));
  return home?.member(name);
}

// ---- What a record and what a member say, in one form ------------------------------------------------------------

function expectedOf(record: PlacedRecord, harvest: Harvest): unknown {
  switch (record.is) {
    case 'module':
      return { doc: record.doc ?? undefined };
    case 'alias':
      return { target: targetOf(record, harvest) };
    case 'function':
      return {
        kind: record.kind,
        qualname: record.qualname ?? record.name,
        type: record.type,
        ...expectedAnswer(record),
      };
    case 'class':
      return { mro: mroOf(record), type: record.type, ...expectedAnswer(record) };
    case 'attribute': {
      const answer = expectedAnswer({ ...record, doc: undefined, text: undefined });
      return { kind: record.kind, type: record.type ?? '', ...answer };
    }
  }
}

function actualOf(member: BundledMember, record: PlacedRecord, library: BundledLibrary): unknown {
  if (record.is === 'module') return { doc: member.kind === 'module' ? member.doc : member.kind };
  if (record.is === 'alias') return { target: ownName(member, library) };
  switch (member.kind) {
    case 'module':
      return member.name;
    case 'class': {
      return { mro: member.mro, type: member.type, ...actualAnswer(member) };
    }
    case 'attribute':
    case 'property':
    case 'instance': {
      const type = member.descriptor ?? typeName(member.result);
      return { kind: member.kind, type, ...actualAnswer(member) };
    }
    default:
      return { kind: member.kind, qualname: member.qualname, type: member.type, ...actualAnswer(member) };
  }
}

const mroOf = ({ module, home, name, qualname, mro }: ClassRecord): string[] => [
  `${home ?? module}.${qualname ?? name}`,
  ...mro,
];

/** An attribute's own type; experiments may have found its items, too. */
const typeName = (types: ResultType | undefined): string =>
  types?.[0]?.type === 'instance' ? types[0].name : '';

function targetOf(record: AliasRecord, harvest: Harvest): string {
  if (record.name === '' || record.of === 'module') return `module ${record.target}`;
  const found = harvest.find(record.target)!;
  const at = harvest.placed.get(found.module)?.get(found.name);
  if (at?.is === 'class') return mroOf(at)[0];
  if (at?.is === 'function') return `${at.module}.${nameOf(at)}`;
  return at?.is === 'attribute' ? 'a value' : '';
}

const nameOf = ({ qualname, name }: FunctionRecord): string => qualname ?? name;

function ownName(member: BundledMember, library: BundledLibrary): string {
  switch (member.kind) {
    case 'module':
      return `module ${library.module(member.name) === member ? member.name : 'that is not found'}`;
    case 'class':
      return member.mro[0];
    case 'attribute':
    case 'property':
    case 'instance':
      return 'a value';
    default:
      return `${member.module}.${member.qualname}`;
  }
}

interface Answer {
  readonly signature?: unknown;
  readonly error?: string;
  readonly text?: string;
  readonly doc?: string;
}

const expectedAnswer = ({ signature, error, text, doc }: Answer): Answer => ({
  signature: signature ?? undefined,
  error,
  text,
  doc: doc === '' ? undefined : doc,
});

interface Described {
  readonly signature?: Signature;
  readonly error?: string;
  readonly textSignature?: string;
  readonly doc?: string;
}

const actualAnswer = ({ signature, error, textSignature, doc }: Described): Answer => ({
  signature: signature && signatureRecord(signature),
  error,
  text: textSignature,
  doc,
});

const signatureRecord = ({ parameters, returnAnnotation }: Signature): SignatureRecord => [
  ...parameters.map((parameter: Parameter): [number, string, string | null, string | null] => [
    parameter.kind,
    parameter.name,
    parameter.default ?? null,
    parameter.annotation ?? null,
  ]),
  returnAnnotation ?? null,
];

// ---- Types -------------------------------------------------------------------------------------------------------

function resultOf(library: BundledLibrary, record: ResultRecord): string | undefined {
  const { target, of } = record;
  const ownClass = library.classNamed(target);
  if (of === 'item') return ownClass?.itemType && typesText(ownClass.itemType);
  const member = ownClass ?? memberOf(library, target);
  if (!member || member.kind === 'module') return undefined;
  if (!record.case) return member.result && typesText(member.result);
  const [parameter, literal] = record.case;
  const cases = 'cases' in member ? (member.cases ?? []) : [];
  const found = cases.find(each =>
    'positional' in each
      ? parameter === '' && each.positional === Number(literal)
      : each.parameter === parameter && each.literal === literal,
  );
  return found && typesText(found.result);
}

function memberOf(library: BundledLibrary, target: string): BundledMember | undefined {
  const dot = target.lastIndexOf('.');
  const [owner, name] = [target.slice(0, dot), target.slice(dot + 1)];
  return library.classNamed(owner)?.member(name) ?? library.module(owner)?.member(name);
}

/** Types as the harvest writes them. */
const typesText = (types: ResultType): string => types.map(typeText).join('|');

function typeText(type: BundledType): string {
  switch (type.type) {
    case 'item':
      return `$${type.index}`;
    case 'argument':
      return `@${type.index}`;
    case 'returned':
      return `%${type.index}`;
    case 'text':
      return `~${type.index}`;
    case 'self':
      return '^';
    case 'instance': {
      const args = type.args.map(arg => (arg.length === 0 ? '?' : typesText(arg)));
      if (type.variadic) args.push('...');
      return args.length > 0 ? `${qualify(type.name)}[${args.join(',')}]` : qualify(type.name);
    }
  }
}
