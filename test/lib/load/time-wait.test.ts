/** Connections closed at the end of a trial with a duration leave no socket in TIME_WAIT. */
import { once } from 'node:events';
import net, { type AddressInfo, type Socket } from 'node:net';
import t, { type Test } from 'tap';
import { eventually } from '../../support/eventually.js';
import { HOST } from '../../support/host.js';
import { runLoad } from '../../support/load.js';
import { isConnectedTo } from '../../support/queues.js';

const CONNECTIONS = 20;
const IDLE = 5;

/** Echoes, and keeps its side open after the client's end: the client's sockets would stay in FIN_WAIT2. */
async function serveHalfOpen(t: Test): Promise<{ port: number; ends: () => number }> {
  const sockets: Socket[] = [];
  let ends = 0;
  const server = net.createServer({ allowHalfOpen: true }, (socket) => {
    sockets.push(socket);
    socket.on('data', (bytes) => socket.write(bytes)).on('end', () => ends++);
  });
  server.listen(0, HOST);
  await once(server, 'listening');
  t.teardown(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  return { port: (server.address() as AddressInfo).port, ends: () => ends };
}

t.test('the server reads the end of every connection, and no socket is left', async (t) => {
  const { port, ends } = await serveHalfOpen(t);
  const load = { connections: CONNECTIONS, idle: IDLE, repeat: 0, durationNs: 100e6 };
  const { rows } = await runLoad(t, port, load);
  t.ok(rows.every(({ failure }) => !failure));
  await eventually('each connection’s end is read', () => ends() === CONNECTIONS + IDLE);
  t.notOk(isConnectedTo(port));
});

t.test('connections that end within the measured window are closed normally', async (t) => {
  const { port, ends } = await serveHalfOpen(t);
  await runLoad(t, port, { connections: CONNECTIONS, repeat: 3 });
  await eventually('each connection’s end is read', () => ends() === CONNECTIONS);
  t.ok(isConnectedTo(port));
});
