import t from 'tap';
import { drift } from '../../../../bench/report/charts/drift.js';
import { study } from '../../../../bench/report/study/study.js';
import { columnsOf, partOf } from '../../../support/specs.js';
import { storedRun } from '../../../support/stored.js';

const made = study(storedRun({ servers: ['epoll'], connections: [10], trials: 1 }));

/** A run whose control had these efficiencies; a negative value marks an invalid trial. */
const withControl = (...values: readonly (number | null)[]) => ({
  ...made,
  control: values.map((value, i) => ({
    ...{ trial: i + 1, block: 1, throughput: 1, problems: [] },
    ...{ efficiency: value && Math.abs(value), valid: value === null || value > 0 },
  })),
});

t.test('each valid reading is a point at its trial', async (t) => {
  const spec = drift.spec(withControl(10, -99, null, 12, 11));
  t.same(columnsOf(spec, 'trial', 'value'), [
    [1, 10],
    [4, 12],
    [5, 11],
  ]);
  t.same(partOf(spec, 'encoding.x.axis.values'), [1, 4, 5]);
});

t.test('the chart needs three readings', async (t) => {
  t.ok(drift.applies(withControl(10, 11, 12)));
  t.notOk(drift.applies(withControl(10, 11, -12, null)));
  t.notOk(drift.applies(withControl()));
});
