import pc from 'picocolors';
import t from 'tap';
import { comparisonTable } from '../../../../bench/report/terminal/comparison.js';
import type { CellComparison } from '../../../../bench/statistics/compare.js';
import { cellOf } from '../../../support/cells.js';

const UNKNOWN = {
  ...{ runs: { a: 1, b: 1 }, a: null, b: null, ratio: null },
  ...{ low: null, high: null, spread: null, verdict: 'unknown' as const },
} as const;

function rowsOf(...cells: readonly CellComparison['cell'][]): string[] {
  const table = comparisonTable(
    cells.map((cell) => ({ cell, ...UNKNOWN })),
    pc.createColors(false),
  );
  return table.split('\n').map((line) => line.trim().split(/ {2,}/).join('|'));
}

t.test('factors have columns, and are formatted as in other tables', async (t) => {
  const factors = { operation: 'get', size: 1e6, source: 'file' };
  const bulk = { ...cellOf(), service: 'bulk', factors };
  const [titles, row] = rowsOf(bulk);
  t.match(titles, /^server\|conns\|idle\|rate\|op\|size\|source\|/);
  t.match(row, /^epoll\|10\|0\|–\|get\|1 MB\|file\|/);
});

t.test('a closed loop has no rate', async (t) => {
  const [, closed, open] = rowsOf(cellOf(), cellOf({ rates: [5000] }));
  t.match(closed, /^epoll\|10\|0\|–\|/);
  t.match(open, /^epoll\|10\|0\|5,000\|/);
});
