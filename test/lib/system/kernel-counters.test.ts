/** Reading /proc/net/netstat and snmp, see proc(5): by name, in any order of columns. */

import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import t from 'tap';
import {
  kernelCounterDelta,
  parseCounterTable,
  parseKernelCounters,
  readKernelCounters,
} from '../../../lib/system/kernel-counters.js';
import { HOST } from '../../support/host.js';

const NETSTAT = `TcpExt: SyncookiesSent ListenOverflows ListenDrops TCPTimeouts TCPAbortOnMemory \
TCPTimeWaitOverflow TCPReqQFullDoCookies TCPReqQFullDrop TCPSynRetrans
TcpExt: 1 2 3 4 5 6 7 8 9
IpExt: InNoRoutes ListenDrops
IpExt: 77 99
`;
const SNMP = `Ip: Forwarding DefaultTTL
Ip: 2 64
Tcp: RtoAlgorithm RtoMin RtoMax MaxConn AttemptFails EstabResets RetransSegs OutRsts
Tcp: 1 200 120000 -1 10 11 12 13
`;
const ALL = {
  listenOverflows: 2,
  listenDrops: 3,
  reqQFullDrop: 8,
  reqQFullDoCookies: 7,
  retransmittedSegments: 12,
  synRetransmits: 9,
  timeouts: 4,
  attemptFails: 10,
  estabResets: 11,
  outResets: 13,
  abortOnMemory: 5,
  timeWaitOverflow: 6,
};

/** A port without a listener; only this process uses the address. */
async function closedPort(): Promise<number> {
  const server = createServer().listen(0, HOST);
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' ? (address?.port ?? 0) : 0;
}

t.test('every counter is found under its name and group', async (t) => {
  t.strictSame(parseKernelCounters(NETSTAT, SNMP), ALL);
});

t.test('a counter is found in any column', async (t) => {
  const moved = 'TcpExt: New TCPTimeouts Newer ListenDrops\nTcpExt: 100 4 200 3\n';
  const counters = parseKernelCounters(moved, SNMP);
  t.equal(counters.timeouts, 4);
  t.equal(counters.listenDrops, 3);
});

t.test('a counter that the kernel lacks is null, and the others are read', async (t) => {
  const counters = parseKernelCounters(NETSTAT.replace('TCPSynRetrans', 'Other'), SNMP);
  t.strictSame(counters, { ...ALL, synRetransmits: null });
});

t.test('a counter without a value is null', async (t) => {
  const counters = parseKernelCounters('TcpExt: ListenDrops TCPTimeouts\nTcpExt: 3\n', null);
  t.equal(counters.listenDrops, 3);
  t.equal(counters.timeouts, null);
});

t.test('names without a line of values are null, as in a sandbox', async (t) => {
  const headless = 'TcpExt: ListenDrops TCPTimeouts\nIpExt: InOctets\nIpExt: 5\n';
  t.strictSame([...parseCounterTable(headless)], [['IpExt:InOctets', 5]]);
});

t.test('unreadable files give nulls', async (t) => {
  const counters = Object.values(parseKernelCounters(null, null));
  t.ok(counters.every((count) => count === null));
  t.equal(counters.length, Object.keys(ALL).length);
});

t.test('negative numbers are valid values, words are not', async (t) => {
  t.strictSame([...parseCounterTable('Tcp: A B\nTcp: -1 x\n')], [['Tcp:A', -1]]);
});

t.test('a delta is the difference of two readings, and null if either is null', async (t) => {
  const before = { ...ALL, timeouts: null };
  const after = { ...ALL, listenDrops: 10, outResets: null };
  const delta = kernelCounterDelta(before, after);
  t.equal(delta.listenDrops, 7);
  t.equal(delta.listenOverflows, 0);
  t.equal(delta.timeouts, null);
  t.equal(delta.outResets, null);
});

t.test('a refused connection is counted on this machine', async (t) => {
  const port = await closedPort();
  const before = readKernelCounters();
  const socket = connect(port, HOST);
  const [error] = await once(socket, 'error').catch((thrown) => [thrown]);
  t.equal(error.code, 'ECONNREFUSED');
  const { attemptFails, outResets } = kernelCounterDelta(before, readKernelCounters());
  t.ok((attemptFails ?? 1) >= 1);
  t.ok((outResets ?? 1) >= 1);
});
