/** `ramp`: raises the load until the service level breaks, and says where and why. */
import type { Command } from 'commander';
import { readMachine } from '../../lib/catalog/ceilings.js';
import { ExitCode } from '../cli/exit-code.js';
import { UsageError } from '../cli/usage-error.js';
import { existing, oneOf, wholeNumber } from '../cli/values.js';
import { ascent, planSoFar, type Ramp } from '../experiment/ascent.js';
import { carryOut } from '../experiment/carry-out.js';
import { type OutputFlags, present } from '../experiment/present.js';
import { asJson, headerOf, reopen } from '../experiment/session.js';
import { type Cell, type EchoOptions, meanBytes } from '../plan/plan.js';
import { LOAD_NAMES, LOADS, type Load, type LoadName, type Search } from '../plan/ramp.js';
import type { TrialRecord } from '../record.js';
import { LEAST_ACHIEVED } from '../record.js';
import { climbLines } from '../report/terminal/climb.js';
import { terminalOf } from '../report/terminal/terminal.js';
import { performOn } from '../run/trial.js';
import { climbsOf } from '../statistics/climb.js';
import { type Condition, MOST_LOSS } from '../statistics/service-level.js';
import { createRunDirectory, defaultDirectory, type RunDirectory } from '../store/run-directory.js';
import type { RunHeader } from '../store/run-header.js';
import { serviceLevel } from './options/conditions.js';
import { addEchoOptions, type EchoFlags, echoOptions } from './options/echo.js';
import { refuseBesideResume } from './options/given.js';
import { add } from './options/option.js';
import { addOutputOptions } from './options/output.js';
import { assertFree } from './options/server.js';

const NAME = 'ramp';
/** How near the answer is to what would break, as a share. */
const PRECISION = 0.1;
/** Of one trial a stall of the machine makes a level that breaks. */
const TRIALS = 5;
/** A number of messages would be over in no time at one level, and take minutes at another. */
const LEVEL_DURATION_NS = 1e9;

const VARIED = ['conns', 'rate'] as const;
type Varied = (typeof VARIED)[number];

interface Flags extends EchoFlags, OutputFlags {
  readonly vary?: Varied;
  readonly from?: number;
  readonly to?: number;
  readonly slo?: readonly Condition[];
  readonly resume?: string;
}

const EXAMPLES = `
Examples:
  npm run bench -- ramp --server threads,epoll,select --to 16000
  npm run bench -- ramp --server epoll,libuv --slo 'p99<50ms, failures=0' --duration 1s
  npm run bench -- ramp --vary rate --server epoll,libuv --conns 64 --slo 'p99<5ms'

The load is doubled from --from until the level breaks or --to holds, then the gap is halved;
at any failure or unanswered connection it breaks in any case. A server that doesn't hold --from is tried no further.
Each level is measured for a second, unless --duration or --repeat says otherwise.`;

export function rampCommand(program: Command): void {
  const command = program
    .command(NAME)
    .description('Raises the load until the service level breaks: where does each model degrade?');
  addEchoOptions(command, TRIALS);
  command.optionsGroup('The experiment:');
  add(
    command,
    '--vary <load>',
    'conns, or rate: messages per second of an open loop (default: conns)',
    oneOf(VARIED),
  );
  const { connections, rate } = LOADS;
  const level = wholeNumber(1, rate.most);
  const usually = (end: 'from' | 'to') => `(default: ${connections[end]}; rate: ${rate[end]})`;
  add(command, '--from <n>', `the load to begin with ${usually('from')}`, level);
  add(command, '--to <n>', `the load to end with ${usually('to')}`, level);
  add(
    command,
    '--slo <conditions>',
    `what must hold: 'p99<50ms, failures=0' (default: efficiency within ${MOST_LOSS * 100} % of its best; a rate needs an achieved ratio of ${LEAST_ACHIEVED} in any case)`,
    serviceLevel,
  );
  add(command, '--resume <dir>', 'go on with a ramp that was interrupted', existing);
  addOutputOptions(command)
    .addHelpText('after', EXAMPLES)
    .action(async (flags: Flags) => {
      process.exitCode = await ramp(flags);
    });
}

/** Throws UsageError for what is out of bounds. */
function searchOf({ from, to }: Flags, load: Load): Search {
  const search = { from: from ?? load.from, to: to ?? load.to, precision: PRECISION };
  for (const [name, level] of Object.entries({ from: search.from, to: search.to }))
    if (level > load.most)
      throw new UsageError(`--${name} ${level}: too many ${load.unit}; allowed: 1 to ${load.most}`);
  if (search.from > search.to)
    throw new UsageError(
      `--from ${search.from}: beyond --to ${search.to}; allowed: 1 to ${search.to}`,
    );
  return search;
}

