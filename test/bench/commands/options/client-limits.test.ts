/** More client processes than a machine can run are refused with the required number and the limit. */
import t from 'tap';
import { UsageError } from '../../../../bench/cli/usage-error.js';
import { refuseUnaffordable } from '../../../../bench/commands/options/client-limits.js';
import { ROOMY } from '../../../support/cells.js';

const one = { clientProcesses: 1, clientPool: 'loop', conns: [100] } as const;
const asked = { ...one, clientProcesses: 500, clientThreads: 2 };

t.test('a load within the limits is accepted', async (t) => {
  t.doesNotThrow(() => refuseUnaffordable(asked, ROOMY));
  t.doesNotThrow(() => refuseUnaffordable(one));
});

t.test('the error names the limit that is exceeded: memory or processes', async (t) => {
  const message = (machine: typeof ROOMY) => {
    try {
      refuseUnaffordable(asked, machine);
    } catch (error) {
      return error instanceof UsageError && error.message;
    }
    return null;
  };
  t.equal(
    message({ ...ROOMY, availableMemory: 2 ** 30 }),
    '--client-processes 500: needs 500 processes, limit is 81: available memory; allowed: fewer processes or threads',
  );
  const limits = { ...ROOMY.limits, processes: { soft: 900, hard: 900 } };
  t.equal(
    message({ ...ROOMY, limits }),
    '--client-processes 500: needs 6,500 threads, limit is 836: ulimit -u; allowed: fewer processes or threads',
  );
});

t.test('a pool of processes has one for each client', async (t) => {
  const pool = (clients: number) =>
    ({ ...one, clientPool: 'processes', conns: [1, clients] }) as const;
  t.doesNotThrow(() => refuseUnaffordable(pool(1000), ROOMY));
  t.throws(() => refuseUnaffordable(pool(1001), ROOMY), {
    message: '--client-pool processes: 1001 clients; allowed: up to 1000',
  });
  t.throws(() => refuseUnaffordable(pool(500), { ...ROOMY, availableMemory: 2 ** 30 }), {
    message: /^--client-pool processes: needs 500 processes, limit is 81/,
  });
});
