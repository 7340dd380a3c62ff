/** Calls by kind as the models count them against those that `strace -f -c` sees: `npm run test:strace`. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import type { ServerModel } from '../../lib/catalog.js';
import { type CountName, type Counts, countsBetween } from '../../lib/server/counts.js';
import { inTime } from '../support/eventually.js';
import { runLoad } from '../support/load.js';
import { ACCOUNTING, skipOf } from '../support/models.js';
import { closed, countsOf, serve } from '../support/server.js';

const SYSTEM_CALLS: Readonly<Partial<Record<CountName, readonly string[]>>> = {
  callAccept: ['accept', 'accept4'],
  callPeer: ['getpeername'],
  callReceive: ['recvfrom'],
  callSend: ['sendto'],
  callWait: [
    'select',
    'pselect6',
    'poll',
    'ppoll',
    'epoll_wait',
    'epoll_pwait',
    'epoll_pwait2',
    'io_uring_enter',
  ],
  callControl: ['epoll_ctl'],
  callClose: ['close'],
  callShutdown: ['shutdown'],
  callThread: ['clone', 'clone3'],
};
const TRACED = Object.values(SYSTEM_CALLS).flat().join();

/** A Worker's runtime waits, watches and closes too. */
const OF_A_WORKER_ITSELF: readonly CountName[] = [
  'callAccept',
  'callReceive',
  'callSend',
  'callShutdown',
  'callThread',
];

const MOST_DIFFERENCE = 0.01;
/** What Node.js itself calls on its main thread while this asks for the counts. */
const MOST_CALLS = 4;

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
      if (said.match(/ attached/g)?.length === pids.length) resolve();
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
  await closed(server, connections);
  const after = await countsOf(server);
  const seen = await detach(strace, output);
  return { counted: countsBetween(before, after), seen };
}

function compare(t: Test, counted: Counts, seen: ReadonlyMap<string, number>, kind: CountName) {
  const ours = counted[kind] ?? Number.NaN;
  const theirs = (SYSTEM_CALLS[kind] ?? []).reduce((sum, name) => sum + (seen.get(name) ?? 0), 0);
  const allowed = Math.max(MOST_CALLS, MOST_DIFFERENCE * theirs);
  t.ok(Math.abs(ours - theirs) <= allowed, `${kind}: ${ours} counted, ${theirs} seen`);
}

for (const model of ACCOUNTING) {
  if (model.engine === 'libuv') continue; // its calls are unknown
  t.test(`${model.name} counts the calls that strace sees`, { skip: skipOf(model) }, async (t) => {
    const { counted, seen } = await bothCounts(t, model);
    const isOwn = (kind: CountName) =>
      model.language === 'C++' || OF_A_WORKER_ITSELF.includes(kind);
    for (const kind of Object.keys(SYSTEM_CALLS) as CountName[])
      if (isOwn(kind)) compare(t, counted, seen, kind);
  });
}
