import { spawn } from 'node:child_process';
import { once } from 'node:events';
import t from 'tap';
import { native } from '../../../lib/native.js';

t.test('CPU time of processes is read from outside, and grows as they work', async (t) => {
  const busy = spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' });
  t.teardown(() => busy.kill('SIGKILL'));
  await once(busy, 'spawn');
  const from = native.cpuTime([busy.pid ?? 0], '');
  let to = from;
  while (to.at - from.at < 10e9 && to.ns - from.ns < 20e6) to = native.cpuTime([busy.pid ?? 0], '');
  const used = to.ns - from.ns;
  t.ok(used >= 20e6, `it used ${used} ns`);
  const both = native.cpuTime([busy.pid ?? 0, process.pid], '');
  t.ok(both.ns > to.ns, 'the CPU time of several processes is their sum');
});

t.test('the CPU time of a process that no longer exists is unknown', async (t) => {
  const gone = spawn('/bin/true', { stdio: 'ignore' });
  await once(gone, 'close');
  t.ok(Number.isNaN(native.cpuTime([gone.pid ?? 0], '').ns));
  t.ok(native.cpuTime([], '').at > 0);
});
