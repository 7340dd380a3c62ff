import { readdirSync, readlinkSync } from 'node:fs';
import t from 'tap';
import { native } from '../../../lib/native.js';
import { HOST } from '../../support/host.js';
import { serveMute } from '../../support/mute.js';

function epollDescriptors(): number[] {
  return readdirSync('/proc/self/fd').flatMap((fd) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`).includes('eventpoll') ? [Number(fd)] : [];
    } catch {
      return []; // the descriptor that lists the directory
    }
  });
}

t.test('a client thread that fails ends the load with its error', async (t) => {
  const port = await serveMute(t);
  const before = new Set(epollDescriptors());
  const load = new native.Load({
    ...{ host: HOST, port, sources: [], connections: 1, idle: 0, threads: 1 },
    ...{ firstConnection: 0, repeat: 1, barrier: true, durationNs: 0, warmupNs: 0 },
    ...{ timeoutNs: 60e9, intervalNs: 0, poisson: false, lifetime: { kind: 'none' } },
    ...{ protocol: { name: 'echo', options: { text: 'x' } }, perConnection: 0, retries: 0 },
    ...{ stallNs: 0, seed: 1, begin: native.now() },
  });
  const [own] = epollDescriptors().filter((fd) => !before.has(fd));
  await load.connected();
  native.close(own ?? -1);
  load.go(native.now()); // wakes the thread, which then waits on a closed descriptor
  // EBADF, or EINVAL if its number has been reused meanwhile.
  await t.rejects(load.drained(), { message: /^epoll_pwait2/ });
  t.equal((await load.finish()).length, 1, 'its records are reported');
});
