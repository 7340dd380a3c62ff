/** A full accept queue: connections that don't fit are served later, when the client's kernel retries. */
import t from 'tap';
import { CATALOG } from '../../lib/catalog/models.js';
import { skipOf } from '../support/models.js';
import { Peer } from '../support/peer.js';
import { queued } from '../support/queues.js';
import { freeze, serve, thaw } from '../support/server.js';

const CLIENTS = 8;
/** The kernel queues one connection more than the backlog. */
const PLACES = 2;

// The tests mostly wait for the kernel to retry, and use little CPU time.
t.jobs = CATALOG.length;

for (const model of CATALOG) {
  const name = `${model.name} serves all connections that found its accept queue full`;
  t.test(name, { skip: skipOf(model) }, async (t) => {
    const server = await serve(t, model.name, { backlog: PLACES - 1 });
    await freeze(server);
    const dial = () => Peer.dial(t, server.port);
    const waiting = Array.from({ length: PLACES }, dial);
    await queued(server.port, PLACES);
    const others = Array.from({ length: CLIENTS - PLACES }, dial);
    t.notOk(
      others.some((peer) => peer.connected),
      'no other connection fits into the queue',
    );
    thaw(server);
    await Promise.all(
      [...waiting, ...others].map(async (peer, i) => {
        t.equal(await peer.ask(`${i}\n`), `${i}\n`);
        peer.end();
        t.equal(await peer.ending(), 'end');
      }),
    );
    const rows = await server.stop();
    if (model.accounts) t.equal(rows.length, CLIENTS);
  });
}
