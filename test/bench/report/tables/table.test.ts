/** Tables with a row per cell. */
import t from 'tap';
import { type Study, type StudyCell, study } from '../../../../bench/report/study/study.js';
import { cellTable, figure } from '../../../../bench/report/tables/table.js';
import { plain } from '../../../../bench/report/text/blocks.js';
import { storedRun } from '../../../support/stored.js';

const made = (connections: readonly number[]) =>
  study(storedRun({ servers: ['poll', 'epoll'], connections, trials: 1 }));

function tableOf(of: Study, has?: (cell: StudyCell) => boolean) {
  const columns = [figure('n', ({ cell }) => `${cell.connections}`, 'ms')];
  const [table] = cellTable(of, 'caption', columns, has);
  if (table?.kind !== 'table') return null;
  const rows = table.rows.map(({ cells, begins }) => [begins, ...cells.map(plain)]);
  return { titles: table.columns.map(({ title }) => plain(title)), rows, columns: table.columns };
}

t.test('rows are sorted by load, then in command-line order', async (t) => {
  const table = tableOf(made([20, 10]));
  t.same(table?.titles, ['load', 'server', 'n']);
  t.same(table?.rows, [
    [true, '10 connections', 'poll', '10'],
    [false, '', 'epoll', '10'],
    [true, '20 connections', 'poll', '20'],
    [false, '', 'epoll', '20'],
  ]);
  t.match(table?.columns.at(-1), { align: 'right', unit: 'ms' });
});

t.test('a single load is not named', async (t) => {
  const table = tableOf(made([10]));
  t.same(table?.titles, ['server', 'n']);
  t.same(table?.rows, [
    [false, 'poll', '10'],
    [false, 'epoll', '10'],
  ]);
});

t.test('cells with nothing to show are omitted, and so is a table without rows', async (t) => {
  const [of, epoll] = [made([10, 20]), ({ cell }: StudyCell) => cell.server === 'epoll'];
  t.same(tableOf(of, epoll)?.rows, [
    [true, '10 connections', 'epoll', '10'],
    [true, '20 connections', 'epoll', '20'],
  ]);
  t.equal(
    tableOf(of, () => false),
    null,
  );
});
