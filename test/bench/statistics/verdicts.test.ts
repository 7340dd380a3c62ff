/** Which servers are ranked, in which order and with which letters, and why others are unranked. */
import t from 'tap';
import type { ExperimentOptions } from '../../../bench/plan/cell.js';
import { plan } from '../../../bench/plan/plan.js';
import type { Measurement, TrialRecord } from '../../../bench/record.js';
import type { MetricName } from '../../../bench/statistics/metrics.js';
import { type LoadVerdict, verdicts, verdictsBy } from '../../../bench/statistics/verdicts.js';
import { measurementOf, OPTIONS, ROOMY, recordOf, slicesOf } from '../../support/cells.js';

/** Results of a server in block 1, 2, …; null is an invalid trial. */
type Trials = readonly (Partial<Measurement> | null)[];

const VALID = { valid: true, clientBound: false, problems: [], notes: [] };

function judged(
  servers: Readonly<Record<string, Trials>>,
  {
    metric = 'efficiency' as MetricName,
    options = {} as Partial<ExperimentOptions>,
    change = {} as Partial<TrialRecord>,
  } = {},
): LoadVerdict {
  const made = plan({ ...OPTIONS, servers: Object.keys(servers), ...options }, ROOMY);
  const records = made.cells.flatMap((cell) =>
    (servers[cell.server] ?? []).map((trial, i) =>
      recordOf(cell, {
        block: i + 1,
        measurement: measurementOf(trial ?? { efficiency: 1e9, throughput: 1e9 }),
        ...change,
        verdict: { ...VALID, ...change.verdict, valid: trial !== null },
      }),
    ),
  );
  const [verdict] = verdictsBy(metric, verdicts(made, records));
  if (!verdict) throw new Error('no verdict');
  return verdict;
}

const efficiencies = (...values: readonly (number | null)[]): Trials =>
  values.map((efficiency) => (efficiency === null ? null : { efficiency }));

const standingsOf = ({ standings }: LoadVerdict) =>
  standings.map(({ cell, letters }) => [cell.server, letters]);

const whyOf = ({ standings }: LoadVerdict) =>
  standings.map(({ cell, unranked }) => [cell.server, unranked]);

t.test('servers that differ in every block are in order, with one letter each', async (t) => {
  const verdict = judged({
    poll: efficiencies(100, 101, 102, 103, 104),
    epoll: efficiencies(200, 203, 204, 205, 209),
  });
  t.same(standingsOf(verdict), [
    ['epoll', 'a'],
    ['poll', 'b'],
  ]);
  t.match(verdict.pairs, [
    { a: { server: 'epoll' }, b: { server: 'poll' }, blocks: 5, verdict: 'different' },
  ]);
});

t.test('drift that affects all servers equally cancels out', async (t) => {
  const drift = [1, 5, 2, 9, 3];
  const verdict = judged({
    poll: drift.map((speed, i) => ({ efficiency: speed * (100 + i / 10) })),
    epoll: drift.map((speed) => ({ efficiency: speed * 110 })),
  });
  t.equal(verdict.pairs[0]?.verdict, 'different');
  t.ok(Math.abs((verdict.pairs[0]?.ratio ?? 0) - 1.1) < 0.01);
});

t.test('a noisy leader does not hide a difference between two others', async (t) => {
  const verdict = judged({
    threads: efficiencies(190, 90, 160, 85, 185),
    epoll: efficiencies(150, 149, 151, 152, 150),
    poll: efficiencies(100, 99, 101, 100, 99.5),
  });
  t.same(standingsOf(verdict), [
    ['epoll', 'a'],
    ['threads', 'ab'],
    ['poll', 'b'],
  ]);
});

