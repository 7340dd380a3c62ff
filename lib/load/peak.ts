/** How many connections were open at the same time, at most. */

interface Span {
  /** In any one unit and clock; the end is no longer part of it. */
  readonly from: number;
  readonly to: number;
}

export function peak(spans: readonly Span[]): number {
  const starts = Float64Array.from(spans, (span) => span.from).sort();
  const ends = Float64Array.from(spans, (span) => span.to).sort();
  let most = 0;
  let ended = 0;
  for (let started = 0; started < starts.length; started++) {
    while ((ends[ended] as number) <= (starts[started] as number)) ended++;
    most = Math.max(most, started + 1 - ended);
  }
  return most;
}
