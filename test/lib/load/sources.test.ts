/** Source addresses are taken only where one has too few ports, and only where there are others. */
import t from 'tap';
import { sourceAddresses } from '../../../lib/load/sources.js';

t.test('the kernel chooses where one address does', async (t) => {
  t.strictSame(sourceAddresses('127.0.0.1', 600, 1000), []);
});

t.test('connections spread over as many addresses as their ports need', async (t) => {
  t.strictSame(sourceAddresses('127.0.0.1', 601, 1000), ['127.0.0.1', '127.0.0.2']);
  t.equal(sourceAddresses('127.3.2.1', 1801, 1000).length, 4);
});

t.test('no address ends in 0 or 255', async (t) => {
  const sources = sourceAddresses('127.0.0.1', 600, 1);
  t.equal(new Set(sources).size, 600);
  t.equal(sources[253], '127.0.0.254');
  t.equal(sources[254], '127.0.1.1');
  t.notOk(sources.some((source) => /\.(0|255)$/.test(source)));
});

t.test('only loopback of IPv4 has addresses to spare', async (t) => {
  for (const target of ['192.0.2.1', '::1', 'localhost'])
    t.strictSame(sourceAddresses(target, 1_000_000, 1000), []);
});
