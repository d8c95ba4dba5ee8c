// Draws a graph as SVG: a box for each block with its lines, edges as curves whose form says their kind (dotted where
// execution just goes on, dashed for exceptions, bold for loops), so that nothing is said by colour alone.

import type { FlowGraphBlock, FlowGraphEdge, FlowGraphResult } from '../../../../server/src/lsp/protocol.ts';
import type { Words } from '../messages.ts';
import { type Box, place, type Point, type Size } from './layout.ts';

export interface Drawing {
  readonly svg: SVGSVGElement;
  readonly blocks: readonly SVGGElement[];
  readonly boxes: readonly Box[];
  readonly size: Size;
  readonly legend: DocumentFragment;
}

const SVG = 'http://www.w3.org/2000/svg';
const FONT_SIZE = 12;
const LINE_HEIGHT = 17;
const PADDING = 8;
const INDENT = 14;
/** Longer lines are cut: their whole text is in the tooltip. */
const MOST_CHARACTERS = 48;

function element<Name extends keyof SVGElementTagNameMap>(
  name: Name,
  attributes: Readonly<Record<string, string | number>> = {},
  ...children: (Node | string)[]
): SVGElementTagNameMap[Name] {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  made.append(...children);
  return made;
}

/** Draws a graph into `parent`, in the place of what is there. */
export function draw(graph: FlowGraphResult, words: Words, parent: HTMLElement): Drawing {
  const character = characterWidth();
  const sizes = graph.blocks.map((block, i) => sizeOf(block, handlersOf(graph, i), character));
  const edges = drawnEdges(graph);
  const { boxes, paths, size } = place(edges, sizes);
  const svg = element('svg', {
    viewBox: `0 0 ${size.width} ${size.height}`,
    role: 'group',
    'aria-label': graph.key,
  });
  svg.append(element('defs', {}, arrowHead('head'), arrowHead('head-exception')));
  for (const [i, edge] of edges.entries()) svg.append(drawEdge(edge, paths[i], words));
  const blocks = graph.blocks.map((block, i) => drawBlock(graph, i, block, boxes[i], words));
  svg.append(...blocks);
  parent.replaceChildren(svg);
  return { svg, blocks, boxes, size, legend: legendOf(graph, words) };
}

/**
 * Of the edges of exceptions that are handled at one place those from where the handler begins to be in force: from every
 * block they would hide all else. Each block tells its handlers.
 */
function drawnEdges({ edges }: FlowGraphResult): FlowGraphEdge[] {
  const covered = new Set(
    edges.filter(({ kind }) => kind === 'exception').map(({ from, to }) => `${from} ${to}`),
  );
  return edges.filter(({ from, to, kind }) => kind !== 'exception' || !covered.has(`${from - 1} ${to}`));
}

/** The labels of the blocks that handle what a block raises. */
const handlersOf = ({ blocks, edges }: FlowGraphResult, index: number): string =>
  edges
    .filter(({ from, kind }) => from === index && kind === 'exception')
    .map(({ to }) => blocks[to].label ?? '')
    .join(', ');

function characterWidth(): number {
  const context = document.createElement('canvas').getContext('2d');
  if (!context) return FONT_SIZE * 0.6;
  context.font = `${FONT_SIZE}px ${getComputedStyle(document.body).getPropertyValue('--vscode-editor-font-family')}`;
  return context.measureText('M'.repeat(20)).width / 20;
}

