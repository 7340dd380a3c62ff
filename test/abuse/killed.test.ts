/** The server process is killed under load: the client ends and reports failures, and the handle gives the reason. */
import t from 'tap';
import { failuresByKind } from '../../bench/run/failures.js';
import { CATALOG } from '../../lib/catalog/models.js';
import { eventually } from '../support/eventually.js';
import { prepare } from '../support/load.js';
import { affordable, skipOf } from '../support/models.js';
import { freeze, serve } from '../support/server.js';

for (const model of CATALOG) {
  t.test(`the load ends when ${model.name} is killed`, { skip: skipOf(model) }, async (t) => {
    const server = await serve(t, model.name);
    const connections = affordable(model, 4);
    const client = await prepare(t, server.port, { connections, repeat: 0, durationNs: 60e9 });
    await client.start();
    await client.connected();
    await client.go();
    await eventually('traffic flows', async () => (await client.progress()).requests > 100);
    server.kill();
    await client.drained();
    const { rows } = await client.finish();
    t.equal(rows.length, connections, 'a failed connection is not replaced');
    const kinds = failuresByKind(rows);
    t.equal((kinds.reset ?? 0) + (kinds.short ?? 0), connections, JSON.stringify(kinds));
    t.ok(rows.every((row) => row.requestsWanted === row.requests + 1));

    const message = `the ${model.name} server process ended early (SIGKILL)`;
    await t.rejects(server.snapshot(), { message });
    await t.rejects(server.stop(), { message });
  });
}

t.test('a pending call is rejected when the process dies', async (t) => {
  const server = await serve(t, 'epoll');
  await freeze(server);
  const snapshot = server.snapshot();
  server.kill();
  await t.rejects(snapshot, { message: 'the epoll server process ended early (SIGKILL)' });
});
