import t from 'tap';
import { files } from '../../../../bench/services/files/files.js';

t.test('every operation, size and wire format is a load', async (t) => {
  const loads = files.loads({
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
  const [load] = files.loads({ op: ['upload'], size: [1000], storage: '/tmp/x', largest: 9 });
  t.match(load, {
    serviceOptions: { wire: 'base64', storage: '/tmp/x', largest: '9' },
    protocolOptions: { op: 'upload', wire: 'base64', bytes: '1000' },
    exchangeBytes: 1000,
  });
  const [listed] = files.loads({ op: ['list'], entries: 7 });
  t.same(listed?.protocolOptions, { op: 'list', wire: 'base64', entries: '7' });
});

t.test('the default is a download of 10 MB in base64', async (t) => {
  t.match(files.loads({}), [
    { factors: { operation: 'download', size: 10e6, wire: 'base64' }, exchangeBytes: 10e6 },
  ]);
});

t.test('a duration is refused where the number of files must be known', async (t) => {
  for (const op of ['upload', 'delete'])
    t.throws(() => files.loads({ op: [op], duration: 1e9 }), {
      message: `--duration: not possible with --op ${op}, which needs a number of files; allowed: --repeat`,
    });
  t.doesNotThrow(() => files.loads({ op: ['list', 'download'], duration: 1e9 }));
});

t.test('only large transfers are recorded one by one', async (t) => {
  const recorded = (flags: object) => files.loads(flags).map(files.recordsTransfers);
  t.same(recorded({ size: [999_999, 1e6] }), [false, true]);
  t.same(recorded({ op: ['list', 'delete'] }), [false, false]);
});
