import t from 'tap';
import { servedBy } from '../../../../bench/commands/options/served.js';

const HALVES = ['server'] as const;

t.test('a service has one value of each of its options', async (t) => {
  t.same(servedBy({}, HALVES), { service: { name: 'echo', options: {} }, listsTransfers: false });
  const flags = { service: 'files', wire: ['raw'], storage: '/tmp' };
  t.match(servedBy(flags, HALVES), {
    service: { name: 'files', options: { wire: 'raw', storage: '/tmp' } },
    listsTransfers: true,
  });
});

t.test('a service may be served as another, which needs nothing of the first', async (t) => {
  const flags = { service: 'files', wire: ['bulk'] };
  t.match(servedBy(flags, HALVES), { service: { name: 'bulk' }, listsTransfers: true });
});

t.test('several values are refused', async (t) => {
  const flags = { service: 'files', wire: ['raw', 'base64'], storage: '/tmp' };
  t.throws(() => servedBy(flags, HALVES), { message: '--wire: several values; allowed: one' });
  const served = { service: 'files', wire: ['bulk', 'raw'] };
  t.throws(() => servedBy(served, HALVES), {
    message: '--service files: several servers; allowed: options for one',
  });
});

t.test('an option is refused as missing if only the stage of a trial would set it', async (t) => {
  t.throws(() => servedBy({ service: 'files' }, HALVES), {
    name: 'UsageError',
    message: '--storage: missing; allowed: an existing directory that can be written to',
  });
});
