/** The processes of one program, read from its control group or its process tree. */
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import type { ControlGroup } from '../../../lib/system/control-group.js';
import { processesOfGroup, processesOfTree } from '../../../lib/system/program-processes.js';

/** A group with the given files, and the calls that it received. */
function groupIn(directory: string, stat: string | null, pids: readonly number[]) {
  mkdirSync(directory, { recursive: true });
  const statFile = join(directory, 'cpu.stat');
  if (stat !== null) writeFileSync(statFile, stat);
  const asked: string[] = [];
  const group: ControlGroup = {
    ...{ path: directory, statFile, members: () => pids, threads: () => 7, add: () => true },
    kill: () => void asked.push('kill'),
    remove: async () => void asked.push('remove'),
    removeNow: () => void asked.push('remove now'),
  };
  return { group, asked };
}

t.test('CPU time is that of the group and includes ended members', async (t) => {
  const { group } = groupIn(t.testdir(), 'usage_usec 30\nuser_usec 10\nsystem_usec 20\n', []);
  t.match(processesOfGroup(group).usage(), { userUs: 10, systemUs: 20, voluntarySwitches: 0 });
  t.same(processesOfGroup(group).cpuSource(), { pids: [], statFile: group.statFile });
  t.equal(processesOfGroup(group).cpuTime().ns, 30_000);
});

t.test('without a cpu.stat CPU time is unknown, not 0', async (t) => {
  const { group } = groupIn(t.testdir(), null, []);
  const { userUs, systemUs } = processesOfGroup(group).usage();
  t.ok(Number.isNaN(userUs) && Number.isNaN(systemUs));
});

t.test('kill(), release() and readings are passed on to the group', async (t) => {
  const { group, asked } = groupIn(t.testdir(), '', [process.pid]);
  const processes = processesOfGroup(group);
  t.same([processes.pids(), processes.threads()], [[process.pid], 7]);
  t.ok(processes.usage().voluntarySwitches > 0, 'switches of its members');
  processes.kill();
  await processes.release();
  processes.releaseNow();
  t.same(asked, ['kill', 'remove', 'remove now']);
});

t.test('a program that failed to start has no processes', async (t) => {
  const none = processesOfTree();
  t.same(none.pids(), []);
  t.equal(none.threads(), null);
  t.match(none.usage(), { userUs: 0, systemUs: 0 });
  t.doesNotThrow(() => none.kill());
});

t.test('the reading of a group changes with its file', async (t) => {
  const { group } = groupIn(t.testdir(), '', []);
  const processes = processesOfGroup(group);
  t.ok(Number.isNaN(processes.usage().userUs));
  appendFileSync(group.statFile, 'user_usec 5\n');
  t.equal(processes.usage().userUs, 5);
});
