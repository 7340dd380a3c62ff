import t from 'tap';
import { type ExperimentOptions, plan, planLoad } from '../../../bench/plan/plan.js';
import { blockOf, schedule } from '../../../bench/plan/schedule.js';
import { OPTIONS, ROOMY } from '../../support/cells.js';

const WIDE: Partial<ExperimentOptions> = {
  servers: ['epoll', 'poll', 'threads'],
  connections: [10, 20],
  trials: 3,
};

function planned(options: Partial<ExperimentOptions> = WIDE) {
  return plan({ ...OPTIONS, ...options }, ROOMY);
}

t.test('every block contains each cell once and a control trial for each load', async (t) => {
  for (const block of [1, 2, 3]) {
    const trials = blockOf(planned(), block);
    t.equal(trials.length, 8);
    t.equal(new Set(trials.map(({ cell }) => cell.number)).size, 8);
    const controls = trials.filter(({ cell }) => cell.server === 'control');
    t.same(controls.map(({ cell }) => cell.connections).sort(), [10, 20]);
  }
});

t.test('there is no control for a load that the control cannot hold', async (t) => {
  const { controls } = planned({ control: 'select', connections: [10, 2000] });
  t.match(controls, [{ number: 3, server: 'select', connections: 10, idle: 0 }]);
});

t.test('a cell that is the control is not run twice', async (t) => {
  const { controls, cells } = planned({ servers: ['epoll', 'control'] });
  t.same(
    controls,
    cells.filter(({ server }) => server === 'control'),
  );
});

t.test('the order differs between blocks, and is the same for the same seed', async (t) => {
  const order = (seed: number) => schedule(planned({ ...WIDE, trials: 6, seed }));
  const blocks = [1, 2, 3, 4, 5, 6].map((block) =>
    order(1)
      .filter((trial) => trial.block === block)
      .map(({ cell }) => cell.number)
      .join(),
  );
  t.ok(new Set(blocks).size >= 4, blocks.join(' | '));
  t.same(order(1), order(1));
  t.notSame(
    order(1).map(({ cell }) => cell.number),
    order(2).map(({ cell }) => cell.number),
  );
});

t.test('trials are numbered in the order of execution, and each has a seed', async (t) => {
  const trials = schedule(planned());
  t.same(
    trials.map(({ number }) => number),
    trials.map((_, i) => i + 1),
  );
  t.equal(new Set(trials.map(({ seed }) => seed)).size, trials.length);
});

t.test('a cell that cannot run is not scheduled, and neither is its control', async (t) => {
  t.same(schedule(planned({ servers: ['select'], connections: [2000] })), []);
});

t.test('there is no control for a server that c10k did not start', async (t) => {
  const trials = schedule(planLoad(OPTIONS, ROOMY));
  t.same(
    trials.map(({ cell }) => cell.server),
    ['load'],
  );
});
