/** Starts and stops every model repeatedly: `npm run test:soak -- [--cycles N] [--server NAME]`. Nothing may leak. */
import { readdirSync } from 'node:fs';
import net from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { plainTable } from '../../bench/report/terminal/plain-table.js';
import { CATALOG, modelNamed, type ServerModel } from '../../lib/catalog/models.js';
import { native } from '../../lib/native.js';
import type { NamedOptions } from '../../lib/native-data.js';
import { startModel } from '../../lib/server/models.js';
import { skipOf } from '../support/models.js';
import { BULKS, ECHO, nameOf } from '../support/services.js';

const HOST = '127.0.0.1';
/** Cycles before the first reading: pools fill, code is compiled. */
const WARM_UP = 50;
/** Allowed growth of resident memory per thousand cycles, because of the allocators' slack. */
const SLACK_BYTES = 32 * 2 ** 20;

interface Holdings {
  readonly descriptors: number;
  readonly threads: number;
  readonly residentBytes: number;
}

function holdings(): Holdings {
  globalThis.gc?.();
  return {
    descriptors: readdirSync('/proc/self/fd').length,
    threads: readdirSync('/proc/self/task').length,
    residentBytes: process.memoryUsage.rss(),
  };
}

/** Resolves when an answer has arrived. */
function ask(socket: net.Socket, { name }: NamedOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once('data', () => resolve());
    socket.once('error', reject);
    socket.write(name === 'bulk' ? 'GET 5\n' : 'request\n');
  });
}

/** One server run: a connection that its client ends, and one that is open when the server stops. */
async function cycle(model: ServerModel, service: NamedOptions): Promise<void> {
  const { fd, port } = native.listen(HOST, 0, 16);
  const loops = model.serial ? 2 : 1;
  const spec = { model: model.name, service, backlog: 16, loops, listeners: 1 };
  const server = await startModel([fd], spec);
  const [ends, stays] = [net.connect(port, HOST), net.connect(port, HOST)];
  await Promise.all([ask(ends, service), ask(stays, service)]);
  stays.on('error', () => {});
  const closed = [ends, stays].map((each) => new Promise((resolve) => each.once('close', resolve)));
  ends.end();
  await closed[0];
  await server.stop();
  native.close(fd);
  await closed[1];
}

/** Threads and sockets end shortly after they are stopped. */
async function settled(): Promise<Holdings> {
  for (let last = holdings(); ; ) {
    await pause(200);
    const next = holdings();
    if (next.descriptors === last.descriptors && next.threads === last.threads) return next;
    last = next;
  }
}

async function soak(
  model: ServerModel,
  service: NamedOptions,
  cycles: number,
): Promise<readonly string[]> {
  for (let n = 0; n < WARM_UP; n++) await cycle(model, service);
  const before = await settled();
  for (let n = 0; n < cycles; n++) await cycle(model, service);
  const after = await settled();
  const grown = after.residentBytes - before.residentBytes;
  const leaks =
    after.descriptors > before.descriptors || after.threads > before.threads || grown > SLACK_BYTES;
  if (leaks) process.exitCode = 1;
  const change = (from: number, to: number) => `${from} → ${to}`;
  return [
    model.name,
    nameOf(service),
    `${cycles}`,
    change(before.descriptors, after.descriptors),
    change(before.threads, after.threads),
    `${(grown / 2 ** 20).toFixed(1)} MiB`,
    leaks ? 'LEAKS' : 'ok',
  ];
}

const { values } = parseArgs({
  options: { cycles: { type: 'string', default: '1000' }, server: { type: 'string' } },
});
const models = values.server === undefined ? CATALOG : [modelNamed(values.server)];
const rows: (readonly string[])[] = [];
for (const model of models) {
  if (skipOf(model)) continue;
  for (const service of [ECHO, ...BULKS]) {
    rows.push(await soak(model, service, Number(values.cycles)));
    console.error(rows.at(-1)?.join('  '));
  }
}
const head = ['model', 'service', 'cycles', 'descriptors', 'threads', 'grown by', ''];
console.log(
  plainTable([head, ...rows], ['left', 'left', 'right', 'right', 'right', 'right', 'left']),
);
