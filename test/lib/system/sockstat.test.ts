/** Reading /proc/net/sockstat, see proc(5), and the page size, see getauxval(3). */

import { once } from 'node:events';
import { createServer } from 'node:net';
import t from 'tap';
import {
  pageSize,
  parsePageSize,
  parseSockstat,
  readSockstat,
} from '../../../lib/system/sockstat.js';

const SOCKSTAT = `sockets: used 11
TCP: inuse 1 orphan 2 tw 3 alloc 4 mem 312
UDP: inuse 50 mem 60
FRAG: inuse 70 memory 80
`;
const SOCKSTAT6 = 'TCP6: inuse 9\nUDP6: inuse 5\n';

t.test('each value is read from its row, and memory is in bytes', async (t) => {
  t.strictSame(parseSockstat(SOCKSTAT, SOCKSTAT6, 4096), {
    inUse: 1,
    inUse6: 9,
    orphan: 2,
    timeWait: 3,
    allocated: 4,
    memoryBytes: 312 * 4096,
  });
});

t.test('the same number of larger pages is more memory', async (t) => {
  t.equal(parseSockstat(SOCKSTAT, SOCKSTAT6, 65536).memoryBytes, 312 * 65536);
});

t.test('a missing value is null, and is not taken from the next row', async (t) => {
  const { inUse, timeWait, memoryBytes } = parseSockstat('TCP: inuse 1\nUDP: mem 3\n', null, 4096);
  t.equal(inUse, 1);
  t.equal(timeWait, null);
  t.equal(memoryBytes, null);
});

t.test('columns may be in any order', async (t) => {
  const { inUse, memoryBytes } = parseSockstat('TCP: mem 2 new 8 inuse 5\n', null, 4096);
  t.equal(inUse, 5);
  t.equal(memoryBytes, 8192);
});

t.test('without IPv6 the values for its sockets are null', async (t) => {
  t.equal(parseSockstat(SOCKSTAT, null, 4096).inUse6, null);
});

t.test('the page size is the word after AT_PAGESZ, with 32- or 64-bit words', async (t) => {
  const words = [33, 6, 6, 16384, 0, 0];
  t.equal(parsePageSize(new Uint8Array(BigUint64Array.from(words, BigInt).buffer), 8), 16384);
  t.equal(parsePageSize(new Uint8Array(Uint32Array.from(words).buffer), 4), 16384);
});

t.test('a vector without a page size is an error', async (t) => {
  t.throws(() => parsePageSize(new Uint8Array(16), 8), { message: /AT_PAGESZ/ });
});

t.test('the page size of this machine is a power of two and at least 4 KiB', async (t) => {
  const size = pageSize();
  t.ok(size >= 4096);
  t.equal(Math.log2(size) % 1, 0);
});

t.test('a listener of this process is counted as in use', async (t) => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { inUse, allocated } = readSockstat();
  server.close();
  t.ok((inUse ?? 1) >= 1);
  t.ok((allocated ?? 1) >= 1);
});
