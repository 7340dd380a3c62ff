/** Runs of two sides, as a table with a verdict for each cell. */

import type { Cell } from '../../plan/cell.js';
import { factorValues } from '../../plan/load-level.js';
import { DEFAULT_SERVICE, factorsOf, wordingOf } from '../../services/registry.js';
import type { Factor } from '../../services/service.js';
import type { CellComparison } from '../../statistics/compare.js';
import { MARGIN } from '../../statistics/simultaneous.js';
import { fixed } from '../../text/format.js';
import { factorShown } from '../text/factor.js';
import { namesOf } from '../text/server-name.js';
import { plainTable } from './plain-table.js';
import type { Colors } from './terminal.js';

const LEFT = ['server', 'verdict'];

export function comparisonTable(cells: readonly CellComparison[], color: Colors): string {
  const factors = factorsOf(cells[0]?.cell.service ?? DEFAULT_SERVICE);
  const columns = factors.map(({ column }) => column);
  const titles = ['server', ...columns, 'runs', 'A', 'B', 'B/A', '95 %', 'verdict'];
  const nameOf = namesOf(cells.map(({ cell }) => cell.server));
  const rows = cells.map((each) => [
    color.bold(nameOf(each.cell.server)),
    ...factors.map((factor) => shown(factor, each.cell)),
    `${each.runs.a}+${each.runs.b}`,
    fixed(each.a, 3),
    fixed(each.b, 3),
    fixed(each.ratio, 3),
    intervalOf(each),
    verdict(each, color),
  ]);
  const table = plainTable(
    [titles.map(color.dim), ...rows],
    titles.map((title) => (LEFT.includes(title) ? 'left' : 'right')),
  );
  return [table, color.dim(footnote(cells))].join('\n\n');
}

/** The value of a factor as in the other tables; a closed loop has no rate. */
function shown(factor: Factor, cell: Cell): string {
  const isClosed = factor.name === 'rate' && cell.rate === 0;
  return isClosed ? '–' : factorShown(factor, factorValues(cell));
}

/** Intervals from single runs are marked; the footnote explains the mark. */
function intervalOf({ low, high, spread }: CellComparison): string {
  if (low === null) return '–';
  return `${fixed(low, 3)}…${fixed(high, 3)}${spread === 'blocks' ? '*' : ' '}`;
}

function footnote(cells: readonly CellComparison[]): string {
  const has = (kind: CellComparison['spread']) => cells.some(({ spread }) => spread === kind);
  return [
    `A, B: ${unitsOf(cells)} as a multiple of the baseline’s, geometric means.`,
    ...(has('runs') ? ['Intervals: simultaneous at 95 %, from the spread between runs.'] : []),
    ...(has('blocks')
      ? [
          '* from the blocks of single runs, without the variation between runs: no verdict. A verdict needs two or more runs on each side.',
        ]
      : []),
    ...(cells.some(({ ratio }) => ratio === null)
      ? [
          '–: no figure, because half or more of the trials are invalid, or none has a baseline measurement.',
        ]
      : []),
  ].join('\n');
}

/** Of each service. */
function unitsOf(cells: readonly CellComparison[]): string {
  const units = cells.map(({ cell }) => wordingOf(cell.service).efficiency);
  return [...new Set(units)].join(' or ');
}

function verdict({ verdict: found, ratio }: CellComparison, color: Colors): string {
  switch (found) {
    case 'different':
      return (ratio ?? 1) > 1
        ? color.green('different: B is more efficient')
        : color.red('different: B is less efficient');
    case 'same':
      return `same within ${100 * MARGIN} %`;
    case 'undecided':
      return color.dim('undecided: more runs needed');
    case 'unknown':
      return color.dim('unknown');
  }
}
