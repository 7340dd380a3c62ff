/** `ramp`: raises the load until the service level is not met, and reports at which load and why. */

import type { Command } from 'commander';
import { ExitCode } from '../cli/exit-code.js';
import { add, attributeOf } from '../cli/option.js';
import { UsageError } from '../cli/usage-error.js';
import { oneOf, option } from '../cli/values.js';
import { carryOut } from '../experiment/carry-out.js';
import { machineFor } from '../experiment/machine.js';
import { type OutputFlags, present, presentResume } from '../experiment/present.js';
import { planSoFar, type Ramp, rampTrials } from '../experiment/ramp-trials.js';
import { asJson, headerOf, reopen } from '../experiment/session.js';
import { varyingIn } from '../plan/load-level.js';
import type { Cell, ExperimentOptions } from '../plan/plan.js';
import { type Load, loadsOf, type Search } from '../plan/ramp.js';
import type { TrialRecord } from '../record.js';
import { LEAST_ACHIEVED } from '../record.js';
import { rampLines } from '../report/terminal/ramp.js';
import { terminalOf } from '../report/terminal/terminal.js';
import { performOn } from '../run/trial.js';
import { DEFAULT_SERVICE, SERVICES, serviceNamed } from '../services/registry.js';
import type { Service, ServiceLoad } from '../services/service.js';
import { rampResults } from '../statistics/ramp-result.js';
import { type Condition, MOST_LOSS } from '../statistics/service-level.js';
import { createRunDirectory, defaultDirectory, type RunDirectory } from '../store/run-directory.js';
import type { RunHeader } from '../store/run-header.js';
import { serviceLevel } from './options/conditions.js';
import {
  addExperimentOptions,
  type ExperimentFlags,
  experimentOptions,
} from './options/experiment.js';
import { addOutputOptions } from './options/output.js';
import { RESUME, refuseBesideResume } from './options/resume.js';
import { assertFree } from './options/server.js';
import { addServiceOptions, chosenService, type ServiceFlags } from './options/service.js';

const NAME = 'ramp';
/** Largest gap between the highest level that holds and the lowest that breaks, as a fraction. */
const PRECISION = 0.1;
/** With a single trial, a stall of the machine would make a level break. */
const TRIALS = 5;
/** A time, because a fixed number of messages takes too short at one level and minutes at another. */
const LEVEL_DURATION_NS = 1e9;

const LOADS = SERVICES.flatMap(({ name }) => loadsOf(name));
/** The options that set loads, of any service. */
const VARIED: readonly string[] = [...new Set(LOADS.map((load) => load.option))];
const DEFAULT_VARIED = 'conns';

interface Flags extends ExperimentFlags, ServiceFlags, OutputFlags {
  readonly vary?: string;
  /** As written, because the allowed range depends on the load. */
  readonly from?: string;
  readonly to?: string;
  readonly slo?: readonly Condition[];
  readonly resume?: string;
}

const HALVES = ['server', 'client'] as const;

const EXAMPLES = `
Examples:
  npm run bench -- ramp --server threads,epoll,select --to 16000
  npm run bench -- ramp --server epoll,libuv --slo 'p99<50ms, failures=0' --duration 1s
  npm run bench -- ramp --vary rate --server epoll,libuv --conns 64 --slo 'p99<5ms'

The load starts at --from and doubles until a level breaks (doesn't meet the service level) or --to holds. Then the gap
between the highest level that holds and the lowest that breaks is halved. A level with a failed or unanswered connection
always breaks. A server that breaks at --from isn't tried further. Each level is measured for 1s, unless --duration or
--repeat is given.`;

export function rampCommand(program: Command): void {
  const command = program
    .command(NAME)
    .description(
      'Raises the load until the service level is not met: where does each model degrade?',
    );
  addExperimentOptions(command, serviceNamed(DEFAULT_SERVICE), TRIALS);
  command.optionsGroup('The experiment:');
  add(
    command,
    '--vary <load>',
    `load to raise: ${VARIED.join(', ')} (default: ${DEFAULT_VARIED})`,
    oneOf(VARIED),
  );
  const level = (text: string) => text;
  const defaults = (end: 'from' | 'to') => `(default: ${boundsOf(end)})`;
  add(command, '--from <n>', `first load ${defaults('from')}`, level);
  add(command, '--to <n>', `highest load ${defaults('to')}`, level);
  add(
    command,
    '--slo <conditions>',
    `service level, e.g. 'p99<50ms, failures=0' (default: efficiency within ${MOST_LOSS * 100} % of its best; a rate always needs an achieved ratio of ${LEAST_ACHIEVED})`,
    serviceLevel,
  );
  add(command, ...RESUME);
  addServiceOptions(command, HALVES);
  addOutputOptions(command)
    .addHelpText('after', EXAMPLES)
    .action(async (flags: Flags) => {
      process.exitCode = await ramp(flags);
    });
}

/** `125; rate: 1000`: of each load, the default first. */
function boundsOf(end: 'from' | 'to'): string {
  const all = new Map(LOADS.map((load) => [load.option, load[end]]));
  return [...all]
    .map(([option, bound]) => (option === DEFAULT_VARIED ? `${bound}` : `${option}: ${bound}`))
    .join('; ');
}

/** Throws UsageError if a bound is out of range. */
function searchOf({ from, to }: Flags, load: Load): Search {
  const levelOf = (name: string, text: string) => option(`--${name}`, load.parse)(text);
  const search = {
    from: from === undefined ? load.from : levelOf('from', from),
    to: to === undefined ? load.to : levelOf('to', to),
    precision: PRECISION,
  };
  if (search.from > search.to)
    throw new UsageError(
      `--from ${search.from}: above --to ${search.to}; allowed: 1 to ${search.to}`,
    );
  return search;
}

