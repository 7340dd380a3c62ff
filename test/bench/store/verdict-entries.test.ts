/** verdicts.json: pairs and groups with the names of their servers. */
import t from 'tap';
import { verdicts } from '../../../bench/statistics/verdicts.js';
import { verdictEntries } from '../../../bench/store/verdict-entries.js';
import { storedRun } from '../../support/stored.js';

t.test('there is one entry per load and metric, with the names of its servers', async (t) => {
  const { plan, records } = storedRun();
  const entries = verdictEntries(verdicts(plan, records));
  t.equal(entries.length, 2 * 4);
  const [first] = entries;
  t.match(first, { load: { connections: 100 }, metric: 'efficiency', blocks: 5, margin: 0.03 });
  t.equal(first?.level, 0.95);
  t.same(
    first?.groups.map(({ server, letters, validBlocks, unranked }) => [
      ...[server, letters, validBlocks, unranked],
    ]),
    [
      ['epoll', 'a', 5, null],
      ['poll', 'b', 5, null],
      ['libuv', 'c', 5, null],
    ],
  );
  t.same(
    first?.pairs.map(({ a, b, verdict }) => [a, b, verdict]),
    [
      ['epoll', 'poll', 'different'],
      ['epoll', 'libuv', 'different'],
      ['poll', 'libuv', 'different'],
    ],
  );
  t.same(JSON.parse(JSON.stringify(entries)), entries, 'JSON preserves the values');
});

t.test('servers that differ only by their workers have different names', async (t) => {
  const { plan, records } = storedRun({ servers: ['epoll'], workers: [1, 4], connections: [100] });
  const [entry] = verdictEntries(verdicts(plan, records));
  t.same(entry?.groups.map(({ server }) => server).toSorted(), ['epoll', 'epoll ×4']);
});

t.test('a run that may stop early has a higher confidence level', async (t) => {
  const { plan, records } = storedRun({ stopping: { kind: 'stable', share: 0.03 } });
  const [entry] = verdictEntries(verdicts(plan, records));
  t.ok(entry && Math.abs(entry.level - 0.975) < 1e-12);
});
