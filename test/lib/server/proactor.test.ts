/** The proactor when its queues and buffers run out: eight entries each, and four buffers. */
import t from 'tap';
import { failuresByKind } from '../../../bench/run/failures.js';
import { COUNT_NAMES, type CountName } from '../../../lib/account/counts.js';
import { modelNamed } from '../../../lib/catalog/models.js';
import { native } from '../../../lib/native.js';
import { echoProtocol } from '../../support/echo-protocol.js';
import { eventually } from '../../support/eventually.js';
import { HOST } from '../../support/host.js';
import { prepare, sumOf } from '../../support/load.js';
import { skipOf } from '../../support/models.js';
import { ECHO } from '../../support/services.js';

const KIB = 1024;
const skip = skipOf(modelNamed('io_uring'));

const LOADS = {
  'many connections at once': { connections: 100, repeat: 90 },
  'messages of many buffers': {
    connections: 40,
    repeat: 10,
    protocol: echoProtocol({ kind: 'size', low: 1, high: 200 * KIB }),
  },
  'connections that open and close': { connections: 50, repeat: 1, durationNs: 1e9 },
} as const;

for (const [name, load] of Object.entries(LOADS)) {
  t.test(`${name} are served completely, and every byte is counted`, { skip }, async (t) => {
    const { fd, port } = native.listen(HOST, 0, 512);
    const client = await prepare(t, port, { ...load, barrier: false });
    await client.start();
    // All have sent before one is served, so that more messages wait than there are buffers.
    await client.connected();
    const spec = { model: 'io_uring-tiny', service: ECHO, listeners: [fd], loops: 1 } as const;
    const server = new native.Server(spec);
    await client.drained();
    const { rows } = await client.finish();
    const count = (name: CountName) => server.totals()[0]?.[COUNT_NAMES.indexOf(name)] ?? 0;
    await eventually('all are closed', () => count('closes') >= rows.length);
    t.ok(count('again') > 0, 'buffers did run out');
    const columns = await server.stop();
    native.close(fd);
    t.strictSame(failuresByKind(rows), {});
    const served = Array.from(columns.requests);
    t.equal(served.length, rows.length);
    const sum = (values: Float64Array) => values.reduce((total, value) => total + value, 0);
    t.equal(
      sum(columns.requests),
      sumOf(rows, (row) => row.requests),
    );
    t.equal(
      sum(columns.bytesIn),
      sumOf(rows, (row) => row.bytesSent),
    );
    t.equal(
      sum(columns.bytesOut),
      sumOf(rows, (row) => row.bytesReceived),
    );
  });
}
