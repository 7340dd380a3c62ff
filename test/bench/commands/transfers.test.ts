/** `serve` and `load` as separate commands, whose lists of transfers are compared afterwards. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { c10k, printed, start } from '../../support/command.js';
import { HOST } from '../../support/host.js';

const BULK = ['--service', 'bulk'];

t.test('serve and load list transfers, and reconcile joins them', async (t) => {
  const directory = t.testdir();
  const listening = ['--host', HOST, '--port', '0', '--output', 's'];
  const server = start(directory, 'serve', ...BULK, ...listening);
  t.teardown(() => server.child.kill('SIGKILL'));
  const [, target = ''] = await printed(server.child, /listening on (\S+)\n/);
  const load = ['--target', target, '--conns', '2', '--repeat', '3', '--per-connection', '2'];
  const done = await c10k(directory, 'load', ...BULK, '--op', 'put', ...load, '--output', 'l');
  t.equal(done.code, 0);
  server.child.kill('SIGINT');
  t.match((await server.ended).stdout, /\ntransfers {4}6\n/);

  const clients = join('l', 'trials', '1-load-2', 'clients.csv');
  const compare = () =>
    c10k(directory, 'reconcile', '--server', 's/server.csv', '--clients', clients);
  const whole = await compare();
  t.match(whole.stdout, /^4 connections compared, 0 differ\n6 transfers compared, 0 differ\n/);
  t.equal(whole.code, 0);

  const file = join(directory, 's', 'transfers.csv');
  writeFileSync(file, readFileSync(file, 'utf8').replace(',put,1000000,', ',put,999999,'));
  const forged = await compare();
  t.equal(forged.code, 3);
  t.match(forged.stdout, /\n6 transfers compared, 1 differ\nnot reconciled\n/);
  t.match(forged.stdout, /bytes, client 1000000, server 999999\n/);
});
