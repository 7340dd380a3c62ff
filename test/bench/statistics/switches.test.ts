import t from 'tap';
import { switchesPerRequest } from '../../../bench/statistics/switches.js';
import { counts } from '../../../lib/account/counts.js';
import { measurementOf, rolesOf } from '../../support/cells.js';

const requests = { window: 10, total: 50, wanted: 50 };
const perRequest = (change: Parameters<typeof rolesOf>[0]) =>
  switchesPerRequest(
    measurementOf({ requests, roles: rolesOf(change) }),
    (cpu) => cpu.voluntarySwitches,
  );

t.test('switches are divided by all requests that the server served', async (t) => {
  // roleOf() has three voluntary switches.
  t.equal(perRequest({ counts: counts({ requests: 60 }) }), 0.05);
  t.equal(perRequest({ counts: counts({}) }), 0.06, 'the client’s count, if the server has none');
  t.equal(perRequest({ counts: null }), 0.06);
});

t.test('switches are unknown without requests or without the server’s CPU use', async (t) => {
  t.equal(perRequest({ counts: counts({ requests: 0 }) }), null);
  t.equal(perRequest({ cpu: null }), null);
});
