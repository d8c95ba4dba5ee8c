// What a word that is nearly one of a few was meant to be: two letters wrong, missing, too many or swapped at most.

/** The nearest of some words; undefined where none is near. */
export function nearest(word: string, words: readonly string[]): string | undefined {
  const most = Math.min(2, word.length - 2);
  const near = words.map(other => ({ other, distance: distance(word, other) }));
  near.sort((a, b) => a.distance - b.distance);
  return near.find(each => each.distance <= most)?.other;
}

/** How many edits of one letter, or swaps of two neighbours, lead from one word to another. */
function distance(a: string, b: string): number {
  const rows = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      row[j] = Math.min(rows[i - 1][j] + 1, row[j - 1] + 1, rows[i - 1][j - 1] + same);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) row[j] = Math.min(row[j], rows[i - 2][j - 2] + 1);
    }
    rows.push(row);
  }
  return rows[a.length][b.length];
}
