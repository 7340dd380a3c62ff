import t, { type Test } from 'tap';
import type { Client } from '../../../lib/load/client.js';
import { type NativeSampler, native } from '../../../lib/native.js';
import { prepare } from '../../support/load.js';
import { serve } from '../../support/server.js';

const MS = 1e6;
const SECOND = 1e9;

function samplerOf(t: Test, client: Client, drainTimeoutNs = 60 * SECOND): NativeSampler {
  const sampler = new native.Sampler({
    subjects: [{ board: client.board, server: client.cpuSource, client: client.cpuSource }],
    cpus: [],
    seed: 1,
    drainTimeoutNs,
  });
  t.teardown(() => sampler.stop());
  return sampler;
}

async function connected(t: Test, port: number, connections: number): Promise<Client> {
  const client = await prepare(t, port, {
    connections,
    gated: true,
    repeat: 0,
    durationNs: SECOND,
    timeoutNs: 60 * SECOND,
  });
  await client.start();
  await client.connected();
  return client;
}

t.test('no message is sent while the gate is shut', async (t) => {
  const server = await serve(t, 'epoll');
  const client = await connected(t, server.port, 4);
  const sampler = samplerOf(t, client);
  sampler.shut();
  await client.go();
  const before = await server.snapshot();
  t.equal(before.total.requests, 0);
  await sampler.slices(20 * MS);
  const between = await server.snapshot();
  t.ok((between.total.requests ?? 0) > 4, 'the slice was served');
  t.equal((await client.progress()).requests, between.total.requests, 'every message was answered');
  const later = await server.snapshot();
  t.equal(later.total.requests, between.total.requests, 'no message was sent after it');
  sampler.over();
  await client.drained();
  const { rows } = await client.finish();
  t.equal(
    rows.reduce((sum, row) => sum + row.requests, 0),
    between.total.requests,
  );
});

t.test('traffic ends even if its gate is never opened', async (t) => {
  const server = await serve(t, 'epoll');
  const client = await connected(t, server.port, 3);
  const sampler = samplerOf(t, client);
  sampler.shut();
  await client.go();
  sampler.over();
  await client.drained();
  const { rows, windows } = await client.finish();
  t.strictSame(
    rows.map(({ requests, failure }) => [requests, failure]),
    [
      [0, ''],
      [0, ''],
      [0, ''],
    ],
  );
  t.equal(windows[0]?.end, 0, 'nothing was measured');
});

t.test('the warm-up is not measured, and every first answer has a time', async (t) => {
  const server = await serve(t, 'epoll');
  const client = await connected(t, server.port, 4);
  const sampler = samplerOf(t, client);
  sampler.shut();
  await client.go();
  await sampler.warmUp(20 * MS);
  sampler.over();
  await client.drained();
  const { rows, windows, service } = await client.finish();
  for (const { requests, firstAnswer } of rows) t.ok(requests > 0 && firstAnswer > 0);
  t.same(service, []);
  t.match(windows[0], { requests: 0, userNs: 0, systemNs: 0 });
});

t.test('a slice ends at once if its server has died, and no more slices follow', async (t) => {
  const server = await serve(t, 'epoll');
  const client = await connected(t, server.port, 3);
  const sampler = samplerOf(t, client);
  sampler.shut();
  await client.go();
  server.kill();
  await server.ended;
  await sampler.slices(20 * MS);
  t.equal((await sampler.slices(20 * MS)).subject.length, 0);
  sampler.over();
  await client.drained();
  const { rows } = await client.finish();
  t.ok(rows.every(({ failure }) => failure !== ''));
});

t.test('a stopped sampler returns early', async (t) => {
  const server = await serve(t, 'epoll');
  const client = await connected(t, server.port, 2);
  const sampler = samplerOf(t, client);
  sampler.shut();
  await client.go();
  const slices = sampler.slices(3600 * SECOND);
  sampler.stop();
  t.ok((await slices).subject.length <= 1);
});

t.test('the readings of a window are taken at its start and end', async (t) => {
  const server = await serve(t, 'epoll');
  const client = await prepare(t, server.port, { connections: 2, repeat: 10 });
  await client.start();
  await client.connected();
  await client.go();
  await client.drained();
  const start = native.now();
  const window = await samplerOf(t, client).window(start, start + 5 * MS);
  t.ok((window.from[0] ?? 0) >= start);
  t.ok((window.to[0] ?? 0) >= start + 5 * MS);
  t.equal(window.requests[0], 0, 'everything had been answered before');
  t.ok((window.serverNs[0] ?? -1) >= 0);
});
