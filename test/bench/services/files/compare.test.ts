import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { countSame, isSame } from '../../../../bench/services/files/compare.js';
import { contentOf } from '../../../../bench/services/files/content.js';

/** More than a part. */
const LARGE = 2_000_003;

t.test('a file is the same only if every byte and the length agree', async (t) => {
  const folder = t.testdir();
  const { raw } = await contentOf(LARGE);
  const bytes = readFileSync(raw);
  const written = (name: string, content: Buffer) => {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  };
  t.equal(await isSame(written('equal', bytes), raw), true);
  t.equal(await isSame(written('shorter', bytes.subarray(0, -1)), raw), false);
  t.equal(await isSame(written('longer', Buffer.concat([bytes, Buffer.alloc(1)])), raw), false);
  for (const at of [0, 1 << 20, LARGE - 1]) {
    const changed = Buffer.from(bytes);
    changed[at] = (changed[at] ?? 0) ^ 1;
    t.equal(await isSame(written('changed', changed), raw), false, `at ${at}`);
  }
});

t.test('what is no regular file differs', async (t) => {
  const folder = t.testdir();
  const { raw } = await contentOf(1);
  const [directory, pipe, dangling, missing] = ['d', 'p', 'l', 'm'].map((name) =>
    join(folder, name),
  ) as [string, string, string, string];
  mkdirSync(directory);
  execFileSync('mkfifo', [pipe]);
  symlinkSync('nowhere', dangling);
  for (const path of [directory, pipe, dangling, missing]) t.equal(await isSame(path, raw), false);
});

t.test('the files that are the same are counted', async (t) => {
  const folder = t.testdir();
  const { raw } = await contentOf(1000);
  const bytes = readFileSync(raw);
  const paths = [0, 1, 2, 3, 4, 5, 6].map((i) => {
    const path = join(folder, `${i}`);
    writeFileSync(path, i % 3 === 0 ? bytes : bytes.subarray(i));
    return path;
  });
  t.equal(await countSame(paths, raw), 3);
  t.equal(await countSame([], raw), 0);
});
