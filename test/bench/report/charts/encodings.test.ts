/** Shared encodings of graphs: axes with the measured levels, and panels with few servers each. */
import t from 'tap';
import {
  areMany,
  beside,
  byServer,
  drawn,
  grid,
  inPanels,
  panelOf,
  xOf,
} from '../../../../bench/report/charts/encodings.js';
import type { Axis } from '../../../../bench/report/study/levels.js';
import { study } from '../../../../bench/report/study/study.js';
import { partOf } from '../../../support/specs.js';
import { storedRun } from '../../../support/stored.js';

const AXES: readonly Axis[] = [
  { name: 'connections', title: 'x', values: [10, 20, 50], scale: 'linear' },
  { name: 'connections', title: 'x', values: [10, 100, 5000], scale: 'log' },
  { name: 'idle', title: 'x', values: [0, 10, 9000], scale: 'symlog' },
  { name: 'idle', title: 'x', values: [7], scale: 'linear' },
];

const near = (a: number, b: number) => Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(b));

t.test('a single server is at its level, on every scale', async (t) => {
  for (const axis of AXES)
    for (const value of axis.values)
      t.ok(near(beside(axis, value, 0, 1), value), `${axis.scale}: ${value}`);
});

/** Position of a value along the axis, up to a factor. */
function along({ values, scale }: Axis, value: number): number {
  const half = (values.find((one) => one > 0) ?? 1) / 2;
  if (scale === 'linear') return value;
  return scale === 'log' ? Math.log(value) : Math.sign(value) * Math.log1p(Math.abs(value) / half);
}

t.test('servers are evenly spaced around their level, in order and close to it', async (t) => {
  for (const axis of AXES)
    for (const of of [2, 5, 13])
      for (const value of axis.values) {
        const places = Array.from({ length: of }, (_, i) =>
          along(axis, beside(axis, value, i, of)),
        );
        const steps = places.slice(1).map((place, i) => place - (places[i] as number));
        const span = along(axis, axis.values.at(-1) ?? 1) - along(axis, axis.values[0] ?? 0) || 1;
        const middle = places.reduce((sum, place) => sum + place, 0) / of;
        t.ok(
          steps.every((step) => step > 0 && near(step, steps[0] ?? 0)),
          `${axis.scale}, ${value}`,
        );
        t.ok(Math.abs(middle - along(axis, value)) < 1e-6 * span);
        t.ok((places.at(-1) ?? 0) - (places[0] ?? 0) <= 0.0801 * span, 'within 8 % of the axis');
      }
});

t.test('an axis has ticks only at its levels, and contains all offsets around them', async (t) => {
  for (const axis of AXES) {
    const x = xOf(axis);
    t.same(x.axis.values, axis.values);
    const [low = 0, high = 0] = x.scale.domain;
    for (const value of axis.values)
      for (const nth of [0, 12]) {
        const place = beside(axis, value, nth, 13);
        t.ok(low <= place && place <= high, `${axis.scale}: ${place} of ${low} to ${high}`);
      }
    t.ok(axis.scale !== 'log' || low > 0);
  }
});

t.test('two or four panels are in two columns, other numbers in three', async (t) => {
  for (const panels of [2, 3, 4, 5, 6, 9]) {
    const titles = Array.from({ length: panels }, (_, i) => `panel ${i}`);
    const { columns, width } = grid(titles, 630);
    t.equal(columns, panels === 2 || panels === 4 ? 2 : 3);
    t.ok(columns * width + (columns - 1) * 30 <= 630);
    t.ok(width > 150);
  }
});

t.test('there are fewer columns if titles would overlap', async (t) => {
  const columnsFor = (...lengths: readonly number[]) =>
    grid(
      lengths.map((length) => 'm'.repeat(length)),
      630,
    ).columns;
  t.same([columnsFor(9, 9, 25), columnsFor(9, 9, 35), columnsFor(9, 9, 60)], [3, 2, 1]);
  t.same([columnsFor(9, 35), columnsFor(9, 60)], [2, 1]);
});

const made = study(storedRun({ idle: [0, 1000], trials: 1 }));

t.test('each server is drawn once, and several servers have a legend', async (t) => {
  t.same(
    drawn(made.cells).map(({ name }) => name),
    ['epoll', 'poll', 'libuv'],
  );
  const { color, strokeDash, shape } = byServer(made.cells);
  t.same(color.scale.domain, ['epoll', 'poll', 'libuv']);
  t.same(
    [color, strokeDash, shape].map(({ scale }) => scale.range.length),
    [3, 3, 3],
  );
  t.not(color.legend, null);
  t.equal(byServer(made.cells.slice(0, 1)).color.legend, null);
  t.ok(strokeDash.scale.range.every((dash) => (dash as readonly number[]).length > 0));
});

t.test('a panel is named by the factors that vary besides the axis', async (t) => {
  t.equal(made.axis?.name, 'connections');
  t.same([...new Set(made.cells.map((cell) => panelOf(made, cell)))].sort(), [
    ...['0 idle connections', '1,000 idle connections'],
  ]);
  const plain = study(storedRun({ trials: 1 }));
  t.equal(plain.cells[0] && panelOf(plain, plain.cells[0]), '');
});

const dataOf = (servers: number, panels: readonly string[]) =>
  panels.flatMap((panel) =>
    Array.from({ length: servers }, (_, i) => ({ server: `s${i}`, panel })),
  );

t.test('one load is a single view, several loads have one panel each, in order', async (t) => {
  const single = inPanels(dataOf(3, ['a']), ['a'], { mark: 'line' }, 270);
  t.match(single, { mark: 'line', height: 270 });
  t.notOk('facet' in single);
  const several = inPanels(dataOf(3, ['b', 'a']), ['b', 'a'], { mark: 'line' }, 270);
  t.same(partOf(several, 'facet.sort'), ['b', 'a']);
  t.equal(partOf(several, 'spec.mark'), 'line');
});

t.test('many servers are split into panels of at most five, complete and in order', async (t) => {
  for (const servers of [7, 8, 11, 13, 21, 31, 40]) {
    t.ok(areMany(Array.from({ length: servers })));
    const data = dataOf(servers, ['a']);
    const spec = inPanels(data, ['a'], {}, 270);
    const rows = partOf<{ server: string; part: string }[]>(spec, 'data.values');
    const names = partOf<string[]>(spec, 'facet.column.sort');
    t.same(
      rows.map(({ server }) => server),
      data.map(({ server }) => server),
    );
    const sizes = names.map((name) => rows.filter(({ part }) => part === name).length);
    t.equal(
      sizes.reduce((sum, size) => sum + size, 0),
      servers,
    );
    t.ok(Math.max(...sizes) <= 5 && Math.min(...sizes) >= 1, `${servers}: ${sizes}`);
    t.same(
      rows.map(({ part }) => names.indexOf(part)),
      rows.map(({ part }) => names.indexOf(part)).toSorted((a, b) => a - b),
    );
  }
  t.notOk(areMany(Array.from({ length: 6 })));
});

t.test('many servers under several loads have one row per load', async (t) => {
  const spec = inPanels(dataOf(7, ['b', 'a']), ['b', 'a'], {}, 270);
  t.same(partOf(spec, 'facet.row.sort'), ['b', 'a']);
});
