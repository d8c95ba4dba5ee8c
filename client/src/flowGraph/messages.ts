// What the picture of the control flow and the extension tell each other. The picture runs in a webview.

import type { FlowGraphResult } from '../../../server/src/lsp/protocol.ts';

export type ToPicture =
  /** Draw this. */
  | { readonly type: 'graph'; readonly graph: FlowGraphResult; readonly words: Words }
  /** Mark the lines of the instructions at these offsets; bring the first into view if `reveal`. */
  | { readonly type: 'mark'; readonly offsets: readonly number[]; readonly reveal: boolean }
  /** What is drawn is of an older source, or of another code object: then it is taken away. */
  | { readonly type: 'stale'; readonly why: string | undefined; readonly clear: boolean }
  /** Answer with `copy`. */
  | { readonly type: 'copySvg' };

/** Texts of the picture, in the user's language. */
export interface Words {
  readonly jump: string;
  readonly back: string;
  readonly next: string;
  readonly exception: string;
  readonly suspends: string;
  /** `{0} more blocks are not drawn`, filled in; empty if all are. */
  readonly omitted: string;
}

export type FromPicture =
  | { readonly type: 'ready' }
  /** Show where a line comes from; move the focus there if `focus`. */
  | { readonly type: 'reveal'; readonly block: number; readonly line: number; readonly focus: boolean }
  | { readonly type: 'copy'; readonly text: string };

/** What a picture remembers over a reload of the window. */
export interface PictureState {
  readonly uri: string;
  readonly key: string;
}
