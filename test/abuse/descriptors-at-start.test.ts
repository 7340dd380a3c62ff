/** A server started with few descriptors: connections that it has none for wait, and are served later. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { CLI, printed } from '../support/command.js';
import { Crowd } from '../support/crowd.js';
import { HOST } from '../support/host.js';
import { ACCOUNTING, skipOf } from '../support/models.js';
import { Peer } from '../support/peer.js';

/** Node.js needs about thirty for itself, and briefly more while it loads modules. */
const DESCRIPTORS = 128;
const PEERS = DESCRIPTORS + 10;

// A pool's worker serves one connection at a time. libuv and Workers close what they have no descriptor for.
const SHARING = ACCOUNTING.filter(({ serial, language }) => !serial && language === 'C++');

for (const model of SHARING) {
  const name = `${model.name} serves all connections with a limit of ${DESCRIPTORS} descriptors`;
  t.test(name, { skip: skipOf(model) }, async (t) => {
    const directory = t.testdir();
    const where = ['--host', HOST, '--port', '0', '--output', 'served'];
    const serve = [CLI, 'serve', '--server', model.name, ...where];
    const limit = `--nofile=${DESCRIPTORS}:${DESCRIPTORS}`;
    const server = spawn('prlimit', [limit, process.execPath, ...serve], {
      cwd: directory,
      env: { ...process.env, NO_COLOR: '1' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    t.teardown(() => server.kill('SIGKILL'));
    const [, port] = await printed(server, /listening on [\d.]+:(\d+)\n/);
    const crowd = new Crowd();
    while (crowd.waiting.size < PEERS) crowd.join(await Peer.connect(t, Number(port)));
    await crowd.serveMore();
    let rounds = 0;
    while (crowd.waiting.size > 0) {
      rounds++;
      crowd.leave();
      await crowd.serveMore();
    }
    crowd.leave();
    t.equal(crowd.dropped, 0, 'none is dropped');
    t.ok(rounds > 0, 'some had to wait');
    server.kill('SIGINT');
    await once(server, 'close');
    const rows = readFileSync(join(directory, 'served', 'server.csv'), 'utf8')
      .trim()
      .split('\n');
    t.equal(rows.length, 1 + PEERS);
  });
}
