/** Random numbers of other distributions, from uniform ones. Pure, except for the state of `random`. */

export type Random = () => number;

/** Box and Muller 1958. */
export function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

export function exponential(random: Random): number {
  return -Math.log(1 - random());
}

/** Student's t with three degrees of freedom: its fourth moment is infinite. */
export function studentT3(random: Random): number {
  const square = () => normal(random) ** 2;
  return normal(random) / Math.sqrt((square() + square() + square()) / 3);
}