const cut = (text: string): string =>
  text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS - 1)}…` : text;

/** A label stands on a line of its own, beside it the handlers. */
const hasTop = ({ label }: FlowGraphBlock, handlers: string): boolean =>
  label !== undefined || handlers !== '';

function sizeOf(block: FlowGraphBlock, handlers: string, character: number): Size {
  const widths = block.lines.map(
    ({ text, isHead, suspends }) =>
      cut(text).length * character + (isHead ? 0 : INDENT) + (suspends ? 20 : 0),
  );
  const top = `${block.label ?? ''}:   try → ${handlers}`.length * character;
  const rows = block.lines.length + (hasTop(block, handlers) ? 1 : 0);
  return {
    width: Math.ceil(Math.max(60, handlers === '' ? 0 : top, ...widths)) + 2 * PADDING,
    height: rows * LINE_HEIGHT + 2 * PADDING - 4,
  };
}

function drawBlock(
  graph: FlowGraphResult,
  index: number,
  block: FlowGraphBlock,
  { x, y, width, height }: Box,
  words: Words,
): SVGGElement {
  const group = element('g', {
    class: `block${block.isHandler ? ' handler' : ''}`,
    transform: `translate(${x} ${y})`,
    tabindex: 0,
    role: 'button',
    'aria-label': spoken(graph, index, words),
    'data-block': index,
  });
  group.append(element('rect', { class: 'box', width, height, rx: 4 }));
  let row = 0;
  const baseline = (): number => PADDING + row * LINE_HEIGHT + FONT_SIZE;
  const handlers = handlersOf(graph, index);
  if (hasTop(block, handlers)) {
    const label = block.label === undefined ? '' : `${block.label}:`;
    group.append(element('text', { class: 'label', x: PADDING, y: baseline() }, label));
    if (handlers !== '') {
      const place = { class: 'tries', x: width - PADDING, y: baseline(), 'text-anchor': 'end' };
      group.append(element('text', place, `try → ${handlers}`));
    }
    row++;
  }
  block.lines.forEach(({ text, isHead, offset, suspends }, i) => {
    const line = element('g', {
      class: `line${isHead ? ' source' : ''}`,
      'data-line': i,
      'data-offset': offset,
      'data-head': String(isHead),
    });
    const top = PADDING + row * LINE_HEIGHT - 2;
    line.append(element('rect', { class: 'back', x: 1, y: top, width: width - 2, height: LINE_HEIGHT }));
    line.append(
      element('text', { x: PADDING + (isHead ? 0 : INDENT), y: baseline() }, ...textOf(cut(text), isHead)),
    );
    if (suspends) {
      const mark = element('g', { class: 'suspends' }, element('title', {}, words.suspends));
      for (const x of [width - PADDING - 10, width - PADDING - 4])
        mark.append(element('rect', { class: 'bar', x, y: baseline() - 9, width: 3, height: 10 }));
      line.append(mark);
    }
    line.append(element('title', {}, text));
    group.append(line);
    row++;
  });
  return group;
}

/** An opcode's name and its argument look different. */
function textOf(text: string, isHead: boolean): (Node | string)[] {
  const space = text.indexOf(' ');
  if (isHead || space < 0) return [element('tspan', { class: isHead ? 'code' : 'opcode' }, text)];
  return [
    element('tspan', { class: 'opcode' }, text.slice(0, space)),
    element('tspan', { class: 'argument' }, text.slice(space)),
  ];
}

/** What a screen reader says of a block: its lines, and where it leads. */
function spoken({ blocks, edges }: FlowGraphResult, index: number, words: Words): string {
  const nameOf = (i: number): string => blocks[i].label ?? blocks[i].lines.at(0)?.text ?? String(i);
  const leads = edges
    .filter(({ from }) => from === index)
    .map(edge => `${kindWord(edge, words)}: ${nameOf(edge.to)}`);
  const { label, lines } = blocks[index];
  return [label ?? '', ...lines.map(({ text }) => text), ...leads].filter(part => part !== '').join(', ');
}

function kindWord({ kind, isBack }: FlowGraphEdge, words: Words): string {
  if (kind === 'exception') return words.exception;
  return isBack ? words.back : kind === 'jump' ? words.jump : words.next;
}

// ---- Edges -----------------------------------------------------------------------------------------------------

const edgeClass = ({ kind, isBack }: FlowGraphEdge): string => `edge ${kind}${isBack ? ' back' : ''}`;

function drawEdge(edge: FlowGraphEdge, points: readonly Point[], words: Words): SVGPathElement {
  const head = edge.kind === 'exception' ? 'head-exception' : 'head';
  const path = element('path', { class: edgeClass(edge), d: curve(points), 'marker-end': `url(#${head})` });
  path.append(element('title', {}, kindWord(edge, words)));
  return path;
}

/** Through the first and last point, and rounded at the bends between. */
function curve(points: readonly Point[]): string {
  const at = ({ x, y }: Point): string => `${x.toFixed(1)} ${y.toFixed(1)}`;
  const parts = [`M ${at(points[0])}`];
  for (let i = 1; i + 1 < points.length; i++) {
    const next = points[i + 1];
    const middle =
      i + 2 < points.length ? { x: (points[i].x + next.x) / 2, y: (points[i].y + next.y) / 2 } : next;
    parts.push(`Q ${at(points[i])} ${at(middle)}`);
  }
  if (points.length === 2) parts.push(`L ${at(points[1])}`);
  return parts.join(' ');
}

function arrowHead(id: string): SVGMarkerElement {
  return element(
    'marker',
    {
      id,
      viewBox: '0 0 8 8',
      refX: 7,
      refY: 4,
      markerWidth: 8,
      markerHeight: 8,
      markerUnits: 'userSpaceOnUse',
      orient: 'auto',
    },
    element('path', { class: id, d: 'M 0 0 L 8 4 L 0 8 z' }),
  );
}

/** The kinds of edges that there are, as they are drawn. */
function legendOf({ edges }: FlowGraphResult, words: Words): DocumentFragment {
  const legend = document.createDocumentFragment();
  const seen = new Set<string>();
  for (const edge of edges) {
    const word = kindWord(edge, words);
    if (seen.has(word)) continue;
    seen.add(word);
    const entry = document.createElement('span');
    const line = element('svg', { width: 28, height: 10, 'aria-hidden': 'true' });
    line.append(element('path', { class: edgeClass(edge), d: 'M 0 5 L 28 5' }));
    entry.append(line, ` ${word}`);
    legend.append(entry);
  }
  return legend;
}

// ---- A file of its own -----------------------------------------------------------------------------------------

/** What is copied of each element's style: colours of the theme, as they are now. */
const STYLES = [
  'fill',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'font-family',
  'font-size',
  'font-weight',
  'font-style',
];

/** The picture as an SVG file, which needs no style sheet. */
export function standalone({ svg, size }: Drawing): string {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const originals = svg.querySelectorAll<SVGElement>('*');
  copy.querySelectorAll<SVGElement>('*').forEach((made, i) => {
    const style = getComputedStyle(originals[i]);
    const own = STYLES.map(name => `${name}:${style.getPropertyValue(name)}`).join(';');
    if (/^(?:rect|path|text|tspan)$/.test(made.tagName)) made.setAttribute('style', own);
    for (const name of [
      'tabindex',
      'role',
      'aria-label',
      'data-block',
      'data-line',
      'data-offset',
      'data-head',
    ])
      made.removeAttribute(name);
  });
  copy.setAttribute('xmlns', SVG);
  copy.setAttribute('width', String(size.width));
  copy.setAttribute('height', String(size.height));
  const background = getComputedStyle(document.body).getPropertyValue('--vscode-editor-background');
  copy.prepend(element('rect', { width: size.width, height: size.height, fill: background }));
  return new XMLSerializer().serializeToString(copy);
}
