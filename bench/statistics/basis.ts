/**
 * What two servers are compared by: their ratios to the control in alternating slices where both are sliced, which holds
 * even while the machine drifts within a block; else their own figures in the same block. Pure.
 */
import { mean } from 'simple-statistics';
import { serverEffects } from './effects.js';
import { type ByBlock, differenceOf, type PairedDifference, pairedDifferences } from './paired.js';

export type Basis = 'control' | 'block';

/** A server's logarithms. */
export interface Compared {
  readonly figures: ByBlock;
  /** Of its ratio to the control beside it; null for one that is not sliced. */
  readonly toControl: ByBlock | null;
}

export type BasedDifference = PairedDifference & { readonly basis: Basis };

/** Every pair. The variances of pairs that are compared by slices are moderated among themselves: they are far smaller. */
export function differencesOf(servers: readonly Compared[]): BasedDifference[] {
  const sliced = servers.flatMap(({ toControl }, i) => (toControl === null ? [] : [i]));
  const bySlices = pairedDifferences(
    sliced.map((i) => (servers[i] as Compared).toControl as ByBlock),
  );
  const finer = bySlices.map((pair) => ({
    ...pair,
    a: sliced[pair.a] as number,
    b: sliced[pair.b] as number,
  }));
  return pairedDifferences(servers.map(({ figures }) => figures)).map((pair) => {
    const found = finer.find(({ a, b }) => a === pair.a && b === pair.b);
    return found ? { ...found, basis: 'control' } : { ...pair, basis: 'block' };
  });
}

/** Of two servers by themselves. */
export function differenceBetween(a: Compared, b: Compared) {
  const basis: Basis = a.toControl !== null && b.toControl !== null ? 'control' : 'block';
  return basis === 'control'
    ? { ...differenceOf(a.toControl as ByBlock, b.toControl as ByBlock), basis }
    : { ...differenceOf(a.figures, b.figures), basis };
}

/**
 * A server's level in the logarithm, to order servers by; NaN where nothing is known. Sliced servers are ordered among
 * themselves by slices, and as a group among the others by their figures.
 */
export function levelsOf(servers: readonly Compared[]): number[] {
  const byFigures = serverEffects(servers.map(({ figures }) => figures));
  const bySlices = serverEffects(servers.map(({ toControl }) => toControl ?? new Map()));
  const shifts = byFigures.flatMap((level, i) => {
    const shift = level - (bySlices[i] as number);
    return Number.isNaN(shift) ? [] : shift;
  });
  const shift = shifts.length === 0 ? 0 : mean(shifts);
  return servers.map(({ toControl }, i) =>
    toControl === null ? (byFigures[i] as number) : (bySlices[i] as number) + shift,
  );
}
