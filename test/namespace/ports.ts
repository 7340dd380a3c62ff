/** Port exhaustion, in a network namespace with 64 ephemeral ports: run by scripts/test-namespace. */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import t, { type Test } from 'tap';
import { c10k, printed, start } from '../support/command.js';

const PORTS = 64;
/** Not of 127.0.0.0/8: no neighbour can lend it ports. */
const ADDRESS = '192.0.2.1';
const SYSCTL = '/proc/sys/net/ipv4';

execFileSync('ip', ['link', 'set', 'lo', 'up']);
execFileSync('ip', ['address', 'add', `${ADDRESS}/32`, 'dev', 'lo']);
writeFileSync(`${SYSCTL}/ip_local_port_range`, `40000 ${40_000 + PORTS - 1}`);
writeFileSync(`${SYSCTL}/tcp_tw_reuse`, '0');

type Row = Readonly<Record<'error' | 'requests' | 'local_address', string>>;

function clients(directory: string, trial: string): readonly Row[] {
  const file = join(directory, 'run', 'trials', trial, 'clients.csv');
  return parse(readFileSync(file, 'utf8'), { columns: true }) as Row[];
}

function countBy(rows: readonly Row[], key: keyof Row): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const row of rows) counts[row[key]] = (counts[row[key]] ?? 0) + 1;
  return counts;
}

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

t.test('connections beyond the last port fail as such, and the others are served', async (t) => {
  const directory = t.testdir();
  await serve(t, directory);
  const load = ['load', '--target', `${ADDRESS}:9000`, '--conns', '100', '--repeat', '3'];
  const { code, stdout, stderr } = await c10k(directory, ...load, '--output', 'run');
  t.equal(code, 3);
  t.match(stdout + stderr, /36 no port/);
  const rows = clients(directory, '1-load-100');
  t.strictSame(countBy(rows, 'error'), { '': PORTS, 'no port': 100 - PORTS });
  t.strictSame(countBy(rows, 'requests'), { 0: 100 - PORTS, 3: PORTS });
});

t.test('on loopback further source addresses lend their ports', async (t) => {
  const directory = t.testdir();
  const { code } = await c10k(
    directory,
    '--conns',
    '200',
    '--repeat',
    '3',
    '--trials',
    '1',
    '--output',
    'run',
  );
  t.equal(code, 0);
  const rows = clients(directory, '1-epoll-200');
  t.strictSame(countBy(rows, 'error'), { '': 200 });
  const addresses = countBy(rows, 'local_address');
  t.ok(Object.values(addresses).every((ports) => ports <= PORTS));
  t.ok(Object.keys(addresses).length >= 200 / PORTS);
});

t.test('connections that come and go never find the ports in TIME_WAIT', async (t) => {
  const directory = t.testdir();
  const churn = ['--conns', '20', '--repeat', '1', '--duration', '1s', '--trials', '1'];
  const { code } = await c10k(directory, ...churn, '--output', 'run');
  t.equal(code, 0);
  const rows = clients(directory, '1-epoll-20');
  t.ok(rows.length > 10 * PORTS, `${rows.length} connections`);
  t.strictSame(countBy(rows, 'error'), { '': rows.length });
});
