/** The processes and loops of a cell, and what it demands of its server. */
import t from 'tap';
import { demandOf, shapeOf } from '../../../bench/plan/cell.js';
import { modelNamed } from '../../../lib/catalog/models.js';
import { cellOf } from '../../support/cells.js';

t.test('workers are loops, processes or ignored, in each of several processes', async (t) => {
  const shape = (model: string) => shapeOf(modelNamed(model), 4, 3);
  t.same(shape('epoll'), { workers: 4, hosts: 3, loops: 4 });
  t.same(shape('process-pool'), { workers: 4, hosts: 12, loops: 1 });
  t.same(shape('threads'), { workers: 4, hosts: 3, loops: 1 });
});

t.test('a server that c10k did not start has no process in the cell', async (t) => {
  t.same(shapeOf(null, 0, 0), { workers: 0, hosts: 0, loops: 1 });
});

t.test('the demanded connections are the sum of busy and idle ones', async (t) => {
  t.same(demandOf({ ...cellOf(), connections: 10, idle: 7, hosts: 2, loops: 3, backlog: 5 }), {
    ...{ connections: 17, idle: 7, processes: 2, loops: 3, backlog: 5 },
    ...{ accept: 'shared', barrier: true },
  });
  t.equal(demandOf({ ...cellOf(), start: 'immediate' }).barrier, false);
});
