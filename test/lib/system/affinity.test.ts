/** The CPUs on which this thread may run, as set by sched_setaffinity(2). */
import { readFileSync } from 'node:fs';
import t from 'tap';
import { stayOn, withAffinity } from '../../../lib/system/affinity.js';
import { allowedCpus, parseCpuList } from '../../../lib/system/cpus.js';
import { parseField } from '../../../lib/system/procfs.js';

const all = allowedCpus();
const [first = 0] = all;
const last = all.at(-1) ?? 0;

/** Of the main thread. */
function current(): readonly number[] {
  const status = readFileSync(`/proc/self/task/${process.pid}/status`, 'utf8');
  return parseCpuList(parseField(status, 'Cpus_allowed_list') ?? '').filter((cpu) =>
    all.includes(cpu),
  );
}

t.test('a started process runs on the given CPUs, then this thread has its own back', async (t) => {
  t.same(
    withAffinity([last], () => current()),
    [last],
  );
  t.same(current(), all);
});

t.test('if a start fails, this thread returns to its own CPUs', async (t) => {
  const fails = () => {
    throw new Error('no such program');
  };
  t.throws(() => withAffinity([first], fails), /no such program/);
  t.same(current(), all);
});

t.test('a thread restricted to CPUs returns to them after it starts a process', async (t) => {
  const release = stayOn([first]);
  t.same(
    withAffinity([last], () => current()),
    [last],
  );
  t.same(current(), [first]);
  release();
  t.same(current(), all);
});
