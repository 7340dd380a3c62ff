/** `serve` and `load` with files: the load's preparing, verifying and deleting are in its tables, so that both sides agree. */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { c10k, printed, start } from '../../support/command.js';
import { HOST } from '../../support/host.js';

t.jobs = 2;

/** Runs one load against a server, and ends it. */
async function loaded(t: Test, serving: string, loading: string) {
  const directory = t.testdir();
  mkdirSync(join(directory, 'storage'));
  const service = ['--service', 'files'];
  const listening = ['--storage', 'storage', '--host', HOST, '--port', '0', '--output', 's'];
  const server = start(directory, 'serve', ...service, ...listening, ...words(serving));
  t.teardown(() => server.child.kill('SIGKILL'));
  const [, target = ''] = await printed(server.child, /listening on (\S+)\n/);
  const options = ['--target', target, '--quiet', '--output', 'l', ...words(loading)];
  const { code, stderr } = await c10k(directory, 'load', ...service, ...options);
  server.child.kill('SIGINT');
  await server.ended;
  const trials = readdirSync(join(directory, 'l', 'trials')).map((name) =>
    join('l', 'trials', name),
  );
  const tables = (name: string) => trials.map((trial) => join(trial, name));
  return {
    code,
    stderr,
    tables,
    path: (table = '') => join(directory, table),
    reconcile: (clients = tables('clients.csv'), ...more: readonly string[]) => {
      const files = ['--server', 's/server.csv', '--clients', clients.join()];
      return c10k(directory, 'reconcile', ...files, ...more);
    },
  };
}

const words = (options: string) => options.split(' ').filter(Boolean);

for (const wire of ['base64', 'raw'])
  for (const op of ['upload', 'download', 'delete'])
    t.test(`${wire}: the connections of ${op} and of its files are all compared`, async (t) => {
      const size = op === 'delete' ? '' : '--size 10kB';
      const load = `--op ${op} --wire ${wire} ${size} --conns 2 --repeat 3 --trials 2`;
      const { code, stderr, reconcile, tables, path } = await loaded(t, `--wire ${wire}`, load);
      t.equal(code, 0, stderr);
      const whole = await reconcile();
      t.equal(whole.code, 0, whole.stdout);
      t.match(whole.stdout, /^4 connections compared, 0 differ\n\d+ untimed .*, 0 differ\n/);
      t.match(JSON.parse((await reconcile(tables('clients.csv'), '--json')).stdout), {
        ...{ compared: 4, mismatches: 0 },
        untimed: { mismatches: 0, examples: [] },
      });

      const [table = ''] = tables('untimed-connections.csv');
      const text = readFileSync(path(table), 'utf8');
      writeFileSync(path(table), text.replace(/,(\d+),(?=\d+,\d+,\n)/, ',9$1,'));
      const forged = await reconcile();
      t.equal(forged.code, 3);
      t.match(forged.stdout, / untimed connections compared, 1 differ\n(.*\n)*not reconciled\n/);
      t.match(forged.stdout, /requests: client 9\d+, server \d+\n/);

      rmSync(path(table));
      const hidden = await reconcile();
      t.equal(hidden.code, 3);
      t.match(hidden.stdout, /^\d+ connections compared, [1-9]\d* differ\n/);
      t.match(hidden.stdout, /: the client has no row\n/);
    });

t.test('transfers on connections of which the client keeps none are counted apart', async (t) => {
  const load = '--op download --size 1MB --conns 2 --repeat 2 --trials 1 --beside list';
  const { code, stderr, reconcile, tables } = await loaded(t, '', load);
  t.equal(code, 0, stderr);
  const both = await reconcile([...tables('clients.csv'), ...tables('beside-clients.csv')]);
  t.equal(both.code, 0, both.stdout);
  t.match(both.stdout, /\n4 transfers compared, 0 differ\n\d+ transfers not compared, .*\n/);
  const one = await reconcile();
  t.equal(one.code, 3, 'the rows of the load beside are differences');
  t.match(one.stdout, /: the client has no row\n/);
});

t.test('a preparation that fails has a table too', async (t) => {
  const load = '--op download --size 10kB --trials 2';
  const { code, reconcile, path, tables } = await loaded(t, '--largest 3B', load);
  t.equal(code, 3);
  const { code: agrees, stdout } = await reconcile();
  t.equal(agrees, 0, stdout);
  t.match(stdout, /^0 connections compared, 0 differ\n[1-9]\d* untimed connections .*, 0 differ\n/);
  for (const table of tables('untimed-connections.csv'))
    t.match(readFileSync(path(table), 'utf8'), /^\d+,before,.*,(rejected|interrupted)$/m);
});
