/** The proactor when accept fails permanently: each of the other completions is processed once. */
import t from 'tap';
import { rowsOf } from '../../../lib/account/server-rows.js';
import { modelNamed } from '../../../lib/catalog/models.js';
import { native } from '../../../lib/native.js';
import { spawnRemote } from '../../../lib/remote.js';
import type { ProcessMethods } from '../../../lib/server/server-process.js';
import { allowedCpus } from '../../../lib/system/cpus.js';
import { eventually } from '../../support/eventually.js';
import { HOST } from '../../support/host.js';
import { skipOf } from '../../support/models.js';
import { Peer } from '../../support/peer.js';
import { arrived } from '../../support/queues.js';
import { freeze, thaw } from '../../support/server.js';
import { ECHO } from '../../support/services.js';

const SPEC = { model: 'io_uring', service: ECHO, backlog: 512, loops: 1, listeners: 1 };
const PEERS = 8;
const LINE = 'while it stands still\n';
const skip = skipOf(modelNamed('io_uring'));

t.test('a failed accept processes no completion twice', { skip }, async (t) => {
  const { fd, port } = native.listen(HOST, 0, SPEC.backlog);
  const host = spawnRemote<ProcessMethods>(
    new URL('../../../lib/server/server-process.js', import.meta.url),
    {
      name: 'server process',
      cpus: allowedCpus(),
      descriptors: [fd],
    },
  );
  t.teardown(() => host.kill());
  await host.call('start', SPEC);
  const peers = await Promise.all(Array.from({ length: PEERS }, () => Peer.connect(t, port)));
  for (const peer of peers) t.equal(await peer.ask('before\n'), 'before\n');

  const frozen = { pids: [host.pid] };
  await freeze(frozen);
  for (const [i, peer] of peers.entries()) {
    await peer.send(LINE);
    if (i % 2 === 0) peer.end();
  }
  await eventually('all has arrived', () =>
    peers.every((peer, i) => arrived(port, peer.port) === LINE.length + ((i + 1) % 2)),
  );
  native.shutdown(fd); // every accept() on this socket fails with EINVAL
  thaw(frozen);
  await eventually('the loop has failed', () =>
    host.call('snapshot').then(
      () => false,
      (error) => error.code === 'EINVAL' || Promise.reject(error),
    ),
  );
  const rows = rowsOf((await host.call('stop')).rows, 0);
  native.close(fd);
  t.strictSame(
    rows.map((row) => row.remotePort).sort(),
    peers.map((peer) => peer.port).sort(),
    'one row for each connection',
  );
  for (const row of rows) t.ok(row.requests <= 2, `${row.requests} requests`);
});
