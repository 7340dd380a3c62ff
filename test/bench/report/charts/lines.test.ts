/** Lines of servers against the load: one point per cell, and a label at the end of each line. */
import t from 'tap';
import type { Figures } from '../../../../bench/report/charts/figures.js';
import { lines } from '../../../../bench/report/charts/lines.js';
import type { Axis } from '../../../../bench/report/study/levels.js';
import { type Study, study } from '../../../../bench/report/study/study.js';
import { partOf, rowsOf } from '../../../support/specs.js';
import { storedRun } from '../../../support/stored.js';

const made = study(storedRun({ servers: ['epoll', 'poll'], trials: 2 }));

/** Ten times the connections for epoll, a hundred times for poll; the upper bound is twice the median. */
const FIGURES: Figures = {
  ...{ title: 'T', labels: 'L', show: String },
  estimate: ({ cell: { server, connections } }) => {
    const median = connections * (server === 'epoll' ? 10 : 100);
    return { median, low: median / 2, high: median * 2, level: 0.9 };
  },
};

const spec = (of: Study = made, change: Partial<Figures> = {}) =>
  lines(of, of.axis as Axis, of.measured, { ...FIGURES, ...change });

t.test('each cell is a point with its interval, next to its level', async (t) => {
  const points = rowsOf(spec());
  t.same(
    points.map(({ server, median, low, high }) => [server, median, low, high]),
    [
      ['epoll', 1000, 500, 2000],
      ['epoll', 10_000, 5000, 20_000],
      ['poll', 10_000, 5000, 20_000],
      ['poll', 100_000, 50_000, 200_000],
    ],
  );
  const x = points.map((point) => Number(point.x));
  t.ok((x[0] ?? 0) < 100 && (x[2] ?? 0) > 100 && Math.abs((x[0] ?? 0) / 100 - 1) < 0.1);
});

t.test('single trials are drawn next to their cells', async (t) => {
  const trials = rowsOf(spec(made, { single: ({ block }) => block })).filter(
    ({ kind }) => kind === 'trial',
  );
  t.equal(trials.length, 8);
  t.same(new Set(trials.map(({ value }) => value)), new Set([1, 2]));
});

t.test('the axis begins at 0 and contains all intervals, unless a domain is given', async (t) => {
  const scaleOf = (one: object) =>
    partOf<{ domain: number[] }>(one, 'layer.1.encoding.y.scale').domain;
  t.same(scaleOf(spec()), [0, 200_000]);
  t.same(scaleOf(spec(made, { single: () => 250_000 })), [0, 260_000]);
  const scale = { type: 'log', domain: [1, 1e6], nice: false } as const;
  t.same(scaleOf(spec(made, { scale, ticks: [1, 1e6] })), [1, 1e6]);
});

t.test('labels are at the last level of each line', async (t) => {
  const layers = partOf<object[]>(spec(), 'layer');
  const names = partOf<{ name: string; from: number }[]>(layers.at(-1) as object, 'data.values');
  t.same(
    names.map(({ name, from }) => [name, Math.round(from)]),
    [
      ['poll', 145], // half of 200,000 in a plot of 290 px
      ['epoll', 276],
    ],
  );
});

t.test('a second variable makes panels, with a legend instead of labels', async (t) => {
  const both = study(storedRun({ servers: ['epoll', 'poll'], idle: [0, 5], trials: 1 }));
  const panels = spec(both);
  t.same(partOf(panels, 'facet.sort'), ['0 idle connections', '5 idle connections']);
  t.not(partOf(panels, 'spec.layer.0.encoding.color.legend'), null);
  t.equal(partOf(spec(), 'layer.0.encoding.color.legend'), null);
});

t.test('client-bound cells are hollow, and the layer is omitted without them', async (t) => {
  const bound = study(
    storedRun({ servers: ['epoll', 'poll'], trials: 2 }, (record) => ({
      ...record,
      verdict: { ...record.verdict, clientBound: record.server === 'poll' },
    })),
  );
  t.same(
    rowsOf(spec(bound)).map(({ hollow }) => hollow),
    [false, false, true, true],
  );
  const layers = (of: Study) => partOf<object[]>(spec(of), 'layer').length;
  t.equal(layers(bound), layers(made) + 1);
});

t.test('the reference line is the first layer', async (t) => {
  t.equal(partOf(spec(made, { reference: 1 }), 'layer.0.encoding.y.datum'), 1);
});
