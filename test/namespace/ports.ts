/** Port exhaustion, in a network namespace with 64 ephemeral ports: run by scripts/test-namespace. */
import t, { type Test } from 'tap';
import { c10k, printed, start } from '../support/command.js';
import { ADDRESS, clients, countBy, PORTS } from '../support/few-ports.js';

async function serve(t: Test, directory: string): Promise<void> {
  const server = start(
    directory,
    'serve',
    '--host',
    ADDRESS,
    '--port',
    '9000',
    '--output',
    'serve',
  );
  t.teardown(() => server.child.kill('SIGKILL'));
  await printed(server.child, /listening on/);
}

t.test('connections without a free port fail with no port, the others are served', async (t) => {
  const directory = t.testdir();
  await serve(t, directory);
  const load = ['load', '--target', `${ADDRESS}:9000`, '--conns', '100', '--repeat', '3'];
  const { code, stdout, stderr } = await c10k(directory, ...load, '--output', 'run');
  t.equal(code, 3);
  t.match(stdout + stderr, /36 connections failed: no port/);
  const rows = clients(directory, '1-load-100');
  t.strictSame(countBy(rows, 'error'), { '': PORTS, 'no port': 100 - PORTS });
  t.strictSame(countBy(rows, 'requests'), { 0: 100 - PORTS, 3: PORTS });
});

t.test('on loopback the ports of further source addresses are used', async (t) => {
  const directory = t.testdir();
  // In one sliced trial: the server of a second one would get the first one's port, the only one that no client
  // in TIME_WAIT holds, and find the client's ports used with it.
  const load = ['--conns', '200', '--duration', '100ms', '--trials', '1'];
  const { code } = await c10k(directory, ...load, '--output', 'run');
  t.equal(code, 0);
  const rows = clients(directory, '1-epoll-200');
  t.strictSame(countBy(rows, 'error'), { '': 200 });
  const addresses = countBy(rows, 'local_address');
  t.ok(Object.values(addresses).every((ports) => ports <= PORTS));
  t.ok(Object.keys(addresses).length >= 200 / PORTS);
});
