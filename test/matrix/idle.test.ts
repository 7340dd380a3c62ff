/** Idle connections: every model of the catalog keeps them open while it serves busy ones. */
import t from 'tap';
import { CATALOG } from '../../lib/catalog/models.js';
import { settle } from '../support/account.js';
import { runLoad } from '../support/load.js';
import { affordable, skipOf, workersOf } from '../support/models.js';
import { accepted, serve } from '../support/server.js';

for (const model of CATALOG) {
  t.test(`${model.name} keeps idle connections open`, { skip: skipOf(model) }, async (t) => {
    // In a pool each idle connection occupies a worker until it ends.
    const idle = model.serial ? 3 : affordable(model, 30);
    const connections = affordable(model, 5);
    const workers = model.serial ? idle + connections : model.defaultWorkers;
    const server = await serve(t, model.name, workersOf(model, workers));
    const report = await runLoad(t, server.port, { connections, idle, repeat: 4 }, async () => {
      if (model.accounts) await accepted(server, connections + idle);
    });
    t.equal(report.rows.filter((row) => row.idle).length, idle);
    const { rows } = await settle(t, model, server, report);
    if (model.accounts) t.equal(rows.filter((row) => row.requests === 0).length, idle);
  });
}
