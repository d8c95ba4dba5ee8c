// The tables of commands and settings in the READMEs, made of package.json and package.nls.json, so that they say what is so.
//
// usage: tsx server/tools/manifestTables.ts   writes them between the markers of README.md and client/README.md
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const READMES = ['README.md', 'client/README.md'];

interface Manifest {
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly title: string }[];
    readonly keybindings: readonly { readonly command: string; readonly key: string }[];
    readonly menus: {
      readonly commandPalette: readonly { readonly command: string; readonly when: string }[];
    };
    readonly configuration: { readonly properties: Readonly<Record<string, Setting>> };
  };
}

interface Setting {
  readonly order?: number;
  readonly default: unknown;
  readonly enum?: readonly string[];
  readonly markdownDescription?: string;
}

const root = new URL('../../', import.meta.url);
const read = (name: string): string => readFileSync(new URL(name, root), 'utf8');

/** A README with its tables as they should be. */
export function withTables(readme: string): string {
  const manifest = JSON.parse(read('package.json')) as Manifest;
  const texts = JSON.parse(read('package.nls.json')) as Readonly<Record<string, string>>;
  const text = (value: string): string =>
    value.replace(/^%(.*)%$/, (whole, key: string) => texts[key] ?? whole);
  return between(
    between(readme, 'commands', commandTable(manifest, text)),
    'settings',
    settingTable(manifest, text),
  );
}

function between(readme: string, name: string, table: string): string {
  const [before, rest] = readme.split(`<!-- ${name} -->`);
  const [, after] = (rest ?? '').split(`<!-- /${name} -->`);
  if (after === undefined) throw new Error(`there are no markers for the table of ${name}`);
  return `${before}<!-- ${name} -->\n\n${table}\n\n<!-- /${name} -->${after}`;
}

type Texts = (value: string) => string;

function commandTable({ contributes }: Manifest, text: Texts): string {
  const { commands, keybindings, menus } = contributes;
  const isHidden = (id: string): boolean =>
    menus.commandPalette.some(({ command, when }) => command === id && when === 'false');
  return table(
    ['Command', 'Keys'],
    commands
      .filter(({ command }) => !isHidden(command))
      .map(({ command, title }) => [
        `CoLens: ${text(title)}`,
        [
          ...new Set(
            keybindings.filter(binding => binding.command === command).map(({ key }) => `\`${key}\``),
          ),
        ].join(', '),
      ]),
  );
}

function settingTable({ contributes }: Manifest, text: Texts): string {
  const settings = Object.entries(contributes.configuration.properties);
  settings.sort(([, a], [, b]) => (a.order ?? 99) - (b.order ?? 99));
  return table(
    ['Setting', 'Default', 'What it does'],
    settings.map(([name, { default: value, enum: values, markdownDescription = '' }]) => {
      const described = text(markdownDescription)
        .replace(/\n*\[[^\]]*\]\(command:[^)]*\)/g, '')
        .replace(/`#([^`#]+)#`/g, '`$1`')
        .replace(/\s*\n\s*/g, ' ');
      const choices = values ? ` (${values.map(each => `\`${each}\``).join(', ')})` : '';
      return [`\`${name}\``, `\`${JSON.stringify(value)}\``, described + choices];
    }),
  );
}

/** Laid out as prettier does it. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = [head, ...rows].map(row => row.map(cell => cell.replaceAll('|', '\\|')));
  const widths = head.map((_, i) => Math.max(...cells.map(row => row[i].length)));
  const line = (row: readonly string[]): string =>
    `| ${row.map((cell, i) => cell.padEnd(widths[i])).join(' | ')} |`;
  const rule = `| ${widths.map(width => '-'.repeat(width)).join(' | ')} |`;
  return [line(cells[0]), rule, ...cells.slice(1).map(line)].join('\n');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const name of READMES) writeFileSync(new URL(name, root), withTables(read(name)));
}
