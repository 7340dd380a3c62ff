/** Every cell: throughput, efficiency, latency, and the checks of its validity. */

import type { Row } from '../../statistics/summarize.js';
import { fixed, time, whole } from '../../text/format.js';
import { inBrackets, ratioIntervals } from '../charts/caveats.js';
import type { Study } from '../study/study.js';
import type { Block } from '../text/blocks.js';
import { withInterval } from '../text/phrases.js';
import { cellTable, figure } from './table.js';

export function performanceTables(study: Study): Block[] {
  return [
    ...cells(study),
    ...soundness(study),
    ...latencies(study),
    ...connecting(study),
    ...rates(study),
  ];
}

function cells(study: Study): Block[] {
  const { rate, efficiency, showRate } = study.wording;
  return cellTable(
    study,
    `All cells: medians over the valid trials${inBrackets(study)}. The ratio to the baseline is a geometric mean${ratioIntervals(study)}.`,
    [
      figure('trials valid', ({ valid, records }) => `${valid.length} of ${records.length}`),
      figure(rate.unit, ({ row }) => withInterval(row.throughput, showRate)),
      figure(efficiency, ({ row }) => withInterval(row.efficiency, showRate)),
      figure('vs control', ({ row }) => withInterval(row.toControl, (v) => fixed(v, 3))),
    ],
  );
}

function soundness(study: Study): Block[] {
  const { exchange } = study.wording;
  return cellTable(
    study,
    `Checks of the figures: ${exchange.many} answered in a trial, connections open at the same time, connections failed over all trials, whether the rows of both sides agree, and whether the client was the bottleneck.`,
    [
      figure(exchange.many, ({ row }) => whole(row.requests)),
      figure('peak open', ({ row }) => whole(row.peakConnections)),
      figure('failed', ({ row }) => whole(row.failures)),
      figure('reconciled', ({ row }) =>
        row.reconciled === null ? 'n/a' : row.reconciled ? 'yes' : 'NO',
      ),
      figure('client-bound', ({ row }) => (row.clientBound ? 'yes' : 'no')),
    ],
  );
}

function latencies(study: Study): Block[] {
  const open = study.cells.some(({ row }) => row.rate !== null);
  const valid = cellTable(
    study,
    `${open ? 'Response' : 'Service'} time, from the merged histograms of all valid trials.${study.cells.some(({ row }) => row.starved > 0) ? ' An asterisk: some connections got no answer in the window; the figure is that of the others.' : ''}`,
    [
      ...(study.cells.some(({ row }) => row.starved > 0)
        ? [figure('unanswered', ({ row }) => whole(row.starved))]
        : []),
      figure('p50', ({ row }) => latency(row, row.latency.p50)),
      figure('p90', ({ row }) => latency(row, row.latency.p90)),
      figure('p99', ({ row }) => latency(row, row.latency.p99)),
      figure('p99.9', ({ row }) => latency(row, row.latency.p999)),
      figure('max', ({ row }) => latency(row, row.latency.max)),
      ...(open
        ? [
            figure('service p50', ({ row }) => time(row.serviceTime?.p50 ?? null)),
            figure('service p99', ({ row }) => time(row.serviceTime?.p99 ?? null)),
          ]
        : []),
    ],
    (cell) => cell.valid.length > 0,
  );
  return valid;
}

/** Marked if connections that were never answered are not included. */
function latency({ starved }: Row, us: number | null): string {
  return starved > 0 ? `${time(us)}*` : time(us);
}

function connecting(study: Study): Block[] {
  const { answer } = study.wording;
  return cellTable(
    study,
    `Connect time, and time from when a connection was free to send to its first ${answer}.`,
    [
      figure('connect p50', ({ row }) => time(row.connect.p50)),
      figure('connect p99', ({ row }) => time(row.connect.p99)),
      figure('connect max', ({ row }) => time(row.connect.max)),
      figure(`first ${answer} p50`, ({ row }) => time(row.firstAnswer.p50)),
      figure(`first ${answer} p99`, ({ row }) => time(row.firstAnswer.p99)),
      figure(`first ${answer} max`, ({ row }) => time(row.firstAnswer.max)),
    ],
    (cell) => cell.valid.length > 0,
  );
}

function rates(study: Study): Block[] {
  const { message } = study.wording;
  return cellTable(
    study,
    `The schedule of the open loop: target rate and achieved ${message.many} per second; over all valid trials, the ${message.many} sent more than 1 ms late and those never sent.`,
    [
      figure('target rate', ({ row }) => whole(row.rate?.asked ?? null)),
      figure('achieved', ({ row }) => whole(row.rate?.achieved ?? null)),
      figure('late', ({ row }) => whole(row.rate?.late ?? null)),
      figure('dropped', ({ row }) => whole(row.rate?.dropped ?? null)),
    ],
    ({ row, records }) => row.rate !== null && records.length > 0,
  );
}
