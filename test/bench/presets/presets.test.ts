import t from 'tap';
import { levelKey } from '../../../bench/plan/load-level.js';
import { planAll } from '../../../bench/plan/plan.js';
import { schedule } from '../../../bench/plan/schedule.js';
import { casesOf, PRESETS, partsOf } from '../../../bench/presets/presets.js';
import { MODEL_NAMES } from '../../../lib/catalog/models.js';
import { OPTIONS, ROOMY } from '../../support/cells.js';

for (const { name } of PRESETS)
  t.test(
    `${name}: every cell can run on a machine with high limits, and has a unique number`,
    async (t) => {
      const plan = planAll(partsOf(name, OPTIONS), ROOMY);
      t.same(
        plan.cells.filter(({ skipped }) => skipped !== null),
        [],
      );
      t.same(
        plan.cells.map(({ number }) => number),
        plan.cells.map((_, i) => i + 1),
      );
      const loads = new Set(plan.cells.map(levelKey));
      t.equal(
        schedule(plan).length,
        plan.cells.length + loads.size,
        'each cell, and a control for each load',
      );
    },
  );

for (const { name, cases } of PRESETS)
  t.test(`${name}: the cells include those of every test case`, async (t) => {
    const { cells } = planAll(partsOf(name, OPTIONS), ROOMY);
    for (const { title, servers, connections } of cases)
      for (const server of servers)
        for (const each of connections)
          t.ok(
            cells.some((cell) => cell.server === server && cell.connections === each),
            `${title}: ${server} at ${each}`,
          );
  });

t.test('only a preset of this version has test cases', async (t) => {
  t.equal(casesOf('comp8005').length, 6);
  t.same(casesOf('of-another-version'), []);
});

t.test('comp8005 has cells for every model', async (t) => {
  const { cells } = planAll(partsOf('comp8005', OPTIONS), ROOMY);
  const of = (server: string) => cells.filter((cell) => cell.server === server);
  for (const name of MODEL_NAMES.filter((name) => name !== 'control'))
    t.ok(of(name).length > 0, name);
  t.same(
    of('epoll').map(({ connections, repeat }) => [connections, repeat]),
    [1000, 2000, 3000, 4000, 5000].map((connections) => [connections, 20]),
  );
  t.match(of('select'), [
    { connections: 1000, loops: 1 },
    { connections: 1019, loops: 1 },
    { connections: 2000, loops: 2 },
  ]);
  for (const { protocolOptions } of cells) t.equal(protocolOptions.text?.length, 19);
});

t.test('command-line options apply to a preset', async (t) => {
  const { blocks } = planAll(partsOf('comp8005', { ...OPTIONS, trials: 7 }), ROOMY);
  t.equal(blocks, 7);
});
