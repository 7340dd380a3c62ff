/** `--congestion` accepts the algorithms that this process may set. */
import t from 'tap';
import {
  congestionControl,
  refuseForPrograms,
} from '../../../../bench/commands/options/congestion.js';

const MACHINE = { available: ['reno', 'bbr', 'cubic'], permitted: ['reno', 'cubic'] };

t.test('a permitted algorithm is accepted unchanged', async (t) => {
  t.equal(congestionControl('cubic', MACHINE), 'cubic');
  t.equal(congestionControl('reno'), 'reno', 'on this machine');
});

t.test('an algorithm that needs a capability, or that the kernel lacks, is refused', async (t) => {
  t.throws(() => congestionControl('bbr', MACHINE), {
    name: 'UsageError',
    message: 'bbr: needs CAP_NET_ADMIN; allowed: reno, cubic',
  });
  t.throws(() => congestionControl('cubik', MACHINE), {
    name: 'UsageError',
    message: 'cubik: unknown; allowed: reno, cubic (did you mean cubic?)',
  });
});

t.test('the congestion control of a program cannot be set', async (t) => {
  const servers = ['epoll', 'cmd:./echo {port}'];
  t.throws(() => refuseForPrograms('reno', servers), {
    name: 'UsageError',
    message: "--congestion reno: can't be set for cmd:./echo {port}; allowed: server models",
  });
  t.doesNotThrow(() => refuseForPrograms(undefined, servers));
  t.doesNotThrow(() => refuseForPrograms('reno', ['epoll']));
});
