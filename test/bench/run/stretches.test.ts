import t from 'tap';
import {
  addUp,
  batched,
  logRatios,
  pairsOf,
  type Stretch,
  stretchesOf,
} from '../../../bench/run/stretches.js';

const MS = 1e6;

function stretch(side: Stretch['side'], change: Partial<Stretch> = {}): Stretch {
  return {
    side,
    opened: 0,
    from: 1 * MS,
    to: 21 * MS,
    drained: 22 * MS,
    connections: 64,
    requests: 4000,
    work: 4000,
    serverNs: 20 * MS,
    clientNs: 18 * MS,
    idleNs: 0,
    ...change,
  };
}

t.test('columns are converted to stretches, and NaN to null', async (t) => {
  const one = (value: number) => Float64Array.of(value, value);
  const columns = {
    ...{ opened: one(1), from: one(2), to: one(3), drained: Float64Array.of(4, Number.NaN) },
    ...{
      connections: one(5),
      requests: one(6),
      payload: one(7),
      serverNs: one(Number.NaN),
      clientNs: one(8),
    },
    ...{ idleNs: one(9), subject: Float64Array.of(0, 1) },
  };
  t.match(stretchesOf(columns, 'bytes'), [{ requests: 6, work: 7 }, { work: 7 }]);
  t.match(stretchesOf(columns, 'requests'), [{ work: 6 }, { work: 6 }]);
  t.match(stretchesOf(columns, 'requests'), [
    { side: 'server', drained: 4, serverNs: null, clientNs: 8 },
    { side: 'control', drained: null, idleNs: 9 },
  ]);
});

t.test('work is a sum, and unknown if a part is unknown', async (t) => {
  t.same(addUp([stretch('server'), stretch('server')]), {
    requests: 8000,
    work: 8000,
    seconds: 0.04,
    cpuS: 0.04,
  });
  t.equal(addUp([stretch('server'), stretch('server', { serverNs: null })]).cpuS, null);
  t.equal(addUp([]).cpuS, null);
});

t.test('neighbouring stretches form pairs, server first, in either order of service', async (t) => {
  const [a, b, c, d] = [
    stretch('server'),
    stretch('control'),
    stretch('control', { requests: 1 }),
    stretch('server', { requests: 2 }),
  ];
  t.same(pairsOf([a, b, c, d, a]), [
    [a, b],
    [d, c],
  ]);
  t.throws(() => pairsOf([a, d]), /same side/);
});

t.test('each batch is the mean logarithm of the ratios of its pairs', async (t) => {
  const pair = (times: number) =>
    [stretch('server', { work: 4000 * times }), stretch('control')] as const;
  t.same(batched(logRatios([pair(2), pair(1)])), [Math.log(2), 0]);
  const many = batched(logRatios(Array.from({ length: 45 }, () => pair(2))));
  t.equal(many.length, 20);
  for (const value of many) t.ok(Math.abs(value - Math.log(2)) < 1e-12);
});

t.test('a pair without CPU time or without work has no ratio', async (t) => {
  const none = stretch('control', { work: 0 });
  const unknown = stretch('server', { serverNs: null });
  t.same(logRatios([[stretch('server'), none]]), []);
  t.same(logRatios([[unknown, stretch('control')]]), []);
});
