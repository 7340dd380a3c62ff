/** Heat maps of pools: to which runs they apply, and how cells are drawn. */
import t from 'tap';
import {
  poolQueueing,
  poolThroughput,
  poolTime,
} from '../../../../bench/report/charts/pool-maps.js';
import { toSvg } from '../../../../bench/report/charts/svg.js';
import { study } from '../../../../bench/report/study/study.js';
import { textsOf } from '../../../support/markup.js';
import { poolStudy } from '../../../support/pools.js';
import { columnsOf, partOf } from '../../../support/specs.js';
import { storedRun } from '../../../support/stored.js';

const made = poolStudy(({ workers }) => 100 * workers);
const [block = {}, ...others] = partOf<Record<string, unknown>[]>(
  poolThroughput.spec(made),
  'vconcat',
);

t.test('they apply if clients and workers of pools vary', async (t) => {
  for (const chart of [poolTime, poolThroughput, poolQueueing]) {
    t.ok(chart.applies(made));
    t.notOk(chart.applies(poolStudy(undefined, { workers: [5] })));
    t.notOk(chart.applies(poolStudy(undefined, { connections: [5] })));
    t.notOk(chart.applies(study(storedRun({ trials: 1 }))));
  }
});

t.test('each size has its panels, with a square for each combination', async (t) => {
  t.equal(others.length, 1);
  const squares = columnsOf(block, 'server', 'clients', 'workers', 'label');
  t.equal(squares.length, 8);
  t.ok(squares.some((one) => `${one}` === 'process-pool,5,5,500'));
});

t.test('the largest figure is darkest, the least lightest', async (t) => {
  const shares = columnsOf(block, 'workers', 'share');
  for (const [workers, share] of shares) t.equal(share, workers === 5 ? 1 : 0);
});

t.test('they can be drawn', async (t) => {
  for (const chart of [poolTime, poolThroughput, poolQueueing])
    t.ok(
      textsOf(await toSvg(chart.id, chart.title(made), chart.spec(made)), 'text').includes(
        'workers',
      ),
    );
});
