/** The specifications that a cell gives to its server and its client. */
import t from 'tap';
import { controlBeside } from '../../../bench/plan/uninterrupted.js';
import { loadSpec, serverSpec } from '../../../bench/run/specs.js';
import { bulk } from '../../../bench/services/bulk/bulk.js';
import { files } from '../../../bench/services/files/files.js';
import { cellOf, ROOMY } from '../../support/cells.js';

const clientOf = (cell: ReturnType<typeof cellOf>, host = '127.0.0.1') =>
  loadSpec({ number: 1, block: 1, cell, seed: 7 }, host, 9, ROOMY);

t.test('the server and the client of a service each get their options', async (t) => {
  const cell = cellOf({ service: 'bulk', loads: bulk.loads({ source: ['file'], op: ['get'] }) });
  t.same(serverSpec(cell).service, { name: 'bulk', options: { source: 'file' } });
  t.same(clientOf(cell).protocol, { name: 'bulk', options: { op: 'get', bytes: '1000000' } });
});

t.test('both sides have the service that replaces that of the experiment', async (t) => {
  const loads = files.loads({ op: ['upload'], wire: ['bulk'], size: [5000] });
  const cell = cellOf({ service: 'files', loads });
  t.same(serverSpec(cell).service, { name: 'bulk', options: {} });
  t.same(clientOf(cell).protocol, { name: 'bulk', options: { op: 'put', bytes: '5000' } });
});

t.test('the total rate is converted to the interval of one connection', async (t) => {
  t.equal(clientOf(cellOf({ connections: [10], rates: [1000] })).intervalNs, 10e6);
  t.equal(clientOf(cellOf({ connections: [10] })).intervalNs, 0, 'a closed loop has none');
});

t.test('source addresses suffice for reconnections', async (t) => {
  const limits = { ...ROOMY.limits, ephemeralPorts: { low: 32_768, high: 60_999 } };
  const spec = (options: Parameters<typeof cellOf>[0]) =>
    loadSpec({ number: 1, block: 1, cell: cellOf(options), seed: 7 }, '127.0.0.1', 9, {
      ...ROOMY,
      limits,
    }).sources.length;
  const few = spec({ connections: [1000], repeat: 100 });
  t.ok(
    spec({ connections: [1000], repeat: 100, perConnection: 1 }) > few,
    'one connection per request',
  );
  t.equal(spec({ connections: [1000], repeat: 100, perConnection: 100 }), few);
});

t.test('the server, the client and the control have the same congestion control', async (t) => {
  for (const congestion of ['reno', null]) {
    const measured = cellOf({ congestion });
    for (const cell of [measured, controlBeside(measured)]) {
      t.equal(serverSpec(cell).congestion, congestion);
      t.equal(clientOf(cell).congestion, congestion);
    }
  }
});
