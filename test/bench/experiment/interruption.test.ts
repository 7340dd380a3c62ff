/** SIGINT: child processes end, measured trials are on disk, and the lists of a server are written. */
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import t from 'tap';
import { childrenOf } from '../../support/children.js';
import { c10k, printed, start } from '../../support/command.js';
import { countSockets } from '../../support/descriptors.js';
import { eventually } from '../../support/eventually.js';
import { HOST } from '../../support/host.js';

// The tests wait for processes to start and to end.
t.jobs = 2;

const HELD = fileURLToPath(new URL('../../support/held-program.js', import.meta.url));

/** Including the socket of the IPC channel. */
function socketsOf(pid: number): number {
  try {
    return countSockets([pid]);
  } catch {
    return 0; // the process has ended, or the descriptor was closed in the meantime
  }
}

function holdsRecords(path: string): boolean {
  return existsSync(path) && statSync(path).size > 0;
}

t.test('after SIGINT, the measured trials are kept, and the exit code is 130', async (t) => {
  const directory = t.testdir();
  const out = join(directory, 'out');
  const sizes = ['--conns', '10', '--repeat', '20', '--trials', '1000'];
  const { child, ended } = start(directory, ...sizes, '--output', 'out');
  t.teardown(() => child.kill('SIGKILL'));
  await eventually('a first trial is recorded', () => holdsRecords(join(out, 'trials.jsonl')));
  let children: number[] = [];
  await eventually('a trial is under way', () => {
    children = childrenOf(child.pid ?? 0);
    return children.length >= 2;
  });
  child.kill('SIGINT');
  const { code } = await ended;
  t.equal(code, 130);
  for (const pid of children) await eventually(`${pid} is gone`, () => !existsSync(`/proc/${pid}`));
  const records = readFileSync(join(out, 'trials.jsonl'), 'utf8').trimEnd().split('\n');
  t.ok(records.length >= 1);
  t.match(JSON.parse(records[0] as string), { trial: 1, verdict: { valid: true } });
  t.ok(existsSync(join(out, 'summary.json')));
});

t.test('serve prints its address, and lists its clients when it is stopped', async (t) => {
  const directory = t.testdir();
  const { child, ended } = start(directory, 'serve', '--port', '0', '--output', 'list');
  t.teardown(() => child.kill('SIGKILL'));
  const [, target = ''] = await printed(child, /listening on (\S+:\d+)\n/);
  t.match(target, /^127\.0\.0\.1:/);
  const load = await c10k(directory, 'load', '--target', target, '--conns', '5', '--repeat', '3');
  t.equal(load.code, 0);
  child.kill('SIGTERM');
  const { code, stdout } = await ended;
  t.equal(code, 0);
  t.match(stdout, /connections +5 from 1 host\nrequests +15\n/);
  const hosts = readFileSync(join(directory, 'list', 'hosts.csv'), 'utf8').split('\n');
  t.equal(hosts[0], 'host_name,address,connections,requests,bytes_in,bytes_out');
  t.match(hosts[1], /^[^,]+,127\.0\.0\.1,5,15,300,300$/);
  const rows = readFileSync(join(directory, 'list', 'server.csv'), 'utf8')
    .trimEnd()
    .split('\n');
  t.equal(rows.length, 6);
});

t.test(
  'an interrupted run continues with --resume from the start of the interrupted block',
  async (t) => {
    const directory = t.testdir();
    const program = `cmd:${process.execPath} ${HELD} {host} {port} ${directory}`;
    const servers = ['--server', `epoll,${program}`, '--host', HOST];
    const sizes = ['--conns', '5', '--repeat', '20', '--trials', '2', '--timeout', '60s'];
    const { child, ended } = start(directory, ...servers, ...sizes, '--output', 'out');
    t.teardown(() => child.kill('SIGKILL'));
    // In the second block, which can't end before the file `go` exists.
    await eventually('a trial is held', () => existsSync(join(directory, 'held')));
    child.kill('SIGINT');
    t.equal((await ended).code, 130);

    writeFileSync(join(directory, 'go'), '');
    const resumed = await c10k(directory, '--resume', 'out', '--quiet');
    t.equal(resumed.code, 0);
    const records = readFileSync(join(directory, 'out', 'trials.jsonl'), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { trial: number; error: string | null });
    const interrupted = records.findIndex(({ error }) => error !== null);
    t.ok(interrupted >= 3, 'the first block is complete and is not repeated');
    t.same(
      records.slice(0, 3).map(({ trial }) => trial),
      [1, 2, 3],
    );
    t.same(
      records.slice(interrupted + 1).map(({ trial, error }) => [trial, error]),
      [4, 5, 6].map((trial) => [trial, null]),
    );
    t.match(JSON.parse(readFileSync(join(directory, 'out', 'summary.json'), 'utf8')), [
      { server: 'epoll', trials: 2, valid: 2 },
      { server: program, trials: 2, valid: 2 },
    ]);
  },
);

t.test('--resume of a directory without a run is refused', async (t) => {
  const { code, stderr } = await c10k(t.testdir(), '--resume', 'nowhere');
  t.equal(code, 2);
  t.match(stderr, /^c10k: --resume nowhere: contains no run.*\n$/);
});

for (const model of ['epoll', 'threads', 'workers'])
  t.test(`${model}: if c10k is killed, its child processes end too`, async (t) => {
    const sizes = ['--server', model, '--conns', '3', '--duration', '60s'];
    const { child, ended } = start(t.testdir(), ...sizes);
    t.teardown(() => child.kill('SIGKILL'));
    let children: number[] = [];
    await eventually('both servers and their clients have connections', () => {
      children = childrenOf(child.pid ?? 0);
      return children.length === 4 && children.every((pid) => socketsOf(pid) >= 4);
    });
    child.kill('SIGKILL');
    await ended;
    for (const pid of children)
      await eventually(`${pid} is gone`, () => !existsSync(`/proc/${pid}`));
  });
