import t from 'tap';
import { fields, maybe, number, text } from '../../../lib/schema/parts.js';

t.test('all fields of an object are required, and no others are allowed', async (t) => {
  const both = fields(['a', 'b'], number);
  t.same(both.parse({ a: 1, b: 2 }), { a: 1, b: 2 });
  for (const value of [{ a: 1 }, { a: 1, b: '2' }, { a: 1, b: null }, null])
    t.notOk(both.safeParse(value).success, JSON.stringify(value));
  t.same(fields([], text).parse({}), {});
});

t.test('a field that may be unknown may be null, but not missing', async (t) => {
  const one = fields(['a'], maybe);
  t.same(one.parse({ a: null }), { a: null });
  t.notOk(one.safeParse({}).success);
});
