/** A section for each test case of the run's preset: its parameters, its table and its graph. */

import type { TestCase } from '../../presets/preset.js';
import { casesOf } from '../../presets/presets.js';
import { count, fixed, time, whole } from '../../text/format.js';
import { onCells } from '../charts/caveats.js';
import { latencyTail } from '../charts/latency.js';
import { efficiency as efficiencyChart } from '../charts/performance.js';
import { partOf } from '../study/part.js';
import type { Study } from '../study/study.js';
import { cellTable, figure } from '../tables/table.js';
import { type Block, paragraph, type Section } from '../text/blocks.js';
import { listed, withInterval } from '../text/phrases.js';
import { figures } from './figures.js';
import { load } from './question.js';

/** Empty for a run without a preset. */
export function testCases(study: Study): Promise<Section[]> {
  const { preset } = study.run;
  const cases = preset === null ? [] : casesOf(preset);
  return Promise.all(cases.map((one, i) => section(study, one, i + 1)));
}

async function section(study: Study, one: TestCase, nth: number): Promise<Section> {
  const id = `case-${nth}`;
  const part = partOf(
    study,
    ({ cell }) => one.servers.includes(cell.server) && one.connections.includes(cell.connections),
  );
  return {
    id,
    title: `Test case ${nth}: ${one.title}`,
    blocks: [
      paragraph(one.about),
      parameters(part),
      ...results(part),
      ...(await figures([efficiencyChart, latencyTail], part, `${id}-`)),
    ],
  };
}

function parameters({ run, cells, series, levels, wording }: Study): Block {
  const plan = cells.map(({ cell }) => cell);
  const [first] = plan;
  const client = first && [
    count(first.clientProcesses, 'process', 'processes'),
    count(first.clientThreads, 'thread'),
  ];
  const rows = [
    ['servers', listed(series.map(({ name }) => name))],
    ['connections', listed(levels.map(({ connections }) => whole(connections)))],
    ['load', load(plan, wording)],
    ['client', client?.join(' × ') ?? ''],
    ['trials of each server', whole(run.plan.blocks)],
  ] as const;
  return {
    kind: 'table',
    caption: 'Parameters.',
    columns: [
      { title: 'parameter', align: 'left' },
      { title: 'value', align: 'left' },
    ],
    rows: rows.map((row) => ({ cells: row })),
  };
}

function results(part: Study): Block[] {
  const { rate, efficiency, showRate } = part.wording;
  const missing = onCells(part);
  return cellTable(
    part,
    `Results: medians over the valid trials; latency from their merged histograms.${missing && ` ${missing}`}`,
    [
      figure(rate.unit, ({ row }) => withInterval(row.throughput, showRate)),
      figure(efficiency, ({ row }) => withInterval(row.efficiency, showRate)),
      figure('vs control', ({ row }) => withInterval(row.toControl, (v) => fixed(v, 3))),
      figure('p50', ({ row }) => time(row.latency.p50)),
      figure('p99', ({ row }) => time(row.latency.p99)),
      figure('max', ({ row }) => time(row.latency.max)),
      figure('connect p99', ({ row }) => time(row.connect.p99)),
      figure('peak open', ({ row }) => whole(row.peakConnections)),
      figure('failed', ({ row }) => whole(row.failures)),
    ],
    ({ valid }) => valid.length > 0,
  );
}
