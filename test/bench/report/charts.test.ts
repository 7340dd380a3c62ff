import t from 'tap';
import type { EchoOptions } from '../../../bench/plan/plan.js';
import type { Verdict } from '../../../bench/record.js';
import { charts } from '../../../bench/report/charts/registry.js';
import { toSvg } from '../../../bench/report/charts/svg.js';
import { study } from '../../../bench/report/study/study.js';
import { plain } from '../../../bench/report/text/blocks.js';
import { storedRun } from '../../support/stored.js';

const RUNS: Readonly<Record<string, Partial<EchoOptions>>> = {
  'over connections': {},
  'over idle connections': { connections: [64], idle: [0, 900, 10_000] },
  'over connections and idle ones': { idle: [0, 1000] },
  'with nothing but servers': { connections: [100] },
  'of one server, once': { servers: ['epoll'], connections: [100], trials: 1 },
};

for (const [name, options] of Object.entries(RUNS))
  t.test(`every chart of a run ${name} compiles to SVG`, async (t) => {
    const made = study(storedRun(options));
    const applying = charts.filter((chart) => chart.applies(made));
    t.ok(applying.length >= 8);
    for (const chart of applying) {
      const svg = await toSvg(chart.id, chart.title, chart.spec(made));
      t.match(svg, /^<svg [^>]*role="img"/, chart.id);
      t.notMatch(svg, /NaN|undefined|Infinity/, chart.id);
      t.match(svg, /<path[^>]* d="M/, chart.id);
    }
  });

t.test('a chart is the same however often one is drawn', async (t) => {
  const made = study(storedRun());
  for (const chart of charts) {
    const draw = () => toSvg(chart.id, chart.title, chart.spec(made));
    t.equal(await draw(), await draw(), chart.id);
  }
});

function captionOf(
  id: string,
  options: Partial<EchoOptions>,
  change?: Parameters<typeof storedRun>[1],
) {
  const chart = charts.find((each) => each.id === id);
  if (!chart) throw new Error(`no chart ${id}`);
  return plain(chart.caption(study(storedRun(options, change))));
}

t.test('a single trial has no interval, and the caption says so', async (t) => {
  t.match(captionOf('efficiency', { trials: 1 }), /One trial per cell: there is no interval/);
  t.notMatch(captionOf('efficiency', {}), /One trial/);
});

t.test('the caption says how sure the intervals are', async (t) => {
  t.match(captionOf('throughput', { trials: 3 }), /\(order statistics\), confidence level 75 %/);
  t.match(captionOf('throughput', { trials: 9 }), /confidence level 96 %/);
});

t.test('a cell that was skipped is told of', async (t) => {
  const options = { servers: ['epoll', 'select'], connections: [100, 2000] };
  t.match(captionOf('p99', options), /Missing: select at 2,000 connections \(skipped\)\./);
});

const invalid: Verdict = {
  valid: false,
  clientBound: false,
  problems: [{ kind: 'no request answered', figures: {} }],

  notes: [],
};

t.test('cells with invalid trials are told of, by how many are left', async (t) => {
  const caption = captionOf('latency-cdf', {}, (record) =>
    record.server === 'poll' && record.block > (record.connections === 100 ? 2 : 0)
      ? { ...record, verdict: invalid }
      : record,
  );
  t.match(caption, 'Missing: poll at 1,000 connections (no valid trial).');
  t.match(caption, 'From the valid trials alone: poll at 100 connections (2 of 5).');
});

t.test('client-bound cells are told of, where throughput is shown', async (t) => {
  const bound = { valid: true, clientBound: true, problems: [], notes: [] };
  const caption = captionOf('throughput', {}, (record) => ({ ...record, verdict: bound }));
  t.match(caption, /Hollow: client-bound \(all cells\)/);
});

t.test('a second without answers is marked as a stall', async (t) => {
  t.match(captionOf('over-time', {}), /Crossed: 6 seconds below a tenth/);
});

t.test('of many loads as many have a panel as can be read, and the caption says so', async (t) => {
  const connections = Array.from({ length: 14 }, (_, i) => 100 * (i + 1));
  const made = study(storedRun({ connections, trials: 1 }));
  for (const id of ['latency-percentiles', 'cpu-split', 'per-connection']) {
    const chart = charts.find((each) => each.id === id);
    const { facet } = (chart?.spec(made) ?? {}) as { facet?: { sort: string[] } };
    t.equal(facet?.sort.length, 6, id);
    t.same([facet?.sort.at(0), facet?.sort.at(-1)], ['100 connections', '1,400 connections']);
    t.match(chart?.caption(made), /Shown: 6 of the 14 loads\./);
  }
  t.notMatch(captionOf('latency-percentiles', {}), /Shown:/);
});

t.test('no chart applies where nothing is valid', async (t) => {
  const nothing = study(storedRun({}, (record) => ({ ...record, verdict: invalid })));
  t.same(
    charts.filter((chart) => chart.applies(nothing)).map(({ id }) => id),
    [],
  );
});
