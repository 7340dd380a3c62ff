import t from 'tap';
import { groupBy } from '../../../bench/statistics/group.js';

t.test('groups are in the order of their first items, and so are the items in each', async (t) => {
  const groups = groupBy([5, 2, 8, 3, 11, 2], (n) => n % 3);
  t.same(
    [...groups],
    [
      [2, [5, 2, 8, 11, 2]],
      [0, [3]],
    ],
  );
});

t.test('no items have no groups, and undefined is a key as any other', async (t) => {
  t.equal(groupBy([], () => 1).size, 0);
  t.same([...groupBy([1, 2], () => undefined)], [[undefined, [1, 2]]]);
});
