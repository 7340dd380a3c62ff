/** Single trials: the baseline of each block, outliers, and all trials in order. */

import type { TrialRecord } from '../../record.js';
import type { Factor, FactorValue } from '../../services/service.js';
import type { ServiceWording } from '../../services/wording.js';
import { outliers } from '../../statistics/outliers.js';
import { share, time, whole } from '../../text/format.js';
import { wholeServer } from '../../whole-server.js';
import { underControlLoad } from '../study/control.js';
import { driftOf } from '../study/drift.js';
import { seriesName } from '../study/series.js';
import type { Study, StudyCell } from '../study/study.js';
import { type Block, paragraph, type TableRow } from '../text/blocks.js';
import { factorShown } from '../text/factor.js';
import { sentences } from '../text/facts.js';
import { percent } from '../text/phrases.js';

export function controlTable(study: Study): Block[] {
  const drift = driftOf(study);
  const { rate, efficiency, showRate } = study.wording;
  if (study.control.length === 0) return [paragraph(noReadings(study))];
  const spread = drift === null ? '' : ` Spread: ${percent(drift.spread)} of the median.`;
  return [
    {
      kind: 'table',
      caption: `The baseline in each of its trials${underControlLoad(study)}, with the deviation from its median.${spread}`,
      columns: [
        { title: 'block', align: 'right' },
        { title: 'trial', align: 'right' },
        { title: rate.unit, align: 'right' },
        { title: efficiency, align: 'right' },
        { title: 'from the median', align: 'right' },
        { title: 'valid', align: 'left' },
      ],
      rows: study.control.map((record) => ({
        cells: [
          whole(record.block),
          whole(record.trial),
          showRate(record.throughput),
          showRate(record.efficiency),
          deviation(record.efficiency, drift?.median ?? null),
          record.valid ? 'yes' : sentences(record.problems, study.wording).join('; '),
        ],
      })),
    },
  ];
}

function noReadings({ run }: Study): string {
  return run.ramp === null
    ? 'This run has no trials of the baseline.'
    : 'In a ramp each level has its own baseline trials, so that they show no drift. They are among the trials below.';
}

function deviation(value: number | null, median: number | null): string {
  if (value === null || median === null) return '–';
  const share = (value / median - 1) * 100;
  return `${share < 0 ? '−' : '+'}${Math.abs(share).toFixed(1)} %`;
}

const FIGURES = ['throughput', 'efficiency'] as const;

/** Outliers are listed, and kept in all figures. */
export function outlierBlocks(study: Study): Block[] {
  const rows = study.measured.flatMap((cell) =>
    FIGURES.flatMap((name) => outlying(cell, name, study.wording)),
  );
  const enough = study.measured.some(({ valid }) => valid.length >= 5);
  if (rows.length === 0)
    return [
      paragraph(
        enough
          ? 'No trial is an outlier in its cell (modified z-score above 3.5).'
          : 'Outliers can’t be detected: this needs five valid trials in a cell.',
      ),
    ];
  return [
    {
      kind: 'table',
      caption:
        'Trials far from the others of their cell (modified z-score above 3.5). Outliers are kept; medians are robust to them.',
      columns: [
        { title: 'trial', align: 'right' },
        { title: 'block', align: 'right' },
        { title: 'server', align: 'left' },
        { title: 'load', align: 'left' },
        { title: 'value', align: 'right' },
        { title: 'its cell’s median', align: 'right' },
        { title: 'of', align: 'left' },
      ],
      rows,
    },
  ];
}

function outlying(
  { valid, series, level, row }: StudyCell,
  name: (typeof FIGURES)[number],
  { rate, efficiency, showRate }: ServiceWording,
): TableRow[] {
  const get = ({ measurement }: TrialRecord) => measurement?.[name];
  const known = valid.filter((record) => typeof get(record) === 'number');
  const median = showRate(row[name]?.median ?? null);
  return outliers(known.map((record) => get(record) as number)).map((at) => {
    const record = known[at] as TrialRecord;
    const value = showRate(get(record) ?? null);
    const cells = [whole(record.trial), whole(record.block), series.name, level.label];
    return { cells: [...cells, value, median, name === 'throughput' ? rate.unit : efficiency] };
  });
}

/** Longer tables are left out of the report. */
const MOST = 120;

export function trialTable(study: Study): Block[] {
  const { run, wording } = study;
  const { records } = run;
  if (records.length > MOST)
    return [
      paragraph(
        `trials.jsonl contains all ${records.length} trials, one per line, with their full histograms.`,
      ),
    ];
  const own = ownFactors(study);
  const titles = ['trial', 'block', 'server', 'connections', 'idle', 'rate'];
  const more = [wording.rate.unit, wording.efficiency, 'p99', 'server busy', 'client busy'];
  const names = own.filter(({ name }) => records.some((one) => isName(one.factors[name])));
  const left = ['server', 'verdict', ...names.map(({ column }) => column)];
  const used = [...titles, ...own.map(({ column }) => column), ...more, 'verdict'].filter(
    (title) =>
      (title !== 'idle' || records.some(({ idle }) => idle > 0)) &&
      (title !== 'rate' || records.some(({ rate }) => rate > 0)),
  );
  return [
    {
      kind: 'table',
      caption: 'All trials, in the order in which they ran.',
      columns: used.map((title) => ({ title, align: left.includes(title) ? 'left' : 'right' })),
      rows: records.map((record, i) => trialRow(record, study, used, records[i - 1]?.block)),
    },
  ];
}

/** The service's factors that vary. */
function ownFactors({ varying, run: { records } }: Study): readonly Factor[] {
  return varying.filter(({ name }) => records.some(({ factors }) => name in factors));
}

function isName(value: FactorValue | undefined): boolean {
  return typeof value === 'string';
}

function trialRow(
  record: TrialRecord,
  study: Study,
  used: readonly string[],
  before?: number,
): TableRow {
  const { nameOf, wording } = study;
  const { measurement, verdict, factors } = record;
  const own = ownFactors(study).map((factor) => [factor.column, factorShown(factor, factors)]);
  const cells: Readonly<Record<string, string>> = {
    trial: whole(record.trial),
    block: whole(record.block),
    server: seriesName(record, nameOf),
    connections: whole(record.connections),
    idle: whole(record.idle),
    rate: record.rate > 0 ? whole(record.rate) : '–',
    ...Object.fromEntries(own),
    [wording.rate.unit]: wording.showRate(measurement?.throughput ?? null),
    [wording.efficiency]: wording.showRate(measurement?.efficiency ?? null),
    p99: time(measurement?.latency.p99 ?? null),
    'server busy': share((measurement && wholeServer(measurement).cpu?.busy) ?? null),
    'client busy': share(measurement?.clientCpu.busy ?? null),
    verdict: verdict.valid ? (verdict.clientBound ? 'client-bound' : 'valid') : 'INVALID',
  };
  return { begins: record.block !== before, cells: used.map((title) => cells[title] ?? '') };
}
