/** Server effects in a two-way layout, checked against a direct solution of the normal equations. */
import t from 'tap';
import { serverEffects } from '../../../bench/statistics/effects.js';
import type { ByBlock } from '../../../bench/statistics/paired.js';
import { seeded } from '../../../lib/random.js';

/** Least squares of value = server + block, with the first block's effect 0, by Gauss-Jordan elimination. */
function solved(servers: readonly ByBlock[]): number[] {
  const blocks = [...new Set(servers.flatMap((values) => [...values.keys()]))];
  const size = servers.length + blocks.length - 1;
  const rows = Array.from({ length: size }, () => new Array<number>(size + 1).fill(0));
  const add = (row: number, column: number, value: number) => {
    const own = rows[row] as number[];
    own[column] = (own[column] ?? 0) + value;
  };
  servers.forEach((values, server) => {
    for (const [block, value] of values) {
      const at = blocks.indexOf(block) - 1;
      const involved = at < 0 ? [server] : [server, servers.length + at];
      for (const row of involved) {
        for (const column of involved) add(row, column, 1);
        add(row, size, value);
      }
    }
  });
  for (let i = 0; i < size; i++) {
    const pivot = rows[i] as number[];
    const scale = pivot[i] as number;
    for (let column = 0; column <= size; column++) pivot[column] = (pivot[column] ?? 0) / scale;
    rows.forEach((row, r) => {
      const factor = row[i] ?? 0;
      if (r !== i)
        for (let column = 0; column <= size; column++)
          row[column] = (row[column] ?? 0) - factor * (pivot[column] ?? 0);
    });
  }
  return rows.slice(0, servers.length).map((row) => row[size] as number);
}

/** Differences to the first server: only differences are determined. */
const relative = (levels: readonly number[]) => levels.map((level) => level - (levels[0] ?? 0));

t.test('without missing values a level is the server’s mean, for any block effects', async (t) => {
  const drift = [0, 5, -3];
  const servers = [1, 2, 4].map(
    (level) => new Map(drift.map((block, i) => [i + 1, level + block] as const)),
  );
  t.same(
    relative(serverEffects(servers)).map((value) => Math.round(value * 1e9) / 1e9),
    [0, 1, 3],
  );
});

t.test('with missing values the levels are the least-squares solution', async (t) => {
  const random = seeded(21);
  for (let run = 0; run < 60; run++) {
    const [count, blocks] = [2 + Math.floor(random() * 5), 3 + Math.floor(random() * 10)];
    const drift = Array.from({ length: blocks }, () => random() * 3);
    const servers = Array.from({ length: count }, (_, server) => {
      const values = drift.map((block, i) => [i, server + block + random()] as const);
      // The first block is complete, so that all servers are connected.
      return new Map(values.filter(([block]) => block === 0 || random() < 0.7));
    });
    const [found, expected] = [relative(serverEffects(servers)), relative(solved(servers))];
    const worst = Math.max(...found.map((value, i) => Math.abs(value - (expected[i] as number))));
    if (!(worst < 1e-6)) return t.fail(`run ${run}: ${worst}`);
  }
  return t.pass();
});

t.test('a server without values has no level, and does not change the other levels', async (t) => {
  const some = new Map([
    [1, 10],
    [2, 20],
  ]);
  const [a, none, b] = serverEffects([some, new Map(), new Map([[1, 11]])]);
  t.ok(Number.isNaN(none));
  t.ok(Math.abs((b ?? 0) - (a ?? 0) - 1) < 1e-9);
  t.same(serverEffects([]), []);
});

t.test('one common block among many connects two servers', async (t) => {
  for (const half of [20, 100, 400]) {
    const blocks = Array.from({ length: 2 * half + 1 }, (_, i) => i);
    const own = (first: number, level: number) =>
      new Map(blocks.slice(first, first + half + 1).map((block) => [block, level + (block % 7)]));
    const [a, b] = serverEffects([own(0, 1), own(half, 2)]);
    t.ok(
      Math.abs((b ?? 0) - (a ?? 0) - 1) < 1e-6,
      `${2 * half + 1} blocks: ${(b ?? 0) - (a ?? 0)}`,
    );
  }
});
