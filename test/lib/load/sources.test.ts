/** Source addresses are set only if one address has too few ports, and only where others are available. */
import t from 'tap';
import { sourceAddresses } from '../../../lib/load/sources.js';

t.test('the kernel chooses the address if one is enough', async (t) => {
  t.strictSame(sourceAddresses('127.0.0.1', 600, 1000), []);
});

t.test('connections use as many addresses as their number of ports requires', async (t) => {
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

t.test('only the IPv4 loopback network has further addresses', async (t) => {
  for (const target of ['192.0.2.1', '::1', 'localhost'])
    t.strictSame(sourceAddresses(target, 1_000_000, 1000), []);
});
