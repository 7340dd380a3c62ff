/** Limits of control groups, see cgroups(7): where they are mounted, and which apply to this process. */
import { join } from 'node:path';
import t from 'tap';
import {
  ownGroup,
  parseCgroupMount,
  parseCpuQuota,
  readCgroupLimits,
} from '../../../lib/system/cgroup.js';

const HYBRID = `tmpfs /sys/fs/cgroup tmpfs rw 0 0
cgroup /sys/fs/cgroup/cpu cgroup rw,cpu 0 0
cgroup2 /sys/fs/cgroup/unified cgroup2 rw,relatime 0 0
`;

t.test('the mount of control groups v2 is found beside those of v1', async (t) => {
  t.equal(parseCgroupMount(HYBRID), '/sys/fs/cgroup/unified');
  t.equal(parseCgroupMount('cgroup2 /mnt/a\\040b cgroup2 rw 0 0\n'), '/mnt/a b');
  t.equal(parseCgroupMount('cgroup /sys/fs/cgroup/cpu cgroup rw,cpu 0 0\n'), null);
  t.equal(parseCgroupMount(null), null);
});

t.test(
  'the process’s group is a path below the mount, or the mount if that path is not visible',
  async (t) => {
    const mount = t.testdir({ a: { b: {} } });
    t.equal(ownGroup(mount, '1:name=systemd:/x\n0::/a/b\n'), join(mount, 'a/b'));
    t.equal(ownGroup(mount, '0::/docker/0123\n'), mount);
    t.equal(ownGroup(mount, '0::/../other\n'), null);
    t.equal(ownGroup(mount, '4:memory:/a\n'), null);
    t.equal(ownGroup(null, '0::/a\n'), null);
  },
);

t.test('a CPU quota is a number of CPUs, and max means no quota', async (t) => {
  t.equal(parseCpuQuota('150000 100000\n'), 1.5);
  t.equal(parseCpuQuota('max 100000\n'), null);
  t.equal(parseCpuQuota(null), null);
});

t.test('the lowest limit of a group and its ancestors applies', async (t) => {
  const mount = t.testdir({
    a: {
      'pids.max': '100\n',
      'memory.max': '4096\n',
      'cpu.max': 'max 100000\n',
      b: { 'pids.max': '500\n', 'memory.max': 'max\n', 'cpu.max': '50000 100000\n' },
    },
  });
  t.strictSame(readCgroupLimits(mount, '0::/a/b\n'), {
    pidsMax: 100,
    memoryMaxBytes: 4096,
    cpuQuota: 0.5,
  });
});

t.test('in a container that sees its host path, the limits are read at the mount', async (t) => {
  const mount = t.testdir({ 'pids.max': '64\n' });
  t.equal(readCgroupLimits(mount, '0::/docker/0123abcd\n').pidsMax, 64);
});

t.test('without control groups v2 there are no limits', async (t) => {
  const mount = t.testdir({ 'pids.max': '64\n' });
  const unset = { pidsMax: null, memoryMaxBytes: null, cpuQuota: null };
  t.strictSame(readCgroupLimits(mount, '8:pids:/\n4:memory:/a\n'), unset);
  t.strictSame(readCgroupLimits(mount, null), unset);
  t.strictSame(readCgroupLimits(mount, '0::/\n'), { ...unset, pidsMax: 64 });
});
