/**
 * Moderated variances (empirical Bayes): with few blocks the variance of a pair is estimated poorly, and among many
 * pairs some estimates are too small by chance. Smyth 2004, "Linear models and empirical Bayes methods", section 6.2. Pure.
 */
import { mean, sum } from 'simple-statistics';
import { digamma, inverseTrigamma, trigamma } from './polygamma.js';

export interface Variance {
  readonly value: number;
  /** Degrees of freedom. */
  readonly freedom: number;
}

/** The prior variance; the more similar the variances, the more degrees of freedom. Null if fewer than two are known. */
export function priorOf(variances: readonly Variance[]): Variance | null {
  const known = variances.filter(({ value, freedom }) => value > 0 && freedom > 0);
  if (known.length < 2) return null;
  const logs = known.map(
    ({ value, freedom }) => Math.log(value) - digamma(freedom / 2) + Math.log(freedom / 2),
  );
  const middle = mean(logs);
  const spread = sum(logs.map((log) => (log - middle) ** 2)) / (logs.length - 1);
  const beyondChance = spread - mean(known.map(({ freedom }) => trigamma(freedom / 2)));
  if (beyondChance <= 0) return { value: Math.exp(middle), freedom: Number.POSITIVE_INFINITY };
  const half = inverseTrigamma(beyondChance);
  return { value: Math.exp(middle + digamma(half) - Math.log(half)), freedom: 2 * half };
}

/** Never less than the pair's own variance: the prior can only raise it. */
export function moderated(own: Variance, prior: Variance | null): Variance {
  if (prior === null || prior.freedom === 0) return own;
  const freedom = own.freedom + prior.freedom;
  const value = (own.freedom * own.value + prior.freedom * prior.value) / freedom;
  return { value: Math.max(own.value, value), freedom };
}
