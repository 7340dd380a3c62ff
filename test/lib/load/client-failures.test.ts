/** The client with failing servers: every failure is counted by its kind. */
import type { Socket } from 'node:net';
import t from 'tap';
import { failuresByKind } from '../../../bench/run/failures.js';
import { native } from '../../../lib/native.js';
import { echoProtocol } from '../../support/echo-protocol.js';
import { HOST } from '../../support/host.js';
import { answering, pretend } from '../../support/liar.js';
import { runLoad, TEXT } from '../../support/load.js';
import { Peer } from '../../support/peer.js';
import { queued } from '../../support/queues.js';

const CONNECTIONS = 6;
const LOAD = { connections: CONNECTIONS, repeat: 3 };
const SOON = 300e6;

t.test('without a listener every connection is refused', async (t) => {
  const { fd, port } = native.listen(HOST, 0, 1);
  native.close(fd);
  const { rows } = await runLoad(t, port, LOAD);
  t.strictSame(failuresByKind(rows), { refused: CONNECTIONS });
  t.ok(rows.every((row) => row.connected === 0 && row.requests === 0 && row.localPort === 0));
});

t.test('with a congestion control that the kernel lacks every connection fails', async (t) => {
  const port = await pretend(t, () => t.fail('no connection succeeds'));
  const { rows } = await runLoad(t, port, { ...LOAD, congestion: 'no such one' });
  t.strictSame(failuresByKind(rows), { other: CONNECTIONS });
});

t.test('a differing byte is corrupt', async (t) => {
  const port = await pretend(
    t,
    answering((chunk, socket) => {
      const last = chunk.length - 2;
      chunk[last] = (chunk[last] as number) ^ 1;
      socket.write(chunk);
    }),
  );
  const { rows } = await runLoad(t, port, LOAD);
  t.strictSame(failuresByKind(rows), { corrupt: CONNECTIONS });
  t.ok(rows.every((row) => row.requests === 0 && row.bytesReceived === TEXT.length + 1));
});

t.test("another connection's echo is corrupt", async (t) => {
  let kept: Buffer | undefined;
  const protocol = echoProtocol({ kind: 'size', low: 64, high: 64 });
  const port = await pretend(
    t,
    answering((chunk, socket) => {
      socket.write(kept ?? chunk);
      kept ??= Buffer.from(chunk);
    }),
  );
  const { rows } = await runLoad(t, port, { ...LOAD, repeat: 1, protocol });
  t.strictSame(failuresByKind(rows), { corrupt: CONNECTIONS - 1 });
});

t.test('unrequested bytes are corrupt', async (t) => {
  const early = await pretend(t, (socket) => socket.write('welcome\n'));
  t.strictSame(failuresByKind((await runLoad(t, early, LOAD)).rows), { corrupt: CONNECTIONS });
  const late = await pretend(
    t,
    answering((chunk, socket) => socket.write(Buffer.concat([chunk, Buffer.from('and more')]))),
  );
  t.strictSame(failuresByKind((await runLoad(t, late, LOAD)).rows), { corrupt: CONNECTIONS });
});

t.test('an end of stream before the whole echo is short', async (t) => {
  const port = await pretend(
    t,
    answering((chunk, socket) => socket.end(chunk.subarray(0, 4))),
  );
  const { rows } = await runLoad(t, port, LOAD);
  t.strictSame(failuresByKind(rows), { short: CONNECTIONS });
  t.ok(rows.every((row) => row.requests === 0 && row.bytesReceived === 4));
});

t.test('an end of stream between two messages is short as well', async (t) => {
  const port = await pretend(
    t,
    answering((chunk, socket) => socket.end(chunk)),
  );
  const { rows } = await runLoad(t, port, LOAD);
  t.strictSame(failuresByKind(rows), { short: CONNECTIONS });
  t.ok(rows.every((row) => row.requests === 1 && row.requestsWanted === 3));
});

t.test('a missing answer is counted as timed out', async (t) => {
  const port = await pretend(
    t,
    answering(() => {}),
  );
  const { rows } = await runLoad(t, port, { ...LOAD, timeoutNs: SOON });
  t.strictSame(failuresByKind(rows), { 'timed out': CONNECTIONS });
  t.ok(rows.every((row) => row.closed - row.connected >= SOON && row.firstAnswer === 0));
});

t.test('a connection that is not established is counted as timed out', async (t) => {
  const { fd, port } = native.listen(HOST, 0, 1); // no one calls accept(): the queue has room for 2
  t.teardown(() => native.close(fd));
  for (let n = 0; n < 2; n++) Peer.dial(t, port);
  await queued(port, 2);
  const { rows } = await runLoad(t, port, { ...LOAD, timeoutNs: SOON });
  t.strictSame(failuresByKind(rows), { 'timed out': CONNECTIONS });
  t.ok(rows.every((row) => row.connected === 0 && row.closed - row.opened >= SOON));
});

t.test('a reset connection is counted as reset', async (t) => {
  const port = await pretend(
    t,
    answering((_, socket) => void socket.resetAndDestroy()),
  );
  const { rows } = await runLoad(t, port, LOAD);
  t.strictSame(failuresByKind(rows), { reset: CONNECTIONS });
});

t.test('an idle connection that the server closes has failed', async (t) => {
  const IDLE = 2;
  const asking = new Set<Socket>();
  const silent = new Set<Socket>();
  // The idle connections are known once all others have sent; none is answered before.
  const lookForIdle = () => {
    if (asking.size < CONNECTIONS || silent.size < IDLE) return;
    for (const socket of silent) socket.end();
    for (const socket of asking) socket.pipe(socket);
  };
  const port = await pretend(t, (socket) => {
    silent.add(socket);
    socket.once('readable', () => {
      silent.delete(socket);
      asking.add(socket);
      lookForIdle();
    });
    lookForIdle();
  });
  const { rows } = await runLoad(t, port, { ...LOAD, idle: IDLE });
  t.strictSame(failuresByKind(rows), { short: 2 });
  t.ok(rows.every((row) => row.idle === (row.failure === 'short')));
});

t.test('failures of some connections do not affect the others', async (t) => {
  const port = await pretend(t, (socket, nth) => {
    if (nth % 2 === 0) socket.pipe(socket);
    else socket.on('data', () => socket.resetAndDestroy());
  });
  const { rows } = await runLoad(t, port, LOAD);
  t.strictSame(failuresByKind(rows), { reset: CONNECTIONS / 2 });
  t.equal(rows.filter((row) => row.requests === 3).length, CONNECTIONS / 2);
});

t.test('a time-out shorter than a scan of all connections still ends the load', async (t) => {
  const port = await pretend(t, () => {});
  const { rows } = await runLoad(t, port, { connections: 300, timeoutNs: 2000 });
  t.strictSame(failuresByKind(rows), { 'timed out': 300 });
});
