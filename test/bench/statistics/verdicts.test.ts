import t from 'tap';
import { plan } from '../../../bench/plan/plan.js';
import { type LoadVerdict, verdicts } from '../../../bench/statistics/verdicts.js';
import { measurementOf, OPTIONS, ROOMY, recordOf, slicesOf } from '../../support/cells.js';

type Values = Readonly<Record<string, readonly number[]>>;

/** Of each server its efficiency in block 1, 2, … */
function judged(values: Values): LoadVerdict {
  const made = plan({ ...OPTIONS, servers: Object.keys(values) }, ROOMY);
  const records = made.cells.flatMap((cell) =>
    (values[cell.server] ?? []).map((efficiency, i) =>
      recordOf(cell, { block: i + 1, measurement: measurementOf({ efficiency }) }),
    ),
  );
  const [verdict] = verdicts(made, records);
  if (!verdict) throw new Error('no verdict');
  return verdict;
}

function namesOf({ places }: LoadVerdict): string[][] {
  return places.map((place) => place.map(({ cell }) => cell.server));
}

const FIVE = [100, 101, 102, 103, 104];

t.test('servers that never overlap are ranked, with the ratio of the leader', async (t) => {
  const verdict = judged({ poll: FIVE, epoll: FIVE.map((value) => value * 2) });
  t.same(namesOf(verdict), [['epoll'], ['poll']]);
  t.match(verdict.places[1]?.[0]?.behind, { differs: true, delta: 1, ratio: { median: 2 } });
});

t.test('servers that overlap share a place', async (t) => {
  const verdict = judged({ epoll: [105, 99, 103, 101, 100], poll: FIVE });
  t.equal(verdict.places.length, 1);
  t.notOk(verdict.pairs[0]?.differs);
});

t.test('three trials can prove nothing, and the smallest p says so', async (t) => {
  const verdict = judged({ epoll: [200, 201, 202], poll: [100, 101, 102] });
  t.equal(verdict.places.length, 1);
  t.equal(verdict.smallestP, 0.1);
});

t.test('two of 252 ways to deal ten ranks are as extreme as five above five', async (t) => {
  const { smallestP, pairs } = judged({ epoll: FIVE.map((value) => value * 2), poll: FIVE });
  t.equal(smallestP, 2 / 252);
  t.equal(pairs[0]?.p, smallestP);
});

t.test('three sliced trials can tell servers apart', async (t) => {
  const made = plan(
    { ...OPTIONS, servers: ['epoll', 'poll'], slices: 'on', repeat: 0, durationNs: 1e9 },
    ROOMY,
  );
  const records = made.cells.flatMap((cell, i) =>
    [0.99, 1, 1.01].map((ratio, block) =>
      recordOf(cell, { block, measurement: measurementOf({ slices: slicesOf(ratio * (2 - i)) }) }),
    ),
  );
  const [verdict] = verdicts(made, records);
  t.equal(verdict?.smallestP, 0);
  t.match(verdict?.pairs, [{ differs: true, better: { cell: { server: 'epoll' } } }]);
});

t.test('the ratio is paired by block: what drifts for both cancels out', async (t) => {
  const drift = [1, 5, 2, 9, 3];
  const verdict = judged({ epoll: drift.map((d) => 110 * d), poll: drift.map((d) => 100 * d) });
  t.ok(Math.abs((verdict.pairs[0]?.ratio?.median ?? 0) - 1.1) < 1e-9);
});

t.test('invalid trials and a server without any figure have no place', async (t) => {
  t.same(namesOf(judged({ epoll: FIVE, poll: [] })), [['epoll']]);
});

t.test('one that differs from the first, but not from the second, says so', async (t) => {
  const verdict = judged({
    epoll: [120, 121, 122, 123, 124],
    poll: [119, 108, 117, 122.5, 123.5],
    select: [118, 109, 116, 115, 114],
  });
  t.same(namesOf(verdict), [['epoll', 'poll'], ['select']]);
  t.same(
    verdict.places[1]?.[0]?.unresolved.map(({ cell }) => cell.server),
    ['poll'],
  );
});
