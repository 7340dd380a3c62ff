/** Can a difference of known size be measured? `npm run bench:power -- [--conns 64] [--share 0.02] [--runs 10] [--slices on]`. */
import { parseArgs } from 'node:util';
import { compare, moreFor, toControl, twin } from './twins.js';

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
const slices = values.slices === 'off' ? 'off' : 'on';

const more = await moreFor(share, connections, seconds);
let excluded = 0;
for (let i = 1; i <= Number(values.runs); i++) {
  const seed = Number(values.seed) + i;
  const servers = [twin(more)];
  const compared = await compare({
    ...{ servers, control: twin(0), connections, trials, seconds, seed, slices },
  });
  const { median = Number.NaN, low = null, high = null } = toControl(compared) ?? {};
  const apart = (low ?? 0) > 1 || (high ?? 2) < 1;
  if (apart) excluded++;
  const [inside, failed] = [
    apart ? '' : '  1 is inside',
    compared.invalid > 0 ? `  ${compared.invalid} invalid` : '',
  ];
  console.log(
    `run ${i}: ${median.toFixed(4)} [${low?.toFixed(4)}, ${high?.toFixed(4)}]${inside}${failed}`,
  );
}
console.log(
  `${connections} connections, ${(share * 100).toFixed(1)} % more CPU time per echo, ${trials} × ${seconds} s each: ${excluded} of ${values.runs} intervals exclude 1`,
);
