import t from 'tap';
import { areApart, type Part, stacked } from '../../../../bench/report/charts/stacked.js';
import { study } from '../../../../bench/report/study/study.js';
import { bulk } from '../../../../bench/services/bulk/bulk.js';
import { columnsOf, partOf } from '../../../support/specs.js';
import { storedRun } from '../../../support/stored.js';

const one = study(storedRun({ connections: [10], trials: 1 }));
const two = study(storedRun({ trials: 1 }));

const stack = (parts: Readonly<Record<string, readonly Part[]>>, colors?: readonly string[]) => ({
  ...{ title: 'T', labels: '' },
  parts: ({ cell }: { cell: { server: string } }) => parts[cell.server] ?? [],
  ...(colors ? { colors } : {}),
});

const PARTS = {
  epoll: [
    { name: 'a', value: 1 },
    { name: 'b', value: 2 },
  ],
  poll: [
    { name: 'c', value: 4 },
    { name: 'b', value: 3 },
  ],
};

t.test('parts have the same order in all bars, even if a server lacks some', async (t) => {
  const spec = stacked(one, stack(PARTS));
  t.same(columnsOf(spec, 'server', 'part', 'order', 'value'), [
    ['epoll', 'a', 0, 1],
    ['epoll', 'b', 1, 2],
    ['poll', 'c', 2, 4],
    ['poll', 'b', 1, 3],
  ]);
  t.same(partOf(spec, 'encoding.color.scale.domain'), ['a', 'b', 'c']);
});

t.test('each part has a colour, and no colour is unused', async (t) => {
  const range = (colors?: readonly string[]) =>
    partOf<string[]>(stacked(one, stack(PARTS, colors)), 'encoding.color.scale.range');
  t.same(range(['x', 'y', 'z', 'more']), ['x', 'y', 'z']);
  t.equal(new Set(range()).size, 3);
});

t.test('a server without parts has no bar and takes no space', async (t) => {
  t.same(partOf(stacked(one, stack(PARTS)), 'encoding.y.sort'), ['epoll', 'poll']);
  const height = (spec: object) => partOf<number>(spec, 'height');
  t.equal(
    height(stacked(one, stack({ epoll: PARTS.epoll }))) * 2,
    height(stacked(one, stack(PARTS))),
  );
});

t.test('several loads have one panel each', async (t) => {
  const spec = stacked(two, stack(PARTS));
  t.same(partOf(spec, 'facet.sort'), ['100 connections', '1,000 connections']);
  t.equal(columnsOf(spec, 'panel').length, 8);
  t.notOk('facet' in stacked(one, stack(PARTS)));
});

t.test('loads of a service whose bars differ greatly have separate axes', async (t) => {
  const loads = bulk.loads({ size: [1000, 1e6] });
  const sizes = study(storedRun({ service: 'bulk', loads, connections: [10], trials: 1 }));
  const costing = (large: number) => ({
    ...{ title: 'T', labels: '' },
    parts: ({ level }: (typeof sizes.cells)[number]) => [
      { name: 'a', value: level.factors.size === 1e6 ? large : 1 },
    ],
  });
  for (const [large, scale] of [
    [5, 'shared'],
    [50, 'independent'],
  ] as const) {
    t.equal(areApart(sizes, costing(large)), scale === 'independent');
    t.equal(partOf(stacked(sizes, costing(large)), 'resolve.scale.x'), scale);
  }
  const byConnections = ({ cell }: (typeof sizes.cells)[number]) => [
    { name: 'a', value: cell.connections ** 2 },
  ];
  t.notOk(areApart(two, { parts: byConnections }), 'only connections vary');
});
