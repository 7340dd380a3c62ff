/** Whether a demand fits a model, and how many connections do. */
import t from 'tap';
import { obstacleInWords } from '../../../bench/report/text/obstacles.js';
import type { Demand, Limit, Machine } from '../../../lib/catalog/ceilings.js';
import { capacity, firstObstacle, obstacle } from '../../../lib/catalog/fits.js';
import { CATALOG, modelNamed, type ServerModel } from '../../../lib/catalog/models.js';
import { ROOMY } from '../../support/cells.js';

const DEMAND: Demand = {
  ...{ connections: 1, idle: 0, processes: 1, loops: 1, backlog: 4096 },
  ...{ accept: 'shared', barrier: true },
};

/** A machine whose processes have the given number of descriptors. */
const withDescriptors = (hard: number): Machine => ({
  ...ROOMY,
  limits: { ...ROOMY.limits, descriptors: { soft: hard, hard } },
});

const atMost =
  (most: number): Limit =>
  ({ connections }) =>
    connections > most ? { kind: 'earlier', text: `${most}` } : null;
const model = (change: Partial<ServerModel>): ServerModel => ({
  ...modelNamed('epoll'),
  ...change,
});

t.test('the first limit that is exceeded gives the reason', async (t) => {
  const limits = [atMost(5), atMost(3)];
  const reason = (connections: number) => {
    const first = firstObstacle(limits, { ...DEMAND, connections }, ROOMY);
    return first && obstacleInWords(first);
  };
  t.same([3, 4, 5, 6].map(reason), [null, '3', '3', '5']);
  t.equal(firstObstacle([], DEMAND, ROOMY), null);
});

t.test('descriptors limit every model except serial ones, which queue in the kernel', async (t) => {
  const tight = withDescriptors(100);
  const many = { ...DEMAND, connections: 1000 };
  t.match(obstacle(model({}), many, tight), { kind: 'descriptors' });
  t.equal(obstacle(model({ serial: true }), many, tight), null);
});

t.test('a model’s own limit comes before the descriptors', async (t) => {
  const limited = model({ limits: [() => ({ kind: 'io_uring missing' })] });
  t.same(obstacle(limited, { ...DEMAND, connections: 1000 }, withDescriptors(100)), {
    kind: 'io_uring missing',
  });
});

t.test('the capacity is the largest number that fits; the reason is for one more', async (t) => {
  for (const most of [0, 1, 2, 777, 999_999]) {
    const found = capacity(model({ limits: [atMost(most)] }), withDescriptors(2 ** 30), 4096);
    t.same(found, { connections: most, limitedBy: { kind: 'earlier', text: `${most}` } });
  }
});

t.test('the capacity of every model is exactly at its first limit', async (t) => {
  const small = withDescriptors(4096);
  for (const each of CATALOG) {
    const { connections, limitedBy } = capacity(each, small, 128);
    const workers = each.defaultWorkers;
    const ask = (n: number) => {
      const shape = {
        processes: each.workers === 'processes' ? workers : 1,
        loops: each.workers === 'threads' ? workers : 1,
      };
      return obstacle(each, { ...DEMAND, ...shape, backlog: 128, connections: n }, small);
    };
    t.equal(ask(connections), null, each.name);
    t.ok(limitedBy !== null, each.name);
    t.same(ask(connections + 1), limitedBy, each.name);
  }
});

t.test('the capacity of a model without limits is reported as one million', async (t) => {
  t.same(capacity(model({ serial: true, limits: [] }), ROOMY, 1), {
    connections: 1_000_000,
    limitedBy: null,
  });
});
