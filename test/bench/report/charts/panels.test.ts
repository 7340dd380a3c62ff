/** Which loads have a panel if there are too many to be readable. */
import t from 'tap';
import type { Chart } from '../../../../bench/report/charts/chart.js';
import { inFewPanels } from '../../../../bench/report/charts/panels.js';
import { study } from '../../../../bench/report/study/study.js';
import { storedRun } from '../../../support/stored.js';

/** Shows the levels and cells passed to it. */
const SHOWING: Chart = {
  ...{ id: 'it', title: () => 'It', applies: () => true, caption: () => 'Said.' },
  spec: ({ levels, cells, measured }) => ({
    levels: levels.map(({ connections }) => connections),
    cells: cells.length,
    measured: measured.length,
  }),
};

const chart = inFewPanels(SHOWING);

/** The loads of a run with these connections and results of its servers. */
function shown(
  loads: number,
  servers: readonly string[],
  change?: Parameters<typeof storedRun>[1],
) {
  const connections = Array.from({ length: loads }, (_, i) => i + 1);
  const made = study(storedRun({ servers, connections, trials: 1 }, change));
  return { spec: chart.spec(made), caption: chart.caption(made) };
}

t.test('up to six loads have one panel each, without a remark', async (t) => {
  const { spec, caption } = shown(6, ['epoll', 'poll']);
  t.same(spec, { levels: [1, 2, 3, 4, 5, 6], cells: 12, measured: 12 });
  t.equal(caption, 'Said.');
});

t.test('of more loads, six evenly spaced ones are shown, with first and last', async (t) => {
  const { spec, caption } = shown(16, ['epoll', 'poll']);
  t.same(spec, { levels: [1, 4, 7, 10, 13, 16], cells: 12, measured: 12 });
  t.match(caption, /^Said\. .*\b6 of the 16\b/);
});

t.test('many servers limit the panels to three loads', async (t) => {
  const seven = ['epoll', 'epoll-lt', 'poll', 'select-wide', 'libuv', 'threads', 'io_uring'];
  t.same(shown(5, seven).spec.levels, [1, 3, 5]);
});

t.test('loads under which servers can be compared take precedence', async (t) => {
  const { spec } = shown(14, ['epoll', 'poll'], (record) => ({
    ...record,
    verdict: {
      ...record.verdict,
      valid: record.server === 'epoll' || [2, 5, 9].includes(record.connections),
    },
  }));
  t.same(spec, { levels: [2, 5, 9], cells: 6, measured: 6 });
});

t.test('if no load compares servers, all loads have equal precedence', async (t) => {
  t.same(shown(14, ['epoll']).spec.levels, [1, 4, 6, 9, 11, 14]);
});
