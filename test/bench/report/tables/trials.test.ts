/** The table of all trials, with the load of each trial. */
import t from 'tap';
import type { ExperimentOptions } from '../../../../bench/plan/plan.js';
import { study } from '../../../../bench/report/study/study.js';
import { trialTable } from '../../../../bench/report/tables/trials.js';
import { plain } from '../../../../bench/report/text/blocks.js';
import { bulk } from '../../../../bench/services/bulk/bulk.js';
import { storedRun } from '../../../support/stored.js';

function tableOf(options: Partial<ExperimentOptions>) {
  const [block] = trialTable(study(storedRun({ connections: [10], trials: 1, ...options })));
  if (block?.kind !== 'table') throw new Error('no table');
  const titles = block.columns.map(({ title }) => plain(title));
  return { ...block, titles };
}

t.test('factors of the service that vary have columns, with their units', async (t) => {
  const loads = bulk.loads({ op: ['get', 'put'], size: [1000, 1e6] });
  const { titles, columns, rows } = tableOf({ service: 'bulk', loads });
  t.same(titles.slice(3, 6), ['connections', 'op', 'size']);
  t.same(
    columns.slice(3, 6).map(({ align }) => align),
    ['right', 'left', 'right'],
  );
  const shown = new Set(rows.map(({ cells }) => cells.slice(4, 6).map(plain).join(' ')));
  t.same(shown, new Set(['get 1 kB', 'get 1 MB', 'put 1 kB', 'put 1 MB']));
});

t.test('a factor that does not apply to a load is a dash', async (t) => {
  const loads = bulk.loads({ op: ['get', 'put'], source: ['memory', 'file'] });
  const { titles, rows } = tableOf({ service: 'bulk', loads });
  t.same(titles.slice(4, 6), ['op', 'source']);
  const shown = new Set(rows.map(({ cells }) => cells.slice(4, 6).map(plain).join(' ')));
  t.same(shown, new Set(['get memory', 'get file', 'put –']));
});

t.test('factors that do not vary have no columns', async (t) => {
  t.same(tableOf({}).titles.slice(3, 5), ['connections', 'requests/s']);
  const { titles } = tableOf({ service: 'bulk', loads: bulk.loads({}) });
  t.same(titles.slice(3, 5), ['connections', 'MB/s']);
});

t.test('many trials are not listed, and the table refers to their file', async (t) => {
  const [block] = trialTable(study(storedRun({ trials: 50 })));
  t.equal(block?.kind, 'paragraph');
});
