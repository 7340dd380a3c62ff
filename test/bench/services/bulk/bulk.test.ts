/** The loads that bulk's options result in. */
import t from 'tap';
import { bulk } from '../../../../bench/services/bulk/bulk.js';

t.test('operations and sizes are combined', async (t) => {
  const loads = bulk.loads({ op: ['get', 'put'], size: [1000, 1e6] });
  t.same(
    loads.map(({ protocolOptions }) => protocolOptions),
    [
      { op: 'get', bytes: '1000' },
      { op: 'get', bytes: '1000000' },
      { op: 'put', bytes: '1000' },
      { op: 'put', bytes: '1000000' },
    ],
  );
});

t.test('the source is an option of the server, and a put has only one', async (t) => {
  const loads = bulk.loads({ op: ['get', 'put'], from: ['file', 'memory'] });
  t.same(
    loads.map(({ factors, serviceOptions }) => [factors.operation, factors.from, serviceOptions]),
    [
      ['get', 'file', { from: 'file' }],
      ['get', 'memory', { from: 'memory' }],
      ['put', 'memory', { from: 'memory' }],
    ],
  );
});

t.test('a size is written in the largest unit that divides it', async (t) => {
  const size = bulk.factors.find(({ name }) => name === 'size');
  const words = [1, 999, 1000, 1024, 64 * 1024, 1e6, 1_500_000, 1e8, 2 ** 20, 2 ** 40].map(
    (bytes) => size?.inWords(bytes),
  );
  t.same(words, [
    ...[
      '1 B',
      '999 B',
      '1 kB',
      '1 KiB',
      '64 KiB',
      '1 MB',
      '1500 kB',
      '100 MB',
      '1 MiB',
      '1024 GiB',
    ],
  ]);
});
