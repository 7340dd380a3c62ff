/** The peak number of concurrently open connections. */

interface Span {
  /** A half-open interval [from, to), in any unit and clock. */
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
