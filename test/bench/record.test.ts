import t from 'tap';
import { achievedRatio, finished, INTERRUPTED, type OpenLoop } from '../../bench/record.js';
import { cellOf, latencies, recordOf } from '../support/cells.js';

const LOOP: OpenLoop = {
  ...{ serviceTime: latencies(1), asked: 100, achieved: 90 },
  ...{ scheduled: 200, sent: 190, late: 0, dropped: 10 },
};

t.test('the achieved ratio counts the lesser of requests sent and answered', async (t) => {
  t.equal(achievedRatio(LOOP, 200), 0.95);
  t.equal(achievedRatio(LOOP, 190), 0.95);
  t.equal(achievedRatio(LOOP, 100), 0.5);
  t.equal(achievedRatio(LOOP, 0), 0);
});

t.test('a closed loop and a window without scheduled requests have no ratio', async (t) => {
  t.equal(achievedRatio(null, 100), null);
  t.equal(achievedRatio({ ...LOOP, scheduled: 0, sent: 0 }, 0), null);
});

t.test('an interrupted trial is left out, a failed trial is kept', async (t) => {
  const records = [null, INTERRUPTED, 'the server died'].map((error, i) =>
    recordOf(cellOf(), { trial: i + 1, error }),
  );
  t.same(
    finished(records).map(({ trial }) => trial),
    [1, 3],
  );
});
