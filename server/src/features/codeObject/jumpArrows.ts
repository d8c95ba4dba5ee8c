// The arrows left of a listing's instructions, from each jump to where it leads:
//
//     ╭─→  L1:  FOR_ITER        to L2
//     │         …
//     ╰──       JUMP_BACKWARD   to L1
//
// Jumps to one place share an arrow. Shorter arrows run nearer to the instructions. What finds no room has none: the
// text of the jump says where it leads.

/** From one row to another, both from 0. */
export interface Jump {
  readonly from: number;
  readonly to: number;
}

const MOST_LANES = 6;
/** Nobody follows an arrow over more pages than this has rows, and looking for room for them would take time. */
const MOST_LENGTH = 500;

/** An arrow: the rows it spans, where it leads, and from where. */
interface Arrow {
  readonly to: number;
  first: number;
  last: number;
  readonly from: number[];
}

/** What stands left of each of `count` rows: texts of one width, empty if there is no jump. */
export function jumpArrows(count: number, jumps: readonly Jump[]): string[] {
  const lanes: Int32Array[] = [];
  const arrows = arrowsOf(jumps);
  const placed: { readonly arrow: Arrow; readonly lane: number }[] = [];
  for (const arrow of arrows) {
    let lane = lanes.findIndex(rows => isFree(rows, arrow));
    if (lane < 0) {
      if (lanes.length === MOST_LANES) continue;
      lane = lanes.push(new Int32Array(count)) - 1;
    }
    lanes[lane].fill(1, arrow.first, arrow.last + 1);
    placed.push({ arrow, lane });
  }
  if (placed.length === 0) return new Array<string>(count).fill('');
  return drawn(count, lanes.length, placed);
}

/** Shortest first; of the same length the upper one. */
function arrowsOf(jumps: readonly Jump[]): Arrow[] {
  const arrows = new Map<number, Arrow>();
  for (const { from, to } of jumps) {
    if (from === to || Math.abs(from - to) > MOST_LENGTH) continue;
    let arrow = arrows.get(to);
    if (!arrow) arrows.set(to, (arrow = { to, first: to, last: to, from: [] }));
    arrow.first = Math.min(arrow.first, from);
    arrow.last = Math.max(arrow.last, from);
    arrow.from.push(from);
  }
  return [...arrows.values()].sort((a, b) => a.last - a.first - (b.last - b.first) || a.first - b.first);
}

function isFree(rows: Int32Array, { first, last }: Arrow): boolean {
  for (let row = first; row <= last; row++) if (rows[row] !== 0) return false;
  return true;
}

/** Two columns a lane, the outermost lane first, then the head of the arrow. */
function drawn(
  count: number,
  lanes: number,
  placed: readonly { readonly arrow: Arrow; readonly lane: number }[],
): string[] {
  const width = lanes * 2 + 1;
  const rows = Array.from({ length: count }, () => new Array<string>(width).fill(' '));
  const column = (lane: number): number => (lanes - 1 - lane) * 2;
  for (const { arrow, lane } of placed) {
    const x = column(lane);
    for (let row = arrow.first; row <= arrow.last; row++) rows[row][x] = '│';
    for (const row of [...arrow.from, arrow.to])
      rows[row][x] = row === arrow.first ? '╭' : row === arrow.last ? '╰' : '├';
  }
  // The horizontal parts cross what runs nearer to the instructions.
  for (const { arrow, lane } of placed)
    for (const row of [...arrow.from, arrow.to]) {
      for (let x = column(lane) + 1; x < width; x++) {
        const there = rows[row][x];
        if (there === ' ') rows[row][x] = '─';
        else if (there === '│') rows[row][x] = '┼';
      }
    }
  for (const { arrow } of placed) rows[arrow.to][width - 1] = '→';
  return rows.map(row => row.join(''));
}
