// What CoLens says over the wire beyond the Language Server Protocol: its requests, its command, its settings and
// its initialization options. Types and names only, no imports: the VS Code client reads this file and nothing
// else of the server. PROTOCOL.md says the same to writers of other clients.

/** A position as in the Language Server Protocol: line from 0, character in UTF-16 code units from 0. */
export interface Position {
  line: number;
  character: number;
}

/** A range as in the Language Server Protocol: `end` is exclusive. */
export interface Range {
  start: Position;
  end: Position;
}

// ---- Requests ----------------------------------------------------------------------------------------------

/** `CodeObjectParams` → `CodeObjectResult | null`; null where the document has no such code object. */
export const codeObjectRequest = 'colens/codeObject';

/**
 * Names a code object of an open document. By `qualname` (or `key`) if there is one; else the innermost code object
 * around `range`, or at `position`; else the module's.
 */
export interface CodeObjectParams {
  textDocument: { uri: string };
  position?: Position;
  range?: Range;
  /**
   * A qualified name (`C.method.<locals>.<lambda>`, `<module>`), or a key: the name with `#2`, `#3`… for the
   * second, third… code object of that name, in the order of the source.
   */
  qualname?: string;
  /** Answer for this version instead of the setting's: `3.12` or `3.12.7`. */
  target?: string;
  /** Leave out of `text` what differs wherever something before it does: offsets, arrows, numbers of arguments. */
  forComparison?: boolean;
}

/**
 * `CodeObjectParams` → `CodeObjectKey | null`: only which code object it is. Clients that follow a cursor ask for this
 * first.
 */
export const codeObjectKeyRequest = 'colens/codeObjectKey';

export interface CodeObjectKey {
  /** As in `CodeObjectResult`. */
  key: string;
  /** As in `CodeObjectResult`. */
  target: string;
}

export interface CodeObjectResult {
  uri: string;
  /** CPython's co_qualname; `<module>` for the file itself. */
  qualname: string;
  /** `qualname`, with `#2`… where there are several: send it back to get this code object again after an edit. */
  key: string;
  /** The version that the answer is for, `3.13.18`. */
  target: string;
  /** The listing for people: features/codeObjectView.ts describes its form. */
  text: string;
  /** The key of the code object that this one is a constant of; null for the file itself. */
  parent: string | null;
  /** The keys of the code objects among its constants, in the order of the source. */
  children: string[];
  /** Why there is no bytecode, if that is the fault of the code object's own text; `line` is from 1. */
  error?: { message: string; line: number };
  /** The source that the code object was made of: the whole def, class, lambda, comprehension or file. */
  range: Range;
  /** What to reveal: the keyword and name of a def or class; the same as `range` for the others. */
  selectionRange: Range;
  /** Where lines of `text` lead to, in ascending order of lines: nested code objects, causes of flags, variables. */
  links: CodeObjectLink[];
  /** What `text` can be folded into, in ascending order of `startLine`: its tables, and what each source line became. */
  sections: CodeObjectSection[];
  /** The lines of `text` that are instructions, in ascending order; none where there is no bytecode. */
  instructions: CodeObjectInstruction[];
  /** The facts in the canonical form of `colens dump`, nested code objects under `children`. */
  code: CodeObjectFacts;
}

/** Part of a line of the listing, and the source it speaks of. */
export interface CodeObjectLink {
  /** Line of `CodeObjectResult.text`, from 0, and columns in it. */
  line: number;
  startCharacter: number;
  endCharacter: number;
  /** The place in the document that the code object is from. */
  target: Range;
}

/** Lines of the listing that belong together; both from 0 and inclusive. */
export interface CodeObjectSection {
  title: string;
  /** `line`: what a line of the source became; it lies inside the section `instructions`. */
  kind: 'section' | 'line';
  startLine: number;
  endLine: number;
}

/** A line of the listing with an instruction. */
export interface CodeObjectInstruction {
  /** From 0. */
  line: number;
  /** Its byte in co_code. */
  offset: number;
  /** Where it comes from: `co_positions()`; a whole line before 3.11, nothing where the tables tell nothing. */
  source?: Range;
}

/** A code object in the canonical form; keys are those of CPython without `co_`. */
export interface CodeObjectFacts {
  name: string;
  qualname?: string;
  argcount: number;
  posonlyargcount: number;
  kwonlyargcount: number;
  nlocals: number;
  flags: number;
  firstlineno: number;
  varnames: string[];
  cellvars: string[];
  freevars: string[];
  children: CodeObjectFacts[];
}

/** `PassTextParams` → `PassTextResult | null`; null where the document is not open. */
export const passTextRequest = 'colens/passText';

/** The passes whose results are shown as text: those of `python -m tokenize -e`, `python -m ast`, `python -m symtable`. */
export type Pass = 'tokens' | 'ast' | 'symtable';

export interface PassTextParams {
  textDocument: { uri: string };
  pass: Pass;
  /** Answer for this version instead of the setting's: `3.12` or `3.12.7`. */
  target?: string;
}

