// Checks of the flow graph's passes: listings with what CPython's optimize_cfg() makes of them, which the interpreters of
// this machine are asked again.
import assert from 'node:assert/strict';
import { parseTarget } from '../../server/src/python/versions/target.ts';
import { optimizedListing, readListing, showListing, type PlainInstruction } from './flowListing.ts';
import { askPython, judges } from './python.ts';

export interface GraphCase {
  readonly title: string;
  /** What LOAD_CONST's arguments mean, as Python writes it. */
  readonly constants: readonly string[];
  /** How many local variables there are. */
  readonly locals: number;
  readonly listing: string;
  /** What becomes of it, by minor version. */
  readonly optimized: Readonly<Record<string, Optimized>>;
}

interface Optimized {
  readonly constants: readonly string[];
  readonly listing: string;
}

type Answer = Pick<GraphCase, 'constants'> & { readonly instructions: readonly PlainInstruction[] };

const plain = (text: string): string => text.trim().replace(/^ +/gm, '').replace(/ +/g, ' ');

const shown = ({ instructions, constants }: Answer): Optimized => ({
  constants,
  listing: plain(showListing(instructions)),
});

export function checkOptimized(pass: string, cases: readonly GraphCase[]): void {
  describe(`flow graph: ${pass}`, () => {
    for (const { title, constants, locals, listing, optimized } of cases) {
      for (const [version, expected] of Object.entries(optimized)) {
        it(`${version}: ${title}`, () => {
          const target = parseTarget(version);
          assert.ok(target);
          const unit = { instructions: readListing(listing), constants, locals };
          assert.deepEqual(shown(optimizedListing(unit, target)), {
            ...expected,
            listing: plain(expected.listing),
          });
        });
      }
    }

    it('as CPython has it', async function () {
      this.timeout(60_000);
      let asked = 0;
      for (const { interpreter, target } of await judges()) {
        const version = interpreter.version.split('.').slice(0, 2).join('.');
        const of = cases.filter(({ optimized }) => version in optimized);
        if (of.length === 0) continue;
        const question = of.map(({ listing, constants, locals }) => ({
          instructions: readListing(listing),
          constants,
          locals,
        }));
        const answers = (await askPython(interpreter, 'optimizedGraphs.py', question)) as Answer[] | null;
        answers?.forEach((answer, i) => {
          assert.deepEqual(shown(optimizedListing(question[i], target)), shown(answer), of[i].title);
        });
        asked += answers?.length ?? 0;
      }
      if (asked === 0) this.skip();
    });
  });
}
