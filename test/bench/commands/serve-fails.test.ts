/** If `serve` loses a process or its disk, it writes the remaining rows and exits with 1. */
import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import t from 'tap';
import { CLI, type Command } from '../../support/command.js';
import { eventually } from '../../support/eventually.js';
import { HOST } from '../../support/host.js';
import { Peer } from '../../support/peer.js';
import { freeze, thaw } from '../../support/server.js';
import { serving, startServing } from '../../support/serving.js';

t.test('if a server process dies, serve writes the rows of the others', async (t) => {
  const server = await startServing(t, '--server', 'epoll', '--server-processes', '2');
  const [dying, living] = server.pids as [number, number];
  await freeze({ pids: [dying] });
  const [ends, stays] = [await Peer.connect(t, server.port), await Peer.connect(t, server.port)];
  for (const peer of [ends, stays]) t.equal(await peer.ask('request\n'), 'request\n');
  ends.end();
  t.equal(await ends.ending(), 'end');
  await freeze({ pids: [living] });
  thaw({ pids: [dying] });
  await (await Peer.connect(t, server.port)).ask('request\n');
  thaw({ pids: [living] });
  process.kill(dying, 'SIGKILL');

  const { code, stdout, stderr } = await server.ended;
  t.equal(code, 1);
  t.equal(stderr, 'c10k: the epoll server process ended early (SIGKILL)\n');
  t.match(stdout, /connections +2 from 1 host\nrequests +2\n/);
  t.match(server.text('hosts.csv'), /,127\.0\.0\.1,2,2,16,16\n$/);
  t.strictSame(
    server.rows().map((row) => row.close_reason),
    ['end', 'stopped'],
  );
});

/** Simulates a full disk: no file grows beyond 4 KiB. */
function startWithSmallFiles(directory: string): Command {
  const where = ['--host', HOST, '--port', '0', '--output', 'list'];
  const options = ['serve', '--server', 'epoll', ...where];
  const limited = ['-c', 'ulimit -f 8; exec "$0" "$@"', process.execPath, CLI, ...options];
  const stdio = ['ignore', 'pipe', 'pipe'] as const;
  const child = spawn('/bin/sh', limited, { cwd: directory, stdio: [...stdio] });
  const code = new Promise<number | null>((resolve) => child.once('close', resolve));
  const ended = Promise.all([code, text(child.stdout), text(child.stderr)]).then(
    ([code, stdout, stderr]) => ({ code, stdout, stderr }),
  );
  return { child, ended };
}

t.test(
  'if its list cannot be written, serve ends with one line and keeps the rows written before',
  async (t) => {
    const directory = t.testdir();
    const server = await serving(t, directory, startWithSmallFiles(directory));
    let over = false;
    const ended = server.ended.finally(() => {
      over = true;
    });
    // More than 100 rows of at least 40 bytes.
    for (let i = 0; i < 200 && !over; i++) Peer.dial(t, server.port).end();
    await eventually('it ends', () => over);
    const { code, stderr } = await ended;
    t.equal(code, 1);
    t.match(stderr, /^c10k: cannot write list\/server\.csv: EFBIG: [^\n]*\n$/);
    t.equal(server.text('server.csv').length, 4096);
    t.match(server.rows()[0], { connection: '1', remote_address: '127.0.0.1' });
  },
);
