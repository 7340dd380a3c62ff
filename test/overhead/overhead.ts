/** Measures the overhead of c10k itself: `npm run bench:overhead -- [--pairs N] [--seconds S]`. */
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { median } from 'simple-statistics';
import { bytesPerConnection } from './memory.js';
import { type Paired, pair } from './paired.js';
import { compilePlainClient } from './plain-client.js';
import { type Cells, print, ratioCells, verdict } from './table.js';
import {
  CPUS,
  clientCost,
  type Load,
  plainClientCost,
  type ServerCost,
  serverCost,
} from './trial.js';

const CONNECTIONS = [64, 1000];
const IDLE = 4000;
const LOOP_MODELS = ['epoll', 'epoll-lt', 'io_uring', 'poll', 'select-wide'];
const MEMORY_TRIALS = 3;
/** The gain at which the client would move to io_uring. */
const WORTH_A_MOVE = 1.1;
const GOALS = { ratio: 0.97, calls: 2, serverBytes: 1024, clientBytes: 2048 };

interface Options {
  readonly pairs: number;
  readonly seconds: number;
}

function options(): Options {
  const { values } = parseArgs({
    options: {
      pairs: { type: 'string', default: '15' },
      seconds: { type: 'string', default: '1' },
    },
  });
  const [pairs, seconds] = [Number(values.pairs), Number(values.seconds)];
  if (!Number.isInteger(pairs) || pairs < 1) throw new Error('--pairs: a whole number from 1 on');
  if (!(seconds >= 0.1)) throw new Error('--seconds: a number from 0.1 on');
  return { pairs, seconds };
}

function pairedCells(connections: number, paired: Paired<unknown>): Cells {
  const thousands = (n: number) => `${(n / 1e3).toFixed(1)}k`;
  const goal = verdict(`≥ ${GOALS.ratio}`, paired.ratio.median >= GOALS.ratio);
  const name = `${connections} connections`;
  return [name, thousands(paired.a), thousands(paired.b), ...ratioCells(paired), goal];
}

function callCells(connections: number, costs: readonly ServerCost[]): Cells {
  const counted = costs.flatMap(({ calls }) => calls ?? []);
  const all = median(counted.map(({ perEcho }) => perEcho));
  const waits = median(counted.map(({ waitsPerEcho }) => waitsPerEcho));
  const rest = median(counted.map(({ perEcho, waitsPerEcho }) => perEcho - waitsPerEcho));
  const goal = verdict(`${GOALS.calls}.0`, Math.abs(rest - GOALS.calls) < 0.01);
  return [`${connections} connections`, ...[all, waits, rest].map((n) => n.toFixed(3)), goal];
}

async function compareServers({ pairs, seconds }: Options): Promise<void> {
  const rows: Cells[] = [
    ['requests per server-CPU-second', 'epoll', 'control', 'ratio', '95 %', 'goal'],
  ];
  const calls: Cells[] = [
    ['system calls of epoll per echo', 'all', 'waits', 'without waits', 'goal'],
  ];
  for (const connections of CONNECTIONS) {
    const load: Load = { connections, seconds };
    const result = await pair(
      pairs,
      () => serverCost('epoll', load),
      () => serverCost('control', load),
    );
    rows.push(pairedCells(connections, result));
    calls.push(callCells(connections, result.each));
  }
  print(rows);
  print(calls);
}

async function compareClients({ pairs, seconds }: Options): Promise<void> {
  const program = compilePlainClient('epoll');
  const rows: Cells[] = [
    ['requests per client-CPU-second', 'c10k', 'plain', 'ratio', '95 %', 'goal'],
  ];
  for (const connections of CONNECTIONS) {
    const load: Load = { connections, seconds };
    const result = await pair(
      pairs,
      () => clientCost(load),
      () => plainClientCost(program, load),
    );
    rows.push(pairedCells(connections, result));
  }
  print(rows);
}

/** Neither keeps records, so the ratio is the gain from the system calls alone. */
async function compareEngines({ pairs, seconds }: Options): Promise<void> {
  const [uring, epoll] = [compilePlainClient('io_uring'), compilePlainClient('epoll')];
  const rows: Cells[] = [
    ['requests per client-CPU-second', 'io_uring', 'epoll', 'ratio', '95 %', 'worth a move'],
  ];
  for (const connections of [...CONNECTIONS, 5000]) {
    const load: Load = { connections, seconds };
    const result = await pair(
      pairs,
      () => plainClientCost(uring, load),
      () => plainClientCost(epoll, load),
    );
    const [name = '', a = '', b = '', ratio = '', interval = ''] = pairedCells(connections, result);
    rows.push([name, a, b, ratio, interval, result.ratio.median >= WORTH_A_MOVE ? 'yes' : 'no']);
  }
  print(rows);
}

async function weighConnections(): Promise<void> {
  const rows: Cells[] = [[`bytes per idle connection, of ${IDLE}`, 'server', '', 'client', '']];
  const cells = (bytes: number, goal: number) => [
    bytes.toFixed(0),
    verdict(`≤ ${goal}`, bytes <= goal),
  ];
  for (const model of LOOP_MODELS) {
    const trials = [];
    for (let i = 0; i < MEMORY_TRIALS; i++) trials.push(await bytesPerConnection(model, IDLE));
    const server = median(trials.map((trial) => trial.server));
    const client = median(trials.map((trial) => trial.client));
    rows.push([model, ...cells(server, GOALS.serverBytes), ...cells(client, GOALS.clientBytes)]);
  }
  print(rows);
}

function printLoad(when: string): void {
  console.log(`load average ${when}: ${loadavg()[0]?.toFixed(2)}`);
}

const asked = options();
if (CPUS.shared) console.log('One CPU for both sides: figures are rough.');
console.log(`${asked.pairs} pairs of ${asked.seconds} s; medians`);
printLoad('before');
console.log();
await compareServers(asked);
await compareClients(asked);
await compareEngines(asked);
await weighConnections();
printLoad('after');
