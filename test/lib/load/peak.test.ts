/** The peak is the maximum number of connections open at one instant. */
import t from 'tap';
import { peak } from '../../../lib/load/peak.js';

const span = (from: number, to: number) => ({ from, to });

t.test('the peak of no connections is 0', async (t) => {
  t.equal(peak([]), 0);
});

t.test('overlapping connections are counted together', async (t) => {
  t.equal(peak([span(0, 10), span(5, 15), span(9, 20)]), 3);
  t.equal(peak([span(9, 20), span(0, 10), span(5, 8)]), 2);
});

t.test('a connection that opens when another closes does not raise the peak', async (t) => {
  t.equal(peak([span(0, 10), span(10, 20), span(20, 30)]), 1);
});

t.test('the peak may be at any time', async (t) => {
  const crowd = Array.from({ length: 50 }, (_, i) => span(100 + i, 200 + i));
  t.equal(peak([span(0, 1000), ...crowd, span(900, 1000)]), 51);
});
