/** Tables without lines: columns are separated by spaces only, so that they can be pasted as text. */
import Table from 'cli-table3';

const EDGES = ['top', 'bottom', 'left', 'right', 'mid', 'middle'];
const CORNERS = ['top-mid', 'top-left', 'top-right', 'bottom-mid', 'bottom-left', 'bottom-right'];
const CROSSINGS = ['left-mid', 'mid-mid', 'right-mid'];
const NO_LINES = Object.fromEntries([...EDGES, ...CORNERS, ...CROSSINGS].map((name) => [name, '']));

export function plainTable(
  rows: readonly (readonly string[])[],
  align: readonly ('left' | 'right')[],
): string {
  const table = new Table({
    colAligns: [...align],
    chars: NO_LINES,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 2 },
  });
  table.push(...rows.map((row) => [...row]));
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}
