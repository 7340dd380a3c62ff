/** Percentiles of several trials. */
import t from 'tap';
import { spread } from '../../../bench/statistics/spread.js';
import { latencies } from '../../support/cells.js';

t.test('percentiles are those of the merged histograms', async (t) => {
  t.match(spread([latencies(1000, 2000), latencies(2000, 9000)]), { unit: 'us', p50: 2, max: 9 });
});

t.test('without a trial they are unknown', async (t) => {
  t.same(spread([]), { unit: 'us', p50: null, p90: null, p99: null, p999: null, max: null });
});
