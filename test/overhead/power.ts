/** Can a difference of known size be measured? `npm run bench:power -- [--conns 64] [--share 0.02] [--runs 10] [--slices on]`. */
import { parseArgs } from 'node:util';
import { plan } from '../../bench/plan/plan.js';
import { schedule } from '../../bench/plan/schedule.js';
import type { TrialRecord } from '../../bench/record.js';
import { SILENT } from '../../bench/report/progress.js';
import { run } from '../../bench/run/run.js';
import { performOn } from '../../bench/run/trial.js';
import { type PairVerdict, verdicts } from '../../bench/statistics/verdicts.js';
import { readMachine } from '../../lib/ceilings.js';
import { allowedCpus, coreOf, splitCpus } from '../../lib/system/cpus.js';
import { compile } from './compile.js';

const { values } = parseArgs({
  options: {
    conns: { type: 'string', default: '64' },
    share: { type: 'string', default: '0.02' },
    runs: { type: 'string', default: '10' },
    trials: { type: 'string', default: '6' },
    seconds: { type: 'string', default: '5' },
    slices: { type: 'string', default: 'on' },
  },
});
const connections = Number(values.conns);
const share = Number(values.share);
const trials = Number(values.trials);
const seconds = Number(values.seconds);

const program = compile('burning-echo', ['test/overhead/burning-echo.cc']);
const cpus = splitCpus(allowedCpus(), coreOf);
const machine = readMachine();

/** All twins burn this much: a CPU hides what is shorter in the work around it. */
const BASE_NS = 1000;

function twin(nanoseconds: number, name: string): string {
  return `cmd:exec ${program} {port} ${nanoseconds.toFixed(1)} ${name}`;
}

async function measure(
  servers: readonly string[],
  blocks: number,
  seed: number,
): Promise<{ pair: PairVerdict | undefined; records: readonly TrialRecord[] }> {
  const made = plan(
    {
      ...{ servers, connections: [connections], idle: [0], rates: [0], arrival: 'constant' },
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
  return { pair: verdicts(made, records)[0]?.pairs[0], records };
}

/** CPU time of an echo of the slower twin, in ns. */
async function echoTime(): Promise<number> {
  const { records } = await measure([twin(BASE_NS, 'calibration')], 1, 1);
  const efficiency = records.find(({ cell }) => cell === 1)?.measurement?.efficiency;
  if (!efficiency) throw new Error(records[0]?.verdict.problems.join('; ') ?? 'nothing measured');
  return 1e9 / efficiency;
}

const extra = share * (await echoTime());
let excluded = 0;
for (let i = 1; i <= Number(values.runs); i++) {
  const servers = [twin(BASE_NS, 'a'), twin(BASE_NS + extra, 'b')];
  const { pair, records } = await measure(servers, trials, i);
  const { median = Number.NaN, low = null, high = null } = pair?.ratio ?? {};
  const apart = (low ?? 0) > 1 || (high ?? 2) < 1;
  if (apart) excluded++;
  const invalid = records.filter(({ verdict }) => !verdict.valid).length;
  console.log(
    `run ${i}: ${pair?.worse.cell.server.endsWith('b') ? 'b' : 'a'} behind by ${median.toFixed(4)} [${low?.toFixed(4)}, ${high?.toFixed(4)}]${apart ? '' : '  1 is inside'}${invalid > 0 ? `  ${invalid} invalid` : ''}`,
  );
}
console.log(
  `${connections} connections, ${(share * 100).toFixed(1)} % more CPU time per echo, ${trials} × ${seconds} s each: ${excluded} of ${values.runs} intervals exclude 1`,
);
