/** A client that stops reading in the middle of a long answer uses little memory, and others are served. */
import t from 'tap';
import type { Server } from '../../lib/server/server.js';
import { settled } from '../support/eventually.js';
import { ACCOUNTING, skipOf } from '../support/models.js';
import { pattern } from '../support/pattern.js';
import { Peer } from '../support/peer.js';
import { countsOf, serve } from '../support/server.js';
import { BULKS, nameOf } from '../support/services.js';

/** More than the sockets of both sides can hold. */
const LONG = 100_000_000;

/** Waits until the server can send no more; returns how much it sent. */
function held(server: Server): Promise<number> {
  return settled('what the server sends', async () => {
    const { bytesOut } = await countsOf(server);
    return bytesOut === null || bytesOut < 65_536 ? null : bytesOut;
  });
}

for (const model of ACCOUNTING)
  for (const service of BULKS)
    t.test(
      `${model.name} pauses an answer, ${nameOf(service)}`,
      { skip: skipOf(model) },
      async (t) => {
        const server = await serve(t, model.name, { service });
        const other = await Peer.connect(t, server.port);
        other.push('GET 1000000\n');
        await other.read(1_000_000);
        const before = server.memory() ?? Number.NaN;

        const reader = await Peer.connect(t, server.port);
        reader.push(`GET ${LONG}\nGET 1\n`);
        const sent = await held(server);
        t.ok(sent < LONG / 2, `${sent} bytes were sent`);
        const grown = (server.memory() ?? Number.NaN) - before;
        t.ok(grown < LONG / 4, `it grew by ${grown} bytes`);

        for (let i = 0; i < 20; i++) {
          other.push('GET 5\n');
          t.ok((await other.read(5)).equals(pattern(5)), 'another client is served meanwhile');
        }
        const start = await reader.read(100_000);
        t.ok(start.equals(pattern(100_000)), 'the bytes sent before are correct');
        const rows = await server.stop();
        t.strictSame(rows.map(({ requests, closeReason }) => [requests, closeReason]).toSorted(), [
          [0, 'stopped'],
          [21, 'stopped'],
        ]);
      },
    );
