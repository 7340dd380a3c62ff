/** Counts the requests of the echo service: one per line. */

const NEWLINE = 10;

/**
 * The number of newlines in `bytes`. To limit the range, pass a subarray: indexOf() always searches
 * to the end of the array, so an end parameter would not save time.
 */
export function countLines(bytes: Uint8Array): number {
  let lines = 0;
  for (let at = bytes.indexOf(NEWLINE); at >= 0; at = bytes.indexOf(NEWLINE, at + 1)) lines++;
  return lines;
}
