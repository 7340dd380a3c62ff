/** Requests of the echo service: one for each line. */

const NEWLINE = 10;

/**
 * Newlines in all of `bytes`. There is no bound to pass: indexOf() searches to the end of the array, so a bound would
 * be looked at after the search had gone beyond it. Pass a subarray instead.
 */
export function countLines(bytes: Uint8Array): number {
  let lines = 0;
  for (let at = bytes.indexOf(NEWLINE); at >= 0; at = bytes.indexOf(NEWLINE, at + 1)) lines++;
  return lines;
}
