/** The best server under a load and the servers that are not significantly worse, from verdicts only. */
import t from 'tap';
import type { Cell } from '../../../bench/plan/cell.js';
import { plan } from '../../../bench/plan/plan.js';
import { betterOf, inverted, leadersOf, pairOf } from '../../../bench/statistics/leaders.js';
import type { MetricName } from '../../../bench/statistics/metrics.js';
import type { PairVerdict } from '../../../bench/statistics/simultaneous.js';
import type { LoadVerdict, PairOfCells, Standing } from '../../../bench/statistics/verdicts.js';
import { OPTIONS, ROOMY } from '../../support/cells.js';

const cells = plan({ ...OPTIONS, servers: ['epoll', 'poll', 'threads'] }, ROOMY).cells;
const [epoll, poll, threads] = cells as [Cell, Cell, Cell];

const standing = (cell: Cell, unranked: Standing['unranked'] = null): Standing => ({
  ...{ cell, figure: 1, blocks: 5, letters: '', unranked },
});

function pair(a: Cell, b: Cell, verdict: PairVerdict, ratio: number | null): PairOfCells {
  const interval = ratio === null ? { low: null, high: null } : { low: ratio / 2, high: ratio * 4 };
  return { a, b, basis: 'block', blocks: 5, ratio, ...interval, verdict, blocksNeeded: null };
}

const verdictOf = (
  standings: readonly Standing[],
  pairs: readonly PairOfCells[],
  metric: MetricName = 'efficiency',
): LoadVerdict => ({
  load: { connections: 10, idle: 0, rate: 0, factors: { bytes: 5 } },
  ...{ metric, blocks: 5, alpha: 0.05, standings, pairs },
});

const names = (standings: readonly Standing[] = []) => standings.map(({ cell }) => cell.server);

t.test('only servers that are significantly worse than the best are not leaders', async (t) => {
  const all = [standing(epoll), standing(poll), standing(threads)];
  const found = leadersOf(
    verdictOf(all, [
      pair(epoll, poll, 'undecided', 1.1),
      pair(epoll, threads, 'different', 1.5),
      pair(poll, threads, 'same', 1),
    ]),
  );
  t.equal(found?.best.cell, epoll);
  t.same(names(found?.notWorse), ['poll']);
});

t.test('a server without a comparison to the best counts as not worse', async (t) => {
  t.same(names(leadersOf(verdictOf([standing(epoll), standing(poll)], []))?.notWorse), ['poll']);
});

t.test('a server significantly better than the first in order is not worse', async (t) => {
  const against = pair(epoll, poll, 'different', 0.8);
  t.same(names(leadersOf(verdictOf([standing(epoll), standing(poll)], [against]))?.notWorse), [
    'poll',
  ]);
});

t.test('fewer than two ranked servers have no leaders', async (t) => {
  t.equal(leadersOf(verdictOf([], [])), null);
  t.equal(leadersOf(verdictOf([standing(epoll)], [])), null);
  t.equal(leadersOf(verdictOf([standing(epoll), standing(poll, 'starved')], [])), null);
});

t.test('the better server of a pair has the higher rate or the lower latency', async (t) => {
  const better = (metric: MetricName, one: PairOfCells) => betterOf(verdictOf([], [], metric), one);
  for (const metric of ['efficiency', 'throughput'] as const) {
    t.equal(better(metric, pair(epoll, poll, 'different', 2)), epoll);
    t.equal(better(metric, pair(epoll, poll, 'different', 0.5)), poll);
  }
  for (const metric of ['p50', 'p99'] as const) {
    t.equal(better(metric, pair(epoll, poll, 'different', 2)), poll);
    t.equal(better(metric, pair(epoll, poll, 'different', 0.5)), epoll);
  }
  t.equal(better('p50', pair(epoll, poll, 'undecided', 2)), null);
  t.equal(better('p50', pair(epoll, poll, 'same', 1.01)), null);
  t.equal(better('p50', pair(epoll, poll, 'different', null)), null);
});

t.test('a pair is found by its servers in their order', async (t) => {
  const one = pair(epoll, threads, 'same', 1);
  const verdict = verdictOf([], [pair(epoll, poll, 'same', 1), one]);
  t.equal(pairOf(verdict, standing(epoll), standing(threads)), one);
  t.equal(pairOf(verdict, standing(threads), standing(epoll)), undefined);
});

t.test('the inverse of a ratio has the inverse interval, with its ends swapped', async (t) => {
  t.same(inverted({ ...pair(epoll, poll, 'same', 2), low: 1, high: 4 }), {
    ...{ ratio: 0.5, low: 0.25, high: 1 },
  });
  t.same(inverted({ ...pair(epoll, poll, 'undecided', 4), low: null, high: null }), {
    ...{ ratio: 0.25, low: null, high: null },
  });
  t.equal(inverted(pair(epoll, poll, 'undecided', null)), null);
});
