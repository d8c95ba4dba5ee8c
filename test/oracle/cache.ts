// What interpreters answered before, so that a second run asks nothing: for each interpreter and script a file of
// lines `HASH DIGEST ITEMS`, HASH being of the source. A changed script has another file.
import crypto from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { SCRIPTS, type Answer } from './conversation.ts';
import { REPOSITORY, type Interpreter } from './interpreters.ts';

/** Where everything goes that a run makes and the next can use. */
export const CACHE = path.join(REPOSITORY, '.cache', 'oracle');

export const hash = (data: Uint8Array | string): string =>
  crypto.createHash('sha256').update(data).digest('hex');

/** As ask.py does it. */
export const digest = (text: string): string => hash(text).slice(0, 16);

/** The answers of one interpreter to one script. */
export class AnswerCache {
  readonly #file: string;
  readonly #answers = new Map<string, Answer>();
  #fresh: string[] = [];

  constructor({ version, kind }: Interpreter, script: string) {
    const code = ['ask.py', `${script.replace(/@.*/, '')}.py`].map(name =>
      fs.readFileSync(path.join(SCRIPTS, name), 'utf8'),
    );
    this.#file = path.join(
      CACHE,
      'answers',
      `${version}-${kind}`,
      `${script}-${digest(code.join('\0'))}.txt`,
    );
    if (!fs.existsSync(this.#file)) return;
    for (const line of fs.readFileSync(this.#file, 'utf8').split('\n')) {
      const [source, text, items] = line.split(' ');
      if (items) this.#answers.set(source, [text, Number(items)]);
    }
  }

  get(source: string): Answer | undefined {
    return this.#answers.get(source);
  }

  set(source: string, answer: Answer): void {
    this.#answers.set(source, answer);
    this.#fresh.push(`${source} ${answer[0]} ${answer[1]}\n`);
    if (this.#fresh.length >= 200) this.save();
  }

  save(): void {
    if (this.#fresh.length === 0) return;
    fs.mkdirSync(path.dirname(this.#file), { recursive: true });
    fs.appendFileSync(this.#file, this.#fresh.join(''));
    this.#fresh = [];
  }
}
