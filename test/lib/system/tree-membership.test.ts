/** Whether the CPU time of a process tree is complete, from fields of /proc/PID/stat and status. */
import t from 'tap';
import { isUnchanged, parseMember } from '../../../lib/system/tree-membership.js';

const STAT =
  '42 (a (b) c) S 1 42 42 0 -1 4194560 171 37 0 0 5 6 7 8 20 0 1 0 12345 2600960 224 0 0';
const STATUS = 'Name:\ta\nSigBlk:\t0000000000000000\nSigIgn:\t0000000000001000\n';
const IGNORES = 'Name:\ta\nSigIgn:\t0000000000011000\n';

t.test('a member’s page faults include those of the children it waited for', async (t) => {
  const member = { pid: 42, childFaults: 37, ignoresChildren: false };
  t.strictSame(parseMember(42, STAT, STATUS), member);
});

t.test('a member that ignores SIGCHLD is identified by its signal mask', async (t) => {
  t.equal(parseMember(42, STAT, IGNORES)?.ignoresChildren, true);
});

t.test('a process that has ended is not a member', async (t) => {
  t.equal(parseMember(42, null, STATUS), null);
  t.equal(parseMember(42, STAT, null), null);
  t.equal(parseMember(42, STAT.replace(' S ', ' Z '), STATUS), null);
});

const member = (pid: number, childFaults = 0, ignoresChildren = false) => ({
  pid,
  childFaults,
  ignoresChildren,
});

t.test('the same members, none of which has waited for another, are unchanged', async (t) => {
  t.ok(isUnchanged([member(1, 9), member(2)], [member(1, 9), member(2)]));
  t.ok(isUnchanged([], []));
});

t.test('a member that starts, ends, is replaced or waits for a child is a change', async (t) => {
  const before = [member(1, 9), member(2)];
  for (const after of [
    [...before, member(3)],
    [member(1, 9)],
    [member(1, 9), member(3)],
    [member(1, 10), member(2)],
  ])
    t.notOk(isUnchanged(before, after));
});

t.test('a tree with a member that ignores SIGCHLD never counts as unchanged', async (t) => {
  const members = [member(1, 0, true)];
  t.notOk(isUnchanged(members, members));
});
