/** The `fork` model: rows, counts and processes after its processes end, are stopped or are killed. */
import { readFileSync } from 'node:fs';
import t, { type Test } from 'tap';
import { native } from '../../../lib/native.js';
import type { CountName } from '../../../lib/native-data.js';
import { startForking } from '../../../lib/server/forking.js';
import type { Server } from '../../../lib/server/server.js';
import { sumOf } from '../../../lib/sums.js';
import { readText } from '../../../lib/system/procfs.js';
import { childrenOf } from '../../support/children.js';
import { eventually } from '../../support/eventually.js';
import { HOST } from '../../support/host.js';
import { Peer } from '../../support/peer.js';
import { closed, serve } from '../../support/server.js';
import { ECHO } from '../../support/services.js';

/** Of the model `fork-few`. */
const FEW = 4;

/** The process that accepts, and the one of each connection. */
function processesOf(server: Server, host = server.pids[0] as number) {
  const [acceptor = 0] = childrenOf(host);
  return { host, acceptor, children: childrenOf(acceptor) };
}

async function served(t: Test, port: number, connections: number): Promise<Peer[]> {
  const peers = await Promise.all(Array.from({ length: connections }, () => Peer.connect(t, port)));
  for (const peer of peers) t.equal(await peer.ask('request\n'), 'request\n');
  return peers;
}

/** Starts the model in this process. */
async function startHere(t: Test, model: string) {
  const { fd, port } = native.listen(HOST, 0, 64);
  const before = childrenOf(process.pid);
  const spec = { model, service: ECHO, backlog: 64, loops: 1, listeners: 1 };
  const server = await startForking([fd], spec);
  const [program = 0] = childrenOf(process.pid).filter((pid) => !before.includes(pid));
  t.teardown(async () => {
    await server.stop();
    native.close(fd);
  });
  return { server, port, program };
}

function allGone(pids: readonly number[]): boolean {
  return pids.every((pid) => readText(`/proc/${pid}/stat`) === null);
}

t.test('each connection has a process, which ends with it', async (t) => {
  const server = await serve(t, 'fork');
  const [first] = await served(t, server.port, 3);
  const { children } = processesOf(server);
  t.equal(children.length, 3);
  first?.leave();
  await closed(server, 1);
  t.equal(processesOf(server).children.length, 2, 'no zombie is left');
  t.match(await server.takeRows(), [{ requests: 1, bytesIn: 8, bytesOut: 8, closeReason: 'end' }]);
});

t.test('a connection whose process is killed has a row with what was counted', async (t) => {
  const server = await serve(t, 'fork');
  await served(t, server.port, 1);
  const [ended] = await served(t, server.port, 1);
  ended?.leave();
  await closed(server, 1);
  const [again] = await served(t, server.port, 1); // replaces the process that ended
  for (const child of processesOf(server).children) process.kill(child, 'SIGKILL');
  await closed(server, 3);
  t.notOk(await again?.ask('gone\n').catch(() => ''));
  const rows = await server.takeRows();
  t.strictSame(
    rows.map(({ closeReason, requests, bytesIn }) => [closeReason, requests, bytesIn]),
    [
      ['end', 1, 8],
      ['killed', 1, 8],
      ['killed', 1, 8],
    ],
  );
  for (const row of rows) t.ok(row.closed >= row.opened && row.opened > 0);
  await served(t, server.port, 1);
});

t.test('stop() ends every process and returns every row', async (t) => {
  const server = await serve(t, 'fork');
  await served(t, server.port, 20);
  const pids = server.pids;
  t.equal(pids.length, 22);
  const rows = await server.stop();
  t.equal(rows.length, 20);
  t.ok(rows.every(({ closeReason, requests }) => closeReason === 'stopped' && requests === 1));
  t.ok(allGone(pids));
});

t.test('stop() may be called again, and returns each row once', async (t) => {
  const { server, port } = await startHere(t, 'fork');
  await served(t, port, 3);
  const tables = [...(await Promise.all([server.stop(), server.stop()])), await server.stop()];
  t.equal(
    sumOf(tables, ({ loop }) => loop.length),
    3,
  );
});

