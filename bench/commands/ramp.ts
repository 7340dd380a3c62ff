/** `ramp`: raises the load until the service level breaks, and says where and why. */
import type { Command } from 'commander';
import { type Machine, readMachine } from '../../lib/ceilings.js';
import { type Cell, type EchoOptions, type Plan, plan } from '../plan/plan.js';
import { nextLevel, type Search, type Tried } from '../plan/ramp.js';
import { blockOf, type Trial } from '../plan/schedule.js';
import { UsageError } from '../plan/usage-error.js';
import { wholeNumber } from '../plan/values.js';
import type { TrialRecord } from '../record.js';
import { SILENT, showProgress } from '../report/progress.js';
import { type Climb, climbLines } from '../report/ramp.js';
import { terminalOf } from '../report/terminal.js';
import { run } from '../run/run.js';
import { performOn } from '../run/trial.js';
import { type Condition, judgeLevel } from '../statistics/service-level.js';
import { type Row, summarize } from '../statistics/summarize.js';
import { createRunDirectory, defaultDirectory } from '../store/run-directory.js';
import { add } from './client-options.js';
import { serviceLevel } from './conditions.js';
import { addEchoOptions, type EchoFlags, echoOptions } from './echo-options.js';
import { ExitCode } from './exit-code.js';
import { interruption } from './interruption.js';
import { addOutputOptions } from './output-options.js';
import { present } from './present.js';
import { headerOf, type OutputFlags } from './session.js';

const NAME = 'ramp';

interface Flags extends EchoFlags, OutputFlags {
  readonly from?: number;
  readonly to?: number;
  readonly slo?: readonly Condition[];
}

const EXAMPLES = `
Examples:
  npm run bench -- ramp --server threads,epoll,select --to 16000
  npm run bench -- ramp --server epoll,libuv --slo 'p99<50ms, failures=0' --duration 1s

Connections are doubled from --from until the level breaks or --to holds, then the gap is halved.`;

export function rampCommand(program: Command): void {
  const command = program
    .command(NAME)
    .description('Raises the load until the service level breaks: where does each model degrade?');
  addEchoOptions(command);
  command.optionsGroup('The experiment:');
  add(command, '--from <n>', 'connections to begin with (default: 125)', wholeNumber(1, 1e6));
  add(command, '--to <n>', 'connections to end with (default: 16000)', wholeNumber(1, 1e6));
  add(
    command,
    '--slo <conditions>',
    "what must hold: 'p99<50ms, failures=0' (default: efficiency within 30 % of its best, no failure)",
    serviceLevel,
  );
  addOutputOptions(command)
    .addHelpText('after', EXAMPLES)
    .action(async (flags: Flags) => {
      process.exitCode = await ramp(flags);
    });
}

/** What would be ignored, for a ramp varies the connections alone. Throws UsageError. */
function refuseIgnored(
  { conns, idle, rate, workers, messageSize }: Flags,
  { from, to }: Search,
): void {
  if (conns !== undefined)
    throw new UsageError(`--conns ${conns}: a ramp varies them; allowed: --from and --to`);
  for (const [name, values] of Object.entries({ idle, rate, workers, 'message-size': messageSize }))
    if ((values?.length ?? 0) > 1)
      throw new UsageError(
        `--${name} ${values}: a ramp varies connections alone; allowed: one value`,
      );
  if (from > to) throw new UsageError(`--from ${from}: beyond --to ${to}; allowed: 1 to ${to}`);
}

async function ramp(flags: Flags): Promise<number> {
  const search: Search = { from: flags.from ?? 125, to: flags.to ?? 16_000, precision: 0.1 };
  refuseIgnored(flags, search);
  const options = await echoOptions({ trials: 1, ...flags });
  const path = flags.output ?? defaultDirectory(NAME, new Date());
  const machine = readMachine();
  const grown = { ...plan({ ...options, servers: [] }, machine), cells: [] as Cell[] };
  const header = headerOf(NAME, { ...options, search, slo: flags.slo ?? [] }, grown);
  const directory = await createRunDirectory(path, header);
  const stop = interruption();
  const progress = flags.quiet ? SILENT : showProgress(null, process.stderr);
  const records: TrialRecord[] = [];
  const climbs = options.servers.map((server) => ({
    server,
    tried: [] as Tried[],
    rows: [] as Row[],
  }));
  const trials = levels(climbs, options, search, flags.slo ?? [], machine, grown, records);
  for await (const result of run(trials, performOn(machine), progress, stop.signal)) {
    await directory.append(result);
    records.push(result.record);
  }
  progress.close();
  const rows = summarize(grown, records);
  await directory.writeHeader({ ...header, plan: grown });
  await directory.writeSummary(rows);
  stop.release();
  const code = present(rows, directory.path, flags, stop.signal.aborted);
  if (!flags.json) process.stdout.write(`\n${verdict(climbs, flags.slo ?? [])}\n`);
  // Breaking is what a ramp looks for: it isn't a failure of the run.
  return code === ExitCode.invalid ? ExitCode.ok : code;
}

interface Ascent extends Climb {
  readonly tried: Tried[];
  readonly rows: Row[];
}

/** The trials of each server's climb: the next level depends on how the last came out. */
function* levels(
  climbs: readonly Ascent[],
  options: EchoOptions,
  search: Search,
  conditions: readonly Condition[],
  machine: Machine,
  grown: Plan & { readonly cells: Cell[] },
  records: readonly TrialRecord[],
): Iterable<Trial> {
  for (const climb of climbs) {
    for (;;) {
      const level = nextLevel(climb.tried, search);
      if (level === null) break;
      const step = plan({ ...options, servers: [climb.server], connections: [level] }, machine);
      const [planned] = step.cells;
      if (!planned) break;
      const cell = { ...planned, number: grown.cells.length + 1 };
      grown.cells.push(cell);
      const before = records.length;
      for (let block = 1; block <= options.trials; block++)
        for (const trial of blockOf({ ...step, cells: [cell], control: null }, block))
          yield { ...trial, number: before + block };
      const [row] = summarize({ cells: [cell], control: null }, records);
      if (!row) break;
      climb.tried.push({ level, holds: judgeLevel(row, conditions, climb.rows).holds });
      climb.rows.push(row);
    }
  }
}

function verdict(climbs: readonly Ascent[], conditions: readonly Condition[]): string {
  return climbLines(climbs, conditions, terminalOf(process.stdout).colors);
}
