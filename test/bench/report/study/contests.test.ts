/** Two conditions against each other. */
import t from 'tap';
import { contestsBetween, matchesOf } from '../../../../bench/report/study/contests.js';
import type { StudyCell } from '../../../../bench/report/study/study.js';
import { groupBy } from '../../../../lib/group.js';
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

t.test('each group meets each later one, in cells that are otherwise equal', async (t) => {
  const { cells } = poolStudy();
  const byServer = groupBy(cells, ({ cell }) => cell.server);
  const loadOf = ({ cell }: StudyCell) =>
    `${cell.workers} ${cell.connections} ${cell.factors.size}`;
  const matches = matchesOf(
    new Map<string, readonly StudyCell[]>([...byServer, ['nothing', []]]),
    loadOf,
  );
  t.same(
    matches.map(({ names, pairs }) => [...names, pairs.length > 0]),
    [
      ['thread-pool', 'process-pool', true],
      ['thread-pool', 'nothing', false],
      ['process-pool', 'nothing', false],
    ],
  );
  for (const [first, second] of matches[0]?.pairs ?? []) {
    t.equal(loadOf(first), loadOf(second));
    t.same(
      [first, second].map(({ cell }) => cell.server),
      ['thread-pool', 'process-pool'],
    );
  }
});
