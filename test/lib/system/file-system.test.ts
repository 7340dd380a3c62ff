import { join } from 'node:path';
import t from 'tap';
import { isInMemory, mountOf, readFileSystem, writeOut } from '../../../lib/system/file-system.js';

const MOUNTINFO = `21 1 254:0 / / rw,relatime - ext4 /dev/vda rw
22 21 0:20 / /dev/shm rw,nosuid shared:3 master:1 - tmpfs tmpfs rw,inode64
23 21 0:30 / /data rw - overlay overlay rw,lowerdir=/a
24 21 0:31 / /data rw - xfs /dev/vdb rw
25 21 0:32 /sub /with\\040space rw - btrfs /dev/vdc rw
`;

t.test('a path is on the mount with the longest path that leads to it', async (t) => {
  const on = (path: string) => mountOf(MOUNTINFO, path);
  t.same(on('/'), { type: 'ext4', device: '254:0' });
  t.same(on('/home/x'), { type: 'ext4', device: '254:0' });
  t.same(on('/dev/shm'), { type: 'tmpfs', device: '0:20' });
  t.same(on('/dev/shm/x/y'), { type: 'tmpfs', device: '0:20' });
  t.same(on('/dev/shmem'), { type: 'ext4', device: '254:0' }, 'a longer name is another');
  t.same(on('/with space/x'), { type: 'btrfs', device: '0:32' });
});

t.test('of several mounts on one path the last hides the others', async (t) => {
  t.same(mountOf(MOUNTINFO, '/data/x'), { type: 'xfs', device: '0:31' });
});

t.test('without a list of mounts nothing is known', async (t) => {
  t.equal(mountOf(null, '/'), null);
  t.equal(mountOf('', '/'), null);
});

t.test('files of tmpfs take memory', async (t) => {
  t.equal(isInMemory({ type: 'tmpfs' }), true);
  t.equal(isInMemory({ type: 'ext4' }), false);
});

t.test('a directory has a file system with free space, a missing one has none', async (t) => {
  const found = readFileSystem(t.testdir());
  t.match(found, { type: /^\w/, device: /^\d+:\d+$/ });
  t.ok(found?.freeBytes === null || (found?.freeBytes ?? -1) >= 0);
  t.equal(readFileSystem(join(t.testdir(), 'missing')), null);
});

t.test('what is only in memory is written out; a missing directory is an error', async (t) => {
  await t.resolves(writeOut(t.testdir()));
  await t.resolves(writeOut('/dev/shm'));
  const missing = join(t.testdir(), 'missing');
  await t.rejects(writeOut(missing), { message: /^sync -f \S+missing: [^\n]+$/ });
});
