// Compares one interpreter with us: every source, every twin, by digest; where two differ, the interpreter is
// asked again for its text, and the place found where they part.
import { analyzeBytes, type Analysis } from '../../server/src/python/index.ts';
import { parseTarget } from '../../server/src/python/versions/target.ts';
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

const emptyTally = (): Tally => ({
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
/** Answers that say no more than that the interpreter's own limits were met. */
const LIMITS = /"type":"(?:MemoryError|RecursionError)"/;

interface Options {
  readonly interpreter: Interpreter;
  readonly sources: readonly Source[];
  readonly twins: readonly Twin[];
  /** Look only at this many differing files of a twin; the others count as one difference each. */
  readonly drill: number;
  readonly progress: (done: number, differing: number) => void;
}

/** Compares every source; the tallies are by twin. */
export async function compare({
  interpreter,
  sources,
  twins,
  drill,
  progress,
}: Options): Promise<Record<string, Tally>> {
  const target = parseTarget(interpreter.version);
  if (!target) throw new Error(`no target for CPython ${interpreter.version}`);
  const conversation = new Conversation(interpreter);
  const caches = new Map(twins.map(twin => [twin, new AnswerCache(interpreter, twin.script)]));
  const tallies = Object.fromEntries(twins.map(twin => [twin.name, emptyTally()]));
  let done = 0;
  let differing = 0;

  /** CPython's digests, from the cache or asked for; undefined if it did not survive. */
  const askDigests = async (key: string, bytes: Uint8Array): Promise<Map<Twin, Answer> | undefined> => {
    const found = new Map<Twin, Answer>();
    for (const [twin, cache] of caches) {
      const answer = cache.get(key);
      if (answer) found.set(twin, answer);
    }
    const missing = twins.filter(twin => !found.has(twin));
    if (missing.length === 0) return found;
    const answers = await conversation.ask(
      bytes,
      missing.map(({ script }) => script),
      false,
    );
    if (!answers) return undefined;
    for (const twin of missing) {
      caches.get(twin)!.set(key, answers[twin.script]);
      found.set(twin, answers[twin.script]);
    }
    return found;
  };

  const compareOne = async (source: Source): Promise<void> => {
    const bytes = source.read();
    const asked = askDigests(hash(bytes).slice(0, 32), bytes);
    const analysis = analyzeBytes(bytes, target);
    const ours = new Map(twins.map(twin => [twin, textOf(twin, analysis, bytes)]));
    const theirs = await asked;
    const different: Twin[] = [];
    for (const twin of twins) {
      const tally = tallies[twin.name];
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
    if (different.length > 0) await explain(source, bytes, different, ours);
  };

  const explain = async (
    source: Source,
    bytes: Uint8Array,
    different: readonly Twin[],
    ours: Map<Twin, string>,
  ) => {
    const answers = await conversation.ask(
      bytes,
      different.map(({ script }) => script),
      true,
    );
    let counted = false;
    for (const twin of different) {
      const tally = tallies[twin.name];
      const theirs = answers?.[twin.script][0];
      if (theirs === undefined || (twin.name === 'errors' && LIMITS.test(theirs))) {
        tally.differingFiles--;
        tally.unanswered++;
        tally.files--;
        if (twin.name === 'errors') tally.refused--;
        continue;
      }
      counted = true;
      const text = ours.get(twin)!;
      const found = text.startsWith(CRASHED)
        ? [{ class: text.split('\n')[0], where: 'the file', ours: text, theirs: '' }]
        : twin.compare(text, theirs);
      tally.differences += Math.max(found.length, 1);
      for (const example of found) {
        const known = (tally.classes[example.class] ??= {
          count: 0,
          file: source.name,
          example: shortened(example),
        });
        known.count++;
      }
    }
    if (counted) differing++;
  };

  const open = new Set<Promise<void>>();
  try {
    for (const source of sources) {
      const work: Promise<void> = compareOne(source).then(() => {
        open.delete(work);
        progress(++done, differing);
      });
      open.add(work);
      if (open.size >= WINDOW) await Promise.race(open);
    }
    await Promise.all(open);
  } finally {
    conversation.close();
    for (const cache of caches.values()) cache.save();
  }
  return tallies;
}

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

const LONG = 400;
const cut = (text: string): string => (text.length > LONG ? `${text.slice(0, LONG)}…` : text);
const shortened = (found: Difference): Difference => ({
  ...found,
  ours: cut(found.ours),
  theirs: cut(found.theirs),
});
