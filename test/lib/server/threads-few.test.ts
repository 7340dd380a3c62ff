/** Threads can't be created: the accepted connection is kept, and served when another ends. */
import t from 'tap';
import { COUNT_NAMES, type CountName } from '../../../lib/account/counts.js';
import { native } from '../../../lib/native.js';
import { eventually } from '../../support/eventually.js';
import { HOST } from '../../support/host.js';
import { Peer } from '../../support/peer.js';
import { ECHO } from '../../support/services.js';

/** Of the model `threads-few`. */
const THREADS = 4;

async function fillThreads(t: Tap) {
  const { fd, port } = native.listen(HOST, 0, 64);
  const spec = { model: 'threads-few', service: ECHO, listeners: [fd], loops: 1 } as const;
  const server = new native.Server(spec);
  t.teardown(async () => {
    await server.stop();
    native.close(fd);
  });
  const count = (name: CountName) => server.totals()[0]?.[COUNT_NAMES.indexOf(name)] ?? Number.NaN;
  const served = await Promise.all(Array.from({ length: THREADS }, () => Peer.connect(t, port)));
  for (const peer of served) t.equal(await peer.ask('served\n'), 'served\n');
  const waiting = await Promise.all([1, 2, 3].map(() => Peer.connect(t, port)));
  for (const peer of waiting) peer.push('waits\n');
  await eventually('it pauses', () => count('acceptPauses') > 0);
  return { server, count, served, waiting };
}

type Tap = Parameters<typeof Peer.connect>[0];

t.test('a connection without a thread waits, and is served when another closes', async (t) => {
  const { server, count, served, waiting } = await fillThreads(t);
  t.equal(count('accepts'), THREADS + 1, 'no further connection is accepted');
  t.notOk(waiting.some((peer) => peer.answered || peer.dropped));
  for (const peer of served.slice(1)) peer.leave();
  for (const peer of waiting) t.equal(String(await peer.read(6)), 'waits\n');
  t.equal(count('refusals'), 0);
  const { closeReason } = await server.stop();
  t.strictSame(closeReason.toSorted(), [
    ...Array(THREADS - 1).fill('end'),
    ...Array(1 + waiting.length).fill('stopped'),
  ]);
});

t.test('stop() ends a connection that waits for a thread', async (t) => {
  const { server } = await fillThreads(t);
  const { closeReason } = await server.stop();
  t.strictSame(closeReason, Array(THREADS + 1).fill('stopped'));
});
