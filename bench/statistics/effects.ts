/** What each server adds, whatever the blocks it was measured in: least squares of the two-way layout. Pure. */
import { mean } from 'simple-statistics';
import type { ByBlock } from './paired.js';

/** The alternating means converge by at least the share of values that are missing in each round. */
const ROUNDS = 100;

/** A server's level in the logarithm, relative to the blocks'. NaN for a server without values. */
export function serverEffects(servers: readonly ByBlock[]): number[] {
  let effects = servers.map(() => 0);
  for (let round = 0; round < ROUNDS; round++) {
    const blocks = blockEffects(servers, effects);
    effects = servers.map((values) =>
      values.size === 0
        ? Number.NaN
        : mean([...values].map(([block, log]) => log - (blocks.get(block) as number))),
    );
  }
  return effects;
}

function blockEffects(
  servers: readonly ByBlock[],
  effects: readonly number[],
): ReadonlyMap<number, number> {
  const residuals = new Map<number, number[]>();
  servers.forEach((values, i) => {
    for (const [block, log] of values)
      residuals.set(block, [...(residuals.get(block) ?? []), log - (effects[i] as number)]);
  });
  return new Map([...residuals].map(([block, values]) => [block, mean(values)]));
}
