/** Connections of the bulk service on Node.js sockets. */
import t, { type Test } from 'tap';
import { bulk } from '../../../lib/service/bulk.js';
import { settled } from '../../support/eventually.js';
import { pattern } from '../../support/pattern.js';
import { socketPair } from '../../support/socket-pair.js';

async function open(t: Test) {
  const service = bulk({});
  t.teardown(service.close);
  const pair = await socketPair(t);
  const tally = { requests: 0, refused: 0 };
  service.serve(pair.socket, tally);
  return { ...pair, tally };
}

t.test('requests in one segment are answered in order', async (t) => {
  const { peer, tally } = await open(t);
  peer.push('GET 3\nPUT 2\nabGET 4\n');
  const answer = Buffer.concat([pattern(3), Buffer.from('OK 2\n'), pattern(4)]);
  t.ok((await peer.read(answer.length)).equals(answer));
  t.strictSame(tally, { requests: 3, refused: 0 });
});

t.test('many requests whose answers are not read use little memory', async (t) => {
  const { socket, peer, tally } = await open(t);
  const requests = 5000;
  peer.push('GET 65536\n'.repeat(requests));
  await settled('what is sent', async () => socket.bytesWritten || null);
  t.ok(tally.requests < requests / 2);
  t.ok(socket.writableLength <= 65_536, `${socket.writableLength} bytes are buffered`);
  t.ok(socket.isPaused());
  peer.leave();
});

t.test('a request is not answered before its newline', async (t) => {
  const { peer, tally } = await open(t);
  await peer.send('GET ');
  peer.push('1');
  peer.push('\n');
  t.ok((await peer.read(1)).equals(pattern(1)));
  t.equal(tally.requests, 1);
});

t.test('the server ends the connection if the peer ends it between requests', async (t) => {
  const { peer, tally } = await open(t);
  peer.end();
  t.equal(await peer.ending(), 'end');
  t.strictSame(tally, { requests: 0, refused: 0 });
});

t.test('input after a refused request is not read', async (t) => {
  const { peer, tally } = await open(t);
  const error = 'ERROR bad length\n';
  peer.push('GET 0\nGET 5\nGET 0\n');
  t.equal(String(await peer.read(error.length)), error);
  t.equal(await peer.ending(), 'end');
  t.strictSame(tally, { requests: 0, refused: 1 });
});
