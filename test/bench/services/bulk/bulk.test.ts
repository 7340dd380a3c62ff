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

t.test('the source is an option of the server, and a put has none', async (t) => {
  const loads = bulk.loads({ op: ['get', 'put'], source: ['file', 'memory'] });
  t.same(
    loads.map(({ factors, serviceOptions }) => [factors, serviceOptions]),
    [
      [{ operation: 'get', size: 1e6, source: 'file' }, { source: 'file' }],
      [{ operation: 'get', size: 1e6, source: 'memory' }, { source: 'memory' }],
      [{ operation: 'put', size: 1e6 }, {}],
    ],
  );
});
