/** Which cells of two runs can be compared, and which settings prevent it. Pure. */
import type { Environment } from '../../lib/system/environment.js';
import type { Cell } from './cell.js';

/** Fields that identify a cell across runs. Cells with the same identity must also have the same settings. */
const IDENTITY = [
  'server',
  'service',
  'workers',
  'connections',
  'idle',
  'rate',
  'factors',
] as const;

/** Every other setting that affects figures, with the option that sets it. */
const SETTINGS: Readonly<
  Record<Exclude<keyof Cell, (typeof IDENTITY)[number] | 'number' | 'port' | 'skipped'>, string>
> = {
  arrival: '--arrival',
  hosts: '--server-processes',
  processes: '--server-processes',
  loops: '--workers',
  repeat: '--repeat',
  start: '--start',
  durationNs: '--duration',
  warmupNs: '--warmup',
  slices: '--slices',
  control: '--control',
  perConnection: '--per-connection',
  retries: '--retries',
  timeoutNs: '--timeout',
  stallNs: '--stall',
  capNs: '--cap',
  lifetime: '--lifetime',
  servedAs: 'service',
  serviceOptions: 'service',
  protocolOptions: 'exchanges',
  besideOptions: 'load beside',
  exchangeBytes: 'exchanges',
  clientProcesses: '--client-processes',
  clientThreads: '--client-threads',
  serverCpus: '--server-cpus',
  clientCpus: '--client-cpus',
  host: '--host',
  backlog: '--backlog',
  accept: '--accept',
  congestion: '--congestion',
  uninterrupted: 'slices',
};

/** The cell with the settings that were in effect: those that it left to the system are the environment's. */
export function inEffect(cell: Cell, { tcp }: Pick<Environment, 'tcp'>): Cell {
  return { ...cell, congestion: cell.congestion ?? tcp.congestionControl };
}

export function isSameCell(one: Cell, other: Cell): boolean {
  return IDENTITY.every((name) => JSON.stringify(one[name]) === JSON.stringify(other[name]));
}

/** One text per setting: `--warmup: 100ms against 200ms`. */
export function settingsThatDiffer(one: Cell, other: Cell): readonly string[] {
  const differing = (Object.keys(SETTINGS) as (keyof typeof SETTINGS)[]).filter(
    (name) => JSON.stringify(one[name]) !== JSON.stringify(other[name]),
  );
  return [
    ...new Set(
      differing.map(
        (name) => `${SETTINGS[name]}: ${shown(name, one)} against ${shown(name, other)}`,
      ),
    ),
  ];
}

const IF_NULL: Readonly<Partial<Record<keyof Cell, string>>> = {
  congestion: "the system's",
  uninterrupted: 'sliced',
};

function shown(name: keyof typeof SETTINGS, cell: Cell): string {
  const value = cell[name];
  if (name.endsWith('Ns')) return `${Number(value) / 1e6}ms`;
  if (value === null) return IF_NULL[name] ?? 'none';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
