// Evaluates expressions as far as the sources tell what they give. Nothing runs: names lead to their bindings,
// attributes to classes and modules, calls to what functions return. The parts are in the files beside; this one
// holds the caches, which live with the modules, and the budget of a request.
import type { Expression, Lambda } from '../../python/ast/expressions.ts';
import type { ClassDef, FunctionDef } from '../../python/ast/nodes.ts';
import { NodeKind } from '../../python/ast/kinds.ts';
import { ConstantType } from '../../python/constants/values.ts';
import type { SymbolTableEntry } from '../../python/symtable/entry.ts';
import { BlockType } from '../../python/symtable/flags.ts';
import { mangledIn } from '../../python/symtable/mangle.ts';
import { decorated } from '../callables/decorators.ts';
import { attributeOf } from '../classes/attribute.ts';
import { isSubclass, metaclassOf } from '../classes/mro.ts';
import { qualnameIn } from '../classes/names.ts';
import type {
  CallArguments,
  Class,
  ClassValue,
  Evaluator,
  Frame,
  FunctionValue,
  Module,
  Modules,
  EvaluationScope,
  SourceClass,
  SourceModule,
  Value,
  Values,
} from '../values.ts';
import { annotationValues } from './annotations.ts';
import { valueArguments, writtenArguments } from './arguments.ts';
import { type Binding, type BlockIndex, indexBlock } from './bindings.ts';
import { bindingValues } from './bindingValues.ts';
import { callResult } from './calls.ts';
import { collectGlobalWrites, instanceAttribute, ownMember, subclassMember } from './classMembers.ts';
import { itemsOf } from './containers.ts';
import {
  type Arguments,
  type AttributeWrite,
  type Context,
  frameOf,
  type InstanceDetails,
  type ModuleCache,
} from './context.ts';
import { expressionValues } from './expressions.ts';
import type { FlowPoint } from './flow.ts';
import { binds, bundledMember, moduleMember } from './imports.ts';
import { moduleFlow, nameValues } from './lookup.ts';
import { DEFAULT_BUDGET, type Memo, Memory, type Reads } from './memo.ts';
import { classAround } from './methods.ts';
import { madeClass } from './madeClass.ts';
import { classOfBody } from './parameters.ts';
import { movedAttribute } from './sixMoves.ts';
import { inferredLike, UNKNOWN } from './unions.ts';
import { wellKnownAttribute } from './wellKnown.ts';

/** Makes an evaluator. Its caches hang on the modules: a module that is replaced takes them with it. */
export function createEvaluator(modules: Modules): RequestEvaluator {
  return new SourceEvaluator(modules);
}

export interface RequestEvaluator extends Evaluator {
  /** Runs something with one budget for all that it asks. */
  request<T>(run: () => T): T;
}

interface FrameCache {
  readonly expressions: Memo<Expression>;
  readonly annotations: Memo<Expression>;
  readonly bindings: Memo<Binding>;
  readonly classes: Map<ClassDef, SourceClass>;
  readonly madeClasses: Memo<ClassDef>;
}

const NO_WRITES: readonly AttributeWrite[] = [];

/** The type of what is no instance that is written down as one. */
function typeName(value: Value): string | undefined {
  switch (value.type) {
    case 'function':
    case 'method':
    case 'module':
      return `builtins.${value.type}`;
    case 'class':
      return 'builtins.type';
    case 'builtin':
      return value.function.type;
    case 'partial':
      return 'functools.partial';
    default:
      return undefined;
  }
}

class SourceEvaluator implements Context, RequestEvaluator {
  frames = 0;
  private readonly memory = new Memory(DEFAULT_BUDGET);
  private readonly caches = new WeakMap<SourceModule, ModuleCache>();
  private readonly frameCaches = new WeakMap<Frame, FrameCache>();

  constructor(readonly modules: Modules) {}

  get mayGoOn(): boolean {
    return this.memory.mayGoOn;
  }

  get requestNumber(): number {
    return this.memory.requestNumber;
  }

  request<T>(run: () => T): T {
    return this.memory.open(run);
  }

  // ---- Expressions ---------------------------------------------------------------------------------------------

  evaluate(expression: Expression, scope: EvaluationScope): Values {
    const place = this.inFrame(scope);
    const cache = place.frame ? this.frameCache(place.frame) : this.cache(place.module);
    return this.memory.compute(cache.expressions, expression, false, () =>
      expressionValues(this, expression, place),
    );
  }

  annotation(expression: Expression, scope: EvaluationScope): Values {
    // The annotations of a function stand around it, and depend on its call all the same.
    const cache = scope.frame ? this.frameCache(scope.frame) : this.cache(scope.module);
    return this.memory.compute(cache.annotations, expression, false, () =>
      annotationValues(this, expression, scope),
    );
  }

