/** Can a difference of known size be measured? `npm run bench:power -- [--conns 64] [--share 0.02] [--runs 10] [--slices on]`. */
import { parseArgs } from 'node:util';
import { plan } from '../../bench/plan/plan.js';
import { schedule } from '../../bench/plan/schedule.js';
import type { TrialRecord } from '../../bench/record.js';
import { SILENT } from '../../bench/report/progress.js';
import { run } from '../../bench/run/run.js';
import { performOn } from '../../bench/run/trial.js';
import type { Estimate } from '../../bench/statistics/median.js';
import { summarize } from '../../bench/statistics/summarize.js';
import { readMachine } from '../../lib/ceilings.js';
import { allowedCpus, coreOf, splitCpus } from '../../lib/system/cpus.js';
import { compile } from './compile.js';

const { values } = parseArgs({
  options: {
    conns: { type: 'string', default: '64' },
    share: { type: 'string', default: '0.02' },
    runs: { type: 'string', default: '10' },
    trials: { type: 'string', default: '10' },
    seconds: { type: 'string', default: '3' },
    slices: { type: 'string', default: 'on' },
    seed: { type: 'string', default: '1' },
  },
});
const connections = Number(values.conns);
const share = Number(values.share);
const trials = Number(values.trials);
const seconds = Number(values.seconds);

const program = compile('repeating-echo', ['test/overhead/repeating-echo.cc']);
const cpus = splitCpus(allowedCpus(), coreOf);
const machine = readMachine();

/**
 * Echoes to itself that both twins do for each one, so that they keep their CPU busy: a server that
 * waits now and then finds more to do at a time as it gets slower, and its cost per echo hardly rises.
 */
const BASE = 1;

/** A server that does so many echoes more, to itself, for each one. */
function twin(repeats: number): string {
  return `cmd:exec ${program} {port} ${repeats.toFixed(4)}`;
}

interface Measured {
  readonly toTwin: Estimate | null;
  readonly invalid: number;
}

/** Efficiency of a twin that does more, as a multiple of the other's, which is the control. */
async function measure(repeats: number, blocks: number, seed: number): Promise<Measured> {
  const made = plan(
    {
      ...{ servers: [twin(BASE + repeats)], control: twin(BASE) },
      ...{ connections: [connections], idle: [0], rates: [0], arrival: 'constant' },
      ...{
        workers: null,
        processes: 1,
        trials: blocks,
        stopping: { kind: 'blocks' },
        repeat: 0,
        start: 'barrier',
        seed,
      },
      ...{ durationNs: seconds * 1e9, warmupNs: 0.3e9, timeoutNs: 10e9, accept: 'shared' },
      ...{ lifetime: { kind: 'none' }, messages: [{ kind: 'text', text: 'This is the payload' }] },
      ...{ clientProcesses: 1, clientThreads: null, host: '127.0.0.1', port: 0, backlog: 4096 },
      ...{ serverCpus: cpus.server, clientCpus: cpus.client },
      slices: values.slices === 'off' ? 'off' : 'on',
    },
    machine,
  );
  const records: TrialRecord[] = [];
  const results = run(schedule(made), performOn(machine), SILENT, new AbortController().signal);
  for await (const { record } of results) records.push(record);
  const [row] = summarize(made, records);
  const invalid = records.filter(({ verdict }) => !verdict.valid).length;
  return { toTwin: row?.toControl ?? null, invalid };
}

/** Echoes to itself that cost so much of an echo's CPU time. */
async function repeatsOf(share: number): Promise<number> {
  if (share === 0) return 0;
  const { toTwin } = await measure(1, 3, 1);
  if (toTwin === null) throw new Error('the calibration measured nothing');
  return share / (1 / toTwin.median - 1);
}

const repeats = await repeatsOf(share);
let excluded = 0;
for (let i = 1; i <= Number(values.runs); i++) {
  const { toTwin, invalid } = await measure(repeats, trials, Number(values.seed) + i);
  const { median = Number.NaN, low = null, high = null } = toTwin ?? {};
  const apart = (low ?? 0) > 1 || (high ?? 2) < 1;
  if (apart) excluded++;
  const [inside, failed] = [
    apart ? '' : '  1 is inside',
    invalid > 0 ? `  ${invalid} invalid` : '',
  ];
  console.log(
    `run ${i}: ${median.toFixed(4)} [${low?.toFixed(4)}, ${high?.toFixed(4)}]${inside}${failed}`,
  );
}
console.log(
  `${connections} connections, ${(share * 100).toFixed(1)} % more CPU time per echo, ${trials} × ${seconds} s each: ${excluded} of ${values.runs} intervals exclude 1`,
);
