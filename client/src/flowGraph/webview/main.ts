// The picture of a control flow, in its webview: draws what the extension sends, tells what is clicked, and can be walked
// through with the arrow keys.

import type { FlowGraphResult } from '../../../../server/src/lsp/protocol.ts';
import type { FromPicture, PictureState, ToPicture } from '../messages.ts';
import { draw, type Drawing, standalone } from './drawing.ts';

declare function acquireVsCodeApi(): {
  postMessage(message: FromPicture): void;
  setState(state: PictureState): void;
};

const vscode = acquireVsCodeApi();
const canvas = document.getElementById('canvas')!;
const notice = document.getElementById('notice')!;
const legend = document.getElementById('legend')!;

let graph: FlowGraphResult | undefined;
let drawing: Drawing | undefined;
let zoom = 1;
/** The user's choice stays; until there is one, a picture fills the width as far as it can be read. */
let isZoomed = false;
const READABLE = 0.65;

addEventListener('message', ({ data }: MessageEvent<ToPicture>) => {
  switch (data.type) {
    case 'graph': {
      const isSame = graph?.key === data.graph.key && graph.uri === data.graph.uri;
      const focused = isSame ? focusedBlock() : undefined;
      graph = data.graph;
      drawing = draw(graph, data.words, canvas);
      legend.replaceChildren(drawing.legend);
      notice.textContent = data.words.omitted;
      const fitting = Math.max(READABLE, Math.min(1, (innerWidth - 24) / drawing.size.width));
      setZoom(isZoomed || isSame ? zoom : fitting);
      if (!isSame) {
        const [first] = drawing.boxes;
        scrollTo(Math.max(0, (first.x + first.width / 2) * zoom - innerWidth / 2), 0);
      }
      if (focused !== undefined) drawing.blocks.at(focused)?.focus();
      vscode.setState({ uri: graph.uri, key: graph.key });
      return;
    }
    case 'mark':
      mark(data.offsets, data.reveal);
      return;
    case 'stale':
      document.body.classList.toggle('stale', data.why !== undefined);
      notice.textContent = data.why ?? '';
      if (data.clear) clear();
      return;
    case 'copySvg':
      if (drawing) vscode.postMessage({ type: 'copy', text: standalone(drawing) });
  }
});

function clear(): void {
  graph = undefined;
  drawing = undefined;
  canvas.replaceChildren();
  legend.replaceChildren();
}

function mark(offsets: readonly number[], reveal: boolean): void {
  let first: Element | undefined;
  for (const line of canvas.querySelectorAll<SVGElement>('.line')) {
    const isMarked = line.dataset.head !== 'true' && offsets.includes(Number(line.dataset.offset));
    line.classList.toggle('marked', isMarked);
    if (isMarked) first ??= line;
  }
  if (reveal) first?.scrollIntoView({ block: 'center', inline: 'nearest' });
}

function setZoom(to: number): void {
  zoom = Math.min(3, Math.max(0.2, to));
  const svg = drawing?.svg;
  if (!svg || !drawing) return;
  svg.setAttribute('width', String(drawing.size.width * zoom));
  svg.setAttribute('height', String(drawing.size.height * zoom));
}

// ---- Pointer ---------------------------------------------------------------------------------------------------

canvas.addEventListener('click', ({ target }) => {
  const line = (target as Element).closest<SVGElement>('.line');
  const block = (target as Element).closest<SVGElement>('.block');
  if (block) reveal(Number(block.dataset.block), Number(line?.dataset.line ?? 0), false);
});

canvas.addEventListener('dblclick', ({ target }) => {
  const line = (target as Element).closest<SVGElement>('.line');
  const block = (target as Element).closest<SVGElement>('.block');
  if (block) reveal(Number(block.dataset.block), Number(line?.dataset.line ?? 0), true);
});

addEventListener(
  'wheel',
  event => {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    isZoomed = true;
    setZoom(zoom * (event.deltaY < 0 ? 1.1 : 1 / 1.1));
  },
  { passive: false },
);

function reveal(block: number, line: number, focus: boolean): void {
  vscode.postMessage({ type: 'reveal', block, line, focus });
}

// ---- Keys ------------------------------------------------------------------------------------------------------

function focusedBlock(): number | undefined {
  const block = document.activeElement?.closest<SVGElement>('.block')?.dataset.block;
  return block === undefined ? undefined : Number(block);
}

/** The block that an arrow key leads to: along edges up and down, to the neighbour in a layer left and right. */
function neighbour(from: number, key: string): number | undefined {
  if (!graph || !drawing) return undefined;
  const { boxes } = drawing;
  const centre = (i: number): number => boxes[i].x + boxes[i].width / 2;
  const nearest = (candidates: readonly number[]): number | undefined =>
    [...candidates].sort(
      (a, b) => Math.abs(centre(a) - centre(from)) - Math.abs(centre(b) - centre(from)),
    )[0];
  const { edges } = graph;
  switch (key) {
    case 'ArrowDown':
      return (
        edges.find(edge => edge.from === from && edge.kind === 'next')?.to ??
        nearest(edges.filter(edge => edge.from === from).map(({ to }) => to)) ??
        (from + 1 < boxes.length ? from + 1 : undefined)
      );
    case 'ArrowUp':
      return nearest(edges.filter(edge => edge.to === from && !edge.isBack).map(edge => edge.from));
    case 'ArrowLeft':
    case 'ArrowRight': {
      const isLeft = key === 'ArrowLeft';
      const overlaps = (i: number): boolean =>
        boxes[i].y < boxes[from].y + boxes[from].height && boxes[from].y < boxes[i].y + boxes[i].height;
      return nearest(
        boxes
          .map((_, i) => i)
          .filter(
            i => i !== from && overlaps(i) && (isLeft ? centre(i) < centre(from) : centre(i) > centre(from)),
          ),
      );
    }
    case 'Home':
      return 0;
    case 'End':
      return boxes.length - 1;
    default:
      return undefined;
  }
}

addEventListener('keydown', event => {
  if (!drawing) return;
  const { key } = event;
  isZoomed ||= '+=-0'.includes(key);
  if (key === '+' || key === '=') setZoom(zoom * 1.2);
  else if (key === '-') setZoom(zoom / 1.2);
  else if (key === '0') setZoom(1);
  const at = focusedBlock();
  if (at === undefined) {
    if (key.startsWith('Arrow')) drawing.blocks.at(0)?.focus();
    return;
  }
  if (key === 'Enter' || key === ' ') {
    reveal(at, 0, key === 'Enter');
    event.preventDefault();
    return;
  }
  const to = neighbour(at, key);
  if (to === undefined) return;
  event.preventDefault();
  drawing.blocks[to].focus();
  drawing.blocks[to].scrollIntoView({ block: 'nearest', inline: 'nearest' });
  reveal(to, 0, false);
});

vscode.postMessage({ type: 'ready' });
