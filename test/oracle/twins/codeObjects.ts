// Where two code objects differ, as code_objects.py prints them: field by field, nested ones by their place among the
// constants.
import { verdicts, type Difference } from './twin.ts';

type Constant = readonly [tag: string, ...unknown[]];

interface CodeJson {
  readonly name: string;
  readonly firstlineno: number;
  readonly consts: readonly Constant[];
  readonly [field: string]: unknown;
}

/** The differences of two texts of code_objects.py, by field. */
export function compareCodeObjects(ours: string, theirs: string): Difference[] {
  const refused = verdicts(ours, theirs);
  if (refused.length > 0) return refused;
  const found: Difference[] = [];
  compareFields(JSON.parse(ours) as CodeJson, JSON.parse(theirs) as CodeJson, '<module>', found);
  return found;
}

const isCode = ([tag]: Constant): boolean => tag === 'code';
const codeOf = ([, code]: Constant): CodeJson => code as CodeJson;

/** A constant in place of which only its own code object counts, which is compared by itself. */
const outline = (constant: Constant): unknown =>
  isCode(constant) ? ['code', codeOf(constant).name] : constant;

function compareFields(ours: CodeJson, theirs: CodeJson, where: string, found: Difference[]): void {
  for (const field of new Set([...Object.keys(theirs), ...Object.keys(ours)])) {
    const shown = (code: CodeJson): unknown => (field === 'consts' ? code.consts.map(outline) : code[field]);
    const [a, b] = [ours, theirs].map(code => (field in code ? JSON.stringify(shown(code)) : '(absent)'));
    if (a !== b) found.push({ class: classOf(field, shown(ours), shown(theirs)), where, ours: a, theirs: b });
  }
  const [inner, wanted] = [ours.consts.filter(isCode), theirs.consts.filter(isCode)];
  if (inner.length !== wanted.length) return;
  inner.forEach((constant, i) => {
    const [mine, other] = [codeOf(constant), codeOf(wanted[i])];
    compareFields(mine, other, `${where} > ${other.name}:${other.firstlineno}`, found);
  });
}

/** The field, and of lists and bytes in which way it differs. */
function classOf(field: string, ours: unknown, theirs: unknown): string {
  if (Array.isArray(ours) && Array.isArray(theirs)) {
    const [mine, other] = [ours, theirs].map(list => list.map(item => JSON.stringify(item)));
    const missing = other.some(item => !mine.includes(item));
    const extra = mine.some(item => !other.includes(item));
    if (!missing && !extra) return `${field}: ${mine.length === other.length ? 'order' : 'repeated'}`;
    return `${field}:${missing ? ' missing' : ''}${extra ? ' extra' : ''}`;
  }
  if (typeof ours === 'string' && typeof theirs === 'string' && field !== 'name' && field !== 'qualname')
    return ours.length === theirs.length ? field : `${field}: length`;
  return field;
}
