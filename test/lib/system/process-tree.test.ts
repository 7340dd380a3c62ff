/** Processes with their descendants, as proc(5) lists them. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import t from 'tap';
import {
  killAll,
  memoryOf,
  ownMemoryOf,
  parseStat,
  switchesOf,
  threadsOf,
  treeOf,
  usageOf,
} from '../../../lib/system/process-tree.js';
import { eventually } from '../../support/eventually.js';

t.test('the fields of a process begin with its state, with any name', async (t) => {
  for (const name of ['sh', 'a b', 'a) S 1 (b', ')'])
    t.same(parseStat(`42 (${name}) R 1 2 3`), ['R', '1', '2', '3'], name);
  t.equal(parseStat(null), null);
});

t.test('a tree contains its root, all descendants, and orphans of its session', async (t) => {
  // The inner shell ends at once, so that its sleep gets another parent.
  const line = 'sleep 1000 & sh -c "sleep 1000 & sleep 1000 &"; sh -c "sleep 1000; :" & wait';
  const child = spawn('/bin/sh', ['-c', line], { stdio: 'ignore', detached: true });
  const root = child.pid ?? 0;
  t.teardown(() => killAll(treeOf(root)));
  await eventually('root, three children, a grandchild', () => treeOf(root).length === 6);
  const tree = treeOf(root);
  t.equal(tree[0], root, 'in ascending order');
  t.notOk(tree.includes(process.pid));
  t.equal(threadsOf(tree), 6);
  const [all, own] = [memoryOf(tree) ?? 0, ownMemoryOf(tree) ?? 0];
  t.ok(0 < own && own < all, 'the root’s memory is part of the sum');
  killAll(tree);
  await once(child, 'exit');
  await eventually('all have ended', () => treeOf(root).length === 0);
});

t.test('ended processes have no memory and no threads, and do not add to a sum', async (t) => {
  const child = spawn('/bin/true', { stdio: 'ignore' });
  await once(child, 'exit');
  const gone = child.pid ?? 0;
  const nothing = { voluntarySwitches: 0, involuntarySwitches: 0 };
  t.same(usageOf([gone]), { userUs: 0, systemUs: 0, ...nothing });
  t.same(switchesOf([gone]), nothing);
  t.same([memoryOf([gone]), ownMemoryOf([]), threadsOf([gone])], [null, null, null]);
  t.equal(threadsOf([gone, process.pid]), threadsOf([process.pid]));
  t.doesNotThrow(() => killAll([gone]));
});

t.test('the usage of a process matches its own report, in steps of 10 ms', async (t) => {
  for (const end = performance.now() + 50; performance.now() < end; );
  const before = process.resourceUsage();
  const { userUs, systemUs } = usageOf([process.pid]);
  const after = process.resourceUsage();
  const step = 20_000; // the kernel scales user and system time to their sum
  t.ok(userUs + systemUs >= before.userCPUTime + before.systemCPUTime - step);
  t.ok(userUs + systemUs <= after.userCPUTime + after.systemCPUTime + step);
});
