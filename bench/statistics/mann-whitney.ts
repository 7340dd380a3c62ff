/** Do two samples differ? Mann and Whitney 1947, exact for small samples without ties. Pure. */
import { rankWithTies } from './ranks.js';

export interface Comparison {
  /** Two-sided: how often samples of one and the same population would differ as much. */
  readonly p: number;
  /** Cliff's delta, −1 to 1: how much more often a value of `a` exceeds one of `b` than the reverse. */
  readonly delta: number;
}

/** Above this many values in both samples the normal approximation is as good as exact. */
const MOST_EXACT = 40;

/** Null where either sample is empty. */
export function mannWhitney(a: readonly number[], b: readonly number[]): Comparison | null {
  if (a.length === 0 || b.length === 0) return null;
  const ranks = rankWithTies([...a, ...b]);
  const rankSum = ranks.slice(0, a.length).reduce((sum, rank) => sum + rank, 0);
  const u = rankSum - (a.length * (a.length + 1)) / 2;
  const pairs = a.length * b.length;
  const tied = new Set([...a, ...b]).size < a.length + b.length;
  const exact = !tied && a.length + b.length <= MOST_EXACT;
  return {
    p: exact ? exactP(u, a.length, b.length) : approximateP(u, ranks, a.length, b.length),
    delta: (2 * u) / pairs - 1,
  };
}

/** Both tails of U's distribution over all ways to deal the ranks. */
function exactP(u: number, n: number, m: number): number {
  const ways = waysToReach(n, m);
  const all = ways.reduce((sum, count) => sum + count, 0);
  const tail = Math.min(u, n * m - u);
  const beyond = ways.slice(0, tail + 1).reduce((sum, count) => sum + count, 0);
  return Math.min(1, (2 * beyond) / all);
}

/** How many of the arrangements of n and m values give each U, by the recurrence of the 1947 paper. */
function waysToReach(n: number, m: number): number[] {
  let rows: number[][] = Array.from({ length: m + 1 }, () => [1]);
  for (let i = 1; i <= n; i++) {
    const next: number[][] = [[1]];
    for (let j = 1; j <= m; j++) {
      const fewer = rows[j] as number[]; // the largest value is of the first sample: it beats j
      const same = next[j - 1] as number[]; // the largest value is of the second
      next[j] = Array.from({ length: i * j + 1 }, (_, u) => (fewer[u - j] ?? 0) + (same[u] ?? 0));
    }
    rows = next;
  }
  return rows[m] as number[];
}

/** Normal, with corrections for ties and continuity. */
function approximateP(u: number, ranks: readonly number[], n: number, m: number): number {
  const all = n + m;
  const sizes = new Map<number, number>();
  for (const rank of ranks) sizes.set(rank, (sizes.get(rank) ?? 0) + 1);
  const ties = [...sizes.values()].reduce((sum, size) => sum + size ** 3 - size, 0);
  const variance = ((n * m) / 12) * (all + 1 - ties / (all * (all - 1)));
  if (variance <= 0) return 1;
  const z = Math.max(0, Math.abs(u - (n * m) / 2) - 0.5) / Math.sqrt(variance);
  return Math.min(1, 2 * upperTail(z));
}

/** P(Z > z) of the standard normal: Abramowitz and Stegun 26.2.17, to 7.5e-8. */
function upperTail(z: number): number {
  const t = 1 / (1 + 0.2316419 * z);
  const series =
    t *
    (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * series;
}
