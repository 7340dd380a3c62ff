import t from 'tap';
import { levelKey, levelOf } from '../../../bench/statistics/load-level.js';
import { cellOf } from '../../support/cells.js';

t.test('loads have the same key if, and only if, all their values are equal', async (t) => {
  const values = [0, 1, 11, 12, 121];
  const loads = values.flatMap((connections) =>
    values.flatMap((idle) =>
      values.flatMap((rate) =>
        values.map((bytes) => ({ connections, idle, rate, factors: { bytes } })),
      ),
    ),
  );
  t.equal(new Set(loads.map(levelKey)).size, loads.length);
  for (const load of loads.slice(0, 20)) t.equal(levelKey({ ...load }), levelKey(load));
});

t.test('the load of a cell is all of it that is no server', async (t) => {
  const cell = cellOf({ connections: [7], idle: [3] });
  t.strictSame(levelOf(cell), { connections: 7, idle: 3, rate: 0, factors: { bytes: 5 } });
  t.equal(levelKey(cell), levelKey(levelOf(cell)));
});
