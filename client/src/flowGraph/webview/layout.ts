// Places the blocks of a graph and the bends of its edges, in layers from above: sizes in pixels in, places in pixels out.

import { Graph, layout } from '@dagrejs/dagre';

import type { FlowGraphEdge } from '../../../../server/src/lsp/protocol.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** A block's upper left corner and size. */
export type Box = Point & Size;

export interface Placed {
  readonly boxes: readonly Box[];
  /** By edge: from the border of a block over bends to the border of another. */
  readonly paths: readonly (readonly Point[])[];
  readonly size: Size;
}

const BETWEEN_LAYERS = 34;
const BETWEEN_BLOCKS = 28;
const MARGIN = 12;

/** Edges that say how code goes on keep to a straight line where they can; exceptions give way. */
const WEIGHTS = { next: 6, jump: 2, exception: 0 } as const;

export function place(edges: readonly FlowGraphEdge[], sizes: readonly Size[]): Placed {
  const graph = new Graph({ multigraph: true });
  graph.setGraph({
    rankdir: 'TB',
    ranksep: BETWEEN_LAYERS,
    nodesep: BETWEEN_BLOCKS,
    edgesep: 14,
    marginx: MARGIN,
    marginy: MARGIN,
  });
  sizes.forEach(({ width, height }, i) => graph.setNode(String(i), { width, height }));
  edges.forEach(({ from, to, kind, isBack }, i) => {
    // Loops are laid out against the stream, so that the layers keep to the order of the bytecode.
    const [tail, head] = isBack && from !== to ? [to, from] : [from, to];
    graph.setEdge(String(tail), String(head), { weight: WEIGHTS[kind], minlen: 1 }, String(i));
  });
  layout(graph);
  const boxes = sizes.map(({ width, height }, i) => {
    const { x, y } = graph.node(String(i)) as Point;
    return { x: x - width / 2, y: y - height / 2, width, height };
  });
  const paths = edges.map(({ from, to, isBack }, i) => {
    const [tail, head] = isBack && from !== to ? [to, from] : [from, to];
    const { points } = graph.edge(String(tail), String(head), String(i)) as { points: Point[] };
    return isBack && from !== to ? [...points].reverse() : points;
  });
  const { width = 0, height = 0 } = graph.graph() as Partial<Size>;
  return { boxes, paths, size: { width, height } };
}