/** Options that would be ignored, because a ramp varies one load alone. Throws UsageError. */
function refuseIgnored(flags: Flags, raised: LoadName): void {
  const { option } = LOADS[raised];
  if (flags[option] !== undefined)
    throw new UsageError(
      `--${option} ${flags[option]}: a ramp varies it; allowed: --from and --to`,
    );
  const { conns, idle, rate, workers } = flags;
  const lists = { conns, idle, rate, workers, 'message-size': flags.messageSize?.map(meanBytes) };
  for (const [name, values] of Object.entries(lists))
    if ((values?.length ?? 0) > 1)
      throw new UsageError(
        `--${name} ${values}: a ramp varies ${option} alone; allowed: one value`,
      );
}

/** The load that an option's values are levels of. */
function loadVariedBy(option: Varied): LoadName {
  return LOAD_NAMES.find((name) => LOADS[name].option === option) as LoadName;
}

async function rampOf(flags: Flags): Promise<Ramp> {
  const { vary = 'conns', slo: conditions = [] } = flags;
  const raised = loadVariedBy(vary);
  const search = searchOf(flags, LOADS[raised]);
  refuseIgnored(flags, raised);
  const options = await echoOptions({ trials: TRIALS, ...flags, ...implied(flags, search) });
  assertFree(options);
  const { servers } = options;
  return { options, question: { raised, servers, ...search, conditions }, machine: readMachine() };
}

/** What a ramp implies for the other options. */
function implied({ vary, duration, repeat }: Flags, { from }: Search): Partial<EchoFlags> {
  const isBounded = duration !== undefined || repeat !== undefined;
  return {
    ...(isBounded ? {} : { duration: LEVEL_DURATION_NS }),
    ...(vary === 'rate' ? { rate: [from] } : {}),
  };
}

/** A ramp, and where its files go. */
interface Begun {
  readonly asked: Ramp;
  readonly header: RunHeader;
  readonly directory: RunDirectory;
  /** Of before, where it goes on. */
  readonly records: TrialRecord[];
}

async function begin(flags: Flags): Promise<Begun> {
  const asked = await rampOf(flags);
  const { options, question } = asked;
  const header = { ...headerOf(NAME, options, planSoFar([], [], asked)), ramp: question };
  const path = flags.output ?? defaultDirectory(NAME, new Date());
  return { asked, header, directory: await createRunDirectory(path, header), records: [] };
}

/** The levels follow from the records, so that it comes to where it was. */
async function goOn(path: string, flags: Flags): Promise<Begun> {
  refuseBesideResume(flags);
  const { header, directory, records } = await reopen(path);
  if (header.ramp === undefined) {
    directory.release();
    throw new UsageError(`ramp --resume ${path}: a run of ${header.name}; allowed: one of ramp`);
  }
  const options = header.options as EchoOptions;
  const asked = { options, question: header.ramp, machine: readMachine() };
  return { asked, header, directory, records };
}

async function ramp(flags: Flags): Promise<number> {
  const { asked, header, directory, records } =
    flags.resume === undefined ? await begin(flags) : await goOn(flags.resume, flags);
  const { question } = asked;
  const { path } = directory;
  const cells: Cell[] = [];
  const plan = () => planSoFar(cells, records, asked);
  const { rows, interrupted, failure } = await carryOut({
    plan,
    trials: ascent(asked, cells, records),
    total: null,
    perform: performOn(asked.machine),
    directory,
    records,
    quiet: flags.quiet ?? false,
    save: () => directory.writeHeader({ ...header, plan: plan() }),
  });
  const climbs = climbsOf(plan(), records, question);
  const code = present(rows, path, flags, interrupted, {
    climbs,
    ...asJson(plan(), records, rows),
  });
  const { colors } = terminalOf(process.stdout);
  if (!flags.json) process.stdout.write(`\n${climbLines(climbs, question.raised, colors)}\n`);
  if (failure !== undefined) throw failure;
  // Breaking is what a ramp looks for: it isn't a failure of the run, unless there was nothing else.
  const hasFigures = rows.some(
    ({ server, valid }) => question.servers.includes(server) && valid > 0,
  );
  return code === ExitCode.invalid && hasFigures ? ExitCode.ok : code;
}
