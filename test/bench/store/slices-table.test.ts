/** slices.csv: instants in ms since the server listened, CPU times in µs, empty if unknown. */
import { parse } from 'csv-parse/sync';
import t from 'tap';
import type { Stretch } from '../../../bench/run/stretches.js';
import { slicesTable } from '../../../bench/store/slices-table.js';

const STRETCH: Stretch = {
  ...{ side: 'server', opened: 5_000_000, from: 6_500_000, to: 26_500_499, drained: 27_000_000 },
  ...{
    connections: 10,
    requests: 99.6,
    work: 1999.9,
    serverNs: 1_234_567.8,
    clientNs: 5000,
    idleNs: 0,
  },
};

t.test('a row has the instants and figures of its slice', async (t) => {
  const table = slicesTable([STRETCH, { ...STRETCH, side: 'control' }], 4_000_000);
  const [first, second] = parse(table, { columns: true }) as Record<string, string>[];
  t.same(first, {
    ...{ slice: '1', side: 'server', opened_ms: '1', from_ms: '2.5', to_ms: '22.5' },
    ...{
      drained_ms: '23',
      connections: '10',
      requests: '100',
      work: '2000',
      server_cpu_us: '1234.568',
    },
    ...{ client_cpu_us: '5', idle_server_cpu_us: '0' },
  });
  t.match(second, { slice: '2', side: 'control' });
});

t.test('an unknown figure is an empty field, not 0', async (t) => {
  const unknown = { ...STRETCH, drained: null, serverNs: null, clientNs: null, idleNs: null };
  const [row] = parse(slicesTable([unknown], 0), { columns: true }) as Record<string, string>[];
  t.match(row, { drained_ms: '', server_cpu_us: '', client_cpu_us: '', idle_server_cpu_us: '' });
});
