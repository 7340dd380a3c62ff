/** The lingering close on Node.js sockets. */
import t from 'tap';
import { native } from '../../../lib/native.js';
import { endLingering } from '../../../lib/service/linger.js';
import { eventually } from '../../support/eventually.js';
import { noise } from '../../support/peer.js';
import { socketPair } from '../../support/socket-pair.js';

t.test('the peer can read the answer and the end before it ends the connection', async (t) => {
  const { socket, peer } = await socketPair(t);
  const upload = noise(200_000);
  endLingering(socket, 'no\n');
  await peer.send(upload);
  t.equal(String(await peer.read(3)), 'no\n');
  t.equal(await peer.ending(), 'end');
  t.notOk(socket.destroyed);
  peer.end();
  await eventually('the socket is closed', () => socket.destroyed);
  t.equal(socket.bytesRead, upload.length);
});

t.test('a connection that the peer ended first is closed when the answer is sent', async (t) => {
  const { socket, peer } = await socketPair(t);
  peer.end();
  endLingering(socket, 'no\n');
  t.equal(String(await peer.read(3)), 'no\n');
  await eventually('the socket is closed', () => socket.destroyed);
});

t.test('a connection whose peer never stops sending is closed', async (t) => {
  const { socket, peer } = await socketPair(t);
  endLingering(socket, 'no\n');
  peer.push(Buffer.alloc(2 * native.lingerBytes));
  await eventually('the socket is closed', () => socket.destroyed);
  t.ok(socket.bytesRead > native.lingerBytes);
});
