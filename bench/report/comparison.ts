/** Two runs side by side, as a table with a verdict for each cell. */
import type { CellComparison } from '../statistics/compare.js';
import { compact, fixed } from './format.js';
import { plainTable } from './plain-table.js';
import { serverName } from './server-name.js';
import type { Colors } from './terminal.js';

export function comparisonTable(cells: readonly CellComparison[], color: Colors): string {
  const titles = [
    'server',
    'conns',
    'idle',
    'rate',
    'bytes',
    'A',
    'B',
    'B of A',
    '95 %',
    'p',
    'verdict',
  ];
  const rows = cells.map((each) => [
    color.bold(serverName(each.cell.server)),
    each.cell.connections.toLocaleString('en'),
    each.cell.idle.toLocaleString('en'),
    each.cell.rate === 0 ? '–' : each.cell.rate.toLocaleString('en'),
    each.cell.bytes.toLocaleString('en'),
    figure(each.a, each),
    figure(each.b, each),
    fixed(each.ratio?.median ?? null, 3),
    interval(each),
    fixed(each.p, 3),
    verdict(each, color),
  ]);
  const left = ['server', 'verdict'];
  return [
    plainTable(
      [titles.map(color.dim), ...rows],
      titles.map((title) => (left.includes(title) ? 'left' : 'right')),
    ),
    color.dim(
      `A, B: requests per server-CPU-second${cells[0]?.unit === 'of control' ? ', of the control in the same block' : ''}`,
    ),
  ].join('\n\n');
}

function figure(value: number | null, { unit }: CellComparison): string {
  return unit === 'of control' ? fixed(value, 3) : compact(value);
}

function interval({ ratio }: CellComparison): string {
  if (ratio === null || ratio.low === null || ratio.high === null) return '–';
  return `${fixed(ratio.low, 3)}…${fixed(ratio.high, 3)}`;
}

function verdict({ verdict: found }: CellComparison, color: Colors): string {
  if (found === 'faster') return color.green('B is faster');
  if (found === 'slower') return color.red('B is slower');
  return color.dim(found === 'unknown' ? 'too few trials to tell' : 'no difference to be seen');
}
