import t from 'tap';
import { fairness } from '../../../../bench/report/charts/fairness.js';
import { study } from '../../../../bench/report/study/study.js';
import { columnsOf, partOf } from '../../../support/specs.js';
import { storedRun } from '../../../support/stored.js';

/** A run of three servers whose typical trials had these mean latencies by connection. */
function withMeans(...each: readonly (readonly number[])[]) {
  const run = storedRun({ connections: [10], trials: 1 });
  const details = new Map(
    [...run.details].map(([cell, own], i) => {
      const means = each[i] ?? [];
      const serviceMeans = means.map((value, n) => ({
        rank: n / Math.max(1, means.length - 1),
        value,
      }));
      return [cell, { ...own, serviceMeans, connectionsWithMean: means.length }] as const;
    }),
  );
  return study({ ...run, details });
}

t.test('each connection is a point at its rank', async (t) => {
  const spec = fairness.spec(withMeans([10, 20, 300], [5, 6]));
  t.same(columnsOf(spec, 'server', 'rank', 'us'), [
    ['epoll', 0, 10],
    ['epoll', 0.5, 20],
    ['epoll', 1, 300],
    ['poll', 0, 5],
    ['poll', 1, 6],
  ]);
  t.same(partOf(spec, 'encoding.y.scale.domain'), [1, 1000]);
});

t.test('a cell with one connection is not drawn, and is named as missing', async (t) => {
  t.notOk(fairness.applies(withMeans([10], [], [5])));
  const made = withMeans([10, 20], [5], [1, 2]);
  t.ok(fairness.applies(made));
  t.match(fairness.caption(made), /\bpoll \(no figure\)/);
});
