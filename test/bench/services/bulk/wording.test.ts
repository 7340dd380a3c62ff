import t from 'tap';
import { bulkWording } from '../../../../bench/services/bulk/wording.js';

t.test('bytes per second are shown in MB, with three digits or more', async (t) => {
  const { showRate } = bulkWording;
  t.equal(showRate(1_234_567), '1.23');
  t.equal(showRate(99_960_000), '100');
  t.equal(showRate(2_345_678_901), '2,346');
  t.equal(showRate(0), '0.00');
});
