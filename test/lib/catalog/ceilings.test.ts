/** Limits of a machine for a plan: each is exact, and its message says how to raise it. */
import t from 'tap';
import { obstacleInWords } from '../../../bench/report/text/obstacles.js';
import {
  ceilings,
  clientObstacle,
  type Demand,
  type Machine,
  readMachine,
} from '../../../lib/catalog/ceilings.js';
import type { Obstacle } from '../../../lib/schema/obstacles.js';
import type { Limits } from '../../../lib/system/limits.js';

const GIB = 2 ** 30;

const LIMITS = {
  descriptors: { soft: 1024, hard: 4096 },
  processes: { soft: 'unlimited', hard: 'unlimited' },
  somaxconn: 4096,
  maxMapCount: 65_530,
  pidMax: 32_768,
  threadsMax: 100_000,
  cgroup: { pidsMax: null, memoryMaxBytes: null, cpuQuota: null },
} as unknown as Limits;

const machine = (limits: Partial<Limits> = {}, other: Partial<Machine> = {}): Machine => ({
  limits: { ...LIMITS, ...limits },
  availableMemory: 64 * GIB,
  canUnshareDescriptors: true,
  uring: { flags: 'none', obstacle: null },
  fileSystems: {},
  ...other,
});

const demand = (other: Partial<Demand>): Demand => ({
  connections: 1,
  idle: 0,
  processes: 1,
  loops: 1,
  backlog: 4096,
  accept: 'shared',
  barrier: true,
  ...other,
});

/** As it is printed. */
function words(obstacle: Obstacle | null): string | null {
  return obstacle && obstacleInWords(obstacle);
}

t.test('select allows 1019 connections per loop', async (t) => {
  t.equal(ceilings.fdSetSize(demand({ connections: 1019 }), machine()), null);
  t.equal(ceilings.fdSetSize(demand({ connections: 2038, loops: 2 }), machine()), null);
  const reason = ceilings.fdSetSize(demand({ connections: 2000 }), machine());
  t.match(words(reason), /^needs 2,000 connections, limit is 1,019: .*FD_SETSIZE.*--workers 2/);
  t.match(
    words(ceilings.fdSetSize(demand({ connections: 2039, loops: 2 }), machine())),
    /--workers 3/,
  );
});

t.test('select needs unshared descriptor tables', async (t) => {
  const confined = machine({}, { canUnshareDescriptors: false });
  t.match(words(ceilings.fdSetSize(demand({}), confined)), /unshare/);
});

t.test('io_uring is skipped with a reason if it can’t be used', async (t) => {
  const obstacle = { kind: 'io_uring missing' } as const;
  const without = machine({}, { uring: { flags: null, obstacle } });
  t.equal(ceilings.uring(demand({}), without), obstacle);
  t.equal(ceilings.uring(demand({}), machine()), null);
});

t.test('the lowest limit bounds the number of threads and is named', async (t) => {
  const ask = (connections: number, limits: Partial<Limits>, other: Partial<Machine> = {}) =>
    ceilings.threads(demand({ connections }), machine(limits, other));
  t.equal(ask(32_015, {}), null);
  t.match(words(ask(32_016, {})), /needs 32,016 threads, limit is 32,015: vm.max_map_count/);
  t.match(words(ask(1000, { pidMax: 1000 })), /needs 1,000 threads, limit is 936: kernel.pid_max/);
  t.match(words(ask(1000, { threadsMax: 900 })), /kernel.threads-max/);
  t.match(words(ask(1000, { processes: { soft: 800, hard: 800 } })), /ulimit -u/);
  const cgroup = { pidsMax: 500, memoryMaxBytes: null, cpuQuota: null };
  t.match(words(ask(1000, { cgroup })), /limit is 436: the control group's pids.max/);
  t.match(words(ask(1000, {}, { availableMemory: 2 ** 20 })), /available memory/);
  const unknown = { pidMax: null, threadsMax: null, maxMapCount: null };
  t.equal(
    ask(1_000_000, unknown, { availableMemory: null }),
    null,
    'an unknown limit does not apply',
  );
});

t.test(
  'the process limits bound the processes for connections, however many processes accept',
  async (t) => {
    const ask = (limits: Partial<Limits>, other: Partial<Machine> = {}) =>
      words(
        ceilings.processes(demand({ connections: 1000, processes: 2 }), machine(limits, other)),
      );
    t.equal(ask({}), null);
    t.match(
      ask({ processes: { soft: 800, hard: 800 } }),
      /1,000 processes, limit is 736: ulimit -u/,
    );
    const cgroup = { pidsMax: 500, memoryMaxBytes: null, cpuQuota: null };
    t.match(ask({ cgroup }), /limit is 436: the control group's pids.max/);
    t.match(ask({}, { availableMemory: 2 ** 20 }), /available memory/);
  },
);

t.test('thread limits and memory bound the number of client processes', async (t) => {
  const ask = (limits: Partial<Limits>, other: Partial<Machine> = {}) =>
    words(clientObstacle(500, 2, machine(limits, other)));
  t.equal(ask({}), null);
  t.match(ask({ processes: { soft: 800, hard: 800 } }), /6,500 threads, limit is 736: ulimit -u/);
  t.match(ask({}, { availableMemory: GIB }), /500 processes, limit is 81: available memory/);
});

t.test('a Worker needs many memory mappings', async (t) => {
  t.equal(ceilings.workerThreads(demand({ connections: 1600 }), machine()), null);
  t.match(
    words(ceilings.workerThreads(demand({ connections: 1601 }), machine())),
    /vm.max_map_count/,
  );
  const small = machine({}, { availableMemory: GIB });
  t.match(
    words(ceilings.workerThreads(demand({ connections: 200 }), small)),
    /limit is 102\b.*memory/,
  );
});

t.test('connections at a barrier must be served or fit into the accept queue', async (t) => {
  const ask = (wanted: Partial<Demand>, limits: Partial<Limits> = {}) =>
    ceilings.acceptQueue(demand({ loops: 8, ...wanted }), machine(limits));
  t.equal(ask({ connections: 8 + 4097 }), null);
  t.match(words(ask({ connections: 8 + 4098 })), /8 in service and 4097 in the accept queue/);
  t.match(words(ask({ connections: 500 }, { somaxconn: 128 })), /limit is 137\b/);
  t.equal(ask({ connections: 1_000_000, barrier: false }), null);
});

t.test('idle connections must leave a worker free', async (t) => {
  const ask = (idle: number) => ceilings.acceptQueue(demand({ idle, loops: 8 }), machine());
  t.equal(ask(7), null);
  t.match(
    words(ask(8)),
    /8 idle connections would occupy all 8 workers permanently; try --workers 9/,
  );
});

t.test('a process can open no more descriptors than its hard limit', async (t) => {
  const ask = (connections: number, processes = 1) =>
    ceilings.descriptors(demand({ connections, processes }), machine());
  t.equal(ask(4096 - 64), null);
  t.match(
    words(ask(4096 - 63)),
    /needs 4,097 descriptors in one server process, limit is 4,096: .*--server-processes 2/,
  );
  t.equal(ask(2 * (4096 - 64), 2), null);
  const unlimited = machine({ descriptors: { soft: 'unlimited', hard: 'unlimited' } });
  t.equal(ceilings.descriptors(demand({ connections: 1e9 }), unlimited), null);
});

t.test('this machine has room for one connection', async (t) => {
  for (const ceiling of Object.values(ceilings)) {
    const reason = ceiling(demand({ loops: 2 }), readMachine());
    t.ok(reason === null || reason.kind === 'descriptor tables are shared', words(reason) ?? '');
  }
});
