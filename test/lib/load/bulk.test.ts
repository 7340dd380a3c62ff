/** Bulk transfers: every byte is sent, compared and counted, and each failure is counted by its kind. */
import t from 'tap';
import { failuresByKind } from '../../../bench/run/failures.js';
import { native } from '../../../lib/native.js';
import { bulk, patternOf, serveBulk } from '../../support/bulk.js';
import { eventually } from '../../support/eventually.js';
import { answering, pretend } from '../../support/liar.js';
import { prepare, runLoad, sumOf } from '../../support/load.js';

const CONNECTIONS = 3;
/** More than the socket buffers hold and one turn of the client processes. */
const LARGE = 3_000_000;
const MS = 1e6;

for (const bytes of [1, 1000, LARGE]) {
  t.test(`a GET of ${bytes} bytes is received whole`, async (t) => {
    const port = await pretend(t, (socket) => serveBulk(socket));
    const load = { connections: CONNECTIONS, repeat: 2, protocol: bulk('get', bytes) };
    const { rows, windows } = await runLoad(t, port, load);
    t.strictSame(failuresByKind(rows), {});
    for (const row of rows) {
      t.strictSame([row.requests, row.payload, row.bytesReceived], [2, 2 * bytes, 2 * bytes]);
      t.equal(row.bytesSent, 2 * `GET ${bytes}\n`.length);
    }
    t.equal(windows[0]?.payload, CONNECTIONS * 2 * bytes);
  });

  t.test(`a PUT of ${bytes} bytes is sent whole`, async (t) => {
    const wanted = patternOf(bytes);
    let received = 0;
    const port = await pretend(t, (socket) => {
      serveBulk(socket, (given) => {
        if (given.equals(wanted)) received++;
      });
    });
    const load = { connections: CONNECTIONS, repeat: 2, protocol: bulk('put', bytes) };
    const { rows, windows } = await runLoad(t, port, load);
    t.strictSame(failuresByKind(rows), {});
    t.equal(received, CONNECTIONS * 2, 'the server received the pattern each time');
    for (const row of rows) {
      t.strictSame([row.requests, row.payload], [2, 2 * bytes]);
      t.equal(row.bytesSent, 2 * (`PUT ${bytes}\n`.length + bytes));
    }
    t.equal(windows[0]?.payload, CONNECTIONS * 2 * bytes);
  });
}

t.test('a differing byte is corrupt, in the first part or the last', async (t) => {
  for (const at of [0, 70_000, LARGE - 1]) {
    const wrong = patternOf(LARGE);
    wrong[at] = (wrong[at] as number) ^ 1;
    const port = await pretend(
      t,
      answering((_, socket) => socket.write(wrong)),
    );
    const { rows } = await runLoad(t, port, { protocol: bulk('get', LARGE) });
    t.strictSame(failuresByKind(rows), { corrupt: 1 });
    t.ok(rows.every((row) => row.payload <= at));
  }
});

t.test('bytes beyond the transfer are corrupt', async (t) => {
  const port = await pretend(
    t,
    answering((_, socket) => socket.write(patternOf(1001))),
  );
  const { rows } = await runLoad(t, port, { protocol: bulk('get', 1000) });
  t.strictSame(failuresByKind(rows), { corrupt: 1 });
});

t.test('an end within a transfer is short', async (t) => {
  const port = await pretend(
    t,
    answering((_, socket) => socket.end(patternOf(999))),
  );
  const { rows } = await runLoad(t, port, { protocol: bulk('get', 1000) });
  t.strictSame(failuresByKind(rows), { short: 1 });
  t.match(rows, [{ requests: 0, payload: 999 }]);
});

t.test('an ERROR line rejects a request', async (t) => {
  for (const op of ['get', 'put'] as const) {
    const port = await pretend(t, (socket) => {
      socket.once('data', () => socket.end('ERROR too large\n'));
      socket.resume();
    });
    const { rows } = await runLoad(t, port, { repeat: 2, protocol: bulk(op, 1000) });
    t.strictSame(failuresByKind(rows), { rejected: 1 }, op);
  }
});

t.test('a PUT that is refused while it is sent is rejected', async (t) => {
  const port = await pretend(t, (socket) => {
    // Closing with unread input sends a reset, after the line.
    socket.once('readable', () => socket.write('ERROR too large\n', () => socket.destroy()));
  });
  const { rows } = await runLoad(t, port, { protocol: bulk('put', 1e9) });
  t.strictSame(failuresByKind(rows), { rejected: 1 });
});

t.test('a transfer without progress stalls', async (t) => {
  const sending = await pretend(
    t,
    answering((_, socket) => socket.write(patternOf(10))),
  );
  const get = { protocol: bulk('get', 1000), stallNs: 50 * MS };
  t.strictSame(failuresByKind((await runLoad(t, sending, get)).rows), { stalled: 1 });
  const reading = await pretend(t, (socket) => void socket.pause());
  const put = { protocol: bulk('put', 1e9), stallNs: 50 * MS };
  t.strictSame(failuresByKind((await runLoad(t, reading, put)).rows), { stalled: 1 });
});

t.test('payload is counted in a window shorter than a transfer', async (t) => {
  const port = await pretend(t, (socket) => serveBulk(socket));
  const client = await prepare(t, port, {
    ...{ connections: 2, repeat: 0, durationNs: 60_000 * MS, protocol: bulk('get', 2 ** 40) },
  });
  await client.start();
  await client.connected();
  await client.go();
  await eventually(
    'some payload is transferred',
    async () => (await client.progress()).payload > 1e6,
  );
  await client.abort();
  const { rows, windows } = await client.finish();
  t.strictSame(failuresByKind(rows), { interrupted: 2 });
  t.equal(
    windows[0]?.payload,
    sumOf(rows, (row) => row.payload),
  );
});

t.test('a slice ends even if its transfers take longer, and its payload is counted', async (t) => {
  const port = await pretend(t, (socket) => serveBulk(socket));
  const client = await prepare(t, port, {
    ...{ connections: 2, repeat: 0, durationNs: 1000 * MS, gated: true },
    ...{ protocol: bulk('get', 2 ** 40) },
  });
  const subject = { board: client.board, server: client.cpuSource, client: client.cpuSource };
  const sampler = new native.Sampler({
    subjects: [subject],
    cpus: [],
    seed: 1,
    drainTimeoutNs: 100 * MS,
  });
  t.teardown(() => sampler.stop());
  await client.start();
  await client.connected();
  sampler.shut();
  await client.go();
  const { requests, payload, drained } = await sampler.slices(50 * MS);
  t.strictSame([requests[0], drained[0]], [0, Number.NaN]);
  t.ok((payload[0] ?? 0) > 0);
  await client.abort();
  await client.finish();
});

t.test('an unknown protocol or invalid option is refused with one line', async (t) => {
  const refused = async (name: string, options: Record<string, string>, message: string) => {
    const client = await prepare(t, 1, { protocol: { name, options } });
    await t.rejects(client.start(), { message });
  };
  await refused('gopher', {}, 'unknown protocol gopher; allowed: bulk, echo');
  await refused('bulk', { op: 'head', bytes: '1' }, "bulk option op: 'head'; allowed: get, put");
  await refused('echo', { text: 'a', size: '1' }, 'echo has no option size; allowed: text');
});
