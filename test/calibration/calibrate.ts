/** Checks the verdicts on simulated runs: `npm run calibrate -- [--runs N] [--seed N]`. */
import { parseArgs } from 'node:util';
import { plainTable } from '../../bench/report/plain-table.js';
import { seeded } from '../../lib/random.js';
import { SCENARIOS, type Scenario } from './scenarios.js';
import { simulate, type Tally } from './simulate.js';

const SERVERS = [2, 5, 8, 13];
const BLOCKS = [5, 6, 10];
const DIFFERENCES = [0.03, 0.05, 0.1];

function options(): { readonly runs: number; readonly seed: number } {
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

function share(part: number, whole: number): string {
  return ((100 * part) / whole).toFixed(1);
}

function cellsOf({ runs, missed, found, wrong, pairs }: Tally): string[] {
  return [
    share(missed, runs),
    ...found.map((count) => ((100 * count) / pairs).toFixed(0)),
    share(Math.max(...wrong), pairs),
  ];
}

function rowsOf(scenario: Scenario, runs: number, seed: number): string[][] {
  return SERVERS.map((servers) => [
    scenario.name,
    `${servers}`,
    ...BLOCKS.flatMap((blocks) =>
      cellsOf(simulate(scenario, { servers, blocks }, runs, DIFFERENCES, seeded(seed))),
    ),
  ]);
}

const { runs, seed } = options();
const powers = DIFFERENCES.map((difference) => `${100 * difference} %`);
const head = [
  '',
  'servers',
  ...BLOCKS.flatMap((blocks) => [`${blocks} blocks`, ...powers, 'wrong']),
];
console.log(
  `${runs} runs each. N blocks: runs with any false verdict among equal servers, in % (at most 5). ` +
    `${powers.join(', ')}: how many such differences are found, in %. wrong: with the wrong sign, in %.\n`,
);
const body = SCENARIOS.flatMap((scenario) => rowsOf(scenario, runs, seed));
console.log(plainTable([head, ...body], ['left', ...head.slice(1).map(() => 'right' as const)]));
