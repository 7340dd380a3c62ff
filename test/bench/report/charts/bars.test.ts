/** Bars of servers: sorted in descending order, with every drawn element within the axis. */
import t from 'tap';
import { bars, barsByLoad } from '../../../../bench/report/charts/bars.js';
import type { Spec } from '../../../../bench/report/charts/chart.js';
import type { Figures } from '../../../../bench/report/charts/figures.js';
import { study } from '../../../../bench/report/study/study.js';
import { columnsOf, partOf } from '../../../support/specs.js';
import { storedRun } from '../../../support/stored.js';

const { measured } = study(
  storedRun({ connections: [10], trials: 3 }, (record) => ({
    ...record,
    verdict: { ...record.verdict, clientBound: record.server === 'poll' },
  })),
);

const MEDIANS: Readonly<Record<string, number>> = { epoll: 20, poll: 50, libuv: 5 };

const figures = (change: Partial<Figures> = {}): Figures => ({
  ...{ title: 'T', labels: '', show: (value) => `<${value}>` },
  estimate: ({ cell }) => {
    const median = MEDIANS[cell.server] ?? 0;
    return { median, low: median - 1, high: median + 2, level: 0.9 };
  },
  ...change,
});

t.test('bars are in descending order and labelled, and client-bound ones are marked', async (t) => {
  t.same(columnsOf(bars(measured, figures()), 'server', 'median', 'low', 'high', 'end', 'label'), [
    ['poll', 50, 49, 52, 52, '<50> (client-bound)'],
    ['epoll', 20, 19, 22, 22, '<20>'],
    ['libuv', 5, 4, 7, 7, '<5>'],
  ]);
});

t.test('a bar without an interval ends at its median', async (t) => {
  const estimate = () => ({ median: 5, low: null, high: null, level: null });
  t.same(columnsOf(bars(measured, figures({ estimate })), 'low', 'end')[0], [null, 5]);
});

t.test('the axis begins at 0 and contains intervals, trials and the reference line', async (t) => {
  const end = (change?: Partial<Figures>) => {
    const [low, high] = partOf<[number, number]>(
      bars(measured, figures(change)),
      'layer.0.encoding.x.scale.domain',
    );
    t.equal(low, 0);
    return high;
  };
  t.ok(end() > 52 && end() < 65);
  t.ok(end({ single: () => 80 }) > 80);
  t.ok(end({ reference: 90 }) > 90);
});

t.test('each server has the same row in all layers', async (t) => {
  const spec = bars(measured, figures({ reference: 1, single: ({ block }) => block }));
  const layers = partOf<object[]>(spec, 'layer');
  t.equal(layers.length, 5);
  for (const layer of layers.slice(0, 4))
    t.same(partOf(layer, 'encoding.y.sort'), ['poll', 'epoll', 'libuv']);
  t.equal(
    partOf<object[]>(layers[3] as object, 'data.values').length,
    9,
    'three trials per server',
  );
});

t.test('each of several loads has a separate panel with the same axis', async (t) => {
  const both = study(storedRun({ connections: [10, 20], trials: 1 }));
  const estimate: Figures['estimate'] = ({ cell }) => {
    return { median: cell.connections, low: null, high: null, level: null };
  };
  const spec = barsByLoad(both.levels, both.measured, figures({ estimate }));
  const panels = partOf<object[]>(spec, 'vconcat');
  t.same(
    panels.map((panel) => partOf(panel, 'title.text')),
    ['10 connections', '20 connections'],
  );
  t.same(
    panels.map((panel) => columnsOf(panel as Spec, 'median')),
    [
      [[10], [10], [10]],
      [[20], [20], [20]],
    ],
  );
  const domains = panels.map((panel) => partOf(panel, 'layer.0.encoding.x.scale.domain'));
  t.same(domains[0], domains[1]);
  t.same(
    panels.map((panel) => partOf(panel, 'layer.0.encoding.x.title')),
    ['', 'T'],
  );
});

t.test('a single load has no heading', async (t) => {
  const { levels } = study(storedRun({ connections: [10], trials: 1 }));
  t.notOk('title' in barsByLoad(levels, [], figures()));
});
