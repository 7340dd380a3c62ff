/** Processes observed from outside: each alone, or with its descendants. */
import { spawn } from 'node:child_process';
import t, { type Test } from 'tap';
import { observeEach, observeTrees } from '../../../lib/server/observed.js';
import type { ProcessSnapshot } from '../../../lib/server/server-process.js';
import { countThreads } from '../../../lib/system/procfs.js';
import { childrenOf } from '../../support/children.js';
import { eventually } from '../../support/eventually.js';

const SNAPSHOT: ProcessSnapshot = {
  loops: [],
  ...{ userUs: 1, systemUs: 2, voluntarySwitches: 3, involuntarySwitches: 4 },
  ended: null,
};

/** A process, after it has started another. */
async function family(t: Test): Promise<{ parent: number; child: number }> {
  const { pid = 0 } = spawn('/bin/sh', ['-c', 'sleep 1000 & wait']);
  t.teardown(() => {
    for (const each of [...childrenOf(pid), pid]) process.kill(each, 'SIGKILL');
  });
  await eventually('its child runs', () => childrenOf(pid).length === 1);
  return { parent: pid, child: childrenOf(pid)[0] as number };
}

t.test('usage is the sum over the processes, and unknown if one has died', async (t) => {
  const { usage } = observeEach([process.pid]);
  t.same(usage([SNAPSHOT, SNAPSHOT]), {
    ...{ userUs: 2, systemUs: 4, voluntarySwitches: 6, involuntarySwitches: 8 },
  });
  t.ok(Number.isNaN(usage([SNAPSHOT, undefined]).userUs));
});

t.test('a process observed alone is observed without its descendants', async (t) => {
  const { parent } = await family(t);
  const observed = observeEach([parent]);
  t.same(observed.pids(), [parent]);
  t.equal(observed.threads(), 1);
  t.same(observed.cpuSource(), { pids: [parent], statFile: '' });
});

t.test('without a control group a tree is its live processes', async (t) => {
  const { parent, child } = await family(t);
  const observed = observeTrees([parent], () => null);
  t.same(observed.pids(), [parent, child]);
  t.equal(observed.threads(), 2);
  t.ok((observed.memory() ?? 0) > 0 && (observed.ownMemory() ?? 0) > 0);
  t.ok(observed.cpuTime().ns > 0);
  await observed.release();
});

t.test('context switches of ended processes are added to those of live ones', async (t) => {
  const { parent } = await family(t);
  const observed = observeTrees([parent], () => null);
  const ended = { voluntarySwitches: 1000, involuntarySwitches: 2000 };
  // The live processes may switch between two readings.
  const before = observed.usage([SNAPSHOT]);
  const found = observed.usage([{ ...SNAPSHOT, ended }]);
  const after = observed.usage([SNAPSHOT]);
  for (const kind of ['voluntarySwitches', 'involuntarySwitches'] as const) {
    t.ok(found[kind] >= before[kind] + ended[kind], kind);
    t.ok(found[kind] <= after[kind] + ended[kind], kind);
  }
  t.ok(Number.isNaN(observed.usage([undefined]).voluntarySwitches));
  await observed.release();
});

t.test('a group that a process can’t join is removed and not used', async (t) => {
  let removed = 0;
  const group = {
    ...{ path: '', statFile: 'never read', members: () => [], threads: () => 0 },
    add: () => false,
    kill: () => t.fail('not used'),
    remove: async () => t.fail('not used'),
    removeNow: () => void removed++,
  };
  const { parent } = await family(t);
  const observed = observeTrees([parent], () => group as never);
  t.equal(removed, 1);
  t.equal(observed.cpuSource()?.statFile, '');
  await observed.release();
});

t.test('kill() ends the descendants of a process', async () => {
  const { pid = 0 } = spawn('/bin/sh', ['-c', 'sleep 1000 & wait']);
  await eventually('its child runs', () => childrenOf(pid).length === 1);
  const [child = 0] = childrenOf(pid);
  const observed = observeTrees([pid], () => null);
  observed.kill();
  await eventually('both have ended', () =>
    [pid, child].every((each) => countThreads(each) === null),
  );
  await observed.release();
});

t.test('processes that have been released are not killed', async (t) => {
  const { parent, child } = await family(t);
  const observed = observeTrees([parent], () => null);
  await observed.release();
  observed.kill();
  for (const pid of [parent, child]) t.equal(countThreads(pid), 1);
});