export interface PassTextResult {
  uri: string;
  pass: Pass;
  /** The version that the answer is for, `3.13.18`. */
  target: string;
  /** What CPython's module prints; empty if there is an `error`. */
  text: string;
  /** Why the pass refuses the source; `line` is from 1. */
  error?: { message: string; line: number };
  /** Which lines of `text` (from 0) come from where, ascending; of several for one line the first is the main one. */
  places: { line: number; source: Range }[];
  /** Lines of `text` that belong to a function, class or block; from 0, inclusive, ascending by `startLine`. */
  sections: { title: string; startLine: number; endLine: number }[];
}

/** `{ textDocument }` → `CodeObjectTree | null`; null where the document is not open. */
export const codeObjectTreeRequest = 'colens/codeObjectTree';

export interface CodeObjectTree {
  /** The version that the answer is for, `3.13.18`. */
  target: string;
  /** Parents before their children, children in the order of the source; the first is the file itself. */
  items: CodeObjectTreeItem[];
}

export interface CodeObjectTreeItem {
  /** As in `CodeObjectResult`. */
  key: string;
  name: string;
  /** The index of the item that has this one among its constants; null for the file itself. */
  parent: number | null;
  kind: 'module' | 'class' | 'function' | 'lambda' | 'comprehension' | 'annotations';
  firstlineno: number;
  /** The flags that not every function has, `CO_GENERATOR`. */
  flags: string[];
  /** Without `__class__` and its like, which the compiler makes up. */
  cellvars: string[];
  freevars: string[];
  /** As in `CodeObjectResult`. */
  range: Range;
  selectionRange: Range;
}

/** `InstructionParams` → `InstructionResult | null`; null where there is no such instruction. */
export const instructionRequest = 'colens/instruction';

export interface InstructionParams extends CodeObjectParams {
  /** The instruction's byte in co_code. */
  offset: number;
}

/** What there is to say of an instruction. */
export interface InstructionResult {
  opname: string;
  /** The argument, and what it means; null if it has none. */
  argument: string | null;
  /** What the opcode does in this version. */
  description: string;
  /** How many code units of inline cache follow. */
  caches: number;
  /** The expressions that lie on the stack, the bottom first; null where no path leads. */
  before: string[] | null;
  /** Where the next instruction goes on, and where it jumps; null where it does not. */
  after: string[] | null;
  afterJump: string[] | null;
}

/** `CodeObjectParams` → `FlowGraphResult | null`; null where there is no such code object. */
export const flowGraphRequest = 'colens/flowGraph';

export interface FlowGraphResult {
  uri: string;
  /** As in `CodeObjectResult`. */
  key: string;
  target: string;
  /** Basic blocks in the order of the bytecode; the first is where execution begins. */
  blocks: FlowGraphBlock[];
  edges: FlowGraphEdge[];
  /** How many blocks were left out: of large graphs the first ones are there. */
  omitted: number;
  /** The same in the notation of Mermaid. */
  mermaid: string;
  /** Why there is no bytecode, `line 3: SyntaxError: invalid syntax`; then there are no blocks. */
  none?: string;
}

export interface FlowGraphBlock {
  /** `L3`, as in the listing, where something jumps there. */
  label?: string;
  /** Whether exceptions lead here. */
  isHandler: boolean;
  lines: FlowGraphLine[];
}

export interface FlowGraphLine {
  text: string;
  /** The head of a source line; else an instruction. */
  isHead: boolean;
  /** The offset in co_code of the instruction, or of the first one of the line. */
  offset: number;
  /** Where it comes from. */
  source?: Range;
  /** The frame is suspended here: `yield`, `await`. */
  suspends: boolean;
}

export interface FlowGraphEdge {
  /** Indices of blocks. */
  from: number;
  to: number;
  /** By going on, by a jump, or where what is raised is handled. */
  kind: 'next' | 'jump' | 'exception';
  /** Leads to the block itself or one before it. */
  isBack: boolean;
}

/** `PycParams` → `PycResult`: what is in a .pyc file. */
export const pycRequest = 'colens/pyc';

export interface PycParams {
  /** The name of the file, to be shown. */
  name: string;
  /** Base64. */
  bytes: string;
  /** The source as it is now, if there is one: its bytes in base64, and when it was written, in seconds since 1970. */
  source?: { bytes: string; mtime: number };
  /** The level of -O that the file's name tells. */
  optimize?: number;
}

export interface PycResult {
  /** Header, verdict and bytecode, for people. */
  text: string;
  /** The version that wrote the file, `3.13`; null if it is damaged. */
  version: string | null;
  /** As `colens verify` says it: `match: CPython 3.13.18`, `differs: …`, `stale: …`, `no source`, `corrupt: …`. */
  verdict: string;
  /** The code objects, by lines of `text` from 0, inclusive. */
  sections: { title: string; startLine: number; endLine: number }[];
}

/** no parameters → `TargetsResult` */
export const targetsRequest = 'colens/targets';

export interface TargetsResult {
  /** The one that answers now. */
  current: CurrentTarget;
  /** All versions that can be asked for, oldest first. */
  targets: TargetVersion[];
}

