/**
 * The basis on which two servers are compared. If both are sliced: their ratios to the control in alternating slices,
 * because these are not affected by drift of the machine within a block. Otherwise: their figures in the same block. Pure.
 */
import { mean } from 'simple-statistics';
import type { Basis } from '../schema/verdicts.js';
import { serverEffects } from './effects.js';
import { type ByBlock, differenceOf, type PairedDifference, pairedDifferences } from './paired.js';

/** The logarithms of a server's figures. */
export interface Compared {
  readonly figures: ByBlock;
  /** Logarithms of the ratios to the control beside it; null if not sliced. */
  readonly toControl: ByBlock | null;
}

export type BasedDifference = PairedDifference & { readonly basis: Basis };

/** Every pair. Pairs compared by slices have far smaller variances, so these are moderated separately. */
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

/** The difference of two servers, without the variances of other pairs. */
export function differenceBetween(a: Compared, b: Compared) {
  const basis: Basis = a.toControl !== null && b.toControl !== null ? 'control' : 'block';
  return basis === 'control'
    ? { ...differenceOf(a.toControl as ByBlock, b.toControl as ByBlock), basis }
    : { ...differenceOf(a.figures, b.figures), basis };
}

/**
 * The logarithmic level of each server, for ordering; NaN if unknown. Sliced servers are ordered among themselves by
 * slices; their group is placed among the others by its figures.
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
