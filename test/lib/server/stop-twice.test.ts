/** stop() of a native server may be called more than once, at the same time too. */
import t from 'tap';
import { CATALOG } from '../../../lib/catalog.js';
import { native } from '../../../lib/native.js';
import { skipOf } from '../../support/models.js';
import { Peer } from '../../support/peer.js';
import { HOST } from '../../support/server.js';

const NATIVE = CATALOG.filter(({ language, accounts }) => language === 'C++' && accounts);
const PEERS = 4;

for (const model of NATIVE) {
  const name = `each of several calls of stop() gives all rows of ${model.name}`;
  t.test(name, { skip: skipOf(model) }, async (t) => {
    const { fd, port } = native.listen(HOST, 0, 64);
    const spec = { model: model.name, service: 'echo', listeners: [fd], loops: PEERS };
    const server = new native.Server(spec);
    const peers = await Promise.all(Array.from({ length: PEERS }, () => Peer.connect(t, port)));
    for (const peer of peers) t.equal(await peer.ask('request\n'), 'request\n');
    const together = await Promise.all([server.stop(), server.stop(), server.stop()]);
    for (const rows of [...together, await server.stop()])
      t.strictSame(rows.closeReason, Array(PEERS).fill('stopped'));
    native.close(fd);
  });
}
