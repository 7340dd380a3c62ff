/** Which load to try next: doubling until the service level breaks, then halving the doubt. Pure. */

export interface Tried {
  readonly level: number;
  readonly holds: boolean;
}

export interface Search {
  readonly from: number;
  readonly to: number;
  /** The answer is known when the two sides of it are so close, as a share. */
  readonly precision: number;
}

/** Null when the answer is known: the level breaks within `precision`, or holds all the way. */
export function nextLevel(tried: readonly Tried[], { from, to, precision }: Search): number | null {
  if (tried.length === 0) return Math.min(from, to);
  const held = Math.max(0, ...tried.filter(({ holds }) => holds).map(({ level }) => level));
  const broken = Math.min(
    Number.POSITIVE_INFINITY,
    ...tried.filter(({ holds, level }) => !holds && level > held).map(({ level }) => level),
  );
  if (broken === Number.POSITIVE_INFINITY) return held >= to ? null : Math.min(held * 2, to);
  const middle = Math.round((held + broken) / 2);
  const isKnown = broken - held <= Math.max(1, held * precision);
  return isKnown || middle === held || middle === broken ? null : middle;
}
