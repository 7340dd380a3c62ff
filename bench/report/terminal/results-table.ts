/** The results table at the end of a run: a line per cell. */

import { stripVTControlCharacters } from 'node:util';
import { CONTROL } from '../../../lib/catalog/models.js';
import { isCommand } from '../../../lib/catalog/programs.js';
import { serviceNamed } from '../../services/registry.js';
import type { Factor } from '../../services/service.js';
import type { ServiceWording } from '../../services/wording.js';
import type { Row } from '../../statistics/summarize.js';
import { compact, fixed, share, time, timeOfMs, whole } from '../../text/format.js';
import { factorShown } from '../text/factor.js';
import { withMargin } from '../text/margin.js';
import { type NameOf, namesIn, nameWithWorkers } from '../text/server-name.js';
import { totalTime } from '../text/total-time.js';
import { plainTable } from './plain-table.js';
import type { Colors } from './terminal.js';

type Title = readonly [string, string];

interface Column {
  readonly title: Title | ((row: Row) => Title);
  readonly show: (row: Row, color: Colors) => string;
  readonly align?: 'left';
  /** The column is omitted if this is false for all rows, e.g. idle connections in a run without any. */
  readonly isRelevant?: (row: Row) => boolean;
}

const isOpenLoop = (row: Row) => row.rate !== null;

function serverColumn(nameOf: NameOf): Column {
  return {
    title: ['', 'server'],
    show: (row, color) => color.bold(nameWithWorkers(row, nameOf)),
    align: 'left',
  };
}

const LOAD: readonly Column[] = [
  { title: ['', 'conns'], show: (row) => whole(row.connections) },
  { title: ['', 'idle'], show: (row) => whole(row.idle), isRelevant: (row) => row.idle > 0 },
];

function factorColumn(factor: Factor): Column {
  return {
    title: ['', factor.column],
    show: ({ factors }) => factorShown(factor, factors),
    isRelevant: ({ factors }) => factor.name in factors,
  };
}

function workColumns({ exchange, rate, showRate }: ServiceWording): readonly Column[] {
  return [
    { title: ['', exchange.many], show: (row) => whole(row.requests) },
    { title: ['', rate.short], show: (row) => showRate(row.throughput?.median ?? null) },
    {
      title: [`${rate.short} per`, 'server CPU'],
      show: (row) => showRate(row.efficiency?.median ?? null),
    },
  ];
}

const COMPARISON: readonly Column[] = [
  {
    title: ['', 'group'],
    show: (row) => row.group ?? '–',
    align: 'left',
    isRelevant: (row) => row.group !== null,
  },
  {
    // A program's command is too long for a title.
    title: ({ control: { server } }) => ['vs', isCommand(server) ? CONTROL : server],
    show: (row) => withMargin(row.toControl),
    isRelevant: (row) => row.toControl !== null,
  },
];

const SCHEDULE: readonly Column[] = [
  {
    title: ['target', 'rate'],
    show: (row) => compact(row.rate?.asked ?? null),
    isRelevant: isOpenLoop,
  },
  { title: ['', 'late'], show: (row) => whole(row.rate?.late ?? null), isRelevant: isOpenLoop },
  {
    title: ['', 'dropped'],
    show: (row) => whole(row.rate?.dropped ?? null),
    isRelevant: isOpenLoop,
  },
  {
    title: ['service', 'p99'],
    show: (row) => time(row.serviceTime?.p99 ?? null),
    isRelevant: isOpenLoop,
  },
];

/** From this delay on, connections have waited for a worker, and not only for its turn. */
const WORTH_SHOWING_MS = 1;

const COMPLETION: readonly Column[] = [
  {
    title: ['total', 'time'],
    show: totalTime,
    isRelevant: ({ completion, service }) =>
      completion !== null && serviceNamed(service).unit === 'bytes',
  },
  {
    title: ['longest', 'queueing'],
    show: ({ completion }) => timeOfMs(completion?.queueing.longestMs ?? null),
    isRelevant: ({ completion }) => (completion?.queueing.longestMs ?? 0) >= WORTH_SHOWING_MS,
  },
];

const BESIDE: readonly Column[] = [
  {
    title: ['beside', 'p99'],
    show: ({ completion }) => time(completion?.beside?.latency.p99 ?? null),
    isRelevant: ({ completion }) => (completion?.beside ?? null) !== null,
  },
];

