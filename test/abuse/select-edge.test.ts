/** select at the limit of FD_SETSIZE: a loop accepts as many as an fd_set holds, and the rest later. */
import t from 'tap';
import { SELECT_CONNECTIONS } from '../../lib/catalog/ceilings.js';
import { modelNamed } from '../../lib/catalog/models.js';
import type { Server } from '../../lib/server/server.js';
import { settle } from '../support/account.js';
import { bulk } from '../support/bulk.js';
import { eventually } from '../support/eventually.js';
import { runLoad } from '../support/load.js';
import { skipOf } from '../support/models.js';
import { accepted, countsOf, serve } from '../support/server.js';

const select = modelNamed('select');
const skip = skipOf(select);

/** Waits until a loop has left connections in the accept queue. */
async function full(server: Server): Promise<void> {
  await eventually('a loop is full', async () => {
    return ((await countsOf(server)).acceptPauses ?? 0) > 0;
  });
}

t.test('one loop of select serves 1019 connections at once', { skip }, async (t) => {
  t.equal(SELECT_CONNECTIONS, 1019);
  const server = await serve(t, 'select', { backlog: 4096 });
  const load = { connections: SELECT_CONNECTIONS, repeat: 3 };
  const report = await runLoad(t, server.port, load, () => accepted(server, SELECT_CONNECTIONS));
  await settle(t, select, server, report);
});

t.test('select holds 1019 connections with a service that has a file open', { skip }, async (t) => {
  const service = { name: 'bulk', options: { source: 'file' } };
  const server = await serve(t, 'select', { backlog: 4096, service });
  const load = { connections: SELECT_CONNECTIONS, repeat: 3, protocol: bulk('get', 1000) };
  const report = await runLoad(t, server.port, load, () => accepted(server, SELECT_CONNECTIONS));
  await settle(t, select, server, report);
});

t.test('the 1020th connection waits until another closes', { skip }, async (t) => {
  const server = await serve(t, 'select', { backlog: 4096 });
  const report = await runLoad(t, server.port, { connections: 1030, repeat: 3 }, async () => {
    await full(server);
    t.equal((await countsOf(server)).accepts, SELECT_CONNECTIONS);
  });
  const { rows } = await settle(t, select, server, report);
  const inOrder = rows.toSorted((a, b) => a.opened - b.opened);
  const firstClose = Math.min(...rows.map((row) => row.closed));
  t.ok((inOrder[SELECT_CONNECTIONS - 1]?.opened ?? 0) < firstClose, '1019 were open together');
  t.ok((inOrder[SELECT_CONNECTIONS]?.opened ?? 0) >= firstClose, 'never more than 1019');
});

t.test('two loops of select hold 2000 connections', { skip }, async (t) => {
  const server = await serve(t, 'select', { backlog: 4096, loops: 2 });
  const report = await runLoad(t, server.port, { connections: 2000, repeat: 3 }, () =>
    accepted(server, 2000),
  );
  const { rows } = await settle(t, select, server, report);
  for (const loop of [0, 1]) {
    const held = rows.filter((row) => row.loop === loop).length;
    t.ok(held <= SELECT_CONNECTIONS && held >= 2000 - SELECT_CONNECTIONS, `loop ${loop}: ${held}`);
  }
});

t.test('select-wide serves more than 1019 connections at once', async (t) => {
  const server = await serve(t, 'select-wide', { backlog: 4096 });
  const report = await runLoad(t, server.port, { connections: 1500, repeat: 3 }, () =>
    accepted(server, 1500),
  );
  await settle(t, modelNamed('select-wide'), server, report);
});
