/** The value of a load's factor in a table. */
import t from 'tap';
import { factorShown } from '../../../../bench/report/text/factor.js';

t.test('a value is shown in words, and a factor that does not apply as a dash', async (t) => {
  const size = { name: 'size', show: (value: number | string) => `${value} bytes` };
  t.equal(factorShown(size, { size: 0 }), '0 bytes');
  t.equal(factorShown(size, { source: 'file' }), '–');
});
