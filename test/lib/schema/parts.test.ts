import t from 'tap';
import { fields, maybe, number, text } from '../../../lib/schema/parts.js';

t.test('fields of one shape are all needed, and have nothing else', async (t) => {
  const both = fields(['a', 'b'], number);
  t.same(both.parse({ a: 1, b: 2 }), { a: 1, b: 2 });
  for (const value of [{ a: 1 }, { a: 1, b: '2' }, { a: 1, b: null }, null])
    t.notOk(both.safeParse(value).success, JSON.stringify(value));
  t.same(fields([], text).parse({}), {});
});

t.test('what may be unknown may be null, not missing', async (t) => {
  const one = fields(['a'], maybe);
  t.same(one.parse({ a: null }), { a: null });
  t.notOk(one.safeParse({}).success);
});
