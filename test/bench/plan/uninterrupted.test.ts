import t from 'tap';
import type { ExperimentOptions } from '../../../bench/plan/plan.js';
import { plan } from '../../../bench/plan/plan.js';
import { controlBeside } from '../../../bench/plan/uninterrupted.js';
import { bulk } from '../../../bench/services/bulk/bulk.js';
import { OPTIONS, ROOMY } from '../../support/cells.js';

const SLICED = { ...OPTIONS, slices: 'on', repeat: 0, durationNs: 1e9 } as const;

function planned(options: Partial<ExperimentOptions>, machine = ROOMY) {
  const { cells, controls } = plan({ ...SLICED, ...options }, machine);
  return { cell: cells[0] as (typeof cells)[number], control: controls[0] ?? null };
}

t.test('a trial with a duration is sliced, and its block needs no control', async (t) => {
  const { cell, control } = planned({});
  t.equal(cell.uninterrupted, null);
  t.equal(control, null);
});

t.test('the control beside a server has its default number of workers', async (t) => {
  const { cell } = planned({ workers: [4], processes: 2, port: 911, control: 'thread-pool' });
  t.match(cell, { hosts: 2, loops: 4 });
  t.match(controlBeside(cell), { server: 'thread-pool', hosts: 2, loops: 8, port: 0 });
});

t.test('a control that cannot serve all connections does not run beside the server', async (t) => {
  const { cell, control } = planned({ connections: [20], control: 'thread-pool' });
  t.equal(cell.uninterrupted, 'control queue');
  t.match(control, { server: 'thread-pool', number: 2 }, 'it has a separate trial');
});

t.test('a trial is not sliced if client processes of both sides exceed a limit', async (t) => {
  const of = (clientProcesses: number, machine: Partial<typeof ROOMY>) =>
    planned({ clientProcesses, connections: [100] }, { ...ROOMY, ...machine }).cell.uninterrupted;
  const memory = { availableMemory: 2 ** 30 };
  t.equal(of(40, memory), null);
  t.equal(of(41, memory), 'client', '82 processes of 10 MiB in 80 % of 1 GiB');
  const processes = { soft: 900, hard: 900 };
  t.equal(of(40, { limits: { ...ROOMY.limits, processes } }), 'client', '960 threads of 836');
});

t.test('idle connections occupy the workers of a pool, so that others wait', async (t) => {
  const pool = { servers: ['thread-pool'], connections: [6] } as const;
  t.equal(planned({ ...pool, idle: [2] }).cell.uninterrupted, null);
  t.equal(planned({ ...pool, idle: [3] }).cell.uninterrupted, 'accept queue');
});

t.test('without slices, the chosen control runs once in each block', async (t) => {
  t.match(planned({ slices: 'off', control: 'poll' }).control, { server: 'poll', number: 2 });
  const both = { servers: ['epoll', 'poll'], slices: 'off', control: 'poll' } as const;
  t.match(
    planned(both).control,
    { server: 'poll', number: 2 },
    'a requested server serves as control',
  );
});

t.test('transfers that take longer than a slice are not cut into slices', async (t) => {
  const of = (size: number, connections: number, durationNs = 1e9) =>
    planned({
      service: 'bulk',
      loads: bulk.loads({ size: [size] }),
      connections: [connections],
      durationNs,
    }).cell.uninterrupted;
  t.equal(of(1e6, 16), null);
  t.equal(of(10e6, 4), null, '40 MB at once');
  t.equal(of(10e6, 4, 0.3e9), 'long transfers', 'a shorter duration has shorter slices');
  t.equal(of(100e6, 1), 'long transfers', 'a slice would contain only one transfer');
});
