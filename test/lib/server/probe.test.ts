import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import t from 'tap';
import { probe } from '../../../lib/server/probe.js';
import { HOST } from '../../support/host.js';

t.test('a port with a listener accepts, and refuses after the listener has closed', async (t) => {
  const server = createServer().listen(0, HOST);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const connected = once(server, 'connection');
  t.equal(await probe(HOST, port), 'accepts');
  const [socket] = await connected;
  socket.resume();
  await once(socket, 'close');
  t.pass('the probe closed its connection');
  server.close();
  await once(server, 'close');
  t.equal(await probe(HOST, port), 'refuses');
});
