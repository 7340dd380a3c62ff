/** Control groups of cgroups(7): where they are, what their files say, and how one is made and removed. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { native } from '../../../lib/native.js';
import { ownGroup, parseCgroupMount } from '../../../lib/system/cgroup.js';
import {
  inGroup,
  makeControlGroup,
  parseCpuStat,
  parseMembers,
} from '../../../lib/system/control-group.js';
import { eventually } from '../../support/eventually.js';

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
  'the own group is a path below the mount, or the mount where that is not seen',
  async (t) => {
    const mount = t.testdir({ a: { b: {} } });
    t.equal(ownGroup(mount, '1:name=systemd:/x\n0::/a/b\n'), join(mount, 'a/b'));
    t.equal(ownGroup(mount, '0::/docker/0123\n'), mount);
    t.equal(ownGroup(mount, '0::/../other\n'), null);
    t.equal(ownGroup(mount, '4:memory:/a\n'), null);
    t.equal(ownGroup(null, '0::/a\n'), null);
  },
);

t.test('members are process IDs, without those of other namespaces', async (t) => {
  t.strictSame(parseMembers('12\n0\n345\n'), [12, 345]);
  t.strictSame(parseMembers(''), []);
  t.strictSame(parseMembers(null), []);
});

t.test('cpu.stat has a line for each figure', async (t) => {
  const stat = 'usage_usec 15\nuser_usec 10\nsystem_usec 5\n';
  t.equal(parseCpuStat(stat, 'user_usec'), 10);
  t.equal(parseCpuStat(stat, 'usec'), null);
  t.equal(parseCpuStat(null, 'user_usec'), null);
});

t.test('no group can be made where there are none', async (t) => {
  t.equal(makeControlGroup(null), null);
  t.equal(makeControlGroup('/proc/self'), null);
});

t.test('a group left behind by a process that ended is removed, others stay', async (t) => {
  const parent = t.testdir();
  const names = [`c10k-${process.pid}-ab`, 'c10k-4194305-ab', 'c10k-4194305-cd', 'other'];
  for (const name of names) mkdirSync(join(parent, name));
  for (const name of [names[0] ?? '', names[1] ?? '']) utimesSync(join(parent, name), 0, 0);
  const group = makeControlGroup(parent);
  t.strictSame(
    names.map((name) => existsSync(join(parent, name))),
    [true, false, true, true],
  );
  t.ok(group && existsSync(group.path));
});

t.test('a program is inside its group from its first instruction', async (t) => {
  const group = makeControlGroup();
  if (group === null) return t.pass('no control group can be made here');
  const line = 'sleep 1000 & sleep 1000 & wait';
  const child = spawn('/bin/sh', inGroup(line, group), { stdio: 'ignore', detached: true });
  t.teardown(() => group.kill());
  await eventually('three members', () => group.members().length === 3);
  t.ok(group.members().includes(child.pid ?? 0));
  t.equal(group.threads(), 3);
  const before = native.cpuTime([], group.statFile).ns;
  t.ok(before > 0, 'what they used is counted');
  group.kill();
  await once(child, 'exit');
  await group.remove();
  t.notOk(existsSync(group.path));
  t.equal(group.threads(), null);
  t.strictSame(group.members(), []);
});

t.test('a line and its quotes reach the program as they are', async (t) => {
  const line = `printf '%s|' "a b" '$x' "it's"`;
  const [plain, grouped] = await Promise.all([null, makeControlGroup()].map(outputOf));
  t.equal(plain, "a b|$x|it's|");
  t.equal(grouped, plain);

  async function outputOf(group: ReturnType<typeof makeControlGroup>): Promise<string> {
    const child = spawn('/bin/sh', inGroup(line, group), { stdio: ['ignore', 'pipe', 'ignore'] });
    let text = '';
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString();
    });
    await once(child, 'close');
    await group?.remove();
    return text;
  }
});
