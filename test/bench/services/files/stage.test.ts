import {
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import t, { type Test } from 'tap';
import { contentOf } from '../../../../bench/services/files/content.js';
import { files } from '../../../../bench/services/files/files.js';
import { stage } from '../../../../bench/services/files/stage.js';
import { readFileSystem } from '../../../../lib/system/file-system.js';

async function staged(t: Test, flags: object) {
  if (!existsSync(t.testdirName)) t.testdir();
  const [load] = files.loads({ wire: ['raw'], storage: t.testdirName, ...flags });
  if (!load) throw new Error('no load');
  const made = await stage({ ...load, connections: 2, repeat: 3, timeoutNs: 1e9, stallNs: 0 });
  const storage = made.serviceOptions.storage as string;
  return { ...made, storage, names: () => readdirSync(storage).sort() };
}

t.test('each stage has a new directory in the requested one, and removes it', async (t) => {
  const [one, other] = [
    await staged(t, { op: ['upload'], size: [10] }),
    await staged(t, { op: ['upload'], size: [10] }),
  ];
  t.not(one.storage, other.storage);
  t.equal(dirname(one.storage), t.testdirName);
  t.same(one.names(), []);
  await one.clear();
  t.notOk(existsSync(one.storage));
  t.ok(existsSync(other.storage));
});

t.test('without a requested directory it is in memory', async (t) => {
  const { storage, clear } = await staged(t, { op: ['upload'], size: [10], storage: undefined });
  t.equal(dirname(storage), '/dev/shm');
  await clear();
});

t.test('a directory that does not exist is an error', async (t) => {
  await t.rejects(staged(t, { storage: join(t.testdir(), 'missing') }), { code: 'ENOENT' });
});

t.test('a storage holds what its operation needs', async (t) => {
  const download = await staged(t, { op: ['download'], size: [1000] });
  t.same(download.names(), ['download']);
  t.same(
    readFileSync(join(download.storage, 'download')),
    readFileSync((await contentOf(1000)).raw),
  );
  t.same((await staged(t, { op: ['list'], entries: 3 })).names(), [
    'entry-0',
    'entry-1',
    'entry-2',
  ]);
  t.same(
    (await staged(t, { op: ['delete'] })).names(),
    ['0-0', '0-1', '0-2', '1-0', '1-1', '1-2'],
    'a file for each request of each client',
  );
});

t.test('clients get the content as the wire format has it', async (t) => {
  const of = async (wire: string) =>
    (await staged(t, { op: ['upload'], size: [1000], wire: [wire] })).protocolOptions.content;
  const { raw, base64 } = await contentOf(1000);
  t.equal(await of('raw'), raw);
  t.equal(await of('base64'), base64);
});

t.test('confirmed uploads that are missing or differ are counted', async (t) => {
  const { storage, countWrong } = await staged(t, { op: ['upload'], size: [1000] });
  const { raw } = await contentOf(1000);
  for (const name of ['0-0', '0-1', '1-0']) copyFileSync(raw, join(storage, name));
  t.equal(await countWrong(3), 0);
  t.equal(await countWrong(4), 1, 'one is missing');
  writeFileSync(join(storage, '0-1'), readFileSync(raw).subarray(1));
  t.equal(await countWrong(3), 1, 'one is shorter');
  t.equal(await countWrong(2), 0, 'it was not confirmed');
});

t.test('the type of its file system is known', async (t) => {
  const { fileSystem, clear } = await staged(t, { op: ['list'], storage: '/dev/shm' });
  t.equal(fileSystem, readFileSystem('/dev/shm')?.type);
  await clear();
});

t.test('confirmed deletions that left their file are counted', async (t) => {
  const { storage, countWrong } = await staged(t, { op: ['delete'] });
  for (const name of ['0-0', '0-1', '1-0', '1-1']) rmSync(join(storage, name));
  t.equal(await countWrong(4), 0);
  t.equal(await countWrong(6), 2);
  t.equal(await countWrong(3), 0, 'one was not confirmed');
});

t.test('downloads and listings change nothing that would be compared', async (t) => {
  t.equal(await (await staged(t, { op: ['download'], size: [10] })).countWrong(7), 0);
  t.equal(await (await staged(t, { op: ['list'] })).countWrong(7), 0);
});
