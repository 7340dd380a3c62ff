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

const program = compile('burning-echo', ['test/overhead/burning-echo.cc']);
const cpus = splitCpus(allowedCpus(), coreOf);
const machine = readMachine();

/** Both twins burn so many: a CPU hides what is shorter in the work around it. */
const BASE_ROUNDS = 640;
/** A difference that is easy to measure, to learn what a round costs. */
const MANY_ROUNDS = 4 * BASE_ROUNDS;

function twin(rounds: number): string {
  return `cmd:exec ${program} {port} ${Math.round(rounds)}`;
}

interface Measured {
  readonly toTwin: Estimate | null;
  readonly invalid: number;
}

/** Efficiency of a twin that burns more, as a multiple of the other's, which is the control. */
async function measure(extraRounds: number, blocks: number, seed: number): Promise<Measured> {
  const made = plan(
    {
      ...{ servers: [twin(BASE_ROUNDS + extraRounds)], control: twin(BASE_ROUNDS) },
      ...{ connections: [connections], idle: [0], rates: [0], arrival: 'constant' },
      ...{ workers: null, processes: 1, trials: blocks, repeat: 0, start: 'barrier', seed },
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

/** Rounds that cost so much of an echo's CPU time. */
async function roundsOf(share: number): Promise<number> {
  if (share === 0) return 0;
  const { toTwin } = await measure(MANY_ROUNDS, 1, 1);
  if (toTwin === null) throw new Error('the calibration measured nothing');
  return (share * MANY_ROUNDS) / (1 / toTwin.median - 1);
}

const extra = await roundsOf(share);
let excluded = 0;
for (let i = 1; i <= Number(values.runs); i++) {
  const { toTwin, invalid } = await measure(extra, trials, Number(values.seed) + i);
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
