import t from 'tap';
import { plan, planLoad } from '../../../bench/plan/plan.js';
import { loadOf } from '../../../bench/services/echo/echo.js';
import { files } from '../../../bench/services/files/files.js';
import { OPTIONS, ROOMY } from '../../support/cells.js';

const TIGHT = {
  ...ROOMY,
  limits: { ...ROOMY.limits, descriptors: { soft: 1064, hard: 1064 } },
};

t.test('the cells are the Cartesian product of the lists', async (t) => {
  const lists = { servers: ['epoll', 'poll'], connections: [10, 20], idle: [0, 5] };
  t.equal(plan({ ...OPTIONS, ...lists }, ROOMY).cells.length, 8);
});

t.test('the loads of a service are another list of the product', async (t) => {
  const loads = [
    loadOf({ kind: 'size', low: 19, high: 19 }),
    loadOf({ kind: 'size', low: 1, high: 4096 }),
  ];
  const { cells, controls } = plan({ ...OPTIONS, connections: [10, 20], loads }, ROOMY);
  t.same(
    cells.map(({ connections, factors }) => [connections, factors.bytes]),
    [
      [10, 19],
      [10, 2049],
      [20, 19],
      [20, 2049],
    ],
  );
  t.same(
    controls.map(({ number, server, connections, factors }) => [
      number,
      server,
      connections,
      factors.bytes,
    ]),
    [
      [5, 'control', 10, 19],
      [6, 'control', 10, 2049],
      [7, 'control', 20, 19],
      [8, 'control', 20, 2049],
    ],
    'each load has its control',
  );
});

t.test('a model that exceeds its ceiling is skipped with the reason', async (t) => {
  const { cells } = plan({ ...OPTIONS, servers: ['select'], connections: [1019, 1020] }, ROOMY);
  t.equal(cells[0]?.skipped, null);
  t.match(cells[1]?.skipped, { kind: 'FD_SETSIZE' });
});

t.test('a program is not run where another service replaces its own', async (t) => {
  const loads = files.loads({ wire: ['base64', 'bulk'] });
  const servers = ['epoll', 'cmd:serve {port}'];
  const { cells } = plan({ ...OPTIONS, service: files.name, servers, loads }, ROOMY);
  t.same(
    cells.map(({ skipped }) => skipped),
    [null, null, null, { kind: 'service not served', service: 'bulk' }],
  );
});

t.test('workers are threads for one model and processes for another', async (t) => {
  const [epoll, libuv, threads] = plan(
    { ...OPTIONS, servers: ['epoll', 'libuv', 'threads'], workers: [3] },
    ROOMY,
  ).cells;
  t.match(epoll, { hosts: 1, loops: 3 });
  t.match(libuv, { hosts: 3, loops: 1 });
  t.match(threads, { hosts: 1, loops: 1 });
});

t.test('a model with a fixed number of workers is one cell, for any --workers list', async (t) => {
  t.equal(plan({ ...OPTIONS, servers: ['threads'], workers: [1, 2, 4] }, ROOMY).cells.length, 1);
  t.equal(plan({ ...OPTIONS, servers: ['epoll'], workers: [1, 2, 4] }, ROOMY).cells.length, 3);
});

t.test('each client process has at most the connections that it can hold', async (t) => {
  const processes = (connections: number, idle = 0) =>
    planLoad({ ...OPTIONS, connections: [connections], idle: [idle] }, TIGHT).cells[0]
      ?.clientProcesses;
  t.equal(processes(1000), 1);
  t.equal(processes(1001), 2);
  t.equal(processes(1000, 2500), 4);
});

t.test('by default, client threads are the lesser of its CPUs and connections', async (t) => {
  const threads = (connections: number, clientCpus: number[], clientThreads: number | null) =>
    plan({ ...OPTIONS, connections: [connections], clientCpus, clientThreads }, ROOMY).cells[0]
      ?.clientThreads;
  t.equal(threads(100, [2, 3, 4], null), 3);
  t.equal(threads(2, [2, 3, 4], null), 2);
  t.equal(threads(100, [2], 4), 4);
});

t.test('idle connections that would occupy every worker of a pool are refused', async (t) => {
  const [cell] = plan({ ...OPTIONS, servers: ['thread-pool'], idle: [8] }, ROOMY).cells;
  t.match(cell?.skipped, { kind: 'idle connections hold all workers', workers: 8 });
});

t.test('a barrier limits a pool to its workers and its queue', async (t) => {
  const skipped = (start: 'barrier' | 'immediate') =>
    plan({ ...OPTIONS, servers: ['thread-pool'], connections: [5000], start }, ROOMY).cells[0]
      ?.skipped;
  t.match(skipped('barrier'), { kind: 'accept queue' });
  t.equal(skipped('immediate'), null);
});
