/** Runs of two sides, as a table with a verdict for each cell. */

import type { CellComparison } from '../statistics/compare.js';
import { MARGIN } from '../statistics/simultaneous.js';
import { fixed } from './format.js';
import { plainTable } from './plain-table.js';
import { serverName } from './server-name.js';
import type { Colors } from './terminal.js';

const TITLES = [
  'server',
  'conns',
  'idle',
  'rate',
  'bytes',
  'runs',
  'A',
  'B',
  'B/A',
  '95 %',
  'verdict',
];
const LEFT = ['server', 'verdict'];

export function comparisonTable(cells: readonly CellComparison[], color: Colors): string {
  const rows = cells.map((each) => [
    color.bold(serverName(each.cell.server)),
    each.cell.connections.toLocaleString('en'),
    each.cell.idle.toLocaleString('en'),
    each.cell.rate === 0 ? '–' : each.cell.rate.toLocaleString('en'),
    each.cell.bytes.toLocaleString('en'),
    `${each.runs.a}+${each.runs.b}`,
    fixed(each.a, 3),
    fixed(each.b, 3),
    fixed(each.ratio, 3),
    each.low === null ? '–' : `${fixed(each.low, 3)}…${fixed(each.high, 3)}`,
    verdict(each, color),
  ]);
  const table = plainTable(
    [TITLES.map(color.dim), ...rows],
    TITLES.map((title) => (LEFT.includes(title) ? 'left' : 'right')),
  );
  return [table, color.dim(footnote(cells))].join('\n\n');
}

function footnote(cells: readonly CellComparison[]): string {
  const what =
    'A, B: requests per server-CPU-second as a multiple of the control’s, geometric means.';
  const single = cells.some(({ spread }) => spread === 'blocks');
  return single
    ? `${what}\nThe intervals are from the blocks of single runs and leave out how runs differ: no verdict. It takes two runs or more on each side.`
    : `${what}\nThe intervals are from the spread between runs, and hold together with 95 % confidence.`;
}

function verdict({ verdict: found, ratio }: CellComparison, color: Colors): string {
  switch (found) {
    case 'different':
      return (ratio ?? 1) > 1
        ? color.green('different: B does more')
        : color.red('different: B does less');
    case 'same':
      return `same within ${100 * MARGIN} %`;
    case 'undecided':
      return color.dim('undecided: more runs needed');
    case 'unknown':
      return color.dim('unknown');
  }
}
