import t from 'tap';
import { levelKey } from '../../../bench/plan/load-level.js';
import { planAll } from '../../../bench/plan/plan.js';
import { schedule } from '../../../bench/plan/schedule.js';
import { casesOf, fixedBy, PRESETS, partsOf } from '../../../bench/presets/presets.js';
import { files } from '../../../bench/services/files/files.js';
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

t.test(
  'ets has 108 cells: a thread pool under client threads, a process pool under processes',
  async (t) => {
    const { cells } = planAll(partsOf('ets', OPTIONS), ROOMY);
    t.equal(cells.length, 108);
    for (const { server, connections, clientProcesses, clientThreads } of cells)
      t.same(
        [clientProcesses, clientThreads],
        server === 'thread-pool' ? [1, connections] : [connections, 1],
      );
    t.equal(new Set(cells.map(({ factors }) => factors.size)).size, 3);
  },
);

t.test('a preset fixes the options of its loads, under their names', async (t) => {
  t.ok(
    ['server', 'conns', 'message', 'messageSize'].every((name) =>
      fixedBy('comp8005').includes(name),
    ),
  );
  t.ok(
    ['clientPool', 'workers', 'op', 'size', 'wire'].every((name) => fixedBy('ets').includes(name)),
  );
  t.notOk(fixedBy('ets').includes('message'));
});

t.test('ets leaves the place of its files open, and nothing else of its loads', async (t) => {
  t.notOk(fixedBy('ets').includes('storage'));
  const loads = files.loads({ op: ['list'], wire: ['raw'], storage: '/given', largest: 5 });
  const [fixed, open] = [OPTIONS, { ...OPTIONS, service: files.name, loads }].map((options) =>
    partsOf('ets', options).flatMap((part) => part.loads),
  );
  t.same(
    open,
    fixed?.map((load) => ({
      ...load,
      serviceOptions: { ...load.serviceOptions, storage: '/given' },
    })),
  );
});

t.test('command-line options apply to a preset', async (t) => {
  const { blocks } = planAll(partsOf('comp8005', { ...OPTIONS, trials: 7 }), ROOMY);
  t.equal(blocks, 7);
});
