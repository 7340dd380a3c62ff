import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { contentOf, isSame } from '../../../../bench/services/files/content.js';

/** More than a part, and no multiple of 3. */
const LARGE = 2_000_003;

t.test('a content has the requested length and is not repetitive', async (t) => {
  const bytes = readFileSync(contentOf(LARGE).raw);
  t.equal(bytes.length, LARGE);
  t.notSame(bytes.subarray(0, 1000), bytes.subarray(1_000_000, 1_001_000));
});

t.test('its encoded form is that of its bytes', async (t) => {
  for (const length of [1, 2, 3, 4, 786_431, 786_432, 786_433, LARGE]) {
    const { raw, base64 } = contentOf(length);
    t.equal(readFileSync(base64, 'latin1'), readFileSync(raw).toString('base64'), `${length}`);
  }
});

t.test('a content is made once, and a shorter one is its beginning', async (t) => {
  t.equal(contentOf(1000), contentOf(1000));
  const long = readFileSync(contentOf(LARGE).raw);
  t.same(readFileSync(contentOf(1000).raw), long.subarray(0, 1000));
});

t.test('it leaves no file behind that has a name', async (t) => {
  contentOf(17);
  const left = readdirSync('/dev/shm').filter((name) => name.startsWith('c10k-content-'));
  t.same(left, []);
});

t.test('a file is the same only if every byte and the length agree', async (t) => {
  const folder = t.testdir();
  mkdirSync(folder, { recursive: true });
  const { raw } = contentOf(LARGE);
  const bytes = readFileSync(raw);
  const written = (name: string, content: Buffer) => {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  };
  t.equal(isSame(written('equal', bytes), raw), true);
  t.equal(isSame(written('shorter', bytes.subarray(0, -1)), raw), false);
  t.equal(isSame(written('longer', Buffer.concat([bytes, Buffer.alloc(1)])), raw), false);
  const changed = Buffer.from(bytes);
  changed[LARGE - 1] = (changed[LARGE - 1] ?? 0) ^ 1;
  t.equal(isSame(written('changed', changed), raw), false);
});
