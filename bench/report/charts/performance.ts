/** Throughput, efficiency, and its ratio to the baseline, each against the load. */

import { fixed } from '../../text/format.js';
import { whatControlIs } from '../study/control.js';
import type { Study } from '../study/study.js';
import { isSliced } from '../study/uninterrupted.js';
import { capital, listed } from '../text/phrases.js';
import { againstLoad, onLoadScale } from './against-load.js';
import { joined, onCells, onClient, onIntervals, withIntervals } from './caveats.js';
import type { Chart } from './chart.js';
import type { Figures } from './figures.js';

function what(study: Study): string {
  return `Medians of the valid trials${withIntervals(study)}; faint: single trials.`;
}

const throughputs = ({ wording }: Study): Figures => ({
  title: wording.rate.text,
  labels: wording.rateLabels,
  show: wording.showRate,
  estimate: ({ row }) => row.throughput,
  single: ({ measurement }) => measurement?.throughput ?? null,
});

export const throughput: Chart = {
  id: 'throughput',
  title: () => 'Throughput',
  applies: ({ measured }) =>
    measured.length > 1 && measured.some(({ row }) => row.throughput !== null),
  caption: (study) =>
    joined(
      what(study),
      onLoadScale(study, throughputs(study)),
      onClient(study),
      onIntervals(study),
      onCells(study),
    ),
  spec: (study) => againstLoad(study, throughputs(study)),
};

const efficiencies = ({ wording }: Study): Figures => ({
  title: wording.efficiency,
  labels: wording.rateLabels,
  show: wording.showRate,
  estimate: ({ row }) => row.efficiency,
  single: ({ measurement }) => measurement?.efficiency ?? null,
});

export const efficiency: Chart = {
  id: 'efficiency',
  title: () => 'Efficiency',
  applies: ({ measured }) =>
    measured.length > 1 && measured.some(({ row }) => row.efficiency !== null),
  caption: (study) =>
    joined(
      `${capital(study.wording.work.many)} per second of the server’s CPU time, user and system.`,
      what(study),
      onLoadScale(study, efficiencies(study)),
      onIntervals(study),
      onCells(study, ({ row }) => row.efficiency !== null),
    ),
  spec: (study) => againstLoad(study, efficiencies(study)),
};

const RATIOS: Figures = {
  title: 'multiple of the baseline’s efficiency',
  labels: "format(datum.value, '.2~f')",
  show: (value) => fixed(value, 2),
  estimate: ({ row }) => row.toControl,
  reference: 1,
};

export const ratioToControl: Chart = {
  id: 'ratio-to-control',
  title: () => 'Efficiency as a multiple of the baseline’s',
  applies: ({ measured }) =>
    measured.length > 1 && measured.some(({ row }) => row.toControl !== null),
  caption: (study) =>
    joined(
      onBasis(study),
      onLoadScale(study, RATIOS),
      onIntervals(study),
      onCells(study, ({ row }) => row.toControl !== null),
    ),
  spec: (study) => againstLoad(study, RATIOS),
};

function onBasis(study: Study): string {
  const compared = study.measured.filter(({ row }) => row.toControl !== null);
  const inBlocks = compared.filter((cell) => !isSliced(cell));
  if (inBlocks.length === 0) return FROM_SLICES;
  if (inBlocks.length === compared.length) return fromBlocks(study, 'Each trial’s efficiency');
  const names = listed([...new Set(inBlocks.map(({ series }) => series.name))]);
  return joined(
    FROM_SLICES,
    fromBlocks(study, `The efficiency of a trial that was not sliced (${names}) is`),
  );
}

const FROM_SLICES =
  'Each trial alternated between its server and the baseline under the same load. The figure is the ratio of their efficiencies in neighbouring slices, in which a drift of the machine cancels out.';

function fromBlocks(study: Study, what: string): string {
  return `${what} divided by that of the baseline under the same load in the same block: a drift that affects both cancels out. The baseline is ${whatControlIs(study)}.`;
}
