/** How many CPUs a server can keep busy: at most its CPUs, and at most its parallel threads. */
import t from 'tap';
import { usableCpus } from '../../../bench/plan/cpus.js';
import type { ExperimentOptions } from '../../../bench/plan/plan.js';
import { plan, planLoad } from '../../../bench/plan/plan.js';
import { OPTIONS, ROOMY } from '../../support/cells.js';

function usable(server: string, options: Partial<ExperimentOptions> = {}): number | undefined {
  const four = { ...OPTIONS, serverCpus: [0, 1, 2, 3], servers: [server], ...options };
  const [cell] = plan(four, ROOMY).cells;
  return cell && usableCpus(cell);
}

t.test('a loop keeps one CPU busy, and several loops at most the CPUs of the server', async (t) => {
  t.equal(usable('epoll'), 1);
  t.equal(usable('epoll', { workers: [3] }), 3);
  t.equal(usable('epoll', { workers: [3], processes: 2 }), 4);
  t.equal(usable('libuv', { workers: [2] }), 2);
});

t.test('a model with a thread per connection uses at most one CPU per connection', async (t) => {
  t.equal(usable('threads', { connections: [3] }), 3);
  t.equal(usable('threads', { connections: [100] }), 4);
  t.equal(usable('cmd:any {port}', { connections: [2] }), 2);
});

t.test('a server that c10k did not start uses none of the CPUs of this machine', async (t) => {
  const [cell] = planLoad(OPTIONS, ROOMY).cells;
  t.equal(cell && usableCpus(cell), 0);
});
