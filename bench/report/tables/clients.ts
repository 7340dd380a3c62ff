/** How the clients of each cell have ended, and what their time consisted of: of trials with a fixed number of requests. */
import type { Completion } from '../../schema/summary.js';
import { BESIDE_RATE } from '../../services/beside.js';
import { share, time, timeOfMs, whole } from '../../text/format.js';
import type { Study, StudyCell } from '../study/study.js';
import type { Block } from '../text/blocks.js';
import { totalTime } from '../text/total-time.js';
import { cellTable, figure } from './table.js';

export function clientTables(study: Study): Block[] {
  return [...ends(study), ...times(study), ...beside(study)];
}

function ends(study: Study): Block[] {
  const { showRate, rate, exchange } = study.wording;
  return cellTable(
    study,
    `The clients: medians over the valid trials of the time in all, of a client’s time from when it could send until it ended, and of the mean ${rate.text} of one client, of those that succeeded. The counts are over all trials: clients, ${exchange.many} as the server recorded them, connections that were retried, and completed ${exchange.many} that left something wrong.`,
    [
      figure('total time', ({ row }) => totalTime(row)),
      completed('client mean', ({ meanMs }) => timeOfMs(meanMs)),
      completed('client longest', ({ longestMs }) => timeOfMs(longestMs)),
      completed(`${rate.short} per client`, (each) => showRate(each.rate)),
      figure(`${rate.short} in all`, ({ row }) => showRate(row.throughput?.median ?? null)),
      completed('clients succeeded', ({ clients }) => whole(clients.succeeded)),
      completed('clients failed', ({ clients }) => whole(clients.failed)),
      completed('server succeeded', ({ transfers }) => whole(transfers?.succeeded ?? null)),
      completed('server failed', ({ transfers }) => whole(transfers?.failed ?? null)),
      completed('retries', ({ clients }) => whole(clients.retries)),
      completed('wrong', ({ wrong }) => whole(wrong)),
    ],
    ({ row }) => row.completion !== null,
  );
}

function times(study: Study): Block[] {
  const { exchange } = study.wording;
  const columns = [
    completed('queueing mean', ({ queueing }) => timeOfMs(queueing.meanMs)),
    completed('queueing longest', ({ queueing }) => timeOfMs(queueing.longestMs)),
    completed('waiting', ({ parts }) => timeOfMs(parts.waitingMs)),
    completed('sending', ({ parts }) => timeOfMs(parts.sendingMs)),
    completed('answering', ({ parts }) => timeOfMs(parts.answeringMs)),
    completed('waiting share', ({ parts }) => shareOf(parts, parts.waitingMs)),
    completed('sending share', ({ parts }) => shareOf(parts, parts.sendingMs)),
    completed('answering share', ({ parts }) => shareOf(parts, parts.answeringMs)),
  ];
  return cellTable(
    study,
    `What the clients’ time consists of, from the rows of both sides. Queueing: from when a connection could send until the server accepted it, so that with a pool it waited for a worker. Of one ${exchange.one}, on average: waiting from when its client took it up, which is a little later where one loop starts many, until the server had read the request, sending until the first byte of the answer, and answering until its last byte. Medians over the valid trials.`,
    columns,
    ({ row }) => (row.completion?.queueing.meanMs ?? null) !== null,
  );
}

function beside(study: Study): Block[] {
  const latency = (title: string, name: 'p50' | 'p90' | 'p99' | 'max') =>
    completed(title, (each) => time(each.beside?.latency[name] ?? null));
  return cellTable(
    study,
    `The load beside: ${BESIDE_RATE} requests per second, each on a new connection, on the same server at the same time. Response times count from when a request was due, so that they contain the time for which the server could not be asked. Merged histograms of the valid trials.`,
    [
      completed('requests', (each) => whole(each.beside?.requests ?? null)),
      completed('failed', (each) => whole(each.beside?.failures ?? null)),
      latency('p50', 'p50'),
      latency('p90', 'p90'),
      latency('p99', 'p99'),
      latency('max', 'max'),
    ],
    ({ row }) => (row.completion?.beside ?? null) !== null,
  );
}

function completed(title: string, show: (completion: Completion) => string) {
  return figure(title, ({ row }: StudyCell) => (row.completion ? show(row.completion) : '–'));
}

function shareOf(
  { waitingMs, sendingMs, answeringMs }: Completion['parts'],
  part: number | null,
): string {
  const all = (waitingMs ?? 0) + (sendingMs ?? 0) + (answeringMs ?? 0);
  return part === null || all === 0 ? '–' : share(part / all);
}
