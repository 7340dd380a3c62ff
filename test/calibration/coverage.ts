/** How often the interval of one server's median holds the true one. */
import { estimate } from '../../bench/statistics/median.js';
import type { Random } from './noise.js';
import type { Scenario } from './scenarios.js';

export interface Coverage {
  /** The stated and the observed coverage, as shares. */
  readonly label: number;
  readonly held: number;
}

/** The true median, from many values. */
export function trueMedian(scenario: Scenario, random: Random): number {
  const values = scenario.draw({ servers: 2, blocks: 200_001 }, random)[0] ?? [];
  const known = values.filter((value) => !Number.isNaN(value)).sort((a, b) => a - b);
  return known[Math.floor(known.length / 2)] ?? Number.NaN;
}

export function simulateCoverage(
  scenario: Scenario,
  blocks: number,
  median: number,
  runs: number,
  random: Random,
): Coverage {
  let held = 0;
  let label = 0;
  for (let run = 0; run < runs; run++) {
    const values = scenario.draw({ servers: 2, blocks }, random)[0] ?? [];
    const { low, high, level } = estimate(values) ?? { low: null, high: null, level: null };
    label = level ?? 0;
    if (low !== null && high !== null && low <= median && median <= high) held++;
  }
  return { label, held: held / runs };
}
