/** The verdict without a ranking: the figures of each server under each load. */

import type { ServiceWording } from '../../services/wording.js';
import { fixed, share, time } from '../../text/format.js';
import type { Study, StudyCell } from '../study/study.js';
import { type Block, paragraph, strong, type Text, words } from '../text/blocks.js';
import { sentences } from '../text/facts.js';
import { obstacleInWords } from '../text/obstacles.js';
import { interval } from '../text/phrases.js';

export function solo({ cells, measured, wording }: Study): Block[] {
  const missing = cells.filter(({ valid }) => valid.length === 0);
  return [
    ...(measured.length === 0
      ? [paragraph('No trial is valid: there is no figure to report.')]
      : []),
    {
      kind: 'list',
      items: measured.map((cell) => ({ head: headOf(cell), text: did(cell, wording) })),
    },
    {
      kind: 'list',
      items: missing.map((cell) => ({
        head: headOf(cell),
        text: cell.cell.skipped
          ? obstacleInWords(cell.cell.skipped)
          : sentences(cell.row.problems, wording).join('; '),
      })),
    },
  ];
}

function headOf({ series, level }: StudyCell): string {
  return `${series.name}, ${level.label}`;
}

function did({ row, valid }: StudyCell, { rate, showRate }: ServiceWording): Text {
  const { throughput, efficiency, toControl, latency } = row;
  const range =
    throughput?.low == null ? '' : ` ${interval(throughput.low, throughput.high, showRate)}`;
  const trials = valid.length === 1 ? 'in one trial' : `in the median of ${valid.length} trials`;
  const perCpu =
    efficiency === null ? '' : `, ${showRate(efficiency.median)} per second of its CPU time`;
  const control = toControl === null ? '' : ` (${fixed(toControl.median, 2)} of the baseline’s)`;
  const client = row.clientBound
    ? ' The client was the bottleneck: the throughput is a lower bound.'
    : ` The server used ${share(row.cpu.serverBusy)} of a CPU.`;
  return words`${strong(`${showRate(throughput?.median ?? null)} ${rate.text}`)}${range} ${trials}${perCpu}${control}. Half of the answers took no longer than ${time(latency.p50)}, 99 % no longer than ${time(latency.p99)}, the slowest ${time(latency.max)}.${client}`;
}
