/** Models of real machines: the logarithms of the values that equal servers measure, block by block. */
import { shuffled } from '../../lib/random.js';
import { exponential, normal, type Random, studentT3 } from './noise.js';

export interface Size {
  readonly servers: number;
  readonly blocks: number;
}

/** Of each server its values, block by block; NaN: the trial was invalid. */
export type Values = readonly (readonly number[])[];

export interface Scenario {
  readonly name: string;
  draw(size: Size, random: Random): Values;
}

/** The standard deviation of a trial's logarithm. */
export const NOISE = 0.01;
const MOST = 5;
const MISSING = 0.15;
const SLOW = Math.log(0.8);
/** The probability that the host changes its speed before the next trial. */
const CHANGES = 0.15;

type One = (server: number, random: Random, size: Size) => number;

/** Noise that is independent for each value. */
function each(one: One): Scenario['draw'] {
  return (size, random) =>
    Array.from({ length: size.servers }, (_, server) =>
      Array.from({ length: size.blocks }, () => one(server, random, size)),
    );
}

/** Added to each trial, in the order of running; each block has a separate random order. */
function alongTime(added: (size: Size, random: Random) => readonly number[]): Scenario['draw'] {
  return (size, random) => {
    const path = added(size, random);
    const values = each(plain)(size, random).map((row) => [...row]);
    for (let block = 0; block < size.blocks; block++)
      shuffled([...values.keys()], random).forEach((server, place) => {
        const row = values[server] as number[];
        row[block] = (row[block] as number) + (path[block * size.servers + place] as number);
      });
    return values;
  };
}

const plain: One = (_, random) => NOISE * normal(random);

/** From 1 to `MOST`, server by server. */
const uneven: One = (server, random, { servers }) =>
  plain(server, random, { servers, blocks: 0 }) * (1 + ((MOST - 1) * server) / (servers - 1));

function withMissing(one: One): One {
  return (...given) => (given[1]() < MISSING ? Number.NaN : one(...given));
}

/** Each block has a random speed within a range, and within a block the speed moves to that of the next. */
function drift(amplitude: number): Scenario['draw'] {
  return alongTime(({ servers, blocks }, random) => {
    const speeds = Array.from({ length: blocks + 1 }, () => amplitude * random());
    return Array.from({ length: servers * blocks }, (_, trial) => {
      const block = Math.floor(trial / servers);
      const place = (trial % servers) / servers;
      return (speeds[block] as number) * (1 - place) + (speeds[block + 1] as number) * place;
    });
  });
}

/** The same, but all trials of a block are equally fast. */
function steps(amplitude: number): Scenario['draw'] {
  return alongTime(({ servers, blocks }, random) =>
    Array.from({ length: blocks }, () => amplitude * random()).flatMap((speed) =>
      Array.from({ length: servers }, () => speed),
    ),
  );
}

const twoSpeeds = alongTime(({ servers, blocks }, random) => {
  let slow = random() < 0.5;
  return Array.from({ length: servers * blocks }, () => {
    if (random() < CHANGES) slow = !slow;
    return slow ? SLOW : 0;
  });
});

export const SCENARIOS: readonly Scenario[] = [
  { name: 'no drift', draw: each(plain) },
  { name: '5 % between blocks', draw: steps(0.05) },
  { name: '20 % between blocks', draw: steps(0.2) },
  { name: '5 % at all times', draw: drift(0.05) },
  { name: '20 % at all times', draw: drift(0.2) },
  { name: 'two-speed host', draw: twoSpeeds },
  {
    name: 'each trial at one of two speeds',
    draw: each(
      (server, random, size) => plain(server, random, size) + (random() < 0.5 ? SLOW / 2 : 0),
    ),
  },
  { name: 'skew', draw: each((_, random) => -NOISE * exponential(random)) },
  {
    name: 'some trials far slower',
    draw: each(
      (server, random, size) =>
        plain(server, random, size) - (random() < 0.1 ? 10 * NOISE * exponential(random) : 0),
    ),
  },
  { name: 't₃ tails', draw: each((_, random) => NOISE * studentT3(random)) },
  { name: 'deviations 1 to 5', draw: each(uneven) },
  {
    name: 'one deviation of 5',
    draw: each((server, random, size) => plain(server, random, size) * (server === 0 ? MOST : 1)),
  },
  { name: '15 % missing', draw: each(withMissing(plain)) },
  { name: 'deviations 1 to 5, 15 % missing', draw: each(withMissing(uneven)) },
];
