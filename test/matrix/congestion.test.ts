/** Every model × a congestion control: accepted sockets inherit it from their listener, client sockets are set. */
import t, { type Test } from 'tap';
import { CATALOG } from '../../lib/catalog/models.js';
import type { ServerSpec } from '../../lib/server/server.js';
import { congestionOf, INVISIBLE, UNUSUAL } from '../support/congestion.js';
import { prepare } from '../support/load.js';
import { affordable, LOOPS, skipOf, workersOf } from '../support/models.js';
import { accepted, serve } from '../support/server.js';

const CONNECTIONS = 8;
const BOTH_ENDS = 2;

async function connected(t: Test, model: string, wanted: Partial<ServerSpec>, connections: number) {
  const server = await serve(t, model, wanted);
  const { congestion = null } = wanted;
  const client = await prepare(t, server.port, { connections, congestion });
  await client.start();
  await client.connected();
  return server;
}

for (const model of CATALOG)
  t.test(`${model.name}: both ends`, { skip: INVISIBLE || skipOf(model) }, async (t) => {
    const connections = affordable(model, CONNECTIONS);
    const server = await connected(t, model.name, { congestion: UNUSUAL }, connections);
    if (model.accounts && !model.serial) await accepted(server, connections);
    const found = congestionOf(server.port);
    t.equal(found.length, BOTH_ENDS * connections);
    t.same([...new Set(found)], [UNUSUAL]);
  });

for (const model of LOOPS)
  t.test(
    `${model.name}, a listener for each loop`,
    { skip: INVISIBLE || skipOf(model) },
    async (t) => {
      const loops = workersOf(model, 3);
      const wanted = { congestion: UNUSUAL, accept: 'reuseport', ...loops } as const;
      const server = await connected(t, model.name, wanted, CONNECTIONS);
      t.same([...new Set(congestionOf(server.port))], [UNUSUAL]);
    },
  );

t.test("the default congestion control is the system's", { skip: INVISIBLE }, async (t) => {
  const server = await connected(t, 'epoll', {}, CONNECTIONS);
  const found = congestionOf(server.port);
  t.equal(found.length, BOTH_ENDS * CONNECTIONS);
  t.notOk(found.includes(UNUSUAL ?? ''));
});
