/** Servers that differ by a known share of CPU time per echo, compared in one run. */
import { type Plan, plan } from '../../bench/plan/plan.js';
import { schedule } from '../../bench/plan/schedule.js';
import type { TrialRecord } from '../../bench/record.js';
import { SILENT } from '../../bench/report/terminal/progress.js';
import { run } from '../../bench/run/run.js';
import { performOn } from '../../bench/run/trial.js';
import { loadOf } from '../../bench/services/echo/echo.js';
import { summarize } from '../../bench/statistics/summarize.js';
import { readMachine } from '../../lib/catalog/ceilings.js';
import { allowedCpus, coreOf, splitCpus } from '../../lib/system/cpus.js';
import { compile } from './compile.js';

const program = compile('repeating-echo', ['test/overhead/repeating-echo.cc']);
const cpus = splitCpus(allowedCpus(), coreOf);
const machine = readMachine();

/**
 * Echoes to itself that all twins do for each one, so that they keep their CPU busy: a server that
 * waits now and then finds more to do at a time as it gets slower, and its cost per echo hardly rises.
 */
const BASE = 1;

/** A server that echoes to itself more often per echo than its twins; `name` distinguishes equal ones. */
export function twin(more: number, name = ''): string {
  return `cmd:exec ${program} {port} ${(BASE + more).toFixed(4)} ${name}`.trimEnd();
}

export interface Comparison {
  readonly servers: readonly string[];
  readonly control: string;
  readonly connections: number;
  readonly trials: number;
  readonly seconds: number;
  readonly seed: number;
  readonly slices?: 'on' | 'off';
}

export interface Compared {
  readonly plan: Plan;
  readonly records: readonly TrialRecord[];
  readonly invalid: number;
}

export async function compare(asked: Comparison): Promise<Compared> {
  const { servers, control, connections, trials, seconds, seed, slices = 'on' } = asked;
  const made = plan(
    {
      ...{ servers, control, connections: [connections], idle: [0], rates: [0] },
      ...{ arrival: 'constant', workers: null, processes: 1, trials, seed, slices },
      ...{ stopping: { kind: 'blocks' }, repeat: 0, start: 'barrier', accept: 'shared' },
      ...{ durationNs: seconds * 1e9, warmupNs: 0.3e9, timeoutNs: 10e9 },
      ...{
        lifetime: { kind: 'none' },
        service: 'echo',
        perConnection: 0,
        retries: 0,
        stallNs: 0,
        capNs: 0,
        loads: [loadOf({ kind: 'text', text: 'This is the payload' })],
      },
      ...{
        clientProcesses: 1,
        clientThreads: null,
        clientPool: 'loop',
        host: '127.0.0.1',
        port: 0,
        backlog: 4096,
      },
      congestion: null,
      ...{ serverCpus: cpus.server, clientCpus: cpus.client },
    },
    machine,
  );
  const records: TrialRecord[] = [];
  const results = run(schedule(made), performOn(machine), SILENT, new AbortController().signal);
  for await (const { record } of results) records.push(record);
  const invalid = records.filter(({ verdict }) => !verdict.valid).length;
  return { plan: made, records, invalid };
}

/** The efficiency of the compared server, as a multiple of the control's. */
export function toControl({ plan: made, records }: Compared) {
  return summarize(made, records)[0]?.toControl ?? null;
}

/** The number of echoes to itself that cost `share` of an echo's CPU time. */
export async function moreFor(
  share: number,
  connections: number,
  seconds: number,
): Promise<number> {
  if (share === 0) return 0;
  const compared = { servers: [twin(1)], control: twin(0), connections, seconds };
  const ratio = toControl(await compare({ ...compared, trials: 3, seed: 1 }));
  if (ratio === null) throw new Error('the calibration measured nothing');
  return share / (1 / ratio.median - 1);
}
