import t from 'tap';
import type { ExperimentOptions } from '../../../../bench/plan/plan.js';
import { charts } from '../../../../bench/report/charts/registry.js';
import { toSvg } from '../../../../bench/report/charts/svg.js';
import { study } from '../../../../bench/report/study/study.js';
import { bulk } from '../../../../bench/services/bulk/bulk.js';
import { poolStudy } from '../../../support/pools.js';
import { storedRun } from '../../../support/stored.js';

const RUNS: Readonly<Record<string, Partial<ExperimentOptions>>> = {
  'over connections': {},
  'over idle connections': { connections: [64], idle: [0, 900, 10_000] },
  'over connections and idle ones': { idle: [0, 1000] },
  'of operations': {
    ...{ service: 'bulk', loads: bulk.loads({ op: ['get', 'put'] }), connections: [100] },
  },
  'over sizes and connections': { service: 'bulk', loads: bulk.loads({ size: [1000, 1e6] }) },
  'with nothing but servers': { connections: [100] },
  'of one server, once': { servers: ['epoll'], connections: [100], trials: 1 },
};

const STUDIES = {
  ...Object.fromEntries(
    Object.entries(RUNS).map(([name, options]) => [name, study(storedRun(options))]),
  ),
  'of pools': poolStudy(),
};

for (const [name, made] of Object.entries(STUDIES))
  t.test(`every chart of a run ${name} compiles to SVG`, async (t) => {
    const applying = charts.filter((chart) => chart.applies(made));
    t.ok(applying.length >= 8);
    for (const chart of applying) {
      const svg = await toSvg(chart.id, chart.title(made), chart.spec(made));
      t.match(svg, /^<svg [^>]*role="img"/, chart.id);
      t.notMatch(svg, /NaN|undefined|Infinity/, chart.id);
      t.match(svg, /<path[^>]* d="M/, chart.id);
    }
  });

t.test('a chart drawn repeatedly is identical each time', async (t) => {
  const runs = [study(storedRun({ idle: [0, 1000] })), poolStudy()];
  for (const chart of charts) {
    const made = runs.find((run) => chart.applies(run));
    if (!made) throw new Error(`no run for ${chart.id}`);
    const draw = () => toSvg(chart.id, chart.title(made), chart.spec(made));
    t.equal(await draw(), await draw(), chart.id);
  }
});

t.test('no chart applies to a run without valid trials', async (t) => {
  const nothing = study(
    storedRun({}, (record) => ({
      ...record,
      verdict: { ...record.verdict, valid: false },
    })),
  );
  t.same(
    charts.filter((chart) => chart.applies(nothing)).map(({ id }) => id),
    [],
  );
});

t.test('every chart has a unique id that is a valid file name', async (t) => {
  const ids = charts.map(({ id }) => id);
  t.equal(new Set(ids).size, ids.length);
  for (const id of ids) t.match(id, /^[a-z][a-z0-9-]*$/);
});