const LATENCY: readonly Column[] = [
  {
    title: ['', 'waiting'],
    show: (row, color) => (row.starved === 0 ? '0' : color.red(whole(row.starved))),
    isRelevant: (row) => row.starved > 0,
  },
  latencyColumn('p50', (row) => row.latency.p50),
  latencyColumn('p90', (row) => row.latency.p90),
  latencyColumn('p99', (row) => row.latency.p99),
  latencyColumn('p99.9', (row) => row.latency.p999),
  latencyColumn('max', (row) => row.latency.max),
  { title: ['connect', 'p99'], show: (row) => time(row.connect.p99) },
];

function costColumns({ exchange }: ServiceWording): readonly Column[] {
  return [
    { title: ['calls', `/${exchange.short}`], show: (row) => fixed(row.syscallsPerRequest, 2) },
    { title: ['CPU', 'server'], show: (row) => share(row.cpu.serverBusy) },
    { title: ['CPU', 'client'], show: (row) => share(row.cpu.clientBusy) },
  ];
}

const CHECKS: readonly Column[] = [
  { title: ['peak', 'open'], show: (row) => whole(row.peakConnections) },
  { title: ['', 'failed'], show: failed },
  {
    title: ['', 'retries'],
    show: ({ completion }) => whole(completion?.clients.retries ?? null),
    isRelevant: ({ completion }) => (completion?.clients.retries ?? 0) > 0,
  },
  { title: ['recon-', 'ciled'], show: reconciled },
];

function columnsFor(rows: readonly Row[], service: string): readonly Column[] {
  const { wording, factors } = serviceNamed(service);
  return [
    serverColumn(namesIn(rows)),
    ...LOAD,
    ...factors.map(factorColumn),
    ...workColumns(wording),
    ...COMPARISON,
    ...SCHEDULE,
    ...COMPLETION,
    ...LATENCY,
    ...BESIDE,
    ...costColumns(wording),
    ...CHECKS,
  ];
}

/** Latencies are marked if some connections were never answered, because those are not included. */
function latencyColumn(name: string, get: (row: Row) => number | null): Column {
  return {
    title: ['', name],
    show: (row, color) => (row.starved > 0 ? color.red(`${time(get(row))}*`) : time(get(row))),
  };
}

/** The same for every row of a run. */
function titleOf({ title }: Column, [row]: readonly Row[]): Title {
  return typeof title !== 'function' ? title : row ? title(row) : ['', ''];
}

function worthShowing({ isRelevant }: Column, rows: readonly Row[]): boolean {
  return isRelevant === undefined || rows.some(isRelevant);
}

/** A line per cell; where the terminal is too narrow for that, a column per cell. */
export function resultsTable(rows: readonly Row[], color: Colors, width: number): string {
  const measured = rows.filter((row) => row.trials > 0);
  if (measured.length === 0) return '';
  const columns = columnsFor(rows, (measured[0] as Row).service).filter((column) =>
    worthShowing(column, measured),
  );
  const table = asTable(columns, measured, color);
  return widthOf(table) <= width ? table : turned(columns, measured, color, width);
}

function asTable(columns: readonly Column[], rows: readonly Row[], color: Colors): string {
  const titles = columns.map((column) => titleOf(column, rows));
  return plainTable(
    [
      titles.map(([above]) => color.dim(above)),
      titles.map(([, below]) => color.dim(below)),
      ...rows.map((row) => columns.map(({ show }) => show(row, color))),
    ],
    columns.map(({ align }) => align ?? 'right'),
  );
}

/** As many cells side by side as fit, the others below. */
function turned(
  columns: readonly Column[],
  rows: readonly Row[],
  color: Colors,
  width: number,
): string {
  const lines = columns.map((column) => [
    color.dim(titleOf(column, rows).join(' ').replace('- ', '').trim()),
    ...rows.map((row) => column.show(row, color)),
  ]);
  const table = plainTable(lines, ['left', ...rows.map(() => 'right' as const)]);
  if (rows.length === 1 || widthOf(table) <= width) return table;
  const half = Math.ceil(rows.length / 2);
  return [rows.slice(0, half), rows.slice(half)]
    .map((some) => turned(columns, some, color, width))
    .join('\n\n');
}

function failed(row: Row, color: Colors): string {
  return row.failures === 0 ? '0' : color.red(whole(row.failures));
}

function reconciled(row: Row, color: Colors): string {
  if (row.reconciled === null) return color.dim('n/a');
  return row.reconciled ? color.green('yes') : color.red('NO');
}

function widthOf(text: string): number {
  return Math.max(
    ...stripVTControlCharacters(text)
      .split('\n')
      .map((line) => line.length),
  );
}
