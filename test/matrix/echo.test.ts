/** Every model of the catalog × the echo service: all requests are served, and both sides' records agree. */
import t, { type Test } from 'tap';
import type { Counts } from '../../lib/account/counts.js';
import { CATALOG, type ServerModel } from '../../lib/catalog/models.js';
import type { LoadSpec } from '../../lib/load/client.js';
import { type Account, settle } from '../support/account.js';
import { echoProtocol } from '../support/echo-protocol.js';
import { runLoad, sumOf, TEXT } from '../support/load.js';
import { affordable, skipOf } from '../support/models.js';
import { accepted, serve } from '../support/server.js';

const KIB = 1024;
const SIZES = { low: 1, high: 4 * KIB };
/** More than every buffer of a server and of a fresh socket. */
const LARGE = 300 * KIB;

async function exchange(
  t: Test,
  model: ServerModel,
  load: Partial<LoadSpec> & { readonly connections: number },
): Promise<Account> {
  const server = await serve(t, model.name);
  const openAll = () =>
    model.accounts && !model.serial ? accepted(server, load.connections) : Promise.resolve();
  const report = await runLoad(t, server.port, load, openAll);
  t.equal(report.rows.length, load.connections);
  return settle(t, model, server, report);
}

function checkCalls(
  t: Test,
  { engine, topology }: ServerModel,
  counts: Counts,
  connections: number,
  requests: number,
): void {
  const { callAccept, callPeer, callReceive, callSend, callClose, callWait } = counts;
  if (callAccept === null || callReceive === null) return;
  if (engine === 'proactor') {
    t.strictSame(
      [callAccept, callReceive, callSend, callClose],
      [0, 0, 0, 0],
      'only io_uring_enter',
    );
    t.equal(callPeer, connections, 'one getpeername for each connection');
    t.ok((callWait ?? 0) > 0 && (callWait ?? 0) < 2 * requests, 'and few waits');
    return;
  }
  t.ok(callAccept >= connections, 'one accept for each connection');
  t.ok(callReceive >= requests + connections, 'one receive for each request and for each end');
  t.equal(callSend, requests, 'one send for each short answer');
  // The parent closes the connection; the child closes the listener and the connection.
  const closes = topology === 'process per connection' ? 3 : 1;
  t.equal(callClose, closes * connections, 'each process closes its descriptors of a connection');
}

for (const model of CATALOG) {
  const skip = skipOf(model);
  const connections = affordable(model, 50);

  t.test(`${model.name} answers every message of every connection`, { skip }, async (t) => {
    const repeat = 20;
    const { counts, rows } = await exchange(t, model, { connections, repeat });
    if (!model.accounts) return;
    const bytes = connections * repeat * (TEXT.length + 1);
    t.equal(counts.requests, connections * repeat);
    t.strictSame([counts.bytesIn, counts.bytesOut], [bytes, bytes]);
    t.ok(rows.every((row) => row.closeReason === 'end' && row.closed >= row.opened));
    if (model.engine !== 'libuv')
      t.type(counts.callReceive, 'number', 'the server counts its system calls');
    checkCalls(t, model, counts, connections, connections * repeat);
  });

  t.test(`${model.name} answers messages of varied length`, { skip }, async (t) => {
    const protocol = echoProtocol({ kind: 'size', ...SIZES });
    const { rows } = await exchange(t, model, { connections, repeat: 30, protocol });
    if (!model.accounts) return;
    const bytes = sumOf(rows, (row) => row.bytesIn);
    t.ok(bytes > 30 * connections * 2, 'not all messages have the minimum length');
    t.ok(bytes < 30 * connections * (SIZES.high + 1), 'not all messages have the maximum length');
  });

  // The control closes a connection whose socket doesn't take a whole answer.
  const notLarge = model.accounts
    ? skip
    : 'the control requires that the socket takes a whole answer';
  t.test(
    `${model.name} answers messages larger than every buffer`,
    { skip: notLarge },
    async (t) => {
      const few = affordable(model, 6);
      const protocol = echoProtocol({ kind: 'size', low: LARGE, high: LARGE });
      const { counts } = await exchange(t, model, { connections: few, repeat: 3, protocol });
      t.equal(counts.bytesOut, few * 3 * (LARGE + 1));
    },
  );
}
