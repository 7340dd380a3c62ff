/** The congestion controls that this process can set, see tcp(7). */
import t from 'tap';
import { native } from '../../../lib/native.js';
import { readCongestionControls } from '../../../lib/system/congestion.js';
import { readText } from '../../../lib/system/procfs.js';

t.test('a congestion control that the kernel allows for every process can be set', async (t) => {
  const { available, permitted } = readCongestionControls();
  const allowed = readText('/proc/sys/net/ipv4/tcp_allowed_congestion_control') ?? 'reno';
  for (const name of allowed.trim().split(/\s+/)) t.ok(permitted.includes(name), name);
  for (const name of permitted) t.ok(available.includes(name), name);
});

t.test('a congestion control that the kernel lacks cannot be set', async (t) => {
  t.equal(native.maySetCongestion('no such one'), false);
  t.equal(native.maySetCongestion('reno'), true);
});
