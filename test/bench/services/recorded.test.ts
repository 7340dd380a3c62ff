import t from 'tap';
import { areRecorded } from '../../../bench/services/recorded.js';

const NOTHING = {
  factors: {},
  servedAs: null,
  serviceOptions: {},
  protocolOptions: {},
  besideOptions: null,
};

t.test('transfers of 1 MB and more are recorded', async (t) => {
  const of = (exchangeBytes: number) => areRecorded({ ...NOTHING, exchangeBytes });
  t.same([0, 999_999, 1e6, 1e8].map(of), [false, false, true, true]);
});
