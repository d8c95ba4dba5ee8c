// What harvest.py prints: one record a line. Its docstring says what they mean.

/** Parameters as [kind, name, default, annotation], and last the return annotation. */
export type SignatureRecord = readonly (
  readonly [number, string, string | null, string | null] | string | null
)[];

export interface AnswerRecord {
  readonly signature?: SignatureRecord;
  readonly error?: string;
  /** `__text_signature__` */
  readonly text?: string;
  readonly doc?: string;
}

interface Placed {
  readonly module: string;
  /** Dotted, below the module. */
  readonly name: string;
}

export interface ModuleRecord extends Placed {
  readonly is: 'module';
  readonly doc?: string | null;
}

export interface FunctionRecord extends Placed, AnswerRecord {
  readonly is: 'function';
  readonly kind: 'function' | 'method' | 'classmethod' | 'staticmethod';
  readonly type: string;
  readonly qualname?: string;
}

export interface ClassRecord extends Placed, AnswerRecord {
  readonly is: 'class';
  readonly type: string;
  readonly mro: readonly string[];
  readonly hidden?: boolean;
  readonly qualname?: string;
  /** `__module__`, where that is another. */
  readonly home?: string;
}

export interface AttributeRecord extends Placed, AnswerRecord {
  readonly is: 'attribute';
  readonly kind: 'attribute' | 'property';
  readonly type?: string;
}

export interface AliasRecord extends Placed {
  readonly is: 'alias';
  readonly target: string;
  readonly of?: 'module';
}

export interface ResultRecord {
  readonly is: 'result';
  readonly target: string;
  readonly of: 'call' | 'attribute' | 'instance' | 'item';
  readonly result: string;
  /** A parameter and the literal that it gets; or nothing and the number of positional arguments. */
  readonly case?: readonly [string, string];
}

export interface OperationRecord {
  readonly is: 'operation';
  readonly left: string;
  readonly operator: string;
  readonly right: string;
  readonly result: string;
}

export type PlacedRecord = ModuleRecord | FunctionRecord | ClassRecord | AttributeRecord | AliasRecord;
export type HarvestRecord = PlacedRecord | ResultRecord | OperationRecord;

/** Re-exports of re-exports are followed so far. */
const MOST_ALIASES = 8;

/** What one interpreter says, by place. */
export class Harvest {
  /** By module and name. */
  readonly placed = new Map<string, Map<string, PlacedRecord>>();
  readonly results: ResultRecord[] = [];
  readonly operations: OperationRecord[] = [];

  constructor(jsonLines: string) {
    for (const line of jsonLines.split('\n')) {
      if (line === '') continue;
      const record = JSON.parse(line) as HarvestRecord;
      if (record.is === 'result') this.results.push(record);
      else if (record.is === 'operation') this.operations.push(record);
      else this.add(record);
    }
  }

  private add(record: PlacedRecord): void {
    let names = this.placed.get(record.module);
    if (!names) this.placed.set(record.module, (names = new Map<string, PlacedRecord>()));
    names.set(record.name, record);
  }

  /**
   * Takes over what a CPython of the very version, but of another platform, says about the same things. Modules that
   * the platform replaces are left alone, and so is what it does not have.
   */
  correct(other: Harvest, replaced: ReadonlySet<string>): void {
    for (const [module, names] of other.placed) {
      const own = this.placed.get(module);
      if (!own || replaced.has(module)) continue;
      for (const [name, record] of names) {
        if (own.get(name)?.is === record.is && record.is !== 'alias') own.set(name, record);
      }
    }
  }

  /** The module and the name below it that a qualified name such as `os.stat_result` or `re.Match.group` means. */
  find(qualified: string, steps = 0): { readonly module: string; readonly name: string } | undefined {
    if (steps > MOST_ALIASES) return undefined;
    for (let dot = qualified.lastIndexOf('.'); dot > 0; dot = qualified.lastIndexOf('.', dot - 1)) {
      const names = this.placed.get(qualified.slice(0, dot));
      const name = qualified.slice(dot + 1);
      if (names?.get('')?.is === 'alias')
        return this.find(`${(names.get('') as AliasRecord).target}.${name}`, steps + 1);
      if (!names?.has('') && ![...(names?.keys() ?? [])].some(key => key === name.split('.')[0])) continue;
      const at = names?.get(name);
      if (at?.is === 'alias' && at.of !== 'module') return this.find(at.target, steps + 1);
      return { module: qualified.slice(0, dot), name };
    }
    return undefined;
  }
}
