/** An upload is a hidden file until it is complete, and leaves nothing if it never is. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { Storage } from '../../../../lib/service/files/storage.js';
import { Upload } from '../../../../lib/service/files/upload.js';
import { entriesOf } from '../../../support/files.js';

async function begin(t: Test, name = 'a') {
  const folder = t.testdir();
  const storage = new Storage(folder);
  const upload = new Upload(storage, name);
  await upload.open();
  await upload.write(Buffer.from('content'));
  return { folder, storage, upload };
}

t.test('its parts have the name when it is complete, instead of an earlier file', async (t) => {
  const { folder, storage, upload } = await begin(t);
  writeFileSync(join(folder, 'a'), 'earlier');
  t.strictSame(await storage.list(), ['a'], 'it is not listed');
  await upload.write(Buffer.from(', more'));
  await upload.commit();
  await upload.discard();
  t.equal(upload.error, undefined);
  t.equal(readFileSync(join(folder, 'a'), 'utf8'), 'content, more');
  t.strictSame(entriesOf(folder), ['a']);
});

t.test('one that is refused or discarded leaves nothing', async (t) => {
  const { folder, upload } = await begin(t);
  t.equal(entriesOf(folder).length, 1);
  await upload.refuse('first');
  await upload.refuse('second');
  t.strictSame(entriesOf(folder), []);
  await upload.write(Buffer.from('more'));
  await upload.commit();
  t.equal(upload.error, 'first');
  t.strictSame(entriesOf(folder), []);
});

t.test('one that is under way when the storage closes leaves nothing', async (t) => {
  const { folder, storage, upload } = await begin(t);
  storage.close();
  t.strictSame(entriesOf(folder), []);
  await upload.discard();
});

t.test('errors of the system are its reason', async (t) => {
  const { folder, upload } = await begin(t, 'folder');
  mkdirSync(join(folder, 'folder'));
  await upload.commit();
  t.equal(upload.error, 'bad name');
  t.strictSame(entriesOf(folder), ['folder']);
  const storage = new Storage(folder);
  rmSync(folder, { recursive: true });
  const late = new Upload(storage, 'a');
  await late.open();
  t.equal(late.error, 'no such file');
  t.throws(() => new Storage(folder), { code: 'ENOENT' });
});
