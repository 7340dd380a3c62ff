/** Control groups, see cgroups(7): reading their files, creating and removing them. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { native } from '../../../lib/native.js';
import {
  inGroup,
  makeControlGroup,
  parseCpuStat,
  parseMembers,
} from '../../../lib/system/control-group.js';
import { eventually } from '../../support/eventually.js';

t.test('members are process IDs, without those of other namespaces', async (t) => {
  t.strictSame(parseMembers('12\n0\n345\n'), [12, 345]);
  t.strictSame(parseMembers(''), []);
  t.strictSame(parseMembers(null), []);
});

t.test('cpu.stat has one line per value', async (t) => {
  const stat = 'usage_usec 15\nuser_usec 10\nsystem_usec 5\n';
  t.equal(parseCpuStat(stat, 'user_usec'), 10);
  t.equal(parseCpuStat(stat, 'usec'), null);
  t.equal(parseCpuStat(null, 'user_usec'), null);
});

t.test('no group can be created without control groups', async (t) => {
  t.equal(makeControlGroup(null), null);
  t.equal(makeControlGroup('/proc/self'), null);
});

t.test('the leftover group of an ended process is removed, other groups are not', async (t) => {
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
  t.ok(before > 0, 'their CPU time is counted');
  group.kill();
  await once(child, 'exit');
  await group.remove();
  t.notOk(existsSync(group.path));
  t.equal(group.threads(), null);
  t.strictSame(group.members(), []);
});

t.test('a command line with quotes reaches the program unchanged', async (t) => {
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
