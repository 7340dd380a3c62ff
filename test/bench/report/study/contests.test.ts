/** Two conditions against each other. */
import t from 'tap';
import { contestsBetween } from '../../../../bench/report/study/contests.js';
import { jitter, poolStudy } from '../../../support/pools.js';

t.test('a match keeps what it is of, and gets ratios with intervals', async (t) => {
  const made = poolStudy(
    (record) => (record.server === 'thread-pool' ? 200 : 100) * jitter(record),
  );
  const [first, second] = ['thread-pool', 'process-pool'].map((name) =>
    made.cells.filter(({ cell }) => cell.server === name),
  );
  const pairs = (first ?? []).flatMap((cell, i) => {
    const other = second?.[i];
    return other ? [[cell, other] as const] : [];
  });
  const [contest] = contestsBetween(made, [{ name: 'threads', pairs }]);
  t.equal(contest?.name, 'threads');
  t.match(contest?.throughput, { blocks: 4, verdict: 'different' });
  t.ok(Math.abs((contest?.throughput.ratio ?? 0) - 2) < 0.05);
  t.ok(Math.abs((contest?.efficiency.ratio ?? 0) - 2) < 0.05);
});

t.test('without matches there are no contests', async (t) => {
  t.same(contestsBetween(poolStudy(), []), []);
});
