/** A size of a transfer, in words and on an axis. */
import { BYTES } from '../cli/values.js';

/** Decimal units first, the largest of each first. */
const PREFERRED = [...BYTES].sort(
  ([, a], [, b]) => Number(b % 1000 === 0) - Number(a % 1000 === 0) || b - a,
);

/** In the largest unit that divides it, decimal if one does: `128 kB`, `64 KiB`. */
export function sizeInWords(bytes: number): string {
  const [unit = '', each = 1] = PREFERRED.find(([, each]) => bytes % each === 0) ?? [];
  return `${bytes / each} ${unit}`;
}

/** The same, as a Vega expression. */
export const SIZE_LABELS = PREFERRED.reduceRight(
  (others, [unit, each]) =>
    `datum.value % ${each} === 0 ? datum.value / ${each} + ' ${unit}' : ${others}`,
  "''",
);
