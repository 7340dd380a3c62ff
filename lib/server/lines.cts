/** Requests of the echo service: one for each line. */

const NEWLINE = 10;

export function countLines(bytes: Uint8Array, end = bytes.length): number {
  let lines = 0;
  for (let at = bytes.indexOf(NEWLINE); at >= 0 && at < end; at = bytes.indexOf(NEWLINE, at + 1))
    lines++;
  return lines;
}
