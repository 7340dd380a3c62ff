/** Lanes of a server by topology: all lanes up to three, otherwise three and the number of the others. */
import t from 'tap';
import { anatomyOf } from '../../../../bench/report/diagrams/lanes.js';
import { CATALOG, modelNamed } from '../../../../lib/catalog/models.js';

const lanesOf = (name: string, connections: number, workers: number) => {
  const { lanes, more, boxes } = anatomyOf(modelNamed(name), {
    connections,
    workers,
    answer: 'echo',
  });
  return { lanes: lanes.length, rest: Number(more?.replace(/\D/g, '') ?? 0), boxes };
};

t.test('up to three lanes are drawn, and the remaining ones are counted', async (t) => {
  for (const count of [1, 2, 3, 4, 12_345]) {
    const drawn = { lanes: Math.min(3, count), rest: Math.max(0, count - 3) };
    t.match(lanesOf('epoll', 9, count), drawn, 'loops');
    t.match(lanesOf('thread-pool', 9, count), drawn, 'workers');
    t.match(lanesOf('process-pool', 9, count), drawn, 'processes');
    const withAcceptor = { lanes: drawn.lanes + 1, rest: drawn.rest };
    t.match(lanesOf('threads', count, 1), withAcceptor, 'connections');
    t.match(lanesOf('workers', count, 1), withAcceptor, 'connections');
    t.match(lanesOf('fork', count, 1), withAcceptor, 'connections');
  }
});

t.test('processes have one box each, threads share one box', async (t) => {
  t.equal(lanesOf('process-pool', 9, 2).boxes, 'each');
  t.equal(lanesOf('fork', 9, 1).boxes, 'each');
  t.equal(lanesOf('libuv', 9, 2).boxes, 'each');
  t.equal(lanesOf('libuv', 9, 1).boxes, 'one');
  for (const name of ['epoll', 'thread-pool', 'threads', 'workers', 'io_uring'])
    t.equal(lanesOf(name, 9, 2).boxes, 'one', name);
});

t.test('every lane has a waiting step, and a loop waits in the call of its model', async (t) => {
  for (const model of CATALOG) {
    const { lanes } = anatomyOf(model, { connections: 2, workers: 2, answer: 'echo' });
    const waits = lanes.map(({ steps }) =>
      steps.filter((step) => step.waits).map(({ name }) => name),
    );
    for (const names of waits) t.ok(names.length > 0, model.name);
    if (model.topology === 'one loop') t.same(waits, [[model.waitsIn], [model.waitsIn]]);
  }
});

t.test('a lane that spawns others names the next, and only serial models loop back', async (t) => {
  for (const model of CATALOG) {
    const { lanes } = anatomyOf(model, { connections: 3, workers: 3, answer: 'echo' });
    lanes.forEach(({ spawns, again, steps }, i) => {
      if (spawns !== undefined) t.equal(spawns, lanes[i + 1]?.title, model.name);
      if (again !== undefined) t.ok(again > 0 && again < steps.length, model.name);
      t.equal(again !== undefined, model.serial, model.name);
    });
  }
});

t.test('connections and bytes are each taken by at least one lane', async (t) => {
  for (const model of [...CATALOG, modelNamed('cmd:any {port}')]) {
    const { lanes } = anatomyOf(model, { connections: 2, workers: 2, answer: 'echo' });
    for (const what of ['connections', 'bytes'])
      t.ok(
        lanes.some(({ takes }) => takes === what || takes === 'both'),
        `${model.name}: ${what}`,
      );
  }
});

t.test('the lane of an external program has no waiting step', async (t) => {
  const { lanes, more } = anatomyOf(modelNamed('cmd:any {port}'), {
    ...{ connections: 9, workers: 9, answer: 'echo' },
  });
  t.equal(lanes.length, 1);
  t.ok(lanes[0]?.steps.every(({ waits }) => !waits));
  t.equal(more, null);
});
