/** How the clients of a cell's trials have ended. */
import t from 'tap';
import { completionOf } from '../../../bench/statistics/completion.js';
import { medianOf } from '../../../bench/statistics/median.js';
import { latencies, measurementOf } from '../../support/cells.js';

const CLIENTS = { succeeded: 4, failed: 1, retries: 2, meanMs: 10, longestMs: 30, rate: 5 };
const SERVER = { transfers: 6, refused: 1, incomplete: 1, bytes: 9, unrecorded: 0 };
const TRANSFERS = {
  client: { ...SERVER, meanMs: 1, longestMs: 2 },
  server: { ...SERVER, meanMs: 1, longestMs: 2 },
  reconciliation: null,
  parts: { waitingMs: 1, sendingMs: 2, answeringMs: 3 },
};
const GOOD = measurementOf({
  ...{ clients: CLIENTS, windowS: 2, wrongTransfers: 1 },
  ...{ queueing: { meanMs: 3, longestMs: 8 }, transfers: TRANSFERS },
});
const BAD = measurementOf({ clients: { ...CLIENTS, succeeded: 0, failed: 5, meanMs: null } });

t.test('times are those of the valid trials, counts those of all', async (t) => {
  t.same(
    completionOf([GOOD, BAD], [GOOD], (get) => medianOf([get(GOOD)])),
    {
      ...{ totalS: 2, meanMs: 10, longestMs: 30, rate: 5, wrong: 1 },
      clients: { succeeded: 4, failed: 6, retries: 4 },
      transfers: { succeeded: 4, failed: 2 },
      queueing: { meanMs: 3, longestMs: 8 },
      parts: { waitingMs: 1, sendingMs: 2, answeringMs: 3 },
      beside: null,
    },
  );
});

t.test('without recorded transfers and rows of the server the rest is unknown', async (t) => {
  const found = completionOf([BAD], [], () => null);
  t.match(found, { transfers: null, queueing: { meanMs: null }, parts: { waitingMs: null } });
});

t.test('trials with a duration have none', async (t) => {
  t.equal(
    completionOf([measurementOf()], [measurementOf()], () => null),
    null,
  );
});

t.test('the load beside is summed over the valid trials', async (t) => {
  const latency = latencies(1e6, 3e6);
  const beside = { requests: 2, failuresByKind: { refused: 1 }, latency };
  const trial = measurementOf({ clients: CLIENTS, beside });
  t.match(completionOf([trial, trial, BAD], [trial, trial], () => null)?.beside, {
    requests: 4,
    failures: 2,
    latency: { max: 3000 },
  });
});