/** Throws UsageError for options that would be ignored, because a ramp varies only one load. */
function refuseIgnored(flags: Flags, { option, replaces = [] }: Load): void {
  const given = flags as Readonly<Record<string, unknown>>;
  for (const name of [option, ...replaces]) {
    const value = given[attributeOf([`--${name} <value>`])];
    const isPlain = [value].flat().every((one) => typeof one !== 'object');
    const shown = isPlain ? ` ${value}` : '';
    if (value !== undefined)
      throw new UsageError(`--${name}${shown}: the ramp varies it; allowed: --from and --to`);
  }
  const { conns, idle, rate, workers } = flags;
  for (const [name, values] of Object.entries({ conns, idle, rate, workers }))
    if ((values?.length ?? 0) > 1)
      throw new UsageError(
        `--${name} ${values}: the ramp varies only ${option}; allowed: one value`,
      );
}

/** Throws UsageError if the service's options result in several loads. */
function refuseSeveral(
  { name, factors }: Service,
  loads: readonly ServiceLoad[],
  factor: string,
): void {
  const [varying] = varyingIn(loads);
  const several = factors.find((factor) => factor.name === varying);
  if (several !== undefined)
    throw new UsageError(
      `--service ${name}: several values of ${several.title}; the ramp varies only ${factor}; allowed: one value`,
    );
}

/** The load that an option sets. Throws UsageError if it is one of another service. */
function loadVariedBy(option: string, { name }: Service): Load {
  const loads = loadsOf(name);
  const load = loads.find((each) => each.option === option);
  if (!load)
    throw new UsageError(
      `--vary ${option}: not a load of the service ${name}; allowed: ${loads.map((each) => each.option).join(', ')}`,
    );
  return load;
}

async function rampOf(flags: Flags): Promise<Ramp> {
  const { vary = DEFAULT_VARIED, slo: conditions = [] } = flags;
  const service = chosenService(flags, HALVES);
  const load = loadVariedBy(vary, service);
  const search = searchOf(flags, load);
  refuseIgnored(flags, load);
  const given = { trials: TRIALS, ...flags, ...implied(flags, search) };
  const options = await experimentOptions(given, service);
  refuseSeveral(service, options.loads, load.option);
  assertFree(options);
  const { servers } = options;
  const question = { factor: load.name, servers, ...search, conditions };
  return { options, question, machine: machineFor([options]) };
}

/** Options that a ramp sets itself. */
function implied({ vary, duration, repeat }: Flags, { from }: Search): Partial<ExperimentFlags> {
  const isBounded = duration !== undefined || repeat !== undefined;
  return {
    ...(isBounded ? {} : { duration: LEVEL_DURATION_NS }),
    ...(vary === 'rate' ? { rate: [from] } : {}),
  };
}

/** A ramp and its run directory. */
interface Begun {
  readonly asked: Ramp;
  readonly header: RunHeader;
  readonly directory: RunDirectory;
  /** Records of an interrupted ramp that is resumed. */
  readonly records: TrialRecord[];
}

async function begin(flags: Flags): Promise<Begun> {
  const asked = await rampOf(flags);
  const { options, question } = asked;
  const header = { ...headerOf(NAME, options, planSoFar([], [], asked)), ramp: question };
  const path = flags.output ?? defaultDirectory(NAME, new Date());
  return { asked, header, directory: await createRunDirectory(path, header), records: [] };
}

/** The levels follow from the records, so the ramp continues where it was interrupted. */
async function resumeRamp(path: string, flags: Flags): Promise<Begun> {
  refuseBesideResume(flags);
  const { header, directory, records } = await reopen(NAME, path);
  if (header.ramp === undefined) {
    directory.release();
    throw new UsageError(`--resume ${path}: has no ramp; allowed: a run as written by c10k`);
  }
  const options = header.options as ExperimentOptions;
  const asked = { options, question: header.ramp, machine: machineFor([options]) };
  return { asked, header, directory, records };
}

async function ramp(flags: Flags): Promise<number> {
  const { asked, header, directory, records } =
    flags.resume === undefined ? await begin(flags) : await resumeRamp(flags.resume, flags);
  const { question } = asked;
  const { path } = directory;
  const cells: Cell[] = [];
  const plan = () => planSoFar(cells, records, asked);
  const { rows, interrupted, failure } = await carryOut({
    plan,
    servers: [...question.servers, asked.options.control],
    trials: rampTrials(asked, cells, records),
    total: null,
    perform: performOn(asked.machine),
    directory,
    records,
    quiet: flags.quiet ?? false,
    save: () => directory.writeHeader({ ...header, plan: plan() }),
  });
  const results = rampResults(plan(), records, question);
  const code = present(rows, path, flags, interrupted, {
    results,
    ...asJson(plan(), records, rows),
  });
  const { colors } = terminalOf(process.stdout);
  if (!flags.json)
    process.stdout.write(
      `\n${rampLines(results, question.factor, serviceNamed(asked.options.service), colors)}\n`,
    );
  if (interrupted) presentResume(NAME, path, flags);
  if (failure !== undefined) throw failure;
  // A ramp searches for levels that break, so invalid trials are expected; without any valid trial the run has failed.
  const hasFigures = rows.some(
    ({ server, valid }) => question.servers.includes(server) && valid > 0,
  );
  return code === ExitCode.invalid && hasFigures ? ExitCode.ok : code;
}
