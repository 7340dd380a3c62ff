/** Latency: by percentile, cumulative, and p99 against the load. */

import { time } from '../../text/format.js';
import type { Study } from '../study/study.js';
import { capital } from '../text/phrases.js';
import { againstLoad } from './against-load.js';
import { joined, onCells, onMerging } from './caveats.js';
import type { Chart } from './chart.js';
import { byPercentile, cumulative, type Get, hasDistribution } from './curves.js';
import { logarithmic, TIMES } from './scales.js';

const latency: Get = (measurement) => measurement.latency;

/** A closed loop has service time, an open one response time. */
export function latencyName({ run }: Study): string {
  return run.plan.cells.some(({ rate }) => rate > 0) ? 'response time' : 'service time';
}

function applies(study: Study): boolean {
  return study.measured.some((cell) => hasDistribution(cell, latency));
}

export const latencyTail: Chart = {
  id: 'latency-percentiles',
  title: () => 'Latency by percentile',
  applies,
  caption: (study) =>
    joined(
      `${capital(latencyName(study))} by percentile, from the merged histograms of all valid trials. The percentiles 90, 99, 99.9 … are at equal distances. Each curve ends at its last sample.`,
      onMerging(study),
      onCells(study),
    ),
  spec: (study) => byPercentile(study, latency, `${latencyName(study)} (log)`),
};

export const latencyCdf: Chart = {
  id: 'latency-cdf',
  title: () => 'Latency, cumulative',
  applies,
  caption: (study) =>
    joined(
      `The share of ${study.wording.exchange.many} with a ${latencyName(study)} at or below x. A steep curve means little variation; further left is faster.`,
      onMerging(study),
      onCells(study),
    ),
  spec: (study) => cumulative(study, latency, `${latencyName(study)} (log)`),
};

export const p99: Chart = {
  id: 'p99',
  title: () => 'p99 latency',
  applies: (study) => study.measured.length > 1 && applies(study),
  caption: (study) =>
    joined(
      `The 99th percentile of ${latencyName(study)}, from merged histograms; faint: each trial’s own.`,
      study.cells.some(({ cell }) => cell.rate === 0) && study.axis?.name === 'connections'
        ? 'In a closed loop it grows with the number of connections, because they wait for each other.'
        : '',
      onMerging(study),
      onCells(study),
    ),
  spec: (study) => {
    const values = study.measured.flatMap(({ row, valid }) => [
      row.latency.p99 ?? 0,
      ...valid.flatMap(({ measurement }) => measurement?.latency.p99 ?? []),
    ]);
    const { scale, ticks } = logarithmic(values);
    return againstLoad(study, {
      title: `p99 of ${latencyName(study)}${study.axis ? ' (log)' : ''}`,
      labels: TIMES,
      show: time,
      estimate: ({ row }) =>
        row.latency.p99 === null
          ? null
          : { median: row.latency.p99, low: null, high: null, level: null },
      single: ({ measurement }) => measurement?.latency.p99 ?? null,
      scale,
      ticks,
    });
  },
};
