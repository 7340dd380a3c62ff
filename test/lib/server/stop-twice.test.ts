/** stop() of a native server may be called more than once, even concurrently. */
import t from 'tap';
import { COUNT_NAMES } from '../../../lib/account/counts.js';
import { CATALOG, startsProcesses } from '../../../lib/catalog/models.js';
import { native } from '../../../lib/native.js';
import { HOST } from '../../support/host.js';
import { skipOf } from '../../support/models.js';
import { Peer } from '../../support/peer.js';
import { ECHO } from '../../support/services.js';

const NATIVE = CATALOG.filter(
  ({ name, language, accounts }) => language === 'C++' && accounts && !startsProcesses(name),
);
const PEERS = 4;

for (const model of NATIVE) {
  const name = `each of several calls of stop() waits until ${model.name} has closed all`;
  t.test(name, { skip: skipOf(model) }, async (t) => {
    const { fd, port } = native.listen(HOST, 0, 64);
    const spec = { model: model.name, service: ECHO, listeners: [fd], loops: PEERS };
    const server = new native.Server(spec);
    const peers = await Promise.all(Array.from({ length: PEERS }, () => Peer.connect(t, port)));
    for (const peer of peers) t.equal(await peer.ask('request\n'), 'request\n');
    const calls = [server.stop(), server.stop(), server.stop()];
    await Promise.race(calls);
    const closes = server.totals().map((totals) => totals[COUNT_NAMES.indexOf('closes')] ?? 0);
    t.equal(
      closes.reduce((sum, n) => sum + n),
      PEERS,
      'all have closed when the first call ends',
    );
    const rows = [...(await Promise.all(calls)), await server.stop()];
    t.strictSame(
      rows.flatMap(({ remotePort }) => [...remotePort]).toSorted(),
      peers.map((peer) => peer.port).toSorted(),
      'each row is returned once',
    );
    native.close(fd);
  });
}