  binding(binding: Binding, scope: EvaluationScope): Values {
    const place = this.inFrame(scope);
    const cache = place.frame ? this.frameCache(place.frame) : this.cache(place.module);
    return this.memory.compute(cache.bindings, binding, false, () => bindingValues(this, binding, place));
  }

  name(spelled: string, scope: EvaluationScope): Values {
    return nameValues(this, spelled, scope);
  }

  memo<Key>(memo: Memo<Key>, key: Key, compute: () => Values): Values {
    return this.memory.compute(memo, key, true, compute);
  }

  read(what: Reads): void {
    this.memory.read(what);
  }

  /** Without the calls that the block is not in. */
  private inFrame(scope: EvaluationScope): EvaluationScope {
    if (!scope.frame) return scope;
    const frame = frameOf(scope.entry, scope.frame);
    return frame === scope.frame ? scope : { ...scope, frame };
  }

  // ---- Members -------------------------------------------------------------------------------------------------

  moduleMember(module: Module, name: string): Values {
    return moduleMember(this, module, name);
  }

  ownMember(cls: Class, name: string): Values {
    switch (cls.kind) {
      case 'source':
        return ownMember(this, cls, name);
      case 'synthetic':
        return cls.members.get(name) ?? UNKNOWN;
      case 'class': {
        const member = cls.member(name);
        return member ? bundledMember(this, member) : UNKNOWN;
      }
    }
  }

  subclassMember(cls: SourceClass, name: string): Values {
    return subclassMember(this, cls, name);
  }

  instanceAttribute(cls: SourceClass, name: string): Values {
    return instanceAttribute(this, cls, name);
  }

  attribute(value: Value, name: string, scope: EvaluationScope): Values {
    const moved = movedAttribute(this, value, name);
    if (moved.length > 0) return moved;
    const values = inferredLike(value, attributeOf(this, value, name, scope));
    return values.length > 0 || !name.startsWith('__') ? values : wellKnownAttribute(this, value, name);
  }

  items(value: Value, scope: EvaluationScope): Values {
    return itemsOf(this, value, scope);
  }

  // ---- Calls ---------------------------------------------------------------------------------------------------

  call(value: Value, call: CallArguments, scope: EvaluationScope): Values {
    return this.callWith(value, writtenArguments(this, call, scope), scope);
  }

  apply(value: Value, args: readonly Values[], scope: EvaluationScope): Values {
    return this.callWith(value, valueArguments(args, scope), scope);
  }

  callWith(value: Value, args: Arguments, scope: EvaluationScope): Values {
    if (!this.mayGoOn) return UNKNOWN;
    const values = callResult(this, value, args, scope);
    return inferredLike(value.type === 'method' ? value.self : value, values);
  }

  decorated(value: FunctionValue | ClassValue, scope: EvaluationScope): Values {
    return decorated(this, value, scope);
  }

  // ---- Classes and functions -----------------------------------------------------------------------------------

  functionValue(node: FunctionDef | Lambda, scope: EvaluationScope): FunctionValue {
    const name = node.kind === NodeKind.Lambda ? '<lambda>' : node.name;
    if (scope.frame) return { type: 'function', name, module: scope.module, node, scope };
    const { functions } = this.cache(scope.module);
    let value = functions.get(node);
    if (!value) functions.set(node, (value = { type: 'function', name, module: scope.module, node, scope }));
    return value;
  }

  sourceClass(node: ClassDef, scope: EvaluationScope): SourceClass {
    const place = this.inFrame(scope);
    const classes = place.frame ? this.frameCache(place.frame).classes : this.cache(place.module).classes;
    let cls = classes.get(node);
    if (!cls) {
      const { module, entry: around } = place;
      const entry = module.analysis.symbolTable.block(node) ?? around;
      const name = mangledIn(around, node.name);
      cls = {
        kind: 'source',
        name: node.name,
        qualname: qualnameIn(around, name),
        module,
        node,
        entry,
        scope: { ...place, offset: node.start },
      };
      classes.set(node, cls);
    }
    return cls;
  }

  madeClass(cls: SourceClass): Values {
    const { frame } = cls.scope;
    const { madeClasses } = frame ? this.frameCache(frame) : this.cache(cls.module);
    return this.memory.compute(madeClasses, cls.node, true, () => madeClass(this, cls));
  }

  classAround({ module, entry }: EvaluationScope): SourceClass | undefined {
    for (let block: SymbolTableEntry | null = entry; block; block = block.parent) {
      if (block.type === BlockType.Class) return classOfBody(this, module, block);
      const body = classAround(block);
      if (body) return classOfBody(this, module, body);
    }
    return undefined;
  }

