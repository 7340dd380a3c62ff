import t from 'tap';
import { loadsOf } from '../../../../bench/services/files/loads.js';

t.test('every operation, size and wire format is a load', async (t) => {
  const loads = loadsOf({
    op: ['list', 'upload', 'download'],
    size: [1000, 5000],
    wire: ['base64', 'raw'],
  });
  t.same(
    loads.map(({ factors }) => Object.values(factors).join(' ')),
    [
      ...['list base64', 'list raw'],
      ...['upload 1000 base64', 'upload 1000 raw', 'upload 5000 base64', 'upload 5000 raw'],
      ...['download 1000 base64', 'download 1000 raw'],
      ...['download 5000 base64', 'download 5000 raw'],
    ],
  );
});

t.test('the halves get their options', async (t) => {
  const [load] = loadsOf({ op: ['upload'], size: [1000], storage: '/tmp/x', largest: 9000 });
  t.match(load, {
    serviceOptions: { wire: 'base64', storage: '/tmp/x', largest: '9000' },
    protocolOptions: { op: 'upload', wire: 'base64', bytes: '1000' },
    exchangeBytes: 1000,
  });
  const [listed] = loadsOf({ op: ['list'], entries: 7 });
  t.same(listed?.protocolOptions, { op: 'list', wire: 'base64', entries: '7' });
});

t.test('the default is a download of 10 MB in base64', async (t) => {
  t.match(loadsOf({}), [
    { factors: { operation: 'download', size: 10e6, wire: 'base64' }, exchangeBytes: 10e6 },
  ]);
});

t.test('a duration is refused where the number of files must be known', async (t) => {
  for (const op of ['upload', 'delete'] as const)
    t.throws(() => loadsOf({ op: [op], duration: 1e9 }), {
      message: `--duration: not possible with --op ${op}, which needs a number of files; allowed: --repeat`,
    });
  t.doesNotThrow(() => loadsOf({ op: ['list', 'download'], duration: 1e9 }));
});

t.test('an upload that the server would refuse is refused', async (t) => {
  t.throws(() => loadsOf({ op: ['list', 'upload'], size: [9, 11], largest: 10 }), {
    message: '--largest 10: below --size 11 of an upload; allowed: at least the largest size',
  });
  t.doesNotThrow(() => loadsOf({ op: ['download'], size: [11], largest: 10 }));
  t.doesNotThrow(() => loadsOf({ op: ['upload'], size: [10], largest: 10 }));
});

t.test('bulk transfers the same bytes by another service', async (t) => {
  const wire = ['bulk'] as const;
  t.match(loadsOf({ op: ['upload', 'download'], size: [1000], wire, storage: '/tmp/x' }), [
    {
      factors: { operation: 'upload', size: 1000, wire: 'bulk' },
      servedAs: 'bulk',
      protocolOptions: { op: 'put', bytes: '1000' },
      exchangeBytes: 1000,
    },
    {
      factors: { operation: 'download', size: 1000, wire: 'bulk' },
      servedAs: 'bulk',
      serviceOptions: { source: 'file' },
      protocolOptions: { op: 'get', bytes: '1000' },
    },
  ]);
  t.match(loadsOf({}), [{ servedAs: null }]);
});

t.test('bulk has neither listings nor deletions', async (t) => {
  for (const op of ['list', 'delete'] as const)
    t.throws(() => loadsOf({ op: [op], wire: ['raw', 'bulk'] }), {
      message: `--op ${op}: not possible with --wire bulk; allowed: upload, download`,
    });
  t.throws(() => loadsOf({ wire: ['bulk'], beside: 'list' }), {
    message: '--beside: not possible with --wire bulk; allowed: base64, raw',
  });
});
