/** Whole runs from the command line: figures, files, exit codes. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { HistogramLogReader } from 'hdr-histogram-js';
import t from 'tap';
import { SCHEMA } from '../../../bench/store/run-header.js';
import { c10k } from '../../support/command.js';
import { HOST } from '../../support/host.js';

const CLIENT_HEADER =
  'connection,process,thread,client,local_address,local_port,connect_us,queueing_us,first_answer_us,lifetime_ms,requests_wanted,requests,bytes_sent,bytes_received,payload_bytes,service_us_mean,service_us_min,service_us_max,retried,error';
const SERVER_HEADER =
  'connection,loop,remote_address,remote_port,opened_ms,closed_ms,requests,refused,bytes_in,bytes_out,close_reason';

function lines(...path: string[]): string[] {
  return readFileSync(join(...path), 'utf8')
    .trimEnd()
    .split('\n');
}

t.test('a run writes its figures, its tables and its latencies', async (t) => {
  const directory = t.testdir();
  const args = ['--server', 'epoll', '--conns', '20', '--repeat', '5', '--trials', '2'];
  const { code, stdout } = await c10k(directory, ...args, '--output', 'out');
  t.equal(code, 0);
  t.match(stdout, /epoll +20 +100 /);
  t.notMatch(stdout, /control +20/, 'the baseline is not a requested cell');
  t.notOk(stdout.includes('\u001b'), 'no escape sequences when piped');

  const out = join(directory, 'out');
  t.match(JSON.parse(readFileSync(join(out, 'run.json'), 'utf8')), {
    schema: SCHEMA,
    plan: { cells: [{ server: 'epoll', connections: 20 }], controls: [{ server: 'control' }] },
    environment: { kernel: { release: String } },
  });
  t.equal(lines(out, 'trials.jsonl').length, 4, 'two blocks with a control each');
  t.match(JSON.parse(readFileSync(join(out, 'summary.json'), 'utf8')), [
    { server: 'epoll', trials: 2, valid: 2, requests: 100, failures: 0, reconciled: true },
  ]);
  t.equal(lines(out, 'summary.csv').length, 2);

  const [name = ''] = readdirSync(join(out, 'trials')).filter((name) => name.includes('epoll'));
  const trial = join(out, 'trials', name);
  const clients = lines(trial, 'clients.csv');
  t.equal(clients[0], CLIENT_HEADER);
  t.equal(clients.length, 21);
  const servers = lines(trial, 'server.csv');
  t.equal(servers[0], SERVER_HEADER);
  t.equal(servers.length, 21);
  t.match(lines(trial, 'latency.hgrm')[0], /Value +Percentile/);

  const log = new HistogramLogReader(readFileSync(join(trial, 'latency.hlog'), 'utf8'));
  t.equal(countsOf(log), 100);
});

/** The number of latencies, summed over all seconds. */
function countsOf(log: HistogramLogReader): number {
  const next = log.nextIntervalHistogram() as { totalCount: number } | null;
  return next === null ? 0 : next.totalCount + countsOf(log);
}

t.test('--json prints the summary and the verdicts, and nothing else', async (t) => {
  const { stdout } = await c10k(t.testdir(), '--conns', '4', '--trials', '1', '--json');
  t.match(JSON.parse(stdout), {
    summary: [{ server: 'epoll', connections: 4, requests: 80 }],
    verdicts: [{ metric: 'efficiency', groups: [{ server: 'epoll', validBlocks: 1 }] }, {}, {}, {}],
  });
});

t.test('a cell that cannot run is skipped with its reason, and the exit code is 3', async (t) => {
  const { code, stdout } = await c10k(t.testdir(), '--server', 'select', '--conns', '2000');
  t.equal(code, 3);
  t.match(stdout, /skipped +select at 2,000: .*FD_SETSIZE/);
});

t.test('without a listening server every connection is refused: exit 3', async (t) => {
  const directory = t.testdir();
  const port = await unusedPort();
  const target = ['--target', `${HOST}:${port}`];
  const { code, stdout } = await c10k(
    directory,
    'load',
    ...target,
    '--conns',
    '7',
    '--output',
    'o',
  );
  t.equal(code, 3);
  t.match(stdout, /7 connections failed: refused/);
  const rows = lines(directory, 'o', 'trials', '1-load-7', 'clients.csv').slice(1);
  t.equal(rows.length, 7);
  for (const row of rows) t.match(row, /,refused$/);
});

t.test('a port in use is an error: exit 1, one line, no files', async (t) => {
  const directory = t.testdir();
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, HOST, resolve));
  t.teardown(() => server.close());
  const { port } = server.address() as { port: number };
  for (const command of ['echo', 'serve']) {
    const { code, stderr } = await c10k(directory, command, '--host', HOST, '--port', String(port));
    t.equal(code, 1);
    t.equal(stderr, `c10k: cannot listen on ${HOST}, port ${port}: Address already in use\n`);
  }
  t.notOk(existsSync(join(directory, 'results')));
});

t.test('models and doctor describe this machine', async (t) => {
  const directory = t.testdir();
  const models = JSON.parse((await c10k(directory, 'models', '--json')).stdout) as object[];
  t.match(
    models.find((model) => (model as { name: string }).name === 'select'),
    { capacity: { connections: 1019, limitedBy: { kind: 'FD_SETSIZE' } } },
  );
  const { code, stdout } = await c10k(directory, 'doctor');
  t.equal(code, 0);
  t.match(stdout, /descriptors/);
});

/** A port without a listener: no other process uses this address. */
async function unusedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, HOST, resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}
