/** Which congestion controls this process can set: tcp(7). */
import t from 'tap';
import { native } from '../../../lib/native.js';
import { readCongestionControls } from '../../../lib/system/congestion.js';
import { readText } from '../../../lib/system/procfs.js';

t.test('those that the kernel allows to every process can be set', async (t) => {
  const { available, permitted } = readCongestionControls();
  const allowed = readText('/proc/sys/net/ipv4/tcp_allowed_congestion_control') ?? 'reno';
  for (const name of allowed.trim().split(/\s+/)) t.ok(permitted.includes(name), name);
  for (const name of permitted) t.ok(available.includes(name), name);
});

t.test('one that the kernel does not have cannot be set', async (t) => {
  t.equal(native.maySetCongestion('no such one'), false);
  t.equal(native.maySetCongestion('reno'), true);
});