for (const victim of ['host', 'acceptor'] as const)
  t.test(`no process is left when the ${victim} is killed`, async (t) => {
    const server = await serve(t, 'fork');
    const peers = await served(t, server.port, 5);
    const found = processesOf(server);
    process.kill(found[victim], 'SIGKILL');
    await eventually('they are gone', () => allGone([found.acceptor, ...found.children]));
    for (const peer of peers) await eventually('its peer sees the end', () => peer.dropped);
    await t.rejects(server.snapshot(), { message: /ended early \(SIGKILL\)$/ });
  });

t.test('a signal to the process group, such as from Ctrl-C, ends no process', async (t) => {
  const server = await serve(t, 'fork');
  const [peer] = await served(t, server.port, 1);
  const { acceptor, children } = processesOf(server);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    for (const pid of [acceptor, ...children]) process.kill(pid, signal);
  t.equal(await peer?.ask('still\n'), 'still\n');
  await served(t, server.port, 1);
});

t.test('CPU time, threads and memory are those of all processes', async (t) => {
  const server = await serve(t, 'fork');
  const before = { threads: server.threads() ?? 0, memory: server.memory() ?? 0 };
  const peers = await served(t, server.port, 10);
  // A sanitizer adds a thread to each process.
  t.ok((server.threads() ?? 0) - before.threads >= 10);
  t.ok((server.memory() ?? 0) > before.memory);
  const during = server.cpuTime();
  for (const peer of peers) peer.leave();
  await closed(server, 10);
  if (server.cpuSource()?.statFile === '') return t.comment('no control group here');
  t.ok(server.cpuTime().ns > during.ns, 'CPU time includes ended processes');
  const { voluntarySwitches } = await server.snapshot();
  t.ok(voluntarySwitches >= 10, 'context switches include ended processes');
});

t.test('idle and write time-outs also apply in the process of a connection', async (t) => {
  const server = await serve(t, 'fork', { idleTimeoutNs: 50e6 });
  t.equal(await (await Peer.connect(t, server.port)).ending(), 'end');
  await closed(server, 1);
  t.match(await server.takeRows(), [{ closeReason: 'idle' }]);
});

async function fillProcesses(t: Test) {
  const { server, port } = await startHere(t, 'fork-few');
  const count = (name: CountName) => server.counts()[0]?.[name] ?? Number.NaN;
  const first = await served(t, port, FEW);
  const waiting = await Promise.all([1, 2].map(() => Peer.connect(t, port)));
  for (const peer of waiting) peer.push('waits\n');
  await eventually('it pauses', () => count('acceptPauses') > 0);
  return { server, count, first, waiting };
}

t.test('a connection without a process waits, and is served when another ends', async (t) => {
  const { server, count, first, waiting } = await fillProcesses(t);
  t.equal(count('accepts'), FEW + 1, 'no further connection is accepted');
  t.notOk(waiting.some((peer) => peer.answered || peer.dropped));
  for (const peer of first.slice(1)) peer.leave();
  for (const peer of waiting) t.equal(String(await peer.read(6)), 'waits\n');
  t.equal((await server.stop()).loop.length, FEW + 2);
});

t.test('stop() ends a connection that waits for a process', async (t) => {
  const { server } = await fillProcesses(t);
  const { closeReason } = await server.stop();
  t.strictSame(closeReason, Array(FEW + 1).fill('stopped'));
});

t.test('a frozen process does not keep the server from stopping', async (t) => {
  const server = await serve(t, 'fork');
  await served(t, server.port, 2);
  const { children } = processesOf(server);
  process.kill(children[0] as number, 'SIGSTOP');
  const reasons = (await server.stop()).map(({ closeReason }) => closeReason);
  t.strictSame(reasons.toSorted(), ['killed', 'stopped']);
  t.ok(allGone(children));
});

t.test('counts and rows stay known after the program ends, and its end is reported', async (t) => {
  const { server, port, program } = await startHere(t, 'fork');
  t.match(readFileSync(`/proc/${program}/comm`, 'utf8'), /^c10k-fork\n$/);
  const [peer] = await served(t, port, 1);
  peer?.leave();
  await eventually('it is closed', () => server.counts()[0]?.closes === 1);
  process.kill(program, 'SIGKILL');
  await eventually('the end is known', () => {
    try {
      return server.counts().length === 0;
    } catch (error) {
      return (error as Error).message === 'the forking program ended early (SIGKILL)';
    }
  });
  t.strictSame(server.takeRows().closeReason, ['end']);
  t.equal((await server.stop()).loop.length, 0);
});
