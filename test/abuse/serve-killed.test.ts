/** Hundreds of connections are reset before they are accepted, then `serve` is killed: its rows are on disk. */
import t from 'tap';
import { modelNamed } from '../../lib/catalog/models.js';
import { eventually } from '../support/eventually.js';
import { ACCOUNTING, skipOf } from '../support/models.js';
import { Peer } from '../support/peer.js';
import { freeze, thaw } from '../support/server.js';
import { startServing } from '../support/serving.js';

// The tests mostly wait for processes to start and for rows to be written.
t.jobs = 2;

/** All wait in the accept queue at once: fewer than any system's somaxconn. */
const TOGETHER = 100;
const RESETS = 300;

for (const model of ACCOUNTING) {
  const { name, topology } = model;
  const skip = skipOf(model);
  // A Worker takes some 20 ms to start, and each of these connections has one.
  const resets = topology === 'Worker per connection' ? TOGETHER : RESETS;

  t.test(`${name}: resets before accept, then SIGKILL, lose no row`, { skip }, async (t) => {
    const server = await startServing(t, '--server', name);
    const ask = async (text: string) => {
      const peer = await Peer.connect(t, server.port);
      t.equal(await peer.ask(text), text);
      peer.end();
      t.equal(await peer.ending(), 'end');
    };
    await ask('before\n');
    for (let done = 0; done < resets; done += TOGETHER) {
      await freeze(server);
      const peers = await Promise.all(
        Array.from({ length: TOGETHER }, () => Peer.connect(t, server.port)),
      );
      for (const peer of peers) peer.reset();
      thaw(server);
    }
    await ask('after\n');
    const all = resets + 2;
    await eventually(`${all} rows on disk`, () => server.rows().length >= all);

    server.child.kill('SIGKILL');
    await server.ended;
    const rows = server.rows();
    t.equal(rows.length, all);
    const served = rows.filter((row) => row.close_reason === 'end');
    t.strictSame(
      served.map((row) => row.requests),
      ['1', '1'],
    );
    t.ok(served.every((row) => row.remote_address === '127.0.0.1'));
    const reset = rows.filter((row) => row.close_reason === 'reset');
    t.equal(reset.length, resets);
    t.ok(reset.every((row) => row.requests === '0' && row.bytes_in === '0'));
    t.strictSame(
      rows.map((row) => row.connection),
      rows.map((_, i) => String(i + 1)),
    );
  });
}

/** libuv and the proactor get the address after accept(); epoll gets it from accept(). */
for (const name of ['epoll', 'io_uring', 'libuv'])
  t.test(
    `${name}: connections without an address are not counted for any host`,
    { skip: skipOf(modelNamed(name)) },
    async (t) => {
      const server = await startServing(t, '--server', name);
      await freeze(server);
      const peers = await Promise.all(
        Array.from({ length: 8 }, () => Peer.connect(t, server.port)),
      );
      for (const peer of peers) peer.reset();
      thaw(server);
      await eventually('8 rows on disk', () => server.rows().length >= 8);
      server.child.kill('SIGINT');
      const { code, stdout, stderr } = await server.ended;
      t.strictSame([code, stderr], [0, '']);
      const addressed = server.rows().filter((row) => row.remote_address !== '').length;
      t.match(stdout, new RegExp(`connections +8 from ${addressed > 0 ? '1 host' : '0 hosts'}\n`));
      const [, host] = server.text('hosts.csv').split('\n');
      if (addressed === 0) t.equal(host, '');
      else t.match(host, new RegExp(`,127\\.0\\.0\\.1,${addressed},0,0,0$`));
    },
  );
