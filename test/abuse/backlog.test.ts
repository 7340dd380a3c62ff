/** A full accept queue: who finds no place in it is served all the same, when the kernel tries again. */
import t from 'tap';
import { CATALOG } from '../../lib/catalog.js';
import { eventually } from '../support/eventually.js';
import { skipOf } from '../support/models.js';
import { Peer } from '../support/peer.js';
import { freeze, serve, thaw } from '../support/server.js';

const CLIENTS = 8;

for (const model of CATALOG) {
  const name = `${model.name} serves all who found its accept queue full`;
  t.test(name, { skip: skipOf(model) }, async (t) => {
    const server = await serve(t, model.name, { backlog: 1 });
    await freeze(server);
    const peers = Array.from({ length: CLIENTS }, () => Peer.dial(t, server.port));
    const open = () => peers.filter((peer) => peer.connected).length;
    await eventually('the queue is full', () => open() >= 2);
    t.ok(open() < CLIENTS, `${open()} of ${CLIENTS} found a place`);
    thaw(server);
    await Promise.all(
      peers.map(async (peer, i) => {
        t.equal(await peer.ask(`${i}\n`), `${i}\n`);
        peer.end();
        t.equal(await peer.ending(), 'end');
      }),
    );
    const rows = await server.stop();
    if (model.accounts) t.equal(rows.length, CLIENTS);
  });
}
