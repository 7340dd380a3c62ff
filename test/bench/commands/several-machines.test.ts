/** One server and several clients that start at the same time; their lists are compared afterwards. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { c10k, printed, start } from '../../support/command.js';
import { HOST } from '../../support/host.js';

/** A server and two clients that start together, in `s`, `a` and `b`; their exit codes. */
async function serveTwo(t: Test, directory: string, leadMs: number) {
  const server = start(directory, 'serve', '--host', HOST, '--port', '0', '--output', 's');
  t.teardown(() => server.child.kill('SIGKILL'));
  const [, target = ''] = await printed(server.child, /listening on (\S+)\n/);
  const at = new Date(Date.now() + leadMs).toISOString();
  const load = (name: string) =>
    c10k(directory, 'load', '--target', target, '--conns', '4', '--at', at, '--output', name);
  const clients = await Promise.all([load('a'), load('b')]);
  server.child.kill('SIGINT');
  await server.ended;
  return clients.map(({ code }) => code);
}

/** Repeats until both clients were started before their `--at`. */
async function serveTogether(t: Test): Promise<string> {
  const USAGE_ERROR = 2;
  for (let leadMs = 2000; ; leadMs *= 2) {
    const directory = t.testdir();
    const codes = await serveTwo(t, directory, leadMs);
    if (codes.includes(USAGE_ERROR)) continue; // the time of --at had passed
    t.strictSame(codes, [0, 0]);
    return directory;
  }
}

t.test('clients that start together are reconciled with their server afterwards', async (t) => {
  const directory = await serveTogether(t);
  const tables = ['a', 'b'].map((name) => join(name, 'trials', '1-load-4', 'clients.csv'));
  const compare = (...clients: string[]) =>
    c10k(directory, 'reconcile', '--server', 's/server.csv', '--clients', clients.join());
  const whole = await compare(...tables);
  t.equal(whole.code, 0);
  t.match(whole.stdout, /^8 connections compared, 0 differ\nreconciled\n/);

  const half = await compare(tables[0] as string);
  t.equal(half.code, 3);
  t.match(half.stdout, /4 differ/);

  const file = join(directory, tables[1] as string);
  writeFileSync(file, readFileSync(file, 'utf8').replace(',20,20,400,400,', ',20,19,400,400,'));
  const forged = await compare(...tables);
  t.equal(forged.code, 3);
  t.match(forged.stdout, /requests: client 19, server 20/);
});

t.test('a file that is not a list of connections is refused', async (t) => {
  const directory = t.testdir({ 'a.csv': 'x,y\n1,2\n' });
  for (const file of ['missing.csv', 'a.csv']) {
    const { code, stderr } = await c10k(
      directory,
      'reconcile',
      '--server',
      file,
      '--clients',
      file,
    );
    t.equal(code, 2);
    t.match(stderr, new RegExp(`^c10k: --(server|clients) ${file}: .*\\n$`));
  }
});
