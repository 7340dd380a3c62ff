/** Models with which one process may hold thousands of connections: all are open at once, and served. */
import t from 'tap';
import { CATALOG } from '../../lib/catalog/models.js';
import { settle } from '../support/account.js';
import { runLoad } from '../support/load.js';
import { skipOf } from '../support/models.js';
import { accepted, serve } from '../support/server.js';

const CONNECTIONS = 8000;

for (const model of CATALOG) {
  const demand = { connections: CONNECTIONS, loops: model.defaultWorkers, barrier: true };
  t.test(`${model.name} serves ${CONNECTIONS}`, { skip: skipOf(model, demand) }, async (t) => {
    const server = await serve(t, model.name, { backlog: 4096 });
    const load = { connections: CONNECTIONS, repeat: 3 };
    const report = await runLoad(t, server.port, load, async () => {
      if (model.accounts) await accepted(server, CONNECTIONS);
    });
    await settle(t, model, server, report);
  });
}
