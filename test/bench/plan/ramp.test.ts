/** Which load a ramp tries next, and which bounds it finds. */
import t from 'tap';
import { bounds, nextLevel, type Search, type Tried } from '../../../bench/plan/ramp.js';
import { seeded } from '../../../lib/random.js';

const SEARCH: Search = { from: 100, to: 10_000, precision: 0.1 };

/** Searches to the end; the server holds a level in the given number of five trials. */
function search(heldAt: (level: number) => number, search = SEARCH): Tried[] {
  const tried: Tried[] = [];
  for (let level = nextLevel(tried, search); level !== null; level = nextLevel(tried, search)) {
    tried.push({ level, trials: 5, held: heldAt(level) });
    if (tried.length > 100) throw new Error('the search does not end');
  }
  return tried;
}

const sharply = (capacity: number) => (level: number) => (level <= capacity ? 5 : 0);
const levels = (tried: readonly Tried[]) => tried.map(({ level }) => level);

t.test('the load doubles while it holds, then the gap is halved', async (t) => {
  const tried = search(sharply(1000));
  t.same(levels(tried), [100, 200, 400, 800, 1600, 1200, 1000, 1100]);
  t.same(bounds(tried), { held: 1000, broken: 1100, low: 1000, high: 1100 });
});

t.test('the search for a server that holds every level ends at the last level', async (t) => {
  const tried = search(sharply(Number.POSITIVE_INFINITY));
  t.equal(tried.at(-1)?.level, SEARCH.to);
  t.equal(new Set(levels(tried)).size, tried.length, 'no level is tried twice');
  t.same(bounds(tried), { held: SEARCH.to, broken: null, low: SEARCH.to, high: null });
});

t.test('the result is within the precision for every capacity', async (t) => {
  for (const capacity of [100, 101, 150, 799, 1601, 9999]) {
    const { held } = bounds(search(sharply(capacity)));
    t.ok(
      held <= capacity && capacity - held <= Math.max(1, capacity * 0.11),
      `${capacity}: ${held}`,
    );
  }
});

t.test('a server that does not hold the first level is not tried at others', async (t) => {
  const tried = search(sharply(99));
  t.same(tried, [{ level: 100, trials: 5, held: 0 }]);
  t.same(bounds(tried), { held: 0, broken: 100, low: 0, high: 100 });
});

t.test('if trials disagree, the search finds where all hold and where all break', async (t) => {
  // From 700 to 1500 some trials hold and some don't.
  const tried = search((level) => (level < 700 ? 5 : level <= 1000 ? 3 : level <= 1500 ? 2 : 0));
  const { held, broken, low, high } = bounds(tried);
  t.ok(held > 900 && held <= 1000 && broken && broken > 1000 && broken < 1110);
  t.ok(low < 700 && low >= 600, `${low} always holds`);
  t.ok(high && high > 1500 && high < 1700, `${high} always breaks`);
});

t.test('if the first level does not always hold, the lower bound is 0', async (t) => {
  const tried = search((level) => (level < 500 ? 4 : 0));
  t.match(bounds(tried), { low: 0 });
  t.ok(levels(tried).every((level) => level >= SEARCH.from));
});

t.test('no level is tried twice or out of bounds, for random outcomes of trials', async (t) => {
  const random = seeded(3);
  for (let round = 0; round < 300; round++) {
    const steep = 1 + 20 * random();
    const tried = search((level) => {
      const holding = 1 / (1 + (level / 1000) ** steep);
      return [1, 2, 3, 4, 5].filter(() => random() < holding).length;
    });
    if (new Set(levels(tried)).size !== tried.length) t.fail(`twice: ${levels(tried)}`);
    if (tried.some(({ level }) => level < SEARCH.from || level > SEARCH.to))
      t.fail('out of bounds');
    const { held, low, high } = bounds(tried);
    if (low > held || (high !== null && high <= held)) t.fail(`${low} ${held} ${high}`);
  }
  t.pass();
});
