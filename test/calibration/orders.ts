/** The rate of false verdicts by the order of trials in blocks while the machine drifts. Equal servers, simulated. */
import { pairedDifferences } from '../../bench/statistics/paired.js';
import { comparisons } from '../../bench/statistics/simultaneous.js';
import { seeded, shuffled } from '../../lib/random.js';
import { normal, type Random } from './noise.js';
import { NOISE } from './scenarios.js';
import { byBlock } from './simulate.js';

type Order = readonly number[];

/** The orders of a run's blocks. */
export const ORDERS: Readonly<
  Record<string, (servers: number, blocks: number, random: Random) => readonly Order[]>
> = {
  random: (servers, blocks, random) =>
    Array.from({ length: blocks }, () => anyOrder(servers, random)),
  mirrored: (servers, blocks, random) =>
    Array.from({ length: Math.ceil(blocks / 2) }, () => anyOrder(servers, random))
      .flatMap((order) => [order, order.toReversed()])
      .slice(0, blocks),
  Williams: (servers, blocks, random) => {
    const orders: Order[] = [];
    while (orders.length < blocks) {
      const names = anyOrder(servers, random);
      orders.push(
        ...shuffled(williams(servers), random).map((row) => row.map((i) => names[i] as number)),
      );
    }
    return orders.slice(0, blocks);
  },
};

function anyOrder(servers: number, random: Random): Order {
  return shuffled([...Array(servers).keys()], random);
}

/** Each server is in each position, and follows each other server, equally often: Williams 1949. */
function williams(servers: number): readonly Order[] {
  const first = Array.from({ length: servers }, (_, i) =>
    i % 2 === 0 ? i / 2 : servers - (i + 1) / 2,
  );
  const rows = first.map((_, row) => first.map((server) => (server + row) % servers));
  return servers % 2 === 0 ? rows : [...rows, ...rows.map((row) => row.toReversed())];
}

/** The logarithm of the machine's speed, trial by trial. */
export const DRIFTS: Readonly<
  Record<string, (trials: number, perBlock: number, random: Random) => readonly number[]>
> = {
  'a steady trend of 20 %': (trials, _, random) => {
    const slope = 0.4 * (random() - 0.5);
    return Array.from({ length: trials }, (_, i) => (slope * i) / trials);
  },
  'a wave of ±10 %': (trials, _, random) => {
    const [waves, phase] = [1 + 4 * random(), 2 * Math.PI * random()];
    return Array.from(
      { length: trials },
      (_, i) => 0.1 * Math.sin(phase + (2 * Math.PI * waves * i) / trials),
    );
  },
  'from speed to speed within 20 %': (trials, perBlock, random) => {
    const speeds = Array.from({ length: trials / perBlock + 1 }, () => 0.2 * random());
    return Array.from({ length: trials }, (_, i) => {
      const [block, share] = [Math.floor(i / perBlock), (i % perBlock) / perBlock];
      return (speeds[block] as number) * (1 - share) + (speeds[block + 1] as number) * share;
    });
  },
};

/** Runs with any false verdict, as a share. */
export function simulateOrder(
  order: (typeof ORDERS)[string],
  drift: (typeof DRIFTS)[string],
  { servers, blocks, runs, seed }: Readonly<Record<'servers' | 'blocks' | 'runs' | 'seed', number>>,
): number {
  const random = seeded(seed);
  let missed = 0;
  for (let run = 0; run < runs; run++) {
    const speeds = drift(servers * blocks, servers, random);
    const values = Array.from({ length: servers }, () => new Array<number>(blocks).fill(0));
    order(servers, blocks, random).forEach((places, block) => {
      places.forEach((server, place) => {
        const speed = speeds[block * servers + place] as number;
        (values[server] as number[])[block] = speed + NOISE * normal(random);
      });
    });
    const pairs = comparisons(pairedDifferences(values.map(byBlock)));
    if (pairs.some(({ verdict }) => verdict === 'different')) missed++;
  }
  return missed / runs;
}
