// Docstrings with fields: Sphinx's (`:param int x: text`, `:type x: int`) and epytext's (`@param x: text`).
import { type AddParameter, indentationOf, textOf } from './lines.ts';

const FIELD = /^\s*[:@](\w+)((?:\s+[^\s:]+)*)\s*:(?:\s+(.*)|$)/;
const PARAMETER = /^(?:param|parameter|arg|argument|key|keyword|kwarg|kwparam)$/;

interface Field {
  /** `param`, `type` */
  readonly role: string;
  /** `x`, `int x` */
  readonly argument: string;
  readonly text: string;
}

/** Reads the parameters that fields are about. */
export function fieldParameters(lines: readonly string[], add: AddParameter): void {
  const fields = fieldsOf(lines);
  const types = new Map(
    fields.flatMap(({ role, argument, text }) =>
      role === 'type' || role === 'paramtype' ? [[argument, text] as const] : [],
    ),
  );
  for (const { role, argument, text } of fields) {
    if (!PARAMETER.test(role)) continue;
    const words = argument.split(/\s+/);
    const name = words.pop() ?? '';
    add(name, words.join(' ') || types.get(name), text);
  }
}

/** The fields, each with the lines that follow it further in, or up to a blank line or the next field. */
function fieldsOf(lines: readonly string[]): Field[] {
  const fields: Field[] = [];
  for (let i = 0; i < lines.length; i++) {
    const match = FIELD.exec(lines[i]);
    if (!match) continue;
    const column = indentationOf(lines[i]);
    let end = i + 1;
    let isParagraph = true;
    for (; end < lines.length && !FIELD.test(lines[end]); end++) {
      const indentation = indentationOf(lines[end]);
      if (indentation === Infinity) isParagraph = false;
      else if (indentation < column || (indentation === column && !isParagraph)) break;
    }
    fields.push({
      role: match[1].toLowerCase(),
      argument: match[2].trim(),
      text: textOf([match[3] ?? '', ...lines.slice(i + 1, end)]),
    });
    i = end - 1;
  }
  return fields;
}

/** `:rtype: Foo`, `@rtype: Foo` */
export function returnedField(lines: readonly string[]): string | undefined {
  for (const line of lines) {
    const found = /^\s*[:@]rtype:\s*(\S.*)$/.exec(line);
    if (found) return found[1].trim();
  }
  return undefined;
}
