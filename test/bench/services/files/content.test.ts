import { existsSync, readFileSync, readlinkSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import t from 'tap';
import { contentMemory, contentOf, verify } from '../../../../bench/services/files/content.js';

/** More than a part, and no multiple of 3. */
const LARGE = 2_000_003;

t.test('a content has the requested length and is not repetitive', async (t) => {
  const bytes = readFileSync((await contentOf(LARGE)).raw);
  t.equal(bytes.length, LARGE);
  t.notSame(bytes.subarray(0, 1000), bytes.subarray(1_000_000, 1_001_000));
});

t.test('its encoded form is that of its bytes', async (t) => {
  for (const length of [1, 2, 3, 4, 786_431, 786_432, 786_433, LARGE]) {
    const { raw, base64 } = await contentOf(length);
    t.equal(readFileSync(base64, 'latin1'), readFileSync(raw).toString('base64'), `${length}`);
    const both = readFileSync(base64).length + readFileSync(raw).length;
    t.equal(both, contentMemory(length), 'its memory is known beforehand');
  }
});

t.test('a content is made once, and a shorter one is its beginning', async (t) => {
  t.equal(await contentOf(1000), await contentOf(1000));
  const long = readFileSync((await contentOf(LARGE)).raw);
  t.same(readFileSync((await contentOf(1000)).raw), long.subarray(0, 1000));
});

t.test('it leaves no file behind that has a name', async (t) => {
  for (const path of Object.values(await contentOf(17))) {
    const linked = readlinkSync(path);
    t.match(linked, / \(deleted\)$/);
    t.notOk(existsSync(dirname(linked)));
  }
});

t.test('a file that differs from what was written is found out', async (t) => {
  const directory = t.testdir();
  for (const form of ['raw', 'base64'] as const) {
    const bytes = readFileSync((await contentOf(LARGE))[form]);
    const changed = Buffer.from(bytes);
    changed[LARGE - 1] = (changed[LARGE - 1] ?? 0) ^ 1;
    const cases = {
      equal: bytes,
      shorter: bytes.subarray(0, -1),
      longer: Buffer.concat([bytes, Buffer.alloc(1)]),
      changed,
    };
    for (const [name, content] of Object.entries(cases)) {
      const file = await open(join(directory, `${form}-${name}`), 'w+');
      await file.appendFile(content);
      const verified = verify(file, LARGE, form);
      if (name === 'equal') await t.resolves(verified);
      else await t.rejects(verified, { message: /differs from what was written/ }, name);
      await file.close();
    }
  }
});
