/** Checks the statistics on simulated runs: `npm run calibrate -- [--runs N] [--seed N]`. */
import { parseArgs } from 'node:util';
import type { Stopping } from '../../bench/plan/stopping.js';
import { plainTable } from '../../bench/report/terminal/plain-table.js';
import { seeded } from '../../lib/random.js';
import { simulateCoverage, trueMedian } from './coverage.js';
import { DRIFTS, ORDERS, simulateOrder } from './orders.js';
import { SCENARIOS, type Scenario } from './scenarios.js';
import { simulate, type Tally } from './simulate.js';
import { simulateStopping } from './stopping.js';

const SERVERS = [2, 5, 8, 13];
const BLOCKS = [5, 6, 10];
const DIFFERENCES = [0.03, 0.05, 0.1];

interface Options {
  readonly runs: number;
  readonly seed: number;
}

function options(): Options {
  const { values } = parseArgs({
    options: {
      runs: { type: 'string', default: '2000' },
      seed: { type: 'string', default: '1' },
    },
  });
  const [runs, seed] = [Number(values.runs), Number(values.seed)];
  if (!Number.isInteger(runs) || runs < 1) throw new Error(`--runs ${values.runs}: from 1 on`);
  if (!Number.isInteger(seed)) throw new Error(`--seed ${values.seed}: a whole number`);
  return { runs, seed };
}

function percent(part: number, whole = 1, places = 1): string {
  return ((100 * part) / whole).toFixed(places);
}

function print(title: string, head: readonly string[], rows: readonly (readonly string[])[]): void {
  const align = head.map((_, i) => (i === 0 ? ('left' as const) : ('right' as const)));
  console.log(`${title}\n\n${plainTable([head, ...rows], align)}\n`);
}

/** Of runs of a given length. */
function verdictTable({ runs, seed }: Options): void {
  const cells = ({ missed, found, wrong, pairs }: Tally) => [
    percent(missed, runs),
    ...found.map((count) => percent(count, pairs, 0)),
    percent(Math.max(...wrong), pairs, 2),
  ];
  const rowsOf = (scenario: Scenario) =>
    SERVERS.map((servers) => [
      scenario.name,
      `${servers}`,
      ...BLOCKS.flatMap((blocks) =>
        cells(simulate(scenario, { servers, blocks }, runs, DIFFERENCES, seeded(seed))),
      ),
    ]);
  const powers = DIFFERENCES.map((difference) => `${100 * difference} %`);
  print(
    `Verdicts, ${runs} runs each. N blocks: runs with any false verdict among equal servers, in % (intended: at most 5); so often all intervals of a run do not hold. ${powers.join(', ')}: how many such differences are found, in %. wrong: found with the wrong sign, in % of pairs.`,
    ['', 'servers', ...BLOCKS.flatMap((blocks) => [`${blocks} blocks`, ...powers, 'wrong'])],
    SCENARIOS.flatMap(rowsOf),
  );
}

const RULES: readonly (readonly [string, Stopping])[] = [
  ['--budget', { kind: 'budget', ns: 0 }],
  ['--until-stable 3%', { kind: 'stable', share: 0.03 }],
];
const FIRST = 6;

/** Of runs that end by a stopping rule. */
function stoppingTable({ runs, seed }: Options): void {
  const cells = (scenario: Scenario, servers: number) =>
    RULES.flatMap(([, rule]) => {
      const ended = simulateStopping(scenario, servers, FIRST, rule, runs, seeded(seed));
      return [percent(ended.missed, runs), ended.meanBlocks.toFixed(0)];
    });
  print(
    `Runs that end by a stopping rule, the first look after ${FIRST} blocks, the end after 60: with any false verdict among equal servers, in %; mean number of blocks.`,
    ['', 'servers', ...RULES.flatMap(([name]) => [name, 'blocks'])],
    SCENARIOS.flatMap((scenario) =>
      [2, 5].map((servers) => [scenario.name, `${servers}`, ...cells(scenario, servers)]),
    ),
  );
}

const TRIALS = [2, 3, 4, 5, 6, 10, 20];

/** Of one server's median. */
function coverageTable({ runs, seed }: Options): void {
  const whole = SCENARIOS.filter(({ name }) => !name.includes('missing'));
  const rows = whole.map((scenario) => {
    const median = trueMedian(scenario, seeded(seed));
    return [
      scenario.name,
      ...TRIALS.map((trials) => {
        const { label, held } = simulateCoverage(scenario, trials, median, runs, seeded(seed));
        return `${percent(held)} (${percent(label)})`;
      }),
    ];
  });
  print(
    'The interval of one server’s median: how often it holds the true one, in %, and in brackets as it says.',
    ['', ...TRIALS.map((trials) => `${trials} trials`)],
    rows,
  );
}

/** Orders of the trials in a block. */
function orderTable({ runs, seed }: Options): void {
  const sizes = [2, 3, 5].flatMap((servers) => [6, 10].map((blocks) => ({ servers, blocks })));
  print(
    'The order of trials within blocks, while the machine drifts within them: runs with any false verdict among equal servers, in %.',
    ['drift', 'servers', 'blocks', ...Object.keys(ORDERS)],
    Object.entries(DRIFTS).flatMap(([name, drift]) =>
      sizes.map(({ servers, blocks }) => [
        name,
        `${servers}`,
        `${blocks}`,
        ...Object.values(ORDERS).map((order) =>
          percent(simulateOrder(order, drift, { servers, blocks, runs, seed })),
        ),
      ]),
    ),
  );
}

const asked = options();
verdictTable(asked);
stoppingTable(asked);
coverageTable(asked);
orderTable(asked);
