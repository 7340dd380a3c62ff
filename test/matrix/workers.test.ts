/** Several workers on one listener: loops share all connections, each pool worker serves one at a time. */
import t from 'tap';
import { ACCEPT } from '../../lib/server/server.js';
import { settle } from '../support/account.js';
import { runLoad } from '../support/load.js';
import { LOOPS, POOLS, skipOf, workersOf } from '../support/models.js';
import { accepted, serve } from '../support/server.js';

for (const [model, accept] of LOOPS.flatMap((model) => ACCEPT.map((how) => [model, how] as const)))
  t.test(
    `two workers of ${model.name}, ${accept}, serve all connections`,
    { skip: skipOf(model) },
    async (t) => {
      const server = await serve(t, model.name, { ...workersOf(model, 2), accept });
      t.equal(server.pids.length, model.workers === 'processes' ? 2 : 1);
      t.equal((await server.snapshot()).loops.length, 2);
      const report = await runLoad(t, server.port, { connections: 60, repeat: 10 }, async () => {
        if (model.accounts) await accepted(server, 60);
      });
      const { rows } = await settle(t, model, server, report);
      const loops = new Set(rows.map(({ loop }) => loop));
      if (model.accounts && accept === 'reuseport') t.strictSame([...loops].sort(), [0, 1]);
      t.ok([...loops].every((loop) => loop === 0 || loop === 1));
    },
  );

for (const model of POOLS) {
  for (const barrier of [true, false]) {
    const start = barrier ? 'that all wait for a barrier' : 'that send at once';
    t.test(`3 workers of ${model.name} serve 40 connections ${start}`, async (t) => {
      const server = await serve(t, model.name, workersOf(model, 3));
      const report = await runLoad(t, server.port, { connections: 40, repeat: 5, barrier });
      t.equal(report.rows.length, 40);
      const { rows } = await settle(t, model, server, report);
      const overlaps = rows.filter((row) => {
        return (
          rows.filter(({ opened, closed }) => opened <= row.opened && row.opened < closed).length >
          3
        );
      });
      t.strictSame(overlaps, [], 'a worker has one connection at a time');
    });
  }
}
