/** A size of a transfer, in words. */
import { BYTES } from '../../cli/values.js';

/** In the largest unit that divides it, decimal if one does: `128 kB`, `64 KiB`. */
export function sizeInWords(bytes: number): string {
  const base = bytes % 1000 === 0 ? 1000 : 1024;
  const whole = [...BYTES].filter(
    ([, each]) => bytes % each === 0 && Number.isInteger(logarithm(each, base)),
  );
  const [unit = '', each = 1] = whole.sort(([, a], [, b]) => b - a)[0] ?? [];
  return `${bytes / each} ${unit}`;
}

function logarithm(value: number, base: number): number {
  return Math.round((Math.log(value) / Math.log(base)) * 1e6) / 1e6;
}
