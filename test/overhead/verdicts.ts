/**
 * Are the verdicts of real runs right? `npm run bench:verdicts -- [--runs 10] [--share 0.05]`: runs of three equal servers,
 * and runs in which a fourth uses so much more CPU time per echo.
 */
import { parseArgs } from 'node:util';
import {
  type PairOfCells,
  testedPairs,
  verdicts,
  verdictsBy,
} from '../../bench/statistics/verdicts.js';
import { compare, moreFor, twin } from './twins.js';

const { values } = parseArgs({
  options: {
    conns: { type: 'string', default: '64' },
    share: { type: 'string', default: '0.05' },
    runs: { type: 'string', default: '10' },
    trials: { type: 'string', default: '6' },
    seconds: { type: 'string', default: '1' },
    seed: { type: 'string', default: '1' },
  },
});
const connections = Number(values.conns);
const share = Number(values.share);
const trials = Number(values.trials);
const seconds = Number(values.seconds);
const runs = Number(values.runs);

const EQUAL = ['a', 'b', 'c'].map((name) => twin(0, name));

/** All pairs by efficiency. The control is an equal twin, too. */
async function pairsOf(servers: readonly string[], seed: number): Promise<readonly PairOfCells[]> {
  const compared = { servers, control: twin(0), connections, trials, seconds, seed };
  const { plan, records, invalid } = await compare(compared);
  if (invalid > 0) console.log(`  ${invalid} trials invalid`);
  return verdictsBy('efficiency', verdicts(plan, records)).flatMap(testedPairs);
}

function shown({ ratio, low, high, verdict }: PairOfCells): string {
  const figure = (value: number | null) => (value === null ? '–' : value.toFixed(3));
  return `${figure(ratio)} [${figure(low)}, ${figure(high)}] ${verdict}`;
}

let falsely = 0;
for (let i = 1; i <= runs; i++) {
  const pairs = await pairsOf(EQUAL, Number(values.seed) + i);
  if (pairs.some(({ verdict }) => verdict === 'different')) falsely++;
  console.log(`equal ${i}: ${pairs.map(shown).join('; ')}`);
}
const more = await moreFor(share, connections, seconds);
const slower = twin(more, 'slower');
let found = 0;
for (let i = 1; i <= runs; i++) {
  const pairs = await pairsOf([...EQUAL, slower], Number(values.seed) + 100 + i);
  const own = pairs.filter(({ a, b }) => a.server === slower || b.server === slower);
  if (own.every(({ b, verdict }) => b.server === slower && verdict === 'different')) found++;
  console.log(`slower ${i}: ${own.map(shown).join('; ')}`);
}
console.log(
  `${connections} connections, ${trials} × ${seconds} s each: a false difference in ${falsely} of ${runs} runs of equal servers; ${(share * 100).toFixed(1)} % more CPU time per echo told from all three others in ${found} of ${runs} runs`,
);