  isInstance(value: Value, cls: Class): boolean {
    const type = typeName(value);
    const own = type === undefined ? undefined : this.classNamed(type);
    if (value.type === 'class') {
      const metaclass = metaclassOf(this, value.class) ?? own;
      return metaclass !== undefined && isSubclass(this, metaclass, cls);
    }
    if (value.type === 'instance') return isSubclass(this, value.class, cls);
    return own !== undefined && isSubclass(this, own, cls);
  }

  instance(qualified: string, details?: InstanceDetails): Values {
    const cls = this.classNamed(qualified);
    return cls ? [{ type: 'instance', class: cls, ...details }] : UNKNOWN;
  }

  stringOf(value: Value): string | undefined {
    return value.type === 'instance' && value.constant?.type === ConstantType.Str
      ? value.constant.value
      : undefined;
  }

  // ---- By name -------------------------------------------------------------------------------------------------

  builtinClass(qualified: string): Class | undefined {
    return this.classNamed(qualified);
  }

  classNamed(qualified: string): Class | undefined {
    const bundled = this.modules.bundled.classNamed(qualified);
    if (bundled?.module === 'builtins') return bundled;
    const dot = bundled ? bundled.module.length : qualified.lastIndexOf('.');
    const qualname = bundled ? bundled.qualname : qualified.slice(dot + 1);
    const module = this.modules.module(bundled ? bundled.module : qualified.slice(0, dot));
    if (module?.kind !== 'source') return bundled;
    const [first, ...rest] = qualname.split('.');
    let values = this.moduleMember(module, first);
    // A form of typing that a class statement defines: Annotated before 3.13.
    if (values.some(({ type }) => type === 'opaque')) values = this.classStatement(module, first);
    for (const name of rest)
      values = values.flatMap(value => (value.type === 'class' ? this.ownMember(value.class, name) : []));
    const found = values.find(value => value.type === 'class');
    return found?.type === 'class' ? found.class : bundled;
  }

  private classStatement(module: SourceModule, name: string): Values {
    const { top } = module.analysis.symbolTable;
    return (this.index(module, top).bindings.get(name) ?? []).flatMap((binding): Values =>
      binding.type === 'class'
        ? [
            {
              type: 'class',
              class: this.sourceClass(binding.node, {
                module,
                entry: top,
                offset: binding.start,
                frame: undefined,
              }),
            },
          ]
        : [],
    );
  }

  builtin(name: string): Values {
    const member = this.modules.bundled.module('builtins')?.member(name);
    return member ? bundledMember(this, member) : UNKNOWN;
  }

  binds(module: SourceModule, name: string): boolean {
    return binds(this, module, name);
  }

  globalWrites(module: SourceModule, name: string): readonly AttributeWrite[] {
    const cache = this.cache(module);
    cache.globalWrites ??= collectGlobalWrites(this, module);
    return cache.globalWrites.get(name) ?? NO_WRITES;
  }

  moduleFlow(module: SourceModule, name: string): readonly FlowPoint[] {
    return moduleFlow(this, module, name);
  }

  isLibrary(module: SourceModule): boolean {
    const { bundled } = this.modules;
    const { name } = module;
    return bundled.module(name) !== undefined && this.modules.module(name) === module;
  }

  // ---- Caches --------------------------------------------------------------------------------------------------

  index(module: SourceModule, entry: SymbolTableEntry): BlockIndex {
    const { indexes } = this.cache(module);
    let index = indexes.get(entry);
    if (!index) indexes.set(entry, (index = indexBlock(entry, module.analysis.text)));
    return index;
  }

  cache(module: SourceModule): ModuleCache {
    let cache = this.caches.get(module);
    if (!cache) {
      cache = {
        indexes: new Map(),
        classes: new Map(),
        subclasses: new Map(),
        functions: new Map(),
        madeClasses: new Map(),
        expressions: new Map(),
        annotations: new Map(),
        bindings: new Map(),
        results: new Map(),
        members: new Map(),
        classMembers: new WeakMap(),
        instanceAttributes: new WeakMap(),
        attributeWrites: new Map(),
        globalWrites: undefined,
        contents: new Map(),
        passed: new Map(),
        calls: undefined,
        failing: new Map(),
        decisions: new Map(),
        constantResults: new Map(),
        starExports: new Map(),
        exportedNames: undefined,
      };
      this.caches.set(module, cache);
    }
    return cache;
  }

  private frameCache(frame: Frame): FrameCache {
    let cache = this.frameCaches.get(frame);
    if (!cache) {
      cache = {
        expressions: new Map(),
        annotations: new Map(),
        bindings: new Map(),
        classes: new Map(),
        madeClasses: new Map(),
      };
      this.frameCaches.set(frame, cache);
    }
    return cache;
  }
}
