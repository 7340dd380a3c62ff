/** `cmd:` servers: CPU time of programs whose processes start and end, compared with wait4(2). */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import type { Server } from '../../../lib/server/server.js';
import { makeControlGroup } from '../../../lib/system/control-group.js';
import { eventually } from '../../support/eventually.js';
import { runLoad } from '../../support/load.js';
import { Peer } from '../../support/peer.js';
import { compiled, LOOPBACK, missing, serveProgram } from '../../support/programs.js';

const CONNECTIONS = 50;
/** CPU time that processes use while ending, after the last reading. */
const END_NS = 20e6;
const TOLERANCE = 0.05;

const skip = missing('cc') || withoutGroups();
const noGroup = () => null;

function withoutGroups(): string | false {
  const group = makeControlGroup();
  group?.removeNow();
  return group === null ? 'no control group can be made here' : false;
}

interface Case {
  readonly source?: string;
  readonly line: string;
  readonly repeat: number;
  readonly skip?: string | false;
}

const CASES: Readonly<Record<string, Case>> = {
  'a process per connection': { source: 'fork_echo', line: 'fork_echo {port}', repeat: 800 },
  'processes started in advance': {
    source: 'prefork_echo',
    line: 'prefork_echo {port} 4',
    repeat: 800,
  },
  'a thread per connection': { source: 'thread_echo', line: 'thread_echo {port}', repeat: 800 },
  'socat with a process per connection': {
    line: 'socat TCP-LISTEN:{port},reuseaddr,fork,backlog=1024 EXEC:cat',
    repeat: 200,
    skip: missing('socat'),
  },
};

for (const [name, { source, line, repeat, skip: lacking = false }] of Object.entries(CASES))
  t.test(`the group’s CPU time is that of wait4: ${name}`, { skip: skip || lacking }, async (t) => {
    const directory = t.testdir();
    const file = join(directory, 'times');
    const wrapper = compiled(directory, 'test/support/wait_times.c');
    if (source !== undefined) compiled(directory, `examples/${source}.c`);
    const server = await serveProgram(t, `PATH=${directory}:$PATH exec ${wrapper} ${file} ${line}`);
    const before = server.cpuTime();
    const { rows } = await runLoad(t, server.port, {
      host: LOOPBACK,
      connections: CONNECTIONS,
      repeat,
    });
    t.ok(rows.every(({ requests }) => requests === repeat));
    const after = server.cpuTime();
    t.ok(after.ns > before.ns, 'no CPU time is lost when processes end');
    await server.stop();
    const waited = Number(readFileSync(file, 'utf8')) * 1000;
    const difference = Math.abs(after.ns - waited);
    t.comment(`group ${after.ns / 1e6} ms, wait4 ${waited / 1e6} ms`);
    t.ok(difference < END_NS + TOLERANCE * waited, `they differ by ${difference} ns`);
  });

/** Connects, and waits until a process serves it. */
async function connected(t: Parameters<typeof Peer.connect>[0], server: Server): Promise<Peer> {
  const peer = await Peer.connect(t, server.port, LOOPBACK);
  await peer.send('line\n');
  await eventually('the echo', () => peer.answered);
  return peer;
}

t.test('live members of a group are counted', { skip }, async (t) => {
  const server = await settledFork(t);
  const peers = [await connected(t, server), await connected(t, server)];
  t.equal(server.pids.length, 3);
  t.equal(server.threads(), 3);
  t.ok((server.memory() ?? 0) > 0);
  t.not(server.cpuSource()?.statFile, '');
  for (const peer of peers) peer.leave();
  await eventually('the children have ended', () => server.pids.length === 1);
  t.equal(server.threads(), 1);
});

/** A forking server with only its first process, which has served the connection of the readiness check. */
async function settledFork(t: Parameters<typeof Peer.connect>[0], makeGroup?: typeof noGroup) {
  const server = await serveProgram(t, compiledLine(t.testdir(), 'fork_echo'), makeGroup);
  (await connected(t, server)).leave();
  await eventually('both children have ended', () => server.pids.length === 1);
  return server;
}

function compiledLine(directory: string, name: string): string {
  return `exec ${compiled(directory, `examples/${name}.c`)} {port}`;
}

const skipCompiler = { skip: missing('cc') };

t.test('without a group, CPU time is the sum over the live processes', skipCompiler, async (t) => {
  const server = await serveProgram(t, compiledLine(t.testdir(), 'thread_echo'), noGroup);
  t.same(server.cpuSource(), { pids: server.pids, statFile: '' });
  const before = server.cpuTime();
  await runLoad(t, server.port, { host: LOOPBACK, connections: 5, repeat: 100 });
  t.same(server.cpuSource(), { pids: server.pids, statFile: '' });
  t.ok(server.cpuTime().ns > before.ns);
});

t.test('without a group, CPU time is unknown once a process ended', skipCompiler, async (t) => {
  const server = await settledFork(t, noGroup);
  const peer = await connected(t, server);
  server.cpuSource();
  server.cpuTime();
  t.ok(server.cpuSource(), 'CPU time is known while the process is alive');
  t.ok(server.cpuTime().ns > 0);
  peer.leave();
  await eventually('the child has ended', () => server.pids.length === 1);
  t.equal(server.cpuSource(), null);
  t.ok(Number.isNaN(server.cpuTime().ns));
});

t.test(
  'without a group, a process that started and ended between two readings is detected',
  skipCompiler,
  async (t) => {
    const server = await serveProgram(t, compiledLine(t.testdir(), 'fork_echo'), noGroup);
    await eventually('the first child has ended', () => server.pids.length === 1);
    server.cpuSource();
    const peer = await connected(t, server);
    peer.leave();
    await eventually('the child has ended', () => server.pids.length === 1);
    t.equal(server.cpuSource(), null);
    t.ok(server.cpuSource(), 'nothing ended since');
  },
);

for (const [how, makeGroup] of [
  ['a group', undefined],
  ['the process tree', noGroup],
] as const)
  t.test(`kill by ${how} reaches a process of another session`, skipCompiler, async (t) => {
    const program = compiled(t.testdir(), 'examples/thread_echo.c');
    const server = await serveProgram(t, `setsid ${program} {port} & wait`, makeGroup);
    const { pids } = server;
    t.ok(pids.length >= 2);
    server.kill();
    await server.ended;
    await eventually('all have ended', () => server.pids.length === 0);
  });

t.test('a command that cannot join its control group runs without one', skipCompiler, async (t) => {
  const group = makeControlGroup();
  if (group === null) return t.pass('no control group can be made here');
  group.removeNow();
  const server = await serveProgram(t, compiledLine(t.testdir(), 'thread_echo'), () => group);
  t.same(server.cpuSource(), { pids: server.pids, statFile: '' });
  t.equal(server.pids.length, 1);
});
