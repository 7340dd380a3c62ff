import t from 'tap';
import { clientShape } from '../../../bench/plan/client-shape.js';
import type { ExperimentOptions } from '../../../bench/plan/plan.js';
import { OPTIONS, ROOMY } from '../../support/cells.js';

function shape(connections: number, options: Partial<ExperimentOptions> = {}, idle = 0) {
  const made = clientShape(connections, idle, { ...OPTIONS, ...options }, ROOMY);
  return [made.clientProcesses, made.clientThreads];
}

t.test('a loop for each CPU drives all clients', async (t) => {
  t.same(shape(50, { clientCpus: [1, 2, 3] }), [1, 3]);
  t.same(shape(2, { clientCpus: [1, 2, 3] }), [1, 2], 'no more than clients');
  t.same(shape(50, { clientCpus: [1, 2, 3, 4], clientProcesses: 2 }), [2, 2]);
  t.same(shape(50, { clientThreads: 5 }), [1, 5]);
});

t.test('a pool of threads has one for each client, in as few processes as possible', async (t) => {
  t.same(shape(1, { clientPool: 'threads' }), [1, 1]);
  t.same(shape(50, { clientPool: 'threads' }), [1, 50]);
  t.same(shape(600, { clientPool: 'threads' }), [3, 200]);
});

t.test('a pool of processes has one for each client', async (t) => {
  t.same(shape(50, { clientPool: 'processes' }), [50, 1]);
});

t.test('a limit of descriptors requires more processes', async (t) => {
  const limits = { ...ROOMY.limits, descriptors: { soft: 1000, hard: 1000 } };
  const of = (options: Partial<ExperimentOptions>) =>
    clientShape(10, 5000, { ...OPTIONS, ...options }, { ...ROOMY, limits }).clientProcesses;
  t.ok(of({}) >= 6);
  t.equal(of({ clientPool: 'threads' }), of({}));
});
