import t from 'tap';
import { driftOf } from '../../../../bench/report/study/drift.js';
import { study } from '../../../../bench/report/study/study.js';
import { storedRun } from '../../../support/stored.js';

const made = study(storedRun({ servers: ['epoll'], connections: [100], trials: 1 }));

/** A run whose control had these efficiencies; a negative value marks an invalid trial. */
function drift(...values: readonly (number | null)[]) {
  const control = values.map((value, i) => ({
    ...{ trial: i + 1, block: i + 1, throughput: 1, problems: [] },
    ...{ efficiency: value && Math.abs(value), valid: value === null || value > 0 },
  }));
  return driftOf({ ...made, control });
}

t.test('the spread is the range of the control’s readings divided by their median', async (t) => {
  t.same(drift(90, 120, 100), { trials: 3, low: 90, high: 120, median: 100, spread: 0.3 });
  t.match(drift(50, 50), { spread: 0 });
});

t.test('invalid and unknown readings are skipped, and a single reading has no drift', async (t) => {
  t.same(drift(90, -1000, null, 110), { trials: 2, low: 90, high: 110, median: 100, spread: 0.2 });
  t.equal(drift(90, -1000, null), null);
  t.equal(drift(), null);
});
