/** A size of a transfer, in words. */
import { BYTES } from '../../cli/values.js';

/** In the largest unit that divides it: `64 KiB`. */
export function sizeInWords(bytes: number): string {
  const whole = [...BYTES].filter(([, each]) => bytes % each === 0);
  const [unit = '', each = 1] = whole.sort(([, a], [, b]) => b - a)[0] ?? [];
  return `${bytes / each} ${unit}`;
}
