// Compares one interpreter with us: every source, every twin, by digest; where two differ, the interpreter is
// asked again for its text, and the place found where they part.
import { analyzeBytes, type Analysis } from '../../server/src/python/index.ts';
import { parseTarget, type Target } from '../../server/src/python/versions/target.ts';
import { AnswerCache, digest, hash } from './cache.ts';
import { Conversation, type Answer } from './conversation.ts';
import type { Source } from './corpora.ts';
import type { Interpreter } from './interpreters.ts';
import type { Difference, Twin } from './twins/twin.ts';

/** What came of one twin in one corpus. */
export interface Tally {
  /** Sources that both sides were asked about. */
  files: number;
  /** Things that CPython told of: code objects, tokens, nodes, … */
  items: number;
  differingFiles: number;
  differences: number;
  /** Sources that CPython did not survive or failed at by a fault of its own: not counted among `files`. */
  unanswered: number;
  /** Sources that CPython refuses; from the twin `errors` alone. */
  refused: number;
  classes: Record<string, DifferenceClass>;
}

export interface DifferenceClass {
  count: number;
  readonly file: string;
  readonly example: Difference;
}

export const emptyTally = (): Tally => ({
  files: 0,
  items: 0,
  differingFiles: 0,
  differences: 0,
  unanswered: 0,
  refused: 0,
  classes: {},
});

/** Questions that are under way at a time: enough to keep the interpreter busy while we compute. */
const WINDOW = 24;
/** Answers that say no more than that limits were met: in WebAssembly they are others than those of natives. */
const LIMITS = /"type":"(?:MemoryError|RecursionError)"/;

interface Options {
  readonly interpreter: Interpreter;
  readonly sources: readonly Source[];
  readonly twins: readonly Twin[];
  /** Look only at this many differing files of a twin; the others count as one difference each. */
  readonly drill: number;
  readonly progress: (done: number, differing: number) => void;
}

/** Compares every source; the tallies are by twin, of those that the interpreter can be asked. */
export async function compare(options: Options): Promise<Record<string, Tally>> {
  const comparison = new Comparison(options);
  await comparison.run();
  return comparison.tallies;
}

class Comparison {
  readonly tallies: Record<string, Tally>;
  private readonly target: Target;
  private readonly conversation: Conversation;
  private readonly caches: ReadonlyMap<Twin, AnswerCache>;
  private readonly twins: readonly Twin[];
  private done = 0;
  private differing = 0;

  constructor(private readonly options: Options) {
    const { interpreter } = options;
    const target = parseTarget(interpreter.version);
    if (!target) throw new Error(`no target for CPython ${interpreter.version}`);
    this.target = target;
    const twins = options.twins.filter(({ fits }) => !fits || fits(target));
    this.twins = twins;
    this.conversation = new Conversation(interpreter);
    this.caches = new Map(twins.map(twin => [twin, new AnswerCache(interpreter, twin.script)]));
    this.tallies = Object.fromEntries(twins.map(twin => [twin.name, emptyTally()]));
  }

  async run(): Promise<void> {
    if (this.twins.length === 0) return;
    const open = new Set<Promise<void>>();
    try {
      for (const source of this.options.sources) {
        const work: Promise<void> = this.compareOne(source).then(() => {
          open.delete(work);
          this.options.progress(++this.done, this.differing);
        });
        open.add(work);
        if (open.size >= WINDOW) await Promise.race(open);
      }
      await Promise.all(open);
    } finally {
      this.conversation.close();
      for (const cache of this.caches.values()) cache.save();
    }
  }

  private async compareOne(source: Source): Promise<void> {
    const { drill } = this.options;
    const { twins } = this;
    const bytes = source.read();
    const analysis = analyzeBytes(bytes, this.target);
    const told = toldTo(twins, analysis);
    const asked = this.askDigests(bytes, told);
    const ours = new Map(twins.map(twin => [twin, textOf(twin, analysis, bytes)]));
    const theirs = await asked;
    const different: Twin[] = [];
    for (const twin of twins) {
      const tally = this.tallies[twin.name];
      const answer = theirs?.get(twin);
      if (!answer || answer[0] === GAVE_UP) {
        tally.unanswered++;
        continue;
      }
      tally.files++;
      tally.items += answer[1];
      if (twin.name === 'errors' && answer[0] !== NO_ERROR) tally.refused++;
      if (answer[0] === digest(ours.get(twin)!)) continue;
      tally.differingFiles++;
      if (twin.always || tally.differingFiles <= drill) different.push(twin);
      else tally.differences++;
    }
    if (different.length > 0) await this.explain(source, bytes, different, ours, told);
  }

