/** Tables as HTML: numbers right-aligned, names on one line, a rule above each group. */
import t from 'tap';
import { inlines } from '../../../../bench/report/html/render.js';
import { tableHtml } from '../../../../bench/report/html/table.js';
import type { Column, TableRow } from '../../../../bench/report/text/blocks.js';
import { elementsOf, markupFaults, textsOf } from '../../../support/markup.js';

const COLUMNS: readonly Column[] = [
  { title: 'server', align: 'left' },
  { title: 'p99', unit: 'ms', align: 'right' },
  { title: 'note', align: 'left' },
];

const tableOf = (rows: readonly TableRow[]) =>
  tableHtml({ kind: 'table', caption: 'c', columns: COLUMNS, rows }, 7, inlines);

t.test('a column has its unit, and its cells have its alignment', async (t) => {
  const html = tableOf([{ cells: ['epoll', '1.5', 'fine'] }]);
  t.same(markupFaults(html), []);
  t.same(textsOf(html, 'th'), ['server', 'p99, ms', 'note']);
  t.same(
    elementsOf(html, 'th').map((th) => th.class),
    [undefined, 'right', undefined],
  );
  t.same(
    elementsOf(html, 'td').map((td) => td.class),
    ['label', 'figure', undefined],
  );
  t.same(textsOf(html, 'strong'), ['Table 7.']);
});

t.test('a row that begins a group is marked', async (t) => {
  const cells = ['a', '1', 'b'];
  const html = tableOf([{ cells, begins: true }, { cells }, { cells, begins: true }]);
  t.same(
    elementsOf(html, 'tr').map((tr) => tr.class),
    [undefined, 'begins', undefined, 'begins'],
  );
});

t.test('a table of up to 22 rows is not split across pages', async (t) => {
  const rows = (count: number) => Array.from({ length: count }, () => ({ cells: ['a', '1', 'b'] }));
  const classOf = (count: number) => elementsOf(tableOf(rows(count)), 'div')[0]?.class;
  t.equal(classOf(0), 'table short');
  t.equal(classOf(22), 'table short');
  t.equal(classOf(23), 'table');
});
