/** The value of a load's factor in a table. */
import t from 'tap';
import { factorShown } from '../../../../bench/report/text/factor.js';

t.test(
  'a value is shown in its words, and one that the load does not have as a dash',
  async (t) => {
    const size = { name: 'size', show: (value: number | string) => `${value} bytes` };
    t.equal(factorShown(size, { size: 0 }), '0 bytes');
    t.equal(factorShown(size, { source: 'file' }), '–');
  },
);
