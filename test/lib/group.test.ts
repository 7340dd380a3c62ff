import t from 'tap';
import { groupBy } from '../../lib/group.js';

t.test('groups are in order of their first items, and items keep their order', async (t) => {
  const groups = groupBy([5, 2, 8, 3, 11, 2], (n) => n % 3);
  t.same(
    [...groups],
    [
      [2, [5, 2, 8, 11, 2]],
      [0, [3]],
    ],
  );
});

t.test('an empty list has no groups, and undefined is a valid key', async (t) => {
  t.equal(groupBy([], () => 1).size, 0);
  t.same([...groupBy([1, 2], () => undefined)], [[undefined, [1, 2]]]);
});
