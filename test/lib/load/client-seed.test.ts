/** Equal seeds give equal lifetimes and messages, however the load is divided. */
import t, { type Test } from 'tap';
import { failuresByKind } from '../../../bench/run/failures.js';
import type { LoadSpec } from '../../../lib/load/client.js';
import { echoProtocol } from '../../support/echo-protocol.js';
import { answering, pretend } from '../../support/liar.js';
import { runLoad, sumOf } from '../../support/load.js';

const LOAD = {
  connections: 6,
  repeat: 5,
  protocol: echoProtocol({ kind: 'size', low: 1, high: 300 }),
  lifetime: { kind: 'uniform', lowNs: 1e6, highNs: 30e6 } as const,
};

/** The messages and lifetime of each connection, in an order that doesn't depend on time. */
async function record(t: Test, wanted: Partial<LoadSpec>) {
  const texts = new Map<number, string>();
  const port = await pretend(
    t,
    answering((chunk, socket) => {
      const key = socket.remotePort ?? 0;
      texts.set(key, (texts.get(key) ?? '') + chunk);
      socket.write(chunk);
    }),
  );
  const { rows } = await runLoad(t, port, { ...LOAD, ...wanted });
  t.strictSame(failuresByKind(rows), {});
  return rows
    .map((row) => ({ lifetime: row.lifetime, text: texts.get(row.localPort) ?? '' }))
    .toSorted((a, b) => a.lifetime - b.lifetime);
}

t.test('the same seed gives the same lifetimes and messages', async (t) => {
  const first = await record(t, { seed: 42 });
  t.equal(new Set(first.map((one) => one.text)).size, 6, 'connections send different messages');
  t.ok(
    first.every((one) => new Set(one.text.split('\n')).size > 2),
    'the messages of each connection vary',
  );
  t.strictSame(await record(t, { seed: 42 }), first);
  t.strictSame(await record(t, { seed: 42, threads: 2 }), first, 'on 2 threads');
  t.strictSame(await record(t, { seed: 42, processes: 2 }), first, 'in 2 processes');
});

t.test('another seed gives other lifetimes and messages', async (t) => {
  const first = await record(t, { seed: 42 });
  const second = await record(t, { seed: 43 });
  t.equal(new Set([...first, ...second].map((one) => one.lifetime)).size, 12);
  t.equal(new Set([...first, ...second].map((one) => one.text)).size, 12);
});

t.test('a text is sent as UTF-8, and ends with a newline', async (t) => {
  const text = 'Größe: 10 µs – ✓';
  const protocol = echoProtocol({ kind: 'text', text });
  const sent = await record(t, { connections: 1, repeat: 2, protocol });
  t.equal(sent[0]?.text, `${text}\n${text}\n`);
});

t.test('sizes are payload bytes, both bounds included', async (t) => {
  const protocol = echoProtocol({ kind: 'size', low: 1, high: 3 });
  const sent = await record(t, { connections: 8, repeat: 20, protocol });
  const lengths = sent
    .flatMap((one) => one.text.split('\n').slice(0, -1))
    .map((line) => line.length);
  t.equal(lengths.length, 160);
  t.strictSame([...new Set(lengths)].toSorted(), [1, 2, 3]);
  t.equal(
    sumOf(sent, (one) => one.text.length),
    sumOf(lengths, (length) => length) + 160,
  );
});
