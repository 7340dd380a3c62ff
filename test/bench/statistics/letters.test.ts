/** Compact letter display: two servers share a letter if and only if they do not differ significantly. */
import t from 'tap';
import { lettersOf } from '../../../bench/statistics/letters.js';
import { seeded } from '../../../lib/random.js';

t.test('equal servers share one letter, and servers that all differ share none', async (t) => {
  t.same(
    lettersOf(3, () => false),
    ['a', 'a', 'a'],
  );
  t.same(
    lettersOf(3, () => true),
    ['a', 'b', 'c'],
  );
});

t.test('adjacent pairs without a difference form a chain of letters', async (t) => {
  t.same(
    lettersOf(4, (a, b) => Math.abs(a - b) > 1),
    ['a', 'ab', 'bc', 'c'],
  );
});

t.test('a noisy server does not hide the difference between two others', async (t) => {
  const differ = (a: number, b: number) => Math.min(a, b) === 1 && Math.max(a, b) === 2;
  t.same(lettersOf(3, differ), ['ab', 'a', 'b']);
});

t.test('two servers share a letter if and only if they do not differ', async (t) => {
  const random = seeded(1);
  for (let run = 0; run < 200; run++) {
    const count = 2 + Math.floor(random() * 12);
    const share = random();
    const differing = new Set<string>();
    for (let a = 0; a < count; a++)
      for (let b = a + 1; b < count; b++) if (random() < share) differing.add(`${a} ${b}`);
    const letters = lettersOf(count, (a, b) => differing.has(`${a} ${b}`));
    for (let a = 0; a < count; a++)
      for (let b = a + 1; b < count; b++) {
        const shared = [...(letters[a] as string)].some((letter) => letters[b]?.includes(letter));
        if (shared === differing.has(`${a} ${b}`)) return t.fail(`run ${run}: ${a} and ${b}`);
      }
  }
  return t.pass();
});
