/** stop() with open connections: each is ended and has its row, and no process or descriptor is left. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import t from 'tap';
import { CATALOG } from '../../lib/catalog/models.js';
import { native } from '../../lib/native.js';
import { eventually } from '../support/eventually.js';
import { HOST } from '../support/host.js';
import { skipOf } from '../support/models.js';
import { noise, Peer } from '../support/peer.js';
import { accepted, serve } from '../support/server.js';

function childrenOfThisProcess(): readonly string[] {
  const tasks = readdirSync('/proc/self/task');
  const lists = tasks.map((task) => readFileSync(`/proc/self/task/${task}/children`, 'utf8'));
  return lists
    .join(' ')
    .split(' ')
    .filter((pid) => pid !== '');
}

for (const model of CATALOG) {
  const skip = skipOf(model);

  t.test(`stop() closes every connection of ${model.name}`, { skip }, async (t) => {
    const server = await serve(t, model.name);
    // No more than the workers of the smallest pool in these tests.
    const peers = await Promise.all([1, 2, 3].map(() => Peer.connect(t, server.port)));
    const [talker, , flooder] = peers as [Peer, Peer, Peer];
    const remotePort = talker.port;
    t.equal(await talker.ask('a request\nand a half'), 'a request\nand a half');
    if (model.accounts) {
      flooder.push(noise(8 << 20));
      await accepted(server, 3);
    }
    const rows = await server.stop();
    for (const pid of server.pids) t.notOk(existsSync(`/proc/${pid}`), 'its processes are gone');
    t.equal(await talker.ending(), 'end');
    if (!model.accounts) return;
    t.strictSame(
      rows.map((row) => row.closeReason),
      ['stopped', 'stopped', 'stopped'],
    );
    const row = rows.find((row) => row.remotePort === remotePort);
    t.match(row, { requests: 1, bytesIn: 20, bytesOut: 20 });
    t.ok(row && row.closed > row.opened);
  });

  t.test(`a stopped ${model.name} refuses connections`, { skip }, async (t) => {
    const server = await serve(t, model.name);
    await server.stop();
    const peer = Peer.dial(t, server.port);
    await eventually('it is refused', () => peer.error !== undefined);
    t.equal(peer.error, 'ECONNREFUSED');
    const again = native.listen(HOST, server.port, 1);
    t.equal(again.port, server.port, 'its port is free');
    native.close(again.fd);
  });
}

t.test('stop() frees connections that no worker has accepted', async (t) => {
  const server = await serve(t, 'thread-pool', { loops: 1 });
  const held = await Peer.connect(t, server.port);
  t.equal(await held.ask('held\n'), 'held\n');
  const waiting = await Peer.connect(t, server.port);
  waiting.push('never served\n');
  const rows = await server.stop();
  t.equal(rows.length, 1);
  t.equal(await waiting.ending(), 'ECONNRESET');
});

t.test('20 starts and stops leave no process and no descriptor', async (t) => {
  const before = { children: childrenOfThisProcess(), open: readdirSync('/proc/self/fd').length };
  for (let i = 0; i < 20; i++) {
    const { name } = CATALOG[i % CATALOG.length] ?? { name: '' };
    const server = await serve(t, name);
    const peers = await Promise.all([1, 2, 3].map(() => Peer.connect(t, server.port)));
    await server.stop();
    for (const peer of peers) peer.leave();
  }
  await eventually('every descriptor is closed', () => {
    return readdirSync('/proc/self/fd').length <= before.open;
  });
  t.strictSame(childrenOfThisProcess(), before.children);
});
