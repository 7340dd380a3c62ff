// Suggests a valid name for a mistyped one.

/** The nearest of `names` that is at most two edits away. */
export function closest(text: string, names: readonly string[]): string | undefined {
  // Fewer edits than letters, because two edits turn any two-letter word into any other.
  const furthest = Math.min(2, text.length - 1);
  return names
    .filter((name) => Math.abs(name.length - text.length) <= furthest)
    .map((name) => ({ name, edits: editDistance(text.toLowerCase(), name.toLowerCase()) }))
    .filter(({ edits }) => edits <= furthest)
    .sort((a, b) => a.edits - b.edits)[0]?.name;
}

// Levenshtein, one row at a time: row[i] is the distance from the first i characters of `from`.
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: from.length + 1 }, (_, i) => i);
  for (const wanted of to) {
    let left = Number(row[0]) + 1;
    const next = [left];
    for (let i = 0; i < from.length; i++) {
      const replaced = Number(row[i]) + Number(from[i] !== wanted);
      left = Math.min(left + 1, Number(row[i + 1]) + 1, replaced);
      next.push(left);
    }
    row = next;
  }
  return Number(row.at(-1));
}
