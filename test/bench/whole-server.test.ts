import t from 'tap';
import { wholeServer } from '../../bench/whole-server.js';
import { counts } from '../../lib/account/counts.js';
import { roleOf } from '../support/cells.js';

const CPU = { userS: 1, systemS: 2, busy: 0.5, voluntarySwitches: 3, involuntarySwitches: 4 };

t.test('a server with one part has the figures of that part', async (t) => {
  const server = roleOf({ counts: counts({ requests: 7, callSend: null }) });
  t.strictSame(wholeServer({ roles: { server } }), server);
  const unknown = roleOf({ cpu: null, counts: null, threads: null });
  t.strictSame(wholeServer({ roles: { server: unknown } }), unknown);
});

t.test('the figures of several parts are added up', async (t) => {
  const memory = { pssBytes: 10, bytesPerConnection: 2 };
  const part = roleOf({ cpu: CPU, threads: 2, memory });
  t.match(wholeServer({ roles: { one: part, other: part } }), {
    cpu: { userS: 2, systemS: 4, busy: 1, voluntarySwitches: 6, involuntarySwitches: 8 },
    memory: { pssBytes: 20, bytesPerConnection: 4 },
    threads: 4,
  });
  const unknown = wholeServer({
    roles: { one: part, other: { ...part, cpu: null, threads: null } },
  });
  t.match(unknown, { cpu: null, threads: null, memory: { pssBytes: 20 } });
});

t.test('a request that passes through several parts is counted once', async (t) => {
  const partWith = (known: Parameters<typeof counts>[0]) => roleOf({ counts: counts(known) });
  const one = partWith({ requests: 5, callSend: 6 });
  const other = partWith({ requests: 4, callSend: 4 });
  t.match(wholeServer({ roles: { one, other } }).counts, { requests: 5, callSend: 10 });
  const uncounted = partWith({ callSend: 4 });
  t.match(wholeServer({ roles: { one, uncounted } }).counts, { requests: 5, callSend: 10 });
});
