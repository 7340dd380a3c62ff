/** A full accept queue: who finds no place in it is served all the same, when the kernel tries again. */
import t from 'tap';
import { CATALOG } from '../../lib/catalog/models.js';
import { skipOf } from '../support/models.js';
import { Peer } from '../support/peer.js';
import { queued } from '../support/queues.js';
import { freeze, serve, thaw } from '../support/server.js';

const CLIENTS = 8;
/** The kernel lets one more wait than the backlog says. */
const PLACES = 2;

// They wait for the kernel to try again, and not for a CPU.
t.jobs = CATALOG.length;

for (const model of CATALOG) {
  const name = `${model.name} serves all who found its accept queue full`;
  t.test(name, { skip: skipOf(model) }, async (t) => {
    const server = await serve(t, model.name, { backlog: PLACES - 1 });
    await freeze(server);
    const dial = () => Peer.dial(t, server.port);
    const waiting = Array.from({ length: PLACES }, dial);
    await queued(server.port, PLACES);
    const others = Array.from({ length: CLIENTS - PLACES }, dial);
    t.notOk(
      others.some((peer) => peer.connected),
      'no other finds a place',
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
