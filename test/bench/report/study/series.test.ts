/** Appearance of servers: the same in every report, and distinct within each. */
import t from 'tap';
import type { Cell } from '../../../../bench/plan/cell.js';
import { seriesName, seriesOf } from '../../../../bench/report/study/series.js';
import { serverName } from '../../../../bench/report/text/server-name.js';
import { MODEL_NAMES } from '../../../../lib/catalog/models.js';
import { cellOf } from '../../../support/cells.js';

const cell = (server: string, workers = 1, connections = 10): Cell => ({
  ...{ ...cellOf(), server, workers, connections },
});

t.test('each server is one series, in order of the first cell that names it', async (t) => {
  const cells = [cell('poll'), cell('epoll'), cell('poll', 1, 20), cell('epoll', 4)];
  const series = seriesOf(cells);
  t.same(
    series.map(({ name }) => name),
    ['poll', 'epoll', 'epoll\u00a0×4'],
  );
  for (const one of cells)
    t.same(
      series.filter(({ has }) => has(one)).map(({ name }) => name),
      [seriesName(one, serverName)],
      'a cell belongs to one series',
    );
  t.same(seriesOf([]), []);
});

t.test('all models differ in appearance', async (t) => {
  const looks = seriesOf(MODEL_NAMES.map((name) => cell(name))).map(({ color, dash, shape }) =>
    [color, dash.join(), shape].join(' '),
  );
  t.equal(new Set(looks).size, MODEL_NAMES.length);
});

t.test('the appearance of a model does not depend on the other servers', async (t) => {
  const look = (...servers: readonly string[]) => {
    const { color, dash, shape } =
      seriesOf(servers.map((name) => cell(name))).find(({ server }) => server === 'poll') ?? {};
    return { color, dash, shape };
  };
  t.same(look('epoll', 'cmd:x', 'poll'), look('poll'));
});

t.test('worker counts of one model share its colour and differ in their dashes', async (t) => {
  const series = seriesOf([1, 2, 4, 8].map((workers) => cell('epoll', workers)));
  t.equal(new Set(series.map(({ color }) => color)).size, 1);
  t.equal(new Set(series.map(({ dash }) => dash.join())).size, 4);
  t.same(series[0]?.dash, seriesOf([cell('epoll')])[0]?.dash);
});

t.test('programs have separate colours, which repeat after the last one', async (t) => {
  const series = seriesOf(Array.from({ length: 10 }, (_, i) => cell(`cmd:server${i}`)));
  t.equal(new Set(series.slice(0, 8).map(({ color }) => color)).size, 8);
  t.equal(series[8]?.color, series[0]?.color);
  for (const { shape } of series) t.type(shape, 'string');
});

t.test('two builds of one program are two series with different names', async (t) => {
  const cells = ['cmd:/old/server {port}', 'cmd:/new/server {port}', 'epoll'].map((name) =>
    cell(name),
  );
  const series = seriesOf(cells);
  t.same(
    series.map(({ name }) => name),
    ['cmd:server (old)', 'cmd:server (new)', 'epoll'],
  );
  for (const one of cells) t.equal(series.filter(({ has }) => has(one)).length, 1);
});

t.test('pools with the same numbers of workers look different', async (t) => {
  const cells = ['thread-pool', 'process-pool'].flatMap((server) =>
    [1, 5, 50].map((workers) => cell(server, workers)),
  );
  const looks = seriesOf(cells).map(({ color, dash }) => `${color} ${dash}`);
  t.equal(new Set(looks).size, 6);
});
