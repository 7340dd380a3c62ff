/** Calls by kind as the models count them against those that `strace -f -c` sees: `npm run test:strace`. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { type CountName, countsBetween } from '../../lib/account/counts.js';
import type { ServerModel } from '../../lib/catalog/models.js';
import { inTime } from '../support/eventually.js';
import { runLoad } from '../support/load.js';
import { ACCOUNTING, skipOf } from '../support/models.js';
import { closed, countsOf, serve } from '../support/server.js';

const SYSTEM_CALLS: Readonly<Partial<Record<CountName, readonly string[]>>> = {
  callAccept: ['accept', 'accept4'],
  callPeer: ['getpeername'],
  callReceive: ['recvfrom'],
  callSend: ['sendto'],
  callControl: ['epoll_ctl'],
  callClose: ['close'],
  callShutdown: ['shutdown'],
  callThread: ['clone', 'clone3'],
};

/** By what a model waits in. Node's main thread, which answers for the counts, waits in epoll_pwait. */
const WAITS: Readonly<Record<string, readonly string[]>> = {
  select: ['select', 'pselect6'],
  poll: ['poll', 'ppoll'],
  epoll_wait: [process.arch === 'x64' ? 'epoll_wait' : 'epoll_pwait'],
  io_uring_enter: ['io_uring_enter'],
};
const TRACED = [...Object.values(SYSTEM_CALLS), ...Object.values(WAITS)].flat().join();

/** A Worker's runtime waits, watches and closes too. */
const OF_A_WORKER_ITSELF: readonly CountName[] = [
  'callAccept',
  'callReceive',
  'callSend',
  'callShutdown',
  'callThread',
];

const MOST_DIFFERENCE = 0.01;
/** What Node.js itself may call meanwhile: it closes a file now and then. */
const MOST_CALLS = 2;

async function attach(t: Test, pids: readonly number[], output: string): Promise<ChildProcess> {
  const args = ['-f', '-c', '-e', `trace=${TRACED}`, '-o', output, '-p', pids.join()];
  const strace = spawn('strace', args, { stdio: ['ignore', 'ignore', 'pipe'] });
  t.teardown(() => strace.kill('SIGKILL'));
  let said = '';
  const attached = new Promise<void>((resolve, reject) => {
    strace.once('error', reject);
    strace.once('exit', () => reject(new Error(`strace ended: ${said}`)));
    strace.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if ((said.match(/ attached/g)?.length ?? 0) >= pids.length) resolve();
    });
  });
  await inTime('strace attaches', attached);
  return strace;
}

/** Calls by name, from the table that strace writes when it ends. */
async function detach(strace: ChildProcess, output: string): Promise<ReadonlyMap<string, number>> {
  const ended = once(strace, 'exit');
  strace.kill('SIGINT');
  await inTime('strace ends', ended);
  const rows = readFileSync(output, 'utf8').matchAll(/^ *[\d.]+ +[\d.]+ +\d+ +(\d+) .*?(\w+)$/gm);
  return new Map([...rows].map(([, calls, name = '']) => [name, Number(calls)]));
}

async function bothCounts(t: Test, model: ServerModel) {
  const server = await serve(t, model.name);
  const output = join(t.testdir(), 'calls');
  const strace = await attach(t, server.pids, output);
  const before = await countsOf(server);
  const connections = model.topology === 'Worker per connection' ? 100 : 400;
  await runLoad(t, server.port, { connections, repeat: 50, barrier: false });
  // One at a time, so that each request is waited for.
  await runLoad(t, server.port, { connections: 1, repeat: 1000 });
  await closed(server, connections + 1);
  const after = await countsOf(server);
  const seen = await detach(strace, output);
  return { counted: countsBetween(before, after), seen };
}

function compare(
  t: Test,
  kind: string,
  counted: number | null,
  names: readonly string[],
  seen: ReadonlyMap<string, number>,
): void {
  const ours = counted ?? Number.NaN;
  const theirs = names.reduce((sum, name) => sum + (seen.get(name) ?? 0), 0);
  const allowed = Math.max(MOST_CALLS, MOST_DIFFERENCE * theirs);
  t.ok(Math.abs(ours - theirs) <= allowed, `${kind}: ${ours} counted, ${theirs} seen`);
}

for (const model of ACCOUNTING) {
  if (model.engine === 'libuv') continue; // its calls are unknown
  t.test(`${model.name} counts the calls that strace sees`, { skip: skipOf(model) }, async (t) => {
    const { counted, seen } = await bothCounts(t, model);
    const isOwn = (kind: CountName) =>
      model.language === 'C++' || OF_A_WORKER_ITSELF.includes(kind);
    for (const [kind, names] of Object.entries(SYSTEM_CALLS) as [CountName, readonly string[]][])
      if (isOwn(kind)) compare(t, kind, counted[kind], names, seen);
    compare(t, 'callWait', counted.callWait, WAITS[model.waitsIn] ?? [], seen);
  });
}
