/** Relative efficiency over two factors: to which runs it applies, and how cells are drawn. */
import t from 'tap';
import { heatMap } from '../../../../bench/report/charts/heat-map.js';
import { toSvg } from '../../../../bench/report/charts/svg.js';
import { type Study, study } from '../../../../bench/report/study/study.js';
import { bulk } from '../../../../bench/services/bulk/bulk.js';
import { textsOf } from '../../../support/markup.js';
import { columnsOf, partOf } from '../../../support/specs.js';
import { storedRun } from '../../../support/stored.js';

const SERVERS = ['epoll', 'poll'];
const made = study(storedRun({ servers: SERVERS, idle: [0, 900], trials: 3 }));

const blocksOf = (of: Study) => partOf<Record<string, unknown>[]>(heatMap.spec(of), 'vconcat');
const squares = (of: Study, ...names: readonly string[]) =>
  blocksOf(of).flatMap((block) => columnsOf(block, ...names));

t.test('the heat map applies if two numeric factors vary', async (t) => {
  const applies = (options: Parameters<typeof storedRun>[0]) =>
    heatMap.applies(study(storedRun({ servers: SERVERS, trials: 1, ...options })));
  t.ok(heatMap.applies(made));
  t.notOk(applies({}), 'only connections vary');
  const loads = bulk.loads({ op: ['get', 'put'] });
  t.notOk(applies({ service: 'bulk', loads }), 'the operation is not numeric');
  t.ok(applies({ service: 'bulk', loads: bulk.loads({ size: [1000, 1e6] }) }));
});

t.test('the factor with the most levels is x, and values increase right and up', async (t) => {
  const wide = study(storedRun({ servers: SERVERS, idle: [900, 0, 7], trials: 1 }));
  t.equal(heatMap.title(wide), 'Relative efficiency by idle connections and connections');
  const [block] = blocksOf(wide);
  t.same(partOf(block ?? {}, 'spec.encoding.x.scale.domain'), [0, 7, 900]);
  t.same(partOf(block ?? {}, 'spec.encoding.y.scale.domain'), [1000, 100]);
});

t.test('each cell shows its ratio as a number and a colour', async (t) => {
  t.equal(squares(made, 'server').length, 8);
  for (const [server, ratio, label, look] of squares(made, 'server', 'ratio', 'label', 'look')) {
    t.match(ratio, server === 'epoll' ? 1 : Number);
    t.equal(label, Number(ratio).toFixed(2));
    t.equal(look, 'filled');
  }
});

t.test('cells with invalid trials are hollow, cells without valid trials are empty', async (t) => {
  const troubled = study(
    storedRun({ servers: SERVERS, idle: [0, 900], trials: 3 }, (record) => {
      const isInvalid =
        record.server === 'poll' &&
        record.idle === 900 &&
        record.block > (record.connections === 100 ? 1 : 0);
      return { ...record, verdict: { ...record.verdict, valid: !isInvalid } };
    }),
  );
  const poll = squares(troubled, 'server', 'x', 'y', 'look').filter(([name]) => name === 'poll');
  t.same(poll, [
    ['poll', 100, 0, 'filled'],
    ['poll', 100, 900, 'hollow'],
    ['poll', 1000, 0, 'filled'],
    ['poll', 1000, 900, 'missing'],
  ]);
  const caption = heatMap.caption(troubled);
  t.match(caption, /Hollow[^.]*: poll at 100 connections, 900 idle connections\./);
  t.match(caption, /Missing: poll at 1,000 connections, 900 idle connections \(no valid trial\)/);
  t.notMatch(heatMap.caption(made), /Hollow|Missing/);
});

t.test('each combination of the other factors has a separate block of panels', async (t) => {
  const loads = bulk.loads({ op: ['get', 'put'], size: [1024, 1e6] });
  const both = study(storedRun({ service: 'bulk', servers: SERVERS, loads, trials: 1 }));
  t.same(
    blocksOf(both).map((block) => partOf(block, 'title.text')),
    ['get', 'put'],
  );
  const svg = await toSvg('a', 'T', heatMap.spec(both));
  t.match(new Set(textsOf(svg, 'text')), new Set(['1 KiB', '1 MB', '100', '1,000', 'epoll']));
});

t.test('numbers are light only on the darkest cells', async (t) => {
  const [best, worst] = squares(made, 'ink', 'ratio')
    .toSorted(([, a], [, b]) => Number(b) - Number(a))
    .flatMap((square, i, all) => (i === 0 || i === all.length - 1 ? [square[0]] : []));
  t.not(best, worst);
});
