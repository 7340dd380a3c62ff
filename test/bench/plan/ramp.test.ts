import t from 'tap';
import { nextLevel, type Search, type Tried } from '../../../bench/plan/ramp.js';

const SEARCH: Search = { from: 100, to: 10_000, precision: 0.1 };

/** Climbs to the end against a server that holds so many. */
function climb(capacity: number, search = SEARCH): Tried[] {
  const tried: Tried[] = [];
  for (let level = nextLevel(tried, search); level !== null; level = nextLevel(tried, search)) {
    tried.push({ level, holds: level <= capacity });
    if (tried.length > 100) throw new Error('it never ends');
  }
  return tried;
}

const levels = (tried: readonly Tried[]) => tried.map(({ level }) => level);
const held = (tried: readonly Tried[]) =>
  Math.max(0, ...tried.filter(({ holds }) => holds).map(({ level }) => level));

t.test('the load doubles while it holds, then the gap is halved', async (t) => {
  t.same(levels(climb(1000)), [100, 200, 400, 800, 1600, 1200, 1000, 1100]);
});

t.test('what holds all the way ends at the last level', async (t) => {
  const tried = climb(Number.POSITIVE_INFINITY);
  t.equal(tried.at(-1)?.level, SEARCH.to);
  t.equal(new Set(levels(tried)).size, tried.length, 'no level twice');
});

t.test('the answer is within the precision, whatever the capacity', async (t) => {
  for (const capacity of [100, 101, 150, 799, 1601, 9999]) {
    const found = held(climb(capacity));
    t.ok(
      found <= capacity && capacity - found <= Math.max(1, capacity * 0.11),
      `${capacity}: ${found}`,
    );
  }
});

t.test('a server that does not hold the first level is tried no further', async (t) => {
  t.same(climb(99), [{ level: 100, holds: false }]);
});