export interface TargetVersion {
  /** What to write into the setting, `3.13`. */
  series: string;
  /** The patch level that the series stands for, `3.13.18`. */
  version: string;
}

/** The version that answers, and why it is that. */
export interface CurrentTarget extends TargetVersion {
  /** Where it is from, for people: `the setting colens.target`, `.python-version`. */
  from: string;
  /** What is wrong with the setting, or with where the version might have been from; for people. */
  problem?: string;
}

/** A notification of the server with a `CurrentTarget`, see `InitializationOptions.targetChanged`. */
export const targetChangedNotification = 'colens/targetChanged';

/** A notification without parameters: the user trusts the workspace now, see `InitializationOptions.trusted`. */
export const trustedNotification = 'colens/trusted';

// ---- Commands ----------------------------------------------------------------------------------------------

/** The server's command, for `workspace/executeCommand`: one argument, `CodeObjectParams`; → `CodeObjectResult | null`. */
export const codeObjectCommand = 'colens.codeObject';

/**
 * The client's command that shows a code object: one argument, `ShowCodeObjectArguments`. Lenses and links in hovers
 * invoke it if the client has named it in `InitializationOptions.showCodeObjectCommand`.
 */
export const showCodeObjectCommand = 'colens.showCodeObject';

export interface ShowCodeObjectArguments {
  uri: string;
  /** As in `CodeObjectResult`. */
  key: string;
}

// ---- Settings ----------------------------------------------------------------------------------------------

/** The section that `workspace/configuration` asks for, and the prefix of the settings' names. */
export const settingsSection = 'colens';

/** `auto` leaves it to the client, which knows the other extensions and may answer `on` or `off` instead. */
export type Switch = 'auto' | 'on' | 'off';

/** The settings `colens.*`. */
export interface Settings {
  /**
   * `3.8` … `3.15`, or with a patch level. `auto`: the version of the interpreter that is selected, else what the
   * workspace says in `requires-python`, `.python-version` or a virtual environment, else the newest stable one.
   */
  target: string;
  /**
   * The Python whose library imports are looked for in: an executable or the folder of an environment. Empty: found by
   * convention. It is never run.
   */
  pythonPath: string;
  /** Folders in which modules are looked for first, as in PYTHONPATH; relative ones are below each workspace folder. */
  searchPaths: string[];
  hover: {
    enabled: boolean;
    /** With predicates, documentation, closure variables and suspension points of functions and classes. */
    details: boolean;
  };
  codeLens: {
    enabled: boolean;
    /** Lenses for lambdas, too. */
    lambdas: boolean;
    /** All flags, also those that every function has, and a lens for every def and class. */
    showAllFlags: boolean;
  };
  /**
   * Signature help for callables of the same file. `auto`: registered with a selector so weak (every language) that
   * VS Code asks any other provider for Python first. The client must then ask only for its own documents.
   */
  signatureHelp: Switch;
  /** Syntax errors in the target's words. The server takes `auto` for `on`. */
  diagnostics: Switch;
  /** Report calls that cannot bind, in the words of their TypeError. */
  callDiagnostics: boolean;
  inlayHints: {
    /** The names of parameters at positional arguments. */
    parameterNames: boolean;
  };
}

/** What holds where a setting is absent or makes no sense. */
export const defaultSettings: Settings = {
  target: 'auto',
  pythonPath: '',
  searchPaths: [],
  hover: { enabled: true, details: false },
  codeLens: { enabled: true, lambdas: false, showAllFlags: false },
  signatureHelp: 'auto',
  diagnostics: 'auto',
  callDiagnostics: false,
  inlayHints: { parameterNames: false },
};

// ---- Initialization ------------------------------------------------------------------------------------------

/** `initializationOptions` of `initialize`; everything is optional. */
export interface InitializationOptions {
  /**
   * Settings to begin with; all there is for clients without `workspace/configuration`, which may change them with
   * `workspace/didChangeConfiguration` and `{ settings: { colens: … } }`.
   */
  settings?: unknown;
  /**
   * The client's command to show a code object (VS Code's client: `colens.showCodeObject`). Without it lenses invoke
   * the server's `colens.codeObject`, with the same arguments as `CodeObjectParams`, and hovers have no link.
   */
  showCodeObjectCommand?: string;
  /**
   * False where the user has not said that the workspace is to be trusted: then no link, `.pth` file, virtual
   * environment's `home` or setting of another extension leads out of its folders. True if it is not said.
   */
  trusted?: boolean;
  /**
   * Whether the client wants to hear `colens/targetChanged`. Others are shown what is wrong with the setting `target`
   * as a message.
   */
  targetChanged?: boolean;
}

/** What the script of the server, run as a web worker, wants to be sent before the first message of the protocol. */
export interface WorkerStart {
  /** `library.gz`, which lies beside the script. */
  library: Uint8Array<ArrayBuffer>;
}

/** What `initialize` answers under `capabilities.experimental.colens`. */
export interface ExperimentalCapabilities {
  requests: string[];
}
