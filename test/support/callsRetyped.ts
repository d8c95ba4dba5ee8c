// Calls of a standard library typed again into their files: which calls, in the program that they belong to, and what
// goes wrong.
import path from 'node:path';
import { signatureHelp } from '../../server/src/features/calls/signatureHelp/signatureHelp.ts';
import { nodeFiles } from '../../server/src/node/files.ts';
import { nodePlatform } from '../../server/src/node/platform.ts';
import { analyze, type Analysis } from '../../server/src/python/index.ts';
import { signatureText } from '../../server/src/python/inspect/signature.ts';
import type { Target } from '../../server/src/python/versions/target.ts';
import { callablesOf } from '../../server/src/resolve/callable.ts';
import { createEvaluator, type RequestEvaluator } from '../../server/src/resolve/evaluate/evaluator.ts';
import { scopeAt } from '../../server/src/resolve/evaluate/lookup.ts';
import { Program } from '../../server/src/resolve/program/program.ts';
import { NO_SEARCH_PATH } from '../../server/src/resolve/program/searchPath.ts';
import { folderSources } from '../oracle/corpora.ts';
import { randomNumbers } from '../oracle/mutations.ts';
import { type Slip, typeCall, type TypedCall, typedCalls } from './callTyping.ts';
import { type Loss, piecesOf, retype } from './retyping.ts';

/** What came of the calls typed so far. */
export interface Outcome {
  calls: number;
  strokes: number;
  readonly slips: (Slip & { readonly file: string; readonly label: string })[];
  /** Code objects of functions that have nothing to do with the call. */
  readonly loss: Loss;
}

export interface Plan {
  /** The folder of the standard library. */
  readonly library: string;
  readonly target: Target;
  readonly calls: number;
  readonly seed: number;
  /** Larger files take long to analyse at every stroke. */
  readonly mostText: number;
  /** Of every so many calls the code objects are compared as well. */
  readonly compareEvery: number;
}

/** Longer calls are left out: they would be most of the work. */
const LONGEST = 300;

/** Types calls that signature help knows, a few of each file, files in a random order; tells after each file. */
export async function retypeCalls(plan: Plan, told: (outcome: Outcome) => void): Promise<Outcome> {
  const { library, target, calls, seed, mostText, compareEvery } = plan;
  const random = randomNumbers(seed);
  const program = new Program({
    target,
    files: nodeFiles,
    searchPath: { ...NO_SEARCH_PATH, standard: [library] },
    bundled: await nodePlatform.bundled(target),
  });
  const evaluator = createEvaluator(program);
  const outcome: Outcome = { calls: 0, strokes: 0, slips: [], loss: { compared: 0, lost: 0 } };
  const sources = folderSources(library).filter(({ name }) => !/^(?:test|idlelib|lib2to3)\//.test(name));
  while (outcome.calls < calls && sources.length > 0) {
    const [{ name, read }] = sources.splice(random(sources.length), 1);
    const text = new TextDecoder().decode(read());
    if (text.length > mostText) continue;
    const whole = analyze(text, target);
    if (whole.errors.length > 0) continue;
    const file = path.join(library, name);
    const inFile = typedCalls(whole).filter(({ node }) => node.end - node.start <= LONGEST);
    const most = Math.ceil(calls / 100);
    for (let n = 0; n < most && inFile.length > 0 && outcome.calls < calls; n++) {
      const [call] = inFile.splice(random(inFile.length), 1);
      const known = knownSignature(program, evaluator, file, whole, call);
      if (!known) continue;
      const ask = (analysis: Analysis, offset: number): ReadonlyMap<string, number | undefined> => {
        const module = program.open(file, analysis);
        const help = evaluator.request(() => signatureHelp(evaluator, module, offset));
        return new Map(
          help?.signatures.map(({ label, activeParameter }) => [withoutName(label), activeParameter]),
        );
      };
      const { strokes, slips } = typeCall(whole, call, known, ask, outcome.calls % 2 === 1);
      outcome.slips.push(...slips.map(slip => ({ ...slip, file: name, label: known.label })));
      outcome.strokes += strokes;
      if (outcome.calls++ % compareEvery === 0) compareCodeObjects(whole, call, target, outcome);
    }
    program.close(file);
    told(outcome);
  }
  return outcome;
}

/** A signature is looked at by its text alone. */
const withoutName = (label: string): string => label.slice(label.indexOf('('));

/** The first signature that the finished call has. */
function knownSignature(
  program: Program,
  evaluator: RequestEvaluator,
  file: string,
  whole: Analysis,
  { node }: TypedCall,
) {
  const module = program.open(file, whole);
  const [callable] = evaluator.request(() => callablesOf(evaluator, node.func, scopeAt(module, node.start)));
  if (!callable?.signature || callable.overloads) return undefined;
  const { signature } = callable;
  return { label: signatureText(signature).text, signature };
}

function compareCodeObjects(
  whole: Analysis,
  { node }: TypedCall,
  target: Target,
  { calls, loss }: Outcome,
): void {
  const piece = piecesOf(whole, LONGEST).find(
    ({ start, end, what }) => what === 'call' && start === node.start && end === node.end,
  );
  if (!piece) return;
  const { compared, lost } = retype(whole, piece, target, calls % 2 === 1);
  loss.compared += compared;
  loss.lost += lost;
}
