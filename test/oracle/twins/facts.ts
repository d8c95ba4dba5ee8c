// Facts: the fields of every code object that need no bytecode, against those that compile() gives.
import type { Analysis } from '../../../server/src/python/index.ts';
import type { CodeObject } from '../../../server/src/python/code/codeObject.ts';
import { unlessRefused, verdicts, type Difference, type Twin } from './twin.ts';

export const factsTwin: Twin = {
  name: 'facts',
  script: 'facts',
  ours: analysis => unlessRefused(analysis.errors[0], () => [factsText(analysis), count(analysis.code)]),

  compare(ours, theirs) {
    const refused = verdicts(ours, theirs);
    if (refused.length > 0) return refused;
    const found: Difference[] = [];
    compareObjects(JSON.parse(ours) as Facts, JSON.parse(theirs) as Facts, '<module>', found);
    return found;
  },
};

interface Facts {
  readonly name: string;
  readonly children: readonly Facts[];
  readonly [field: string]: unknown;
}

const FIELDS = [
  'argcount',
  'cellvars',
  'children',
  'firstlineno',
  'flags',
  'freevars',
  'kwonlyargcount',
  'name',
  'nlocals',
  'posonlyargcount',
  'qualname',
  'varnames',
] as const;
const ascii = (t: string) =>
  t.replace(/[\u0080-\uffff]/g, u => '\\u' + u.charCodeAt(0).toString(16).padStart(4, '0'));
const factsText = (analysis: Analysis): string => {
  const show = (code: CodeObject): string =>
    '{' +
    FIELDS.filter(f => f !== 'qualname' || analysis.target.minor > 10)
      .map(
        f =>
          `"${f}":` +
          (f === 'children' ? '[' + code.children.map(show).join(',') + ']' : ascii(JSON.stringify(code[f]))),
      )
      .join(',') +
    '}';
  return show(analysis.code);
};

function count(root: CodeObject): number {
  let total = 0;
  const open: CodeObject[] = [root];
  for (let code = open.pop(); code; code = open.pop()) {
    total++;
    open.push(...code.children);
  }
  return total;
}

function compareObjects(ours: Facts, theirs: Facts, where: string, found: Difference[]): void {
  for (const field of new Set([...Object.keys(theirs), ...Object.keys(ours)])) {
    if (field === 'children') continue;
    const [a, b] = [JSON.stringify(ours[field]), JSON.stringify(theirs[field])];
    if (a !== b)
      found.push({ class: fieldClass(field, ours[field], theirs[field]), where, ours: a, theirs: b });
  }
  const [names, wanted] = [ours.children, theirs.children].map(list =>
    list.map(({ name }) => name).join(' '),
  );
  if (names !== wanted) {
    const sorted = (list: string) => list.split(' ').sort().join(' ');
    const kind = sorted(names) === sorted(wanted) ? 'order of children' : 'children';
    found.push({ class: kind, where, ours: names, theirs: wanted });
    return;
  }
  ours.children.forEach((child, i) =>
    compareObjects(child, theirs.children[i], `${where} > ${child.name}:${String(child.firstlineno)}`, found),
  );
}

/** The field, and for lists and flags in which way it differs. */
function fieldClass(field: string, ours: unknown, theirs: unknown): string {
  if (Array.isArray(ours) && Array.isArray(theirs)) {
    const missing = theirs.filter(name => !ours.includes(name));
    const extra = ours.filter(name => !theirs.includes(name));
    if (missing.length === 0 && extra.length === 0) return `${field}: order`;
    return `${field}: ${missing.length > 0 ? 'missing' : ''}${extra.length > 0 ? ' extra' : ''}`.trim();
  }
  if (field === 'flags') {
    const bits = (Number(ours) ^ Number(theirs)) >>> 0;
    return `flags: ${Number(theirs) & bits ? 'missing' : 'extra'} 0x${bits.toString(16)}`;
  }
  return field;
}
