import t from 'tap';
import { files } from '../../../../bench/services/files/files.js';

t.test('only large transfers are recorded one by one', async (t) => {
  const recorded = (flags: object) => files.loads(flags).map(files.recordsTransfers);
  t.same(recorded({ size: [999_999, 1e6] }), [false, true]);
  t.same(recorded({ op: ['list', 'delete'] }), [false, false]);
});