  /** CPython's digests, from the cache or asked for; undefined if it did not survive. */
  private async askDigests(bytes: Uint8Array, told: Told): Promise<Map<Twin, Answer> | undefined> {
    const found = new Map<Twin, Answer>();
    const source = hash(bytes);
    const keyOf = ({ script }: Twin): string =>
      (script in told ? hash(source + told[script]) : source).slice(0, 32);
    for (const [twin, cache] of this.caches) {
      const answer = cache.get(keyOf(twin));
      if (answer) found.set(twin, answer);
    }
    const missing = this.twins.filter(twin => !found.has(twin));
    if (missing.length === 0) return found;
    const answers = await this.conversation.ask(bytes, scriptsOf(missing), false, told);
    if (!answers) return undefined;
    for (const twin of missing) {
      this.caches.get(twin)!.set(keyOf(twin), answers[twin.script]);
      found.set(twin, answers[twin.script]);
    }
    return found;
  }

  /** Asks for CPython's texts, and counts where ours differ from them. */
  private async explain(
    source: Source,
    bytes: Uint8Array,
    different: readonly Twin[],
    ours: ReadonlyMap<Twin, string>,
    told: Told,
  ): Promise<void> {
    const answers = await this.conversation.ask(bytes, scriptsOf(different), true, told);
    let counted = false;
    for (const twin of different) {
      const tally = this.tallies[twin.name];
      const theirs = answers?.[twin.script][0];
      const isLimit = twin.name === 'errors' && theirs !== undefined && LIMITS.test(theirs);
      if (theirs === undefined || (isLimit && this.options.interpreter.kind !== 'native')) {
        tally.differingFiles--;
        tally.unanswered++;
        tally.files--;
        if (twin.name === 'errors') tally.refused--;
        continue;
      }
      counted = true;
      const found = differences(twin, ours.get(twin)!, theirs);
      tally.differences += Math.max(found.length, 1);
      for (const difference of found) {
        const example = shortened(difference);
        tally.classes[example.class] ??= { count: 0, file: source.name, example };
        tally.classes[example.class].count++;
      }
    }
    if (counted) this.differing++;
  }
}

/** By script what it is told besides the source. */
type Told = Readonly<Record<string, string>>;

/** What twins tell their scripts; a pass that throws tells nothing, and `textOf` says so. */
function toldTo(twins: readonly Twin[], analysis: Analysis): Told {
  const told: Record<string, string> = {};
  for (const { script, told: tell } of twins) {
    if (!tell) continue;
    try {
      told[script] = tell(analysis);
    } catch {
      told[script] = '';
    }
  }
  return told;
}

const scriptsOf = (twins: readonly Twin[]): string[] => twins.map(({ script }) => script);

const NO_ERROR = digest('null');
/** What ask.py says where the compiler itself is at fault (SystemError). */
const GAVE_UP = digest('gave up');
const CRASHED = 'thrown: ';

/** A pass that throws is a difference, not the end of the run. */
function textOf(twin: Twin, analysis: Analysis, bytes: Uint8Array): string {
  try {
    return twin.ours(analysis, bytes);
  } catch (error) {
    return `${CRASHED}${(error as Error).stack?.split('\n').slice(0, 4).join('\n')}`;
  }
}

function differences(twin: Twin, ours: string, theirs: string): Difference[] {
  if (!ours.startsWith(CRASHED)) return twin.compare(ours, theirs);
  return [{ class: ours.split('\n')[0], where: 'the file', ours, theirs: '' }];
}

const LONG = 400;
const cut = (text: string): string => (text.length > LONG ? `${text.slice(0, LONG)}…` : text);
const shortened = (found: Difference): Difference => ({
  ...found,
  ours: cut(found.ours),
  theirs: cut(found.theirs),
});
