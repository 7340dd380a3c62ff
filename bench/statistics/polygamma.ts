/** Derivatives of the logarithm of the gamma function: Abramowitz and Stegun 6.3.5, 6.3.18, 6.4.6, 6.4.12. Pure. */

/** For x from here on the asymptotic series is exact to 12 digits. */
const LARGE = 15;

/** The first derivative, for x > 0. */
export function digamma(x: number): number {
  if (x < LARGE) return digamma(x + 1) - 1 / x;
  const square = 1 / (x * x);
  const series = 1 / 12 - square * (1 / 120 - square * (1 / 252 - square / 240));
  return Math.log(x) - 0.5 / x - square * series;
}

/** The second derivative, for x > 0. */
export function trigamma(x: number): number {
  if (x < LARGE) return trigamma(x + 1) + 1 / (x * x);
  const square = 1 / (x * x);
  const series = 1 / 6 - square * (1 / 30 - square * (1 / 42 - square / 30));
  return 1 / x + square / 2 + (square / x) * series;
}

/** The x with trigamma(x) = y, for y > 0: trigamma falls from infinity to 0. */
export function inverseTrigamma(y: number): number {
  // 1/x < trigamma(x) < 1/x + 1/x².
  let [low, high] = [1 / y, (1 + Math.sqrt(1 + 4 * y)) / (2 * y)];
  while (high - low > 1e-9 * high) {
    const middle = (low + high) / 2;
    if (trigamma(middle) > y) low = middle;
    else high = middle;
  }
  return high;
}