t.test('a ranked server needs at least three valid trials, and more than half valid', async (t) => {
  const verdict = judged({
    epoll: efficiencies(100, 101, 99, 100, 101, 100),
    poll: efficiencies(500, null, null, null, null, null),
    select: efficiencies(500, 501, 502, null, null, null),
    threads: efficiencies(90, 91, null, 90, 91, null),
  });
  t.strictSame(Object.fromEntries(whyOf(verdict)), {
    epoll: null,
    threads: null,
    poll: 'too few blocks',
    select: 'too few blocks',
  });
  t.same(standingsOf(verdict).slice(0, 2), [
    ['epoll', 'a'],
    ['threads', 'b'],
  ]);
  const untested = verdict.pairs.filter(({ b }) => b.server === 'select');
  t.ok(untested.length > 0);
  for (const pair of untested) t.match(pair, { verdict: 'undecided', low: null, high: null });
});

t.test('an invalid trial is excluded from ratios', async (t) => {
  const verdict = judged({
    epoll: efficiencies(100, null, 102, 100, 101),
    poll: efficiencies(50, 5, 51, 50, 50.5),
  });
  t.match(verdict.pairs[0], { blocks: 4 });
  t.ok(Math.abs((verdict.pairs[0]?.ratio ?? 0) - 2) < 0.01);
});

t.test('sliced trials are compared by their ratios to the control', async (t) => {
  const sliced = (ratio: number, i: number) => ({
    efficiency: 1000 * (i + 1),
    slices: slicesOf(ratio, ratio * 1.002),
  });
  const verdict = judged(
    { epoll: [1, 1.01, 0.99, 1].map(sliced), poll: [0.9, 0.905, 0.895, 0.9].map(sliced) },
    { options: { slices: 'on', repeat: 0, durationNs: 1e9 } },
  );
  t.match(verdict.pairs[0], { basis: 'control', verdict: 'different' });
});

t.test('a client-bound throughput ranks no server', async (t) => {
  const four: Trials = [1, 2, 3, 4].map((i) => ({ throughput: 1000 + i, efficiency: 100 + i }));
  const change = { verdict: { ...VALID, clientBound: true } };
  const byThroughput = judged({ epoll: four, poll: four }, { metric: 'throughput', change });
  t.same(whyOf(byThroughput), [
    ['epoll', 'client-bound'],
    ['poll', 'client-bound'],
  ]);
  t.same(byThroughput.pairs, []);
  t.same(
    whyOf(judged({ epoll: four }, { change })),
    [['epoll', null]],
    'but efficiency does, because it uses the server’s CPU time',
  );
});

t.test('the lowest latency ranks first, and starved servers are unranked by latency', async (t) => {
  const latency = (p99: number) => ({ ...measurementOf().latency, p50: p99 / 2, p99 });
  const verdict = judged(
    {
      epoll: [200, 201, 199, 200].map((us) => ({ latency: latency(us) })),
      poll: [100, 101, 99.5, 100].map((us) => ({ latency: latency(us) })),
      threads: [1, 1, 1, 1].map((us) => ({ latency: latency(us), starved: 3 })),
    },
    { metric: 'p99' },
  );
  t.same(whyOf(verdict), [
    ['poll', null],
    ['epoll', null],
    ['threads', 'starved'],
  ]);
  t.match(verdict.pairs, [{ a: { server: 'poll' }, b: { server: 'epoll' }, verdict: 'different' }]);
});

t.test('skipped servers, and those without a figure or a trial, have the reason', async (t) => {
  const verdict = judged(
    {
      epoll: efficiencies(100, 101, 99, 100),
      poll: [{ efficiency: null }, { efficiency: null }],
      threads: [],
      select: [],
    },
    { options: { connections: [5000] } },
  );
  t.same(verdict.standings.map(({ cell, unranked }) => `${cell.server}: ${unranked}`).sort(), [
    'epoll: null',
    'poll: no figure',
    'select: skipped',
    'threads: not run',
  ]);
});

t.test('each load and each metric has a separate verdict', async (t) => {
  const made = plan({ ...OPTIONS, connections: [10, 20] }, ROOMY);
  t.same(
    verdicts(made, []).map(({ load, metric }) => [load.connections, metric]),
    [10, 20].flatMap((n) => ['efficiency', 'throughput', 'p50', 'p99'].map((name) => [n, name])),
  );
});
