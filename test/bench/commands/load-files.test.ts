/** `load` with files: what the traffic needs is uploaded before it, and deleted after it, by commands. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { c10k, printed, start } from '../../support/command.js';
import { HOST } from '../../support/host.js';

/** `serve` with a storage that holds another file, except for listings. */
async function served(t: Test, wire: string, ...options: readonly string[]) {
  const directory = t.testdir();
  const storage = join(directory, 'storage');
  mkdirSync(storage);
  const service = ['--service', 'files', '--wire', wire, '--storage', storage, ...options];
  const listening = ['--host', HOST, '--port', '0', '--output', 's'];
  const server = start(directory, 'serve', ...service, ...listening);
  t.teardown(() => server.child.kill('SIGKILL'));
  const [, target = ''] = await printed(server.child, /listening on (\S+)\n/);
  const load = (op: string, ...more: readonly string[]) => {
    const args = ['--service', 'files', '--wire', wire, '--op', op, '--target', target];
    const sizes = op === 'upload' || op === 'download' ? ['--size', '10kB'] : [];
    const numbers = ['--conns', '2', '--repeat', '3', '--trials', '2', '--output', op];
    return c10k(directory, 'load', ...args, ...sizes, ...numbers, ...more);
  };
  const records = (op: string) => {
    const file = join(directory, op, 'trials.jsonl');
    const lines = existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
    return lines.map((line) => JSON.parse(line));
  };
  const path = (...names: readonly string[]) => join(directory, ...names);
  return { storage, load, records, path, names: () => readdirSync(storage).sort() };
}

for (const wire of ['base64', 'raw']) {
  t.test(`${wire}: each operation is measured, and the storage is as before`, async (t) => {
    const { storage, load, records, names } = await served(t, wire);
    for (const op of ['list', 'upload', 'download', 'delete']) {
      if (op === 'upload') writeFileSync(join(storage, 'kept'), 'another file');
      const { code, stderr } = await load(op, '--entries', '5');
      t.equal(code, 0, stderr);
      t.equal(/^content of 10 kB: made and verified$/m.test(stderr), op.endsWith('load'), op);
      for (const record of records(op))
        t.match(record, {
          verdict: { valid: true, problems: [] },
          measurement: { requests: { total: 6 }, failures: 0 },
        });
      t.equal(records(op).length, 2);
      t.same(names(), op === 'list' ? [] : ['kept']);
    }
    t.equal(readFileSync(join(storage, 'kept'), 'utf8'), 'another file');
  });

  t.test(`${wire}: a list load beside uploads has its own figures and rows`, async (t) => {
    const { load, records, path } = await served(t, wire);
    const { code, stderr } = await load('upload', '--beside', 'list', '--quiet');
    t.equal(code, 0, stderr);
    for (const { measurement } of records('upload')) {
      t.match(measurement, { requests: { total: 6 }, beside: { failuresByKind: {} } });
      t.ok(measurement.beside.requests >= 1);
    }
    t.ok(existsSync(path('upload', 'trials', '1-load-2', 'beside-clients.csv')));
  });

  t.test(`${wire}: a refused preparation fails the trial, and nothing remains`, async (t) => {
    const { load, records, names } = await served(t, wire, '--largest', '3B');
    const { code, stderr } = await load('download', '--quiet');
    t.equal(code, 3);
    t.equal(stderr, '', 'quiet');
    t.match(records('download')[0].error, /^\S+:\d+: UPLOAD download: too large$/);
    t.same(names(), []);
  });

  t.test(`${wire}: a listing with other files is refused with their names`, async (t) => {
    const { storage, load, records, names } = await served(t, wire);
    writeFileSync(join(storage, 'other'), '');
    t.equal((await load('list')).code, 3);
    t.match(records('list')[0].error, /: the storage has other; allowed: an empty one$/);
    t.same(names(), ['other']);
  });
}
