import t from 'tap';
import { factorsIn, levelKey, levelOf, varyingIn } from '../../../bench/plan/load-level.js';
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

t.test('the load of a cell consists of all its factors except the server', async (t) => {
  const cell = cellOf({ connections: [7], idle: [3] });
  t.strictSame(levelOf(cell), { connections: 7, idle: 3, rate: 0, factors: { bytes: 5 } });
  t.equal(levelKey(cell), levelKey(levelOf(cell)));
});

t.test('factors with several values vary', async (t) => {
  const factors = (operation: string, size: number) => ({ factors: { operation, size } });
  const some = [factors('get', 1), factors('get', 2)];
  t.same(varyingIn(some), ['size']);
  t.same(varyingIn(some.slice(1)), []);
  t.same(varyingIn([]), []);
  t.same(factorsIn(factors('get', 1), ['size']), { size: 1 });
});

t.test('a factor that does not apply to a load has no value and does not vary', async (t) => {
  const put = { factors: { operation: 'put', size: 1 } };
  const get = (source: string) => ({ factors: { operation: 'get', size: 1, source } });
  t.same(varyingIn([put, get('file')]), ['operation']);
  t.same(varyingIn([put, get('file'), get('memory')]), ['operation', 'source']);
  t.strictSame(factorsIn(put, ['operation', 'source']), { operation: 'put' });
});
