// Facts: the fields of every code object that need no bytecode, against those that compile() gives.
import { codeJson } from '../../../server/src/python/code/dump.ts';
import { unlessRefused, verdicts, type Difference, type Twin } from './twin.ts';

export const factsTwin: Twin = {
  name: 'facts',
  script: 'facts',
  ours: analysis => unlessRefused(analysis.errors[0], () => codeJson(analysis.code, analysis.target)),

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
