/** The effect of each server without the effects of the blocks: least squares of a two-way layout. Pure. */
import { mean } from 'simple-statistics';
import type { ByBlock } from './paired.js';

/** The alternating means converge slowly where many values are missing: two servers, half of each, 200 blocks take 1200 rounds. */
const MOST_ROUNDS = 20_000;
/** Of the logarithm. */
const TOLERANCE = 1e-10;

/** The logarithmic level of each server, relative to the blocks; NaN for a server without values. */
export function serverEffects(servers: readonly ByBlock[]): number[] {
  let effects = servers.map(({ size }) => (size === 0 ? Number.NaN : 0));
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const blocks = blockEffects(servers, effects);
    const next = servers.map((values) =>
      values.size === 0
        ? Number.NaN
        : mean([...values].map(([block, log]) => log - (blocks.get(block) as number))),
    );
    const isSettled = next.every((value, i) => !(Math.abs(value - (effects[i] ?? 0)) > TOLERANCE));
    effects = next;
    if (isSettled) break;
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
