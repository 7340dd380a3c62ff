import t from 'tap';
import { withMargin } from '../../../../bench/report/text/margin.js';

t.test('an interval is shown as a margin only if it is symmetric', async (t) => {
  t.equal(withMargin({ median: 0.994, low: 0.988, high: 1.0001, level: 0.95 }), '0.994 ±0.006');
  t.equal(withMargin({ median: 1.1, low: 0.056, high: 21.7, level: 0.95 }), '1.10 [0.06, 21.70]');
  t.equal(withMargin({ median: 1.1, low: null, high: null, level: null }), '1.10');
});
