/** Clients that vanish or close without a request: the server records each, and serves the next. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import t, { type Test } from 'tap';
import { inTime } from '../support/eventually.js';
import { HOST } from '../support/host.js';
import { ACCOUNTING, skipOf } from '../support/models.js';
import { Peer } from '../support/peer.js';
import { accepted, closed, serve } from '../support/server.js';

const VANISHING = fileURLToPath(new URL('../support/vanishing-client.js', import.meta.url));
const HALF = 'a request without an end';

/** Connects from a separate process that is then killed; returns its port. */
async function vanish(t: Test, port: number, whenSent: () => Promise<void>): Promise<number> {
  const child = fork(VANISHING, [HOST, `${port}`, HALF], { execArgv: [] });
  t.teardown(() => child.kill('SIGKILL'));
  const [localPort] = await inTime('half a request', once(child, 'message'));
  await whenSent();
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  const [, signal] = await inTime("the client's death", gone);
  t.equal(signal, 'SIGKILL');
  return localPort as number;
}

for (const model of ACCOUNTING) {
  const { name } = model;
  const skip = skipOf(model);

  t.test(`${name} keeps running if a client is killed in mid-request`, { skip }, async (t) => {
    const server = await serve(t, name);
    const remotePort = await vanish(t, server.port, () => accepted(server, 1));
    await closed(server, 1);
    t.equal(await (await Peer.connect(t, server.port)).ask('next\n'), 'next\n');
    const row = (await server.stop()).find((row) => row.remotePort === remotePort);
    t.match(row, { requests: 0, bytesIn: HALF.length });
    // The kernel resets a connection whose echo was not read.
    t.match(row?.closeReason, /^(end|reset)$/);
  });

  t.test(`${name} records a client that sends nothing`, { skip }, async (t) => {
    const server = await serve(t, name);
    const peer = await Peer.connect(t, server.port);
    const { port } = peer;
    peer.end();
    t.equal(await peer.ending(), 'end');
    await closed(server, 1);
    const rows = await server.stop();
    t.match(rows, [{ requests: 0, bytesIn: 0, bytesOut: 0, closeReason: 'end' }]);
    t.equal(rows[0]?.remotePort, port);
  });
}
