/** Many connections wait to be accepted: an event loop serves accepted ones before it has accepted all. */
import t from 'tap';
import { CATALOG } from '../../lib/catalog/models.js';
import { eventually } from '../support/eventually.js';
import { Peer } from '../support/peer.js';
import { arrived } from '../support/queues.js';
import { accepted, freeze, serve, thaw } from '../support/server.js';

/** Several times what a loop accepts in one turn (kAcceptsPerTurn). */
const QUEUED = 300;

const LAST = 'a last request\n';

const REACTORS = CATALOG.filter(
  ({ engine, accounts, language }) => engine === 'reactor' && accounts && language === 'C++',
);

for (const { name } of REACTORS) {
  t.test(`${name} answers between accepts`, async (t) => {
    const server = await serve(t, name);
    const talker = await Peer.connect(t, server.port);
    t.equal(await talker.ask('before\n'), 'before\n');
    await freeze(server);
    const queued = Array.from({ length: QUEUED }, () => Peer.dial(t, server.port));
    await eventually('all are connected', () => queued.every((peer) => peer.connected));
    await talker.send(LAST);
    talker.end();
    await eventually('it and the end have arrived', () => {
      return arrived(server.port, talker.port) === LAST.length + 1;
    });
    thaw(server);
    await accepted(server, 1 + QUEUED);
    for (const peer of queued) peer.end();
    const rows = await server.stop();
    t.equal(rows.length, 1 + QUEUED);
    const served = rows.find((row) => row.remotePort === talker.port);
    t.equal(served?.requests, 2);
    const after = rows.filter((row) => row.opened > (served?.closed ?? Number.POSITIVE_INFINITY));
    t.ok(after.length > 0, `${after.length} were accepted after it was served`);
  });
}
