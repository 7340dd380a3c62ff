import t from 'tap';
import { PAYLOAD_WORDING } from '../../../bench/services/payload.js';

t.test('a rate is shown in megabytes with three digits', async (t) => {
  const { showRate } = PAYLOAD_WORDING;
  t.same([null, 0, 1234, 5.678e6, 99.94e6, 99.96e6, 1234.5e6].map(showRate), [
    '–',
    '0.00',
    '0.00123',
    '5.68',
    '99.9',
    '100',
    '1,235',
  ]);
});
