/** Servers under a load ordered by one metric, and the reasons why servers are unranked. */
import t from 'tap';
import type { Cell } from '../../../bench/plan/cell.js';
import { plan } from '../../../bench/plan/plan.js';
import type { Measurement, TrialRecord } from '../../../bench/record.js';
import { contenders } from '../../../bench/statistics/contenders.js';
import { type MetricName, metricNamed } from '../../../bench/statistics/metrics.js';
import { seeded } from '../../../lib/random.js';
import { cellOf, measurementOf, OPTIONS, ROOMY, recordOf, slicesOf } from '../../support/cells.js';

/** Trials in block 1, 2, …; null is an invalid trial. */
type Trials = readonly (Partial<Measurement> | null)[];

function trialsOf(cell: Cell, trials: Trials, change: Partial<TrialRecord> = {}): TrialRecord[] {
  return trials.map((trial, i) => {
    const record = recordOf(cell, {
      block: i + 1,
      ...change,
      measurement: measurementOf(trial ?? {}),
    });
    return { ...record, verdict: { ...record.verdict, valid: trial !== null } };
  });
}

const cells = plan({ ...OPTIONS, servers: ['epoll', 'poll', 'threads', 'libuv'] }, ROOMY).cells;

/** The ranks of the four servers with these trials. */
function placed(name: MetricName, ...each: readonly Trials[]) {
  const records = cells.flatMap((cell, i) => trialsOf(cell, each[i] ?? []));
  return contenders(cells, metricNamed(name), records).map(({ place }) => place);
}

const efficient = (...values: readonly (number | null)[]): Trials =>
  values.map((efficiency) => (efficiency === null ? null : { efficiency }));

t.test('the best is first: the highest rate or the lowest latency', async (t) => {
  const order = (name: MetricName) =>
    placed(
      name,
      ...[2, 3, 1, 4].map((n): Trials => {
        const latency = { ...measurementOf().latency, p50: n, p99: n };
        return [1, 2, 3].map(() => ({ efficiency: n, throughput: n, latency }));
      }),
    ).map(({ cell }) => cell.server);
  t.same(order('efficiency'), ['libuv', 'poll', 'epoll', 'threads']);
  t.same(order('throughput'), ['libuv', 'poll', 'epoll', 'threads']);
  t.same(order('p50'), ['threads', 'epoll', 'poll', 'libuv']);
  t.same(order('p99'), ['threads', 'epoll', 'poll', 'libuv']);
});

t.test('the figure is the median of the valid trials, in its own unit', async (t) => {
  const [first] = placed('efficiency', efficient(10, null, 40, 20, 30));
  t.match(first, { figure: 25, blocks: 4, unranked: null });
});

t.test('a ranked server needs three valid blocks, and more than half of all blocks', async (t) => {
  const why = (...values: readonly (number | null)[]) =>
    placed('efficiency', efficient(...values)).find(({ cell }) => cell.server === 'epoll')
      ?.unranked;
  t.equal(why(1, 2), 'too few blocks');
  t.equal(why(1, 2, 3), null);
  t.equal(why(1, 2, 3, null, null), null);
  t.equal(why(1, 2, 3, null, null, null), 'too few blocks', 'half is not more than half');
  t.equal(why(null, null, null), 'too few blocks');
  t.equal(why(), 'not run');
});

t.test('missing and misleading figures in valid trials have separate reasons', async (t) => {
  const bound = trialsOf(cells[0] as Cell, [{}, {}, {}], {
    verdict: { valid: true, clientBound: true, problems: [], notes: [] },
  });
  const why = (name: MetricName, records: readonly TrialRecord[]) =>
    contenders(cells.slice(0, 1), metricNamed(name), records)[0]?.place.unranked;
  t.equal(why('throughput', bound), 'client-bound');
  t.equal(why('efficiency', bound), null);
  const own = (...trials: Trials) => trialsOf(cells[0] as Cell, trials);
  t.equal(why('efficiency', own({ efficiency: null }, { efficiency: null })), 'no figure');
  const latency = { ...measurementOf().latency, p50: 5, p99: 5 };
  t.equal(why('p99', own({ latency, starved: 1 }, { latency }, { latency })), 'starved');
});

t.test('a skipped cell is reported as skipped even if it has records', async (t) => {
  const skipped = { ...cellOf(), skipped: { kind: 'io_uring missing' } as const };
  const [one] = contenders(
    [skipped],
    metricNamed('efficiency'),
    trialsOf(skipped, efficient(1, 2, 3)),
  );
  t.equal(one?.place.unranked, 'skipped');
});

t.test('unranked servers follow, the best first and those without a figure last', async (t) => {
  const places = placed('efficiency', efficient(50, 50), [], efficient(90, 90), efficient(1, 1, 1));
  t.same(
    places.map(({ cell, unranked }) => [cell.server, unranked]),
    [
      ['libuv', null],
      ['threads', 'too few blocks'],
      ['epoll', 'too few blocks'],
      ['poll', 'not run'],
    ],
  );
});

t.test('a sliced server is compared by slices, and only blocks with a ratio count', async (t) => {
  const sliced: Cell = { ...cellOf(), uninterrupted: null };
  const trials = [{ slices: slicesOf(2, 2) }, { slices: slicesOf() }, { slices: slicesOf(4) }];
  const [one] = contenders([sliced], metricNamed('efficiency'), trialsOf(sliced, trials));
  t.same(
    [...(one?.toControl ?? [])].map(([block, log]) => [block, Math.round(Math.exp(log))]),
    [
      [1, 2],
      [3, 4],
    ],
  );
  t.equal(one?.place.blocks, 2);
  t.equal(one?.figures.size, 3);
  t.equal(contenders([cellOf()], metricNamed('efficiency'), [])[0]?.toControl, null);
});

t.test('the result does not depend on the order of cells and records', async (t) => {
  const random = seeded(8);
  for (let run = 0; run < 50; run++) {
    const records = cells.flatMap((cell) =>
      trialsOf(
        cell,
        efficient(...Array.from({ length: 6 }, () => (random() < 0.4 ? null : 1 + random()))),
      ),
    );
    const names = (some: readonly Cell[], all: readonly TrialRecord[]) =>
      contenders(some, metricNamed('efficiency'), all).map(({ cell }) => cell.server);
    const known = names(cells, records);
    if (known.join() !== names(cells.toReversed(), records.toReversed()).join())
      return t.fail(`run ${run}`);
  }
  return t.pass();
});
